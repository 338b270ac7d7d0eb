"""Two facts at once: how a group is spread over both, and how often each corner defaulted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import OTHERS, Axis, BarBounds, CrossCell, CrossComparison
from scoring_dash.core.groups import FEWEST_FILES, Group
from scoring_dash.core.words import Unit
from scoring_dash.population.columns import Column
from scoring_dash.population.compare import bar_order, observed
from scoring_dash.population.counting import count_bars, is_whole, usual_bars
from scoring_dash.population.distributions import choose_bin_edges
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.groups import Members
from scoring_dash.population.past_files import PastFiles, Subject

MOST_BARS: Final = 10
"""Intervals of a scale: more would be too small to touch on a telephone, and hold too few files."""

MOST_CATEGORIES: Final = 7
_REST: Final = -1
_FEWEST_EDGES: Final = 4
_FEWEST_BARS: Final = 3
"""With fewer files there are fewer bars, so that a usual cell still holds enough to tell something."""
_WHOLE_UNITS: Final = (Unit.COUNT, Unit.FLAG, Unit.LEVEL)
_STEPS: Final = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
_LEAST_SPAN: Final = 10.0
"""A scale by factors is offered where the usual values span at least a factor of ten."""


@dataclass(frozen=True)
class _Scale:
    """An axis, and the bar of each member on it: (k,) uint8, for all and for those in default."""

    axis: Axis
    places: NDArray[np.uint8]
    defaults: NDArray[np.uint8]


def cross(
    past: PastFiles,
    members: Members,
    subject: Subject,
    group: Group,
    *,
    features: tuple[str, str],
    log: tuple[bool, bool] = (False, False),
) -> CrossComparison:
    """A group over two facts.

    Parameters
    ----------
    features : (str, str)
        Across and up; two different facts.
    log : (bool, bool)
        Whether the intervals of each should grow by factors; ignored where the values do not allow it.

    Raises
    ------
    InvalidRequestError
        If there is no such fact.
    """
    columns = [past.columns[name] for name in features]
    x, y = (
        _scale(column, members, subject.stored(past.columns, column.name), is_log=wanted)
        for column, wanted in zip(columns, log, strict=True)
    )
    rate = observed(members)
    cells = () if rate is None else _cells(x, y)
    return CrossComparison(subject.client_id, group, len(members), rate, x.axis, y.axis, cells)


def log_edges(low: float, high: float, *, most: int = MOST_BARS) -> tuple[float, ...]:
    """Round inner edges that grow by factors between two positive numbers, thinned out to at most ``most`` bars."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    edges = [float(f"{step}e{power}") for power in powers for step in _STEPS]
    inside = [edge for edge in edges if low < edge < high]
    return _thinned(inside, most) if inside else (low,)


