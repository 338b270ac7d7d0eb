"""The business cost of a threshold, and the threshold and review zone that it leads to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MISSED_DEFAULT_COST = 10.0
"""Cost of accepting a client who defaults, in units of one wrongly refused good client."""

WRONG_REFUSAL_COST = 1.0

THEORETICAL_THRESHOLD = WRONG_REFUSAL_COST / (WRONG_REFUSAL_COST + MISSED_DEFAULT_COST)
"""Optimal for a perfectly calibrated probability: refuse when ``10 p > 1 (1 - p)``, i.e. p > 1/11."""

_GRID_STEP = 0.001
_FLAT_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class CostCurve:
    """Cost per client at each threshold of a grid.

    Attributes
    ----------
    thresholds : (n,) float64, in (0, 1), ascending
    costs : (n,) float64
        Mean over clients of 10 for a missed default, 1 for a wrongly refused good client, 0 otherwise.
    """

    thresholds: NDArray[np.float64]
    costs: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """Threshold and review zone.

    Attributes
    ----------
    threshold : float
        Minimises the cost on out-of-fold probabilities; refuse above it.
    review_low, review_high : float
        The range of thresholds whose expected cost is at most 1 % above the least, stretched to hold
        ``threshold``. Inside it accepting or refusing costs about the same, so a person decides.
    cost : float
        Cost per client at ``threshold``, all files decided by the model.
    """

    threshold: float
    review_low: float
    review_high: float
    cost: float


def cost_per_client(probabilities: NDArray[np.float64], defaulted: NDArray[np.int8], threshold: float) -> float:
    """Mean cost of refusing everybody above ``threshold``.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1
    threshold : float
        0 refuses nearly everybody, 1 accepts everybody (cost 10 x default rate).
    """
    refused = probabilities > threshold
    missed = MISSED_DEFAULT_COST * np.count_nonzero(~refused & (defaulted == 1))
    wrong = WRONG_REFUSAL_COST * np.count_nonzero(refused & (defaulted == 0))
    return float((missed + wrong) / len(defaulted))


def cost_curve(probabilities: NDArray[np.float64], defaulted: NDArray[np.int8] | NDArray[np.float64]) -> CostCurve:
    """Cost per client on the grid 0.001, 0.002, … 0.999, from one sort of the probabilities.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1, or (n,) float64, in [0, 1]
        What happened; or the chance of it, for the expected cost.
    """
    order = np.argsort(probabilities, kind="stable")
    sorted_probabilities = probabilities[order]
    defaults_up_to = np.concatenate([[0], np.cumsum(defaulted[order], dtype=np.float64)])
    thresholds = np.round(np.arange(1, 1000) * _GRID_STEP, 3)
    accepted = np.searchsorted(sorted_probabilities, thresholds, side="right")
    missed = defaults_up_to[accepted]
    wrong = (len(defaulted) - accepted) - (defaults_up_to[-1] - missed)
    costs = (MISSED_DEFAULT_COST * missed + WRONG_REFUSAL_COST * wrong) / len(defaulted)
    return CostCurve(thresholds, costs)


def choose_decision_rule(probabilities: NDArray[np.float64], defaulted: NDArray[np.int8]) -> DecisionRule:
    """Threshold of least out-of-fold cost (ties: the nearest to 1/11) and the review zone around it.

    The threshold minimises the cost that was really met. The zone follows the cost that the calibrated probabilities
    expect, which is smooth: the cost met wavers by more than 1 % from one threshold to the next on a small sample.

    Parameters
    ----------
    probabilities : (n,) float64, calibrated, out of fold
    defaulted : (n,) int8, 0 or 1
    """
    met, expected = cost_curve(probabilities, defaulted), cost_curve(probabilities, probabilities)
    grid, least = met.thresholds, float(met.costs.min())
    ties = np.flatnonzero(met.costs <= least + 1e-12)
    threshold = float(grid[ties[np.argmin(np.abs(grid[ties] - THEORETICAL_THRESHOLD))]])
    flat = grid[expected.costs <= (1 + _FLAT_TOLERANCE) * expected.costs.min()]
    return DecisionRule(threshold, min(threshold, float(flat[0])), max(threshold, float(flat[-1])), least)
