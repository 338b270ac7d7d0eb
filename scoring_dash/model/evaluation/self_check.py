"""Do the figures fit each other? A leak, class weights or a wrong threshold show as figures that do not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring_dash.model.cost import MISSED_DEFAULT_COST, WRONG_REFUSAL_COST
from scoring_dash.model.evaluation.metrics import Floats, Metric
from scoring_dash.model.evaluation.results import CheckedFigure, SelfCheck

SUSPECT_AUC = 0.82
"""The winners of the public competition on these tables reached 0.81; more is a leak until proven otherwise."""

_TOLERANCES = {"ks": 0.06, "pr_auc": 0.12, "brier": 0.02, "log_loss": 0.02, "cost": 0.05}
"""Relative to the expected figure. Public models of these data stay within a third of each."""

_Z = np.linspace(-8, 8, 4001)
_WEIGHTS = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()
_HIGHEST_AUC = 0.9999


def self_check(metrics: Mapping[str, Metric], threshold: float) -> SelfCheck:
    """Measured figures beside those of a calibrated score of the same AUC and default rate.

    A figure fits if it lies within the tolerance, widened by the half-width of its own 95 % interval: few files
    leave every figure uncertain.

    Parameters
    ----------
    metrics : mapping of str to Metric
        As :func:`scoring_dash.model.evaluation.metrics.evaluate` gives them.
    threshold : float
        Where the cost was taken.
    """
    auc = metrics["auc"].value
    expected = expected_figures(auc, metrics["default_rate"].value, threshold)
    figures = tuple(_compared(name, metrics[name], expected[name]) for name in _TOLERANCES)
    warnings = [_misfit(figure, auc) for figure in figures if not figure.fits]
    if auc > SUSPECT_AUC:
        warnings.insert(
            0,
            f"AUC {auc:.3f} is above {SUSPECT_AUC}: suspect a leak. Look for a feature that knows the outcome, "
            "or rows dated after the application.",
        )
    return SelfCheck(figures, tuple(warnings))


def expected_figures(auc: float, default_rate: float, threshold: float) -> dict[str, float]:
    """Figures of a calibrated score whose log-odds are normal over the clients.

    The two parameters of the normal law are those that give the AUC and the default rate; the figures are integrals
    over it, on a fixed grid.

    Parameters
    ----------
    auc : float
        In [0, 1]; 0.5 or less is taken as a score that says nothing.
    default_rate : float
        In (0, 1).
    threshold : float
        In (0, 1), where the cost is taken.

    Returns
    -------
    dict
        ``ks``, ``pr_auc``, ``brier``, ``log_loss``, ``cost`` per client.
    """
    chance = _calibrated_score(min(max(auc, 0.5), _HIGHEST_AUC), default_rate)
    bad, good = _WEIGHTS * chance, _WEIGHTS * (1 - chance)
    refused = chance > threshold
    caught = np.cumsum(bad[::-1])
    precision = caught / np.cumsum(_WEIGHTS[::-1])
    return {
        "ks": float(np.max(np.cumsum(good) / good.sum() - np.cumsum(bad) / bad.sum())),
        "pr_auc": float(np.sum(bad[::-1] * precision) / bad.sum()),
        "brier": float(np.sum(_WEIGHTS * chance * (1 - chance))),
        "log_loss": float(-np.sum(bad * np.log(chance) + good * np.log1p(-chance))),
        "cost": float(MISSED_DEFAULT_COST * bad[~refused].sum() + WRONG_REFUSAL_COST * good[refused].sum()),
    }


def _compared(name: str, metric: Metric, expected: float) -> CheckedFigure:
    tolerance = _TOLERANCES[name] * expected + (metric.high - metric.low) / 2
    return CheckedFigure(name, metric.value, expected, tolerance, abs(metric.value - expected) <= tolerance)


def _misfit(figure: CheckedFigure, auc: float) -> str:
    return (
        f"{figure.name} is {figure.measured:.4f}; a calibrated score of AUC {auc:.3f} has {figure.expected:.4f} "
        f"(± {figure.tolerance:.4f}). Suspect a leak, class weights or a wrong threshold."
    )


def _calibrated_score(auc: float, default_rate: float) -> Floats:
    """Probability of default on the grid ``_Z``, ascending; found by halving, as the AUC grows with the width."""
    low, high = 0.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _auc(_with_rate(middle, default_rate)) < auc else (low, middle)
    return _with_rate(high, default_rate)


def _with_rate(width: float, default_rate: float) -> Floats:
    """Probabilities of log-odds ``centre + width z`` with the centre that gives the default rate."""
    low, high = -100.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if np.sum(_WEIGHTS * _logistic(middle + width * _Z)) < default_rate else (low, middle)
        )
    return np.clip(_logistic((low + high) / 2 + width * _Z), 1e-15, 1 - 1e-15)


def _logistic(margin: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(margin, -700, 700)))


def _auc(chance: Floats) -> float:
    bad, good = _WEIGHTS * chance, _WEIGHTS * (1 - chance)
    return float(np.sum(bad * (np.cumsum(good) - good / 2)) / (bad.sum() * good.sum()))
