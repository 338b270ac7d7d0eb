"""The space of parameters: what the three searches propose, and what one point gives."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice

import lightgbm
import numpy as np
import pytest
from sklearn.metrics import log_loss, roc_auc_score
from support.tiny_model import QUICK, tiny_data

from scoring_dash.model.cost import choose_decision_rule
from scoring_dash.model.families import LabelledFiles
from scoring_dash.model.search import (
    BIN_COUNTS,
    DIMENSIONS,
    Point,
    SearchSpace,
    TunedFolds,
    grid_points,
    random_points,
)
from scoring_dash.model.train import TrainingPlan, split_folds

SPACE = SearchSpace()


def is_inside(point: Point) -> bool:
    bounds = {dimension.name: (dimension.low, dimension.high) for dimension in DIMENSIONS}
    most = 2 ** int(point["max_depth"])
    return (
        all(low <= point[name] <= high for name, (low, high) in bounds.items() if name in point)
        and most / 2 <= point["num_leaves"] <= most
        and point["max_bin"] in BIN_COUNTS
    )


@pytest.fixture(scope="module")
def files() -> LabelledFiles:
    data = tiny_data()
    fold_of = split_folds(data.past.outcomes, QUICK.folds, 0)
    return LabelledFiles(np.ascontiguousarray(data.past.values.T), data.past.outcomes, data.features, fold_of, 0)


def test_random_points_lie_in_the_space_and_cover_it() -> None:
    points = list(random_points(SPACE, 300, seed=0))
    assert all(is_inside(point) for point in points)
    assert {point["max_depth"] for point in points} == {3, 4, 5}
    assert {point["max_bin"] for point in points} == set(BIN_COUNTS)
    # Searched by ratios: as many penalties between 0.1 and sqrt(10) as between that and 100.
    below = np.mean([point["lambda_l2"] < math.sqrt(10) for point in points])
    assert below == pytest.approx(0.5, abs=0.1)


def test_more_trials_begin_with_the_same_points() -> None:
    assert list(random_points(SPACE, 3, seed=1)) == list(islice(random_points(SPACE, 9, seed=1), 3))
    assert list(random_points(SPACE, 3, seed=1)) != list(random_points(SPACE, 3, seed=2))


@pytest.mark.parametrize(("trials", "expected"), [(1, 1), (2, 2), (3, 3), (10, 8), (12, 12), (48, 48), (1000, 768)])
def test_a_grid_is_a_full_one_that_fits(trials: int, expected: int) -> None:
    points = list(grid_points(SPACE, trials))
    assert len(points) == expected <= trials
    assert len({tuple(sorted(point.items())) for point in points}) == expected
    assert all(is_inside(point) for point in points)


def test_a_grid_tries_every_combination_of_its_levels() -> None:
    points = list(grid_points(SPACE, 4))
    assert {(point["max_depth"], point["feature_fraction"]) for point in points} == {
        (4, 0.25),
        (4, 0.1),
        (3, 0.25),
        (3, 0.1),
    }


def test_the_point_of_a_plan_holds_its_searched_parameters() -> None:
    plan = TrainingPlan(parameters={"learning_rate": 0.03, "max_depth": 4, "num_leaves": 16, "lambda_l2": 20.0})
    assert SPACE.of_plan(plan) == {"max_depth": 4, "num_leaves": 16, "lambda_l2": 20.0}


def test_binning_once_gives_what_separate_trainings_on_the_same_bins_give(files: LabelledFiles) -> None:
    """The slow way: everything binned anew for each fold, and trained once without stopping."""
    # Every round must find a split: LightGBM does not count those that find none.
    point = {"max_depth": 4, "num_leaves": 11, "min_child_samples": 20, "feature_fraction": 1.0, "max_bin": 63}
    folds = TunedFolds(files, replace(QUICK, patience=QUICK.most_rounds))  # no fold stops before the mean
    folds.cross_validate({**point, "max_depth": 3, "num_leaves": 4})  # leaves nothing behind for the next point
    found = folds.cross_validate(point)
    parameters = {
        **QUICK.parameters, **point, "objective": "binary", "seed": 0, "deterministic": True, "num_threads": 2,
        "verbosity": -1, "force_col_wise": True, "feature_pre_filter": False,
        "monotone_constraints": [feature.monotone for feature in files.features],
    }  # fmt: skip
    probabilities = np.empty(len(files.outcomes))
    for fold in range(QUICK.folds):
        held_out = files.fold_of == fold
        every = lightgbm.Dataset(
            files.rows, files.outcomes, categorical_feature=files.categorical, free_raw_data=False,
            params={"max_bin": 63, "verbosity": -1, "force_col_wise": True, "feature_pre_filter": False},
        )  # fmt: skip
        training = every.subset(np.flatnonzero(~held_out).tolist())
        booster = lightgbm.train(parameters, training, num_boost_round=found.rounds)
        probabilities[held_out] = booster.predict(files.rows[held_out])
    assert found.log_loss == pytest.approx(log_loss(files.outcomes, probabilities), abs=1e-9)
    assert found.auc == pytest.approx(roc_auc_score(files.outcomes, probabilities), abs=1e-9)
    assert found.cost == pytest.approx(choose_decision_rule(probabilities, files.outcomes).cost, abs=1e-9)


def test_every_number_of_bins_is_used(files: LabelledFiles) -> None:
    folds = TunedFolds(files, replace(QUICK, most_rounds=20))
    base = {"max_depth": 4, "num_leaves": 16, "min_child_samples": 20}
    found = {bins: folds.cross_validate({**base, "max_bin": bins}).log_loss for bins in (*BIN_COUNTS, 4)}
    assert found[4] != found[63]
    assert folds.cross_validate({**base, "max_bin": 63}).log_loss == found[63]
