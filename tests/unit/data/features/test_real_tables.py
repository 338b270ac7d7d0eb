"""The catalogue on the real sample: known counts, plausible values, nothing infinite."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import ibis
import numpy as np
import pytest
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.assemble import FeatureMatrix, available_definitions, build_features, to_matrix
from scoring_dash.data.features.typical_income import learn_typical_incomes
from scoring_dash.data.read import clean, read_tables

FOLDERS = pytest.mark.parametrize("folder", ["histories", "instalments"])

# Dates whose sign says on which side of the application they lie, and differences.
SIGNED = (
    "bureau_last_end_days",
    "bureau_closed_early_days",
    "previous_planned_end_max",
    "previous_planned_end_mean",
    "previous_early_days",
    "instalment_late_mean_last_5",
    "instalment_late_max_last_5",
    "instalment_late_mean_trend",
    "pos_shortening_max",
    "implied_cost_minus_previous",
)

# Shares of a whole that can be exceeded: a debt the sum granted, the use of a card its limit. A change may be negative.
OPEN_ENDED = (
    "bureau_debt_ratio",
    "bureau_debt_ratio_max",
    "bureau_debt_ratio_365d",
    "bureau_active_debt_ratio",
    "bureau_active_debt_ratio_mean",
    "bureau_latest_debt_ratio",
    "bureau_card_debt_ratio",
    "instalment_late_share_trend",
    "card_use_max_2m",
    "card_use_mean_6m",
    "card_use_max",
    "card_use_mean",
    "card_use_latest",
    "card_balance_change_6m",
)


@cache
def matrix(directory: Path, folder: str, threads: int = 2) -> FeatureMatrix:
    raw = read_tables(directory / folder, ibis.duckdb.connect(threads=threads))
    features = [definition.feature for definition in available_definitions(raw.tables)]
    past = TableName.APPLICATION_TRAIN
    incomes = learn_typical_incomes(clean(raw.tables[past], past))
    return to_matrix(build_features(raw.tables, typical_incomes=incomes), features)


def by_name(found: FeatureMatrix) -> dict[str, NDArray[np.float32]]:
    return {feature.name: values for feature, values in zip(found.features, found.values, strict=True)}


def is_plausible(feature: Feature, known: NDArray[np.float32]) -> bool:
    if feature.name in SIGNED or feature.name in OPEN_ENDED:
        return True
    if feature.unit in (Unit.SHARE, Unit.SCORE, Unit.FLAG):
        return bool((known >= 0).all() and (known <= 1).all())
    if feature.unit in (Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.COUNT):
        return bool((known >= 0).all())
    return True


@FOLDERS
def test_no_value_is_infinite_and_each_fits_its_unit(real_data: Path, folder: str) -> None:
    found = matrix(real_data, folder)
    assert not np.isinf(found.values).any()
    wrong = [
        feature.name
        for feature, values in zip(found.features, found.values, strict=True)
        if not is_plausible(feature, values[~np.isnan(values)])
    ]
    assert wrong == []


@FOLDERS
def test_every_feature_is_known_for_somebody_and_differs_between_clients(real_data: Path, folder: str) -> None:
    found = matrix(real_data, folder)
    dull = [name for name, values in by_name(found).items() if len(np.unique(values[~np.isnan(values)])) < 2]
    assert dull == []


def test_the_known_figures_of_the_real_histories(real_data: Path) -> None:
    values = by_name(matrix(real_data, "histories"))
    assert np.isnan(values["external_score_1"]).mean() == pytest.approx(0.5, abs=0.1)
    assert np.isnan(values["job_tenure_days"]).mean() == pytest.approx(0.18, abs=0.02)
    assert (values["bureau_credit_count"] > 0).mean() == pytest.approx(0.86, abs=0.02)
    assert (values["previous_count"] > 0).mean() == pytest.approx(0.97, abs=0.02)
    assert (values["card_month_count"] > 0).mean() == pytest.approx(0.31, abs=0.05)
    assert np.nanmedian(values["credit_to_price_ratio"]) == pytest.approx(1.12, abs=0.02)


def test_one_thread_and_two_give_the_same_bits(real_data: Path) -> None:
    two, one = matrix(real_data, "histories"), matrix(real_data, "histories", threads=1)
    assert np.array_equal(two.client_ids, one.client_ids)
    assert np.array_equal(two.values.view(np.int32), one.values.view(np.int32))
