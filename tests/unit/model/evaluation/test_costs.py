"""The cost curve and its flat region against a loop over every threshold."""

import numpy as np
import pytest

from scoring_dash.model.cost import cost_per_client
from scoring_dash.model.evaluation.costs import cost_report


def test_the_report_equals_a_loop_over_thresholds() -> None:
    random = np.random.default_rng(0)
    probabilities = random.beta(1, 9, 2000)
    defaulted = (random.random(2000) < probabilities).astype(np.int8)
    found = cost_report(probabilities, defaulted, 0.2)
    grid = [round(i / 1000, 3) for i in range(1, 1000)]
    costs = [cost_per_client(probabilities, defaulted, threshold) for threshold in grid]
    near = [threshold for threshold, cost in zip(grid, costs, strict=True) if cost <= 1.01 * min(costs)]
    assert found.cost == cost_per_client(probabilities, defaulted, 0.2)
    assert found.best_cost == pytest.approx(min(costs))
    assert found.best_threshold == grid[int(np.argmin(costs))]
    assert (found.flat_low, found.flat_high) == (near[0], near[-1])
    assert found.thresholds[:3] == (0.005, 0.01, 0.015)
    assert found.thresholds[-1] == 0.5
    assert found.costs == pytest.approx([costs[grid.index(threshold)] for threshold in found.thresholds])