def _scale(column: Column, members: Members, stored: float, *, is_log: bool) -> _Scale:
    if column.is_categorical:
        return _by_category(column, members, stored)
    most = max(_FEWEST_BARS, min(MOST_BARS, math.isqrt(len(members) // FEWEST_FILES)))
    first, last = usual_bars(count_bars(column, members.places)[:-1])
    ends = _ends(column, first, last)
    can_be_log = ends[0] > 0 and ends[1] / ends[0] >= _LEAST_SPAN
    is_log = is_log and can_be_log
    if is_log:
        edges = log_edges(*_usual_values(column, members.places, ends), most=most)
    elif last - first < _FEWEST_EDGES and column.feature.unit not in _WHOLE_UNITS:
        # The group lies in a few of the bars that suit everybody: it gets bars of its own.
        edges = _thinned(choose_bin_edges(column.feature, column.values[members.places]), most)
    else:
        edges = _thinned(column.edges[first:last] or column.edges[max(first - 1, 0) :][:1], most)
    return _by_interval(column, members, stored, edges, is_log=is_log, can_be_log=can_be_log)


def _ends(column: Column, first: int, last: int) -> tuple[float, float]:
    """Numbers between which two bars lie; a scale that starts next to zero begins a twentieth of a step above it."""
    edges = column.edges
    step = (edges[-1] - edges[0]) / (len(edges) - 1) if len(edges) > 1 else 0.0
    low = edges[first - 1] if first else edges[0]
    return (step / 20 if 0 <= low <= 1.5 * step and not first else low), edges[min(last, len(edges) - 1)]


def _usual_values(column: Column, places: NDArray[np.intp], ends: tuple[float, float]) -> tuple[float, float]:
    """The extreme hundredths of the positive values of some files: ends of bars are too coarse for factors."""
    values = column.values[places]
    positive = values[np.isfinite(values) & (values > 0)]
    if len(positive) < FEWEST_FILES:
        return ends
    ranks = [len(positive) // 100, len(positive) - 1 - len(positive) // 100]
    low, high = (float(value) for value in np.partition(positive, ranks)[ranks])
    return (low, high) if low < high else ends


def _thinned(edges: Sequence[float], most: int) -> tuple[float, ...]:
    """Every second, third … of some edges, so that they divide ``most`` bars at the most."""
    step = -(-(len(edges) + 1) // most)
    return tuple(edges[step - 1 :: step]) or tuple(edges[:1])


def _by_interval(
    column: Column, members: Members, stored: float, edges: tuple[float, ...], *, is_log: bool, can_be_log: bool
) -> _Scale:
    if not set(edges) <= set(column.edges):
        places, defaults = (_places(column.values[chosen], edges) for chosen in (members.places, members.defaults))
    else:
        # The edges are some of the column's own: a table from its bars to these spares searching every value.
        joined = np.searchsorted(np.asarray(edges), [*column.edges, np.inf], side="left")
        table = np.array([*joined, len(edges) + 1], dtype=np.uint8)
        bars_of_all = column.bars if is_whole(column, members.places) else column.bars[members.places]
        places, defaults = table[bars_of_all], table[column.bars[members.defaults]]
    bounds = [None, *edges, None]
    bars = [BarBounds(bounds[i], bounds[i + 1], None) for i in range(len(edges) + 1)]
    own = int(_places(np.array([stored], dtype=np.float32), edges)[0])
    if count_bars(column, members.places)[-1] or own == len(bars):
        bars.append(BarBounds(None, None, None))
    axis = Axis(column.name, column.read(stored), tuple(bars), (), own, is_log, can_be_log)
    return _Scale(axis, places, defaults)


def _places(values: NDArray[np.float32], edges: Sequence[float]) -> NDArray[np.uint8]:
    found = np.searchsorted(np.asarray(edges, dtype=np.float64), values, side="right")
    return np.where(np.isfinite(values), found, len(edges) + 1).astype(np.uint8)


def _by_category(column: Column, members: Members, stored: float) -> _Scale:
    """The most frequent categories and the client's own; the others together."""
    own = column.bar_of(stored)
    order = bar_order(column, count_bars(column, members.places), own)
    known = [bar for bar in order if bar != column.n_bars]
    most = MOST_CATEGORIES if len(known) <= MOST_CATEGORIES else MOST_CATEGORIES - 1
    kept = [bar for place, bar in enumerate(known) if place < most or bar == own]
    rest = [bar for bar in known if bar not in kept]
    shown = [*kept, *([_REST] if rest else []), *order[len(known) :]]
    table = np.full(256, shown.index(_REST) if rest else 0, dtype=np.uint8)
    for place, bar in enumerate(shown):
        if bar != _REST:
            table[bar] = place
    bars = tuple(BarBounds(None, None, OTHERS) if bar == _REST else column.bounds(bar) for bar in shown)
    names = tuple(column.categories[bar] for bar in rest)
    axis = Axis(column.name, column.read(stored), bars, names, shown.index(own), False, False)
    return _Scale(axis, table[column.bars[members.places]], table[column.bars[members.defaults]])


def _cells(x: _Scale, y: _Scale) -> tuple[CrossCell, ...]:
    width, height = len(x.axis.bars), len(y.axis.bars)
    files, defaults = (
        np.bincount(up.astype(np.uint16) * width + across, minlength=width * height)
        for up, across in ((y.places, x.places), (y.defaults, x.defaults))
    )
    return tuple(
        CrossCell(
            int(place % width),
            int(place // width),
            int(files[place]),
            observed_frequency(int(files[place]), int(defaults[place])) if files[place] >= FEWEST_FILES else None,
        )
        for place in np.flatnonzero(files)
    )
