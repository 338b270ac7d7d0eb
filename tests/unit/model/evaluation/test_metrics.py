"""Metrics: the fast weighted formulas against scikit-learn and against counts by hand."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from scoring_dash.model.cost import cost_per_client
from scoring_dash.model.evaluation.metrics import evaluate


def sample(seed: int, n: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    # Two decimals: ties must count as ties.
    probabilities = np.round(random.beta(1, 9, n), 2)
    return probabilities, (random.random(n) < probabilities).astype(np.int8)


def test_figures_equal_those_of_scikit_learn() -> None:
    probabilities, defaulted = sample(0)
    found = evaluate(probabilities, defaulted, 0.1, seed=0, replicates=2)
    assert found["auc"].value == pytest.approx(roc_auc_score(defaulted, probabilities), abs=1e-12)
    assert found["pr_auc"].value == pytest.approx(average_precision_score(defaulted, probabilities), abs=1e-12)
    assert found["brier"].value == pytest.approx(brier_score_loss(defaulted, probabilities), abs=1e-12)
    assert found["log_loss"].value == pytest.approx(log_loss(defaulted, probabilities), abs=1e-9)
    assert found["cost"].value == pytest.approx(cost_per_client(probabilities, defaulted, 0.1), abs=1e-12)
    assert found["cost_accept_all"].value == pytest.approx(10 * defaulted.mean(), abs=1e-12)
    assert found["refused"].value == pytest.approx((probabilities > 0.1).mean(), abs=1e-12)


def test_ks_is_the_widest_gap_between_the_two_distributions() -> None:
    probabilities = np.array([0.1, 0.2, 0.3, 0.4])
    defaulted = np.array([0, 0, 1, 0], dtype=np.int8)
    # At 0.2, two of three good files are counted and none of the bad one.
    assert evaluate(probabilities, defaulted, 0.5, seed=0, replicates=2)["ks"].value == pytest.approx(2 / 3)


def test_calibration_error_is_the_gap_by_tenths() -> None:
    probabilities = np.linspace(0.05, 0.06, 100)
    defaulted = np.zeros(100, dtype=np.int8)
    defaulted[:50:5] = 1
    # Ten defaults among the lower half: those five bins observe 0.2, the others 0; about 0.055 was predicted.
    expected = np.mean(
        [
            abs(chunk.mean() - rate)
            for chunk, rate in zip(np.array_split(probabilities, 10), [0.2] * 5 + [0] * 5, strict=True)
        ]
    )
    found = evaluate(probabilities, defaulted, 0.5, seed=0, replicates=2)["calibration_error"].value
    assert found == pytest.approx(expected, abs=1e-9)


def test_intervals_hold_the_figure_and_shrink_with_more_files() -> None:
    small = evaluate(*sample(1, 1000), 0.1, seed=3)["auc"]
    large = evaluate(*sample(1, 16_000), 0.1, seed=3)["auc"]
    assert small.low < small.value < small.high
    assert (large.high - large.low) < (small.high - small.low) / 2


def test_the_same_seed_gives_the_same_interval() -> None:
    assert evaluate(*sample(2), 0.1, seed=5) == evaluate(*sample(2), 0.1, seed=5)
