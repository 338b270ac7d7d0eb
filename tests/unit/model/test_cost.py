"""The cost of a threshold, and what is chosen from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.model.cost import THEORETICAL_THRESHOLD, choose_decision_rule, cost_curve, cost_per_client

PROBABILITIES = np.array([0.02, 0.05, 0.10, 0.30])
DEFAULTED = np.array([0, 1, 0, 1], dtype=np.int8)


@pytest.mark.parametrize(
    ("threshold", "cost"),
    [
        (1.0, 20 / 4),  # everybody accepted: two defaults missed
        (0.0, 2 / 4),  # everybody refused: two good clients turned away
        (0.04, 1 / 4),  # only the first accepted: one good client refused
        (0.05, 11 / 4),  # exactly at the threshold is accepted: a default missed, a good client refused
    ],
)
def test_a_missed_default_costs_ten_wrong_refusals(threshold: float, cost: float) -> None:
    assert cost_per_client(PROBABILITIES, DEFAULTED, threshold) == cost


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_curve_equals_the_slow_count_at_every_threshold(files: list[tuple[float, bool]]) -> None:
    probabilities = np.array([probability for probability, _ in files])
    defaulted = np.array([outcome for _, outcome in files], dtype=np.int8)
    curve = cost_curve(probabilities, defaulted)
    slow = [cost_per_client(probabilities, defaulted, float(threshold)) for threshold in curve.thresholds]
    np.testing.assert_allclose(curve.costs, slow, rtol=0, atol=1e-12)


def test_calibrated_probabilities_lead_to_one_eleventh() -> None:
    random = np.random.default_rng(0)
    probabilities = random.beta(1, 11, 400_000)
    defaulted = (random.random(400_000) < probabilities).astype(np.int8)
    rule = choose_decision_rule(probabilities, defaulted)
    assert rule.threshold == pytest.approx(THEORETICAL_THRESHOLD, abs=0.012)
    assert rule.review_low < THEORETICAL_THRESHOLD < rule.review_high


@pytest.mark.parametrize("seed", range(5))
def test_inside_the_review_zone_the_threshold_hardly_matters(seed: int) -> None:
    random = np.random.default_rng(seed)
    probabilities = random.beta(1, 11, 20_000)
    defaulted = (random.random(20_000) < probabilities).astype(np.int8)
    rule = choose_decision_rule(probabilities, defaulted)
    expected = cost_curve(probabilities, probabilities)
    inside = (expected.thresholds >= rule.review_low) & (expected.thresholds <= rule.review_high)
    away = np.abs(expected.thresholds - THEORETICAL_THRESHOLD) > 0.05
    assert (expected.costs[away] > expected.costs[inside].max()).all()
    assert rule.review_low <= rule.threshold <= rule.review_high
    assert rule.review_low < THEORETICAL_THRESHOLD < rule.review_high
    assert rule.cost == cost_curve(probabilities, defaulted).costs.min()


def test_of_equally_cheap_thresholds_the_nearest_to_theory_is_chosen() -> None:
    rule = choose_decision_rule(np.array([0.01, 0.9]), np.array([0, 1], dtype=np.int8))
    assert rule.threshold == 0.091
