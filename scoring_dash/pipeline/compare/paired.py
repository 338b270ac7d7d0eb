"""Differences between two scores of the same clients, with a bootstrap that draws the same clients for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.cost import MISSED_DEFAULT_COST, WRONG_REFUSAL_COST
from scoring_dash.model.evaluation.metrics import Metric

Floats = NDArray[np.float64]

FIGURES: Final = ("auc", "ks", "cost")


@dataclass(frozen=True, slots=True)
class ScoredFiles:
    """Probabilities of default and the threshold at which their cost is taken.

    Attributes
    ----------
    probabilities : (n,) float64, in [0, 1]
    threshold : float
    """

    probabilities: Floats
    threshold: float


def paired_differences(
    scored: ScoredFiles, reference: ScoredFiles, defaulted: NDArray[np.int8], *, seed: int, replicates: int = 200
) -> dict[str, Metric]:
    """Figures of ``scored`` less those of ``reference``, with 95 % intervals.

    The two scores are of the same clients, so most of the luck of the draw is common to both and cancels: these
    intervals are much narrower than those of the figures themselves. They hold what another sample of clients would
    change, not what another seed of the training would.

    Parameters
    ----------
    defaulted : (n,) int8, 0 or 1, both present

    Returns
    -------
    dict
        ``auc``, ``ks`` and ``cost`` per client.
    """
    pair = [_Sorted.of(files, defaulted) for files in (scored, reference)]
    random = np.random.default_rng(seed)

    def differences(weight: Floats) -> Floats:
        first, second = (files.figures(weight) for files in pair)
        return first - second

    measured = differences(np.ones(len(defaulted)))
    drawn = np.array([differences(_draw(random, defaulted)) for _ in range(replicates)])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return {
        name: Metric(float(measured[place]), float(low[place]), float(high[place]))
        for place, name in enumerate(FIGURES)
    }


def _draw(random: np.random.Generator, defaulted: NDArray[np.int8]) -> Floats:
    """How often each client is drawn with replacement; both outcomes are drawn at least once."""
    n = len(defaulted)
    while True:
        weight = np.bincount(random.integers(0, n, n), minlength=n).astype(np.float64)
        if 0 < weight @ defaulted < n:
            return weight


@dataclass(frozen=True, slots=True)
class _Sorted:
    """One score, sorted once. ``step`` numbers the distinct probabilities of the clients in ascending order."""

    step: NDArray[np.int64]
    steps: int
    defaulted: Floats
    losses: Floats

    @classmethod
    def of(cls, files: ScoredFiles, defaulted: NDArray[np.int8]) -> _Sorted:
        distinct, step = np.unique(files.probabilities, return_inverse=True)
        refused = files.probabilities > files.threshold
        losses = np.where(refused, WRONG_REFUSAL_COST * (1 - defaulted), MISSED_DEFAULT_COST * defaulted)
        return cls(step.astype(np.int64), len(distinct), defaulted.astype(np.float64), losses.astype(np.float64))

    def figures(self, weight: Floats) -> Floats:
        """AUC, KS and cost per client, each client counted ``weight`` times."""
        bad = np.bincount(self.step, weights=weight * self.defaulted, minlength=self.steps)
        good = np.bincount(self.step, weights=weight * (1 - self.defaulted), minlength=self.steps)
        good_up_to = np.cumsum(good)
        auc = np.sum(bad * (good_up_to - good / 2)) / (bad.sum() * good.sum())
        ks = np.max(np.abs(good_up_to / good.sum() - np.cumsum(bad) / bad.sum()))
        return np.array([auc, ks, np.average(self.losses, weights=weight)])


def figures_of(scored: ScoredFiles, defaulted: NDArray[np.int8]) -> Mapping[str, float]:
    """``auc``, ``ks`` and ``cost`` per client of one score."""
    values = _Sorted.of(scored, defaulted).figures(np.ones(len(defaulted)))
    return dict(zip(FIGURES, (float(value) for value in values), strict=True))
