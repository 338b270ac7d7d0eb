"""The cost curve of labelled files, and the region around its least where the threshold hardly matters."""

from __future__ import annotations

import numpy as np

from scoring_dash.model.cost import THEORETICAL_THRESHOLD, cost_curve, cost_per_client
from scoring_dash.model.evaluation.metrics import Floats, Outcomes
from scoring_dash.model.evaluation.results import CostReport

_FLAT_TOLERANCE = 0.01
_KEPT_EVERY = 5
_KEPT_UP_TO = 0.5


def cost_report(probabilities: Floats, defaulted: Outcomes, threshold: float) -> CostReport:
    """Cost at a threshold, least cost, flat region, and the curve thinned to every 0.005 up to 0.5.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1
    threshold : float
        In use; not necessarily the best one for these files.
    """
    curve = cost_curve(probabilities, defaulted)
    best = int(np.argmin(curve.costs))
    flat = curve.thresholds[curve.costs <= (1 + _FLAT_TOLERANCE) * curve.costs[best]]
    kept = np.flatnonzero(curve.thresholds <= _KEPT_UP_TO)[_KEPT_EVERY - 1 :: _KEPT_EVERY]
    return CostReport(
        threshold=threshold,
        cost=cost_per_client(probabilities, defaulted, threshold),
        best_threshold=float(curve.thresholds[best]),
        best_cost=float(curve.costs[best]),
        flat_low=float(flat[0]),
        flat_high=float(flat[-1]),
        theoretical_threshold=THEORETICAL_THRESHOLD,
        thresholds=tuple(float(value) for value in curve.thresholds[kept]),
        costs=tuple(float(value) for value in curve.costs[kept]),
    )
