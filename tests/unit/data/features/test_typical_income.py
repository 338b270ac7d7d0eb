"""Incomes compared with the medians of the past files."""

from __future__ import annotations

import pytest
from support.feature_tables import TYPICAL_INCOMES, features_of, raw_table

from scoring_dash.core.words import TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.features.typical_income import learn_typical_incomes

PAST = TableName.APPLICATION_TRAIN


def test_medians_of_the_groups_that_are_large_enough() -> None:
    rows = [
        {
            "SK_ID_CURR": 100_001 + i,
            "OCCUPATION_TYPE": occupation,
            "ORGANIZATION_TYPE": "XNA",
            "AMT_INCOME_TOTAL": income,
        }
        for i, (occupation, income) in enumerate(
            [("Drivers", 1_000.0 * place) for place in range(1, 31)]
            + [("Managers", 9_000.0)] * 29
            + [("Managers", None)]
            + [(None, 5_000.0)] * 40
        )
    ]
    learnt = learn_typical_incomes(clean(raw_table(PAST, rows), PAST))
    # Thirty drivers: the mean of the 15th and the 16th. Twenty-nine known incomes of managers are too few.
    assert learnt == {"OCCUPATION_TYPE": {"Drivers": 15_500.0}, "ORGANIZATION_TYPE": {}}


def test_income_beside_the_median_of_the_same_group() -> None:
    median = TYPICAL_INCOMES["ORGANIZATION_TYPE"]["Bank"]
    row = {"AMT_INCOME_TOTAL": 2 * median, "ORGANIZATION_TYPE": "Bank", "OCCUPATION_TYPE": "Never heard of"}
    found = features_of({PAST: [row]})
    assert found["income_to_sector_ratio"] == pytest.approx(2)
    assert found["income_to_occupation_ratio"] is None
