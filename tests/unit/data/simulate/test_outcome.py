"""The additive model of default."""

from __future__ import annotations

import numpy as np
import pytest

from scoring_dash.data.simulate.draws import Coded
from scoring_dash.data.simulate.outcome import NUMERIC, OutcomeModel, interval, outcome_features


def columns(**changes: list[float]) -> dict[str, np.ndarray | Coded]:
    values: dict[str, np.ndarray | Coded] = {name: np.array([1.0, 1.0]) for name in NUMERIC}
    values |= {"AMT_CREDIT": np.array([300.0, 200.0]), "AMT_ANNUITY": np.array([30.0, 10.0])}
    values |= {name: np.array(value) for name, value in changes.items()}
    return values


def test_missing_values_have_an_interval_of_their_own() -> None:
    assert interval(np.array([0.0, 1.0, 5.0, np.nan]), np.array([1.0, 2.0])).tolist() == [0, 1, 2, 3]


def test_effects_of_numbers_and_levels_add_up() -> None:
    model = OutcomeModel(
        intercept=-2.0,
        edges={"credit_to_annuity": np.array([15.0])},
        effects={"credit_to_annuity": np.array([0.5, -0.25, 9.0])},
        levels={"CODE_GENDER": {"M": 0.125, "": 4.0}},
    )

    margin = model.margin({**columns(), "CODE_GENDER": Coded(np.array([0, -1]), ("M",))})

    assert margin.tolist() == [-2.0 + 0.5 + 0.125, -2.0 - 0.25 + 4.0]


def test_the_mean_of_the_scores_counts_the_known_ones() -> None:
    features = outcome_features(
        columns(EXT_SOURCE_1=[0.2, np.nan], EXT_SOURCE_2=[0.4, np.nan], EXT_SOURCE_3=[np.nan, np.nan])
    )

    assert features["external_mean"][0] == pytest.approx(0.3)
    assert np.isnan(features["external_mean"][1])


def test_no_employer_is_a_missing_employment() -> None:
    assert np.isnan(outcome_features(columns(DAYS_EMPLOYED=[365243.0, -10.0]))["DAYS_EMPLOYED"]).tolist() == [
        True,
        False,
    ]
