"""Metrics of a probability of default, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.cost import MISSED_DEFAULT_COST, WRONG_REFUSAL_COST

Floats = NDArray[np.float64]
Outcomes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Figures of a set of files, and of its replicates (files drawn with replacement).

    Attributes
    ----------
    values : dict of str to float
    draws : dict of str to (replicates,) float64
    """

    values: dict[str, float]
    draws: dict[str, Floats]

    def metric(self, name: str) -> Metric:
        """A figure with its interval."""
        return interval(self.values[name], self.draws[name])


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Probabilities sorted once, so that each bootstrap replicate is a few sums.

    ``group`` numbers the distinct probabilities in ascending order: equal scores are one step of
    every curve.
    """

    probability: Floats
    defaulted: Floats
    group: NDArray[np.int64]
    distinct: Floats


METRICS = (
    "auc",
    "pr_auc",
    "ks",
    "brier",
    "log_loss",
    "calibration_error",
    "cost",
    "cost_accept_all",
    "refused",
    "default_rate",
)
"""What :func:`evaluate` gives."""

REPLICATES = 200


def evaluate(
    probabilities: Floats, defaulted: Outcomes, threshold: float, *, seed: int, replicates: int = REPLICATES
) -> dict[str, Metric]:
    """All metrics of out-of-fold probabilities.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1, both present
    threshold : float
        Where the cost is taken.
    seed : int
        Of the bootstrap (clients drawn with replacement).

    Returns
    -------
    dict
        ``auc``, ``pr_auc``, ``ks``, ``brier``, ``log_loss``, ``calibration_error`` (10 equal-count
        bins), ``cost`` per client at the threshold, ``cost_accept_all``, ``refused`` share, ``default_rate``.
    """
    found = bootstrap(probabilities, defaulted, threshold, METRICS, seed=seed, replicates=replicates)
    return {name: found.metric(name) for name in METRICS}


def bootstrap(
    probabilities: Floats,
    defaulted: Outcomes,
    threshold: float,
    names: Sequence[str],
    *,
    seed: int,
    replicates: int = REPLICATES,
) -> Bootstrap:
    """Some figures, and what they are in replicates of the files.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1
        Where only one outcome is present, ``names`` must not hold a figure that compares the two.
    names : sequence of str
        Among ``METRICS``, ``predicted`` (mean probability), ``approved`` share, ``false_refusal`` (share refused
        of those who repaid) and ``missed_default`` (share approved of those in default).
    """
    ranked = _rank(probabilities, defaulted)
    formulas = {name: _formulas(threshold)[name] for name in names}
    ones = np.ones(len(probabilities))
    random = np.random.default_rng(seed)
    draws = {name: np.empty(replicates) for name in formulas}
    for replicate in range(replicates):
        weights = _draw(random, ranked.defaulted)
        for name, formula in formulas.items():
            draws[name][replicate] = formula(ranked, weights)
    return Bootstrap({name: formula(ranked, ones) for name, formula in formulas.items()}, draws)


def interval(value: float, draws: Floats) -> Metric:
    """A figure with the range that holds the middle 95 % of its replicates."""
    low, high = np.percentile(draws, [2.5, 97.5])
    return Metric(value, float(low), float(high))


def as_numbers(metrics: Mapping[str, Metric]) -> dict[str, dict[str, float]]:
    """Metrics as JSON values, rounded to 6 decimals."""
    return {
        name: {"value": round(metric.value, 6), "low": round(metric.low, 6), "high": round(metric.high, 6)}
        for name, metric in metrics.items()
    }


def _formulas(threshold: float) -> dict[str, Callable[[_Ranked, Floats], float]]:
    return {
        "auc": _auc,
        "pr_auc": _average_precision,
        "ks": _kolmogorov_smirnov,
        "brier": lambda data, weight: _mean((data.probability - data.defaulted) ** 2, weight),
        "log_loss": _log_loss,
        "calibration_error": _calibration_error,
        "cost": lambda data, weight: _cost(data, weight, threshold),
        "cost_accept_all": lambda data, weight: MISSED_DEFAULT_COST * _mean(data.defaulted, weight),
        "refused": lambda data, weight: _mean(data.probability > threshold, weight),
        "default_rate": lambda data, weight: _mean(data.defaulted, weight),
        "predicted": lambda data, weight: _mean(data.probability, weight),
        "approved": lambda data, weight: _mean(data.probability <= threshold, weight),
        "false_refusal": lambda data, weight: _mean(data.probability > threshold, weight * (1 - data.defaulted)),
        "missed_default": lambda data, weight: _mean(data.probability <= threshold, weight * data.defaulted),
    }


def _draw(random: np.random.Generator, defaulted: Floats) -> Floats:
    """How often each file is drawn with replacement; both outcomes are drawn at least once where both are present."""
    n = len(defaulted)
    both = 0 < defaulted.sum() < n
    while True:
        weights = np.bincount(random.integers(0, n, n), minlength=n).astype(np.float64)
        if not both or 0 < weights @ defaulted < n:
            return weights


def _rank(probabilities: Floats, defaulted: Outcomes) -> _Ranked:
    order = np.argsort(probabilities, kind="stable")
    ascending = probabilities[order]
    distinct, group = np.unique(ascending, return_inverse=True)
    return _Ranked(ascending, defaulted[order].astype(np.float64), group.astype(np.int64), distinct)


def _mean(values: NDArray[np.float64] | NDArray[np.bool_], weight: Floats) -> float:
    return float(np.average(values, weights=weight))


def _by_score(data: _Ranked, weight: Floats) -> tuple[Floats, Floats]:
    """Weight of defaulted and of repaid files at each distinct score, ascending."""
    size = len(data.distinct)
    bad = np.bincount(data.group, weights=weight * data.defaulted, minlength=size)
    good = np.bincount(data.group, weights=weight * (1 - data.defaulted), minlength=size)
    return bad.astype(np.float64), good.astype(np.float64)


def _auc(data: _Ranked, weight: Floats) -> float:
    """Probability that a defaulted file scores above a repaid one, ties counting one half."""
    bad, good = _by_score(data, weight)
    good_below = np.cumsum(good) - good
    return float(np.sum(bad * (good_below + good / 2)) / (bad.sum() * good.sum()))


def _average_precision(data: _Ranked, weight: Floats) -> float:
    """Sum over thresholds of the rise in recall times the precision, as in scikit-learn."""
    bad, good = (values[::-1] for values in _by_score(data, weight))
    caught, refused = np.cumsum(bad), np.cumsum(bad + good)
    precision = np.divide(caught, refused, out=np.ones_like(caught), where=refused > 0)
    return float(np.sum(bad * precision) / bad.sum())


def _kolmogorov_smirnov(data: _Ranked, weight: Floats) -> float:
    """Largest distance between the score distributions of repaid and of defaulted files, in [0, 1]."""
    bad, good = _by_score(data, weight)
    return float(np.max(np.abs(np.cumsum(good) / good.sum() - np.cumsum(bad) / bad.sum())))


def _log_loss(data: _Ranked, weight: Floats) -> float:
    probability = np.clip(data.probability, 1e-15, 1 - 1e-15)
    losses = -(data.defaulted * np.log(probability) + (1 - data.defaulted) * np.log1p(-probability))
    return _mean(losses, weight)


def _calibration_error(data: _Ranked, weight: Floats) -> float:
    """Mean distance between predicted and observed rate over 10 bins of equal weight, in [0, 1]."""
    position = np.cumsum(weight) - weight / 2
    bins = np.minimum((10 * position / weight.sum()).astype(np.int64), 9)
    gap = np.bincount(bins, weights=weight * (data.probability - data.defaulted), minlength=10)
    return float(np.abs(gap).sum() / weight.sum())


def _cost(data: _Ranked, weight: Floats, threshold: float) -> float:
    refused = data.probability > threshold
    missed = MISSED_DEFAULT_COST * (~refused * data.defaulted)
    wrong = WRONG_REFUSAL_COST * (refused * (1 - data.defaulted))
    return _mean(missed + wrong, weight)
