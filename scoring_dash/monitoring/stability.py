"""Are other clients still like those of the training? The population stability index, by feature and of the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.model.evaluation.results import Shift, ShiftReading, Stability

WATCH_FROM = 0.10
SHIFT_ABOVE = 0.25
_BINS = 10
_SCORE = "probability_of_default"

Values = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True)
class Clients:
    """One side of a comparison.

    Attributes
    ----------
    values : (n_features, n) float32, NaN where missing
    probabilities : (n,) float64, in [0, 1]
    """

    values: NDArray[np.float32]
    probabilities: NDArray[np.float64]


def stability(
    reference: Clients, compared: Clients, features: Sequence[Feature], categories: Mapping[str, tuple[str, ...]]
) -> Stability | None:
    """Shift of the score and of every feature, the most shifted first; None if either side has no client.

    Parameters
    ----------
    reference, compared : Clients
        Clients of the training, and the others.
    features : sequence of Feature
        Rows of ``values``.
    categories : mapping of str to tuple of str
        Names behind the codes of each categorical feature.
    """
    sizes = len(reference.probabilities), len(compared.probabilities)
    if min(sizes) == 0:
        return None
    shifts = [
        _shift(
            feature.name,
            category_psi(before, after, len(categories[feature.name]))
            if feature.is_categorical
            else numeric_psi(before, after),
        )
        for feature, before, after in zip(features, reference.values, compared.values, strict=True)
    ]
    score = _shift(_SCORE, numeric_psi(reference.probabilities, compared.probabilities))
    by_chance = (_BINS - 1) * (1 / sizes[0] + 1 / sizes[1])
    return Stability(*sizes, by_chance, score, tuple(sorted(shifts, key=lambda shift: (-shift.psi, shift.name))))


def numeric_psi(reference: Values, compared: Values) -> float:
    """Index of a number over the tenths of its reference, with a bin of its own for missing values.

    Parameters
    ----------
    reference, compared : (n,), (m,) float, NaN where missing; n, m > 0
        Values on an edge belong to the bin below it; a value held by several tenths makes them one bin.
    """
    known = reference[~np.isnan(reference)]
    edges = np.unique(np.percentile(known, np.arange(1, _BINS) * 100 / _BINS)) if len(known) else np.array([])
    return category_psi(_places(reference, edges), _places(compared, edges), len(edges) + 1)


def category_psi(reference: Values, compared: Values, categories: int) -> float:
    """Index of a category, with a bin of its own for missing values.

    ``sum((q - p) * ln(q / p))`` over the bins, p and q the shares of the reference and of the compared clients; 0 for
    equal shares, without upper limit. Half a client is added to each bin, so that an empty one does not make it
    infinite. The bin of missing values counts only where one side has some.

    Parameters
    ----------
    reference, compared : (n,), (m,) float
        Codes 0 … ``categories`` - 1, NaN where missing; n, m > 0.

    References
    ----------
    B. Yurdakul, J. Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
    Validation 14 (2020); the readings at 0.10 and 0.25 are custom.
    """
    before, after = _counts(reference, categories), _counts(compared, categories)
    used = np.ones(categories + 1, dtype=bool)
    used[-1] = bool(before[-1] + after[-1])
    p, q = (_smoothed(counts[used]) for counts in (before, after))
    return float(np.sum((q - p) * np.log(q / p)))


def read_shift(psi: float) -> ShiftReading:
    """Stable below 0.10, to watch up to 0.25, shifted above."""
    if psi < WATCH_FROM:
        return ShiftReading.STABLE
    return ShiftReading.WATCH if psi <= SHIFT_ABOVE else ShiftReading.SHIFT


def _shift(name: str, psi: float) -> Shift:
    return Shift(name, psi, read_shift(psi))


def _places(values: Values, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(values), np.nan, np.searchsorted(edges, values, side="left"))


def _counts(codes: Values, categories: int) -> NDArray[np.int64]:
    """Clients of each code, and of none."""
    missing = np.isnan(codes)
    counts = np.bincount(codes[~missing].astype(np.int64), minlength=categories)
    return np.append(counts, np.count_nonzero(missing))


def _smoothed(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    return (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
