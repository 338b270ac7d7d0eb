"""Counts, medians and ranks of one fact over some files, by the bars in which its values lie.

A median needs the order of the values; the bars say in which one it lies, so that only the values of that bar are
looked at. The result is exact, and costs a tenth of ordering them all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring_dash.population.columns import Column

Places = NDArray[np.intp]
"""Places of files, each once: as many as there are files means all of them."""


def count_bars(column: Column, places: Places) -> NDArray[np.int64]:
    """(n_bars + 1,) int64: files in each bar; the last number counts missing values."""
    if is_whole(column, places):
        return column.whole_counts
    return np.bincount(column.bars[places], minlength=column.n_bars + 1)


def is_whole(column: Column, places: Places) -> bool:
    """Whether the places are those of all files: nothing need be gathered then."""
    return len(places) == len(column.bars)


def median(column: Column, places: Places, counts: NDArray[np.int64]) -> float | None:
    """Median of the known numbers: the mean of the middle two where their number is even; None where none is known.

    Parameters
    ----------
    counts : (n_bars + 1,) int64
        As :func:`count_bars` gives them for the same places.
    """
    known = int(counts[:-1].sum())
    if known == 0:
        return None
    upto = np.cumsum(counts[:-1])
    lower, upper = (known - 1) // 2, known // 2
    first, last = (int(np.searchsorted(upto, place, side="right")) for place in (lower, upper))
    inside = _values_in(column, places, first, last)
    before = int(upto[first - 1]) if first else 0
    ordered = np.partition(inside, [lower - before, upper - before])
    return (float(ordered[lower - before]) + float(ordered[upper - before])) / 2


def count_below(column: Column, places: Places, counts: NDArray[np.int64], value: float) -> tuple[int, int]:
    """How many known numbers are less than a value, and how many equal it.

    Parameters
    ----------
    value : float
        A stored number, finite.
    """
    bar = column.bar_of(value)
    inside = _values_in(column, places, bar, bar)
    own = np.float32(value)
    return int(counts[:bar].sum()) + int(np.count_nonzero(inside < own)), int(np.count_nonzero(inside == own))


def most_frequent(column: Column, counts: NDArray[np.int64]) -> str | None:
    """Category of most files, the first in their order among equals; None where none is known."""
    known = counts[:-1]
    return column.categories[int(known.argmax())] if known.any() else None


def usual_bars(counts: NDArray[np.int64]) -> tuple[int, int]:
    """First and last bar of what some files usually have: all but their extreme hundredths.

    Parameters
    ----------
    counts : (n_bars,) int64
        Files in each bar, those without a value left out.
    """
    upto = np.cumsum(counts)
    total = int(upto[-1])
    first, last = (int(np.searchsorted(upto, rank, side="left")) for rank in (0.01 * total, 0.99 * total))
    return min(first, len(counts) - 1), min(last, len(counts) - 1)


def _values_in(column: Column, places: Places, first: int, last: int) -> NDArray[np.float32]:
    """Values of the files that lie in the bars from ``first`` to ``last``."""
    is_all = is_whole(column, places)
    bars = column.bars if is_all else column.bars[places]
    chosen = bars == first if first == last else (bars >= first) & (bars <= last)
    return column.values[chosen if is_all else places[chosen]]
