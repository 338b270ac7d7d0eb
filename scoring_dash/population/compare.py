"""One fact of one client among a group of past files."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import Comparison, ComparisonBin
from scoring_dash.core.groups import FEWEST_FILES, Group
from scoring_dash.core.results import ObservedFrequency
from scoring_dash.population.columns import Column
from scoring_dash.population.counting import count_bars, count_below, median
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.groups import Members
from scoring_dash.population.past_files import PastFiles, Subject


def compare(past: PastFiles, members: Members, subject: Subject, feature: str, group: Group) -> Comparison:
    """Spread of a fact over a group, with the client's own value.

    Parameters
    ----------
    members : Members
        Of the group.

    Raises
    ------
    InvalidRequestError
        If there is no such fact.
    """
    column = past.columns[feature]
    stored = subject.stored(past.columns, feature)
    value = column.read(stored)
    empty = Comparison(subject.client_id, feature, group, len(members), None, value, None, None, None, ())
    if empty.is_withheld:
        return empty
    counts = count_bars(column, members.places)
    own = column.bar_of(stored)
    order = bar_order(column, counts, own)
    bins = _bins(column, order, counts, count_bars(column, members.defaults))
    is_number = not column.is_categorical
    known = int(counts[:-1].sum())
    at_most = sum(count_below(column, members.places, counts, stored)) if is_number and value is not None else 0
    return Comparison(
        client_id=subject.client_id,
        feature=feature,
        group=group,
        group_size=len(members),
        observed=observed(members),
        value=value,
        median=median(column, members.places, counts) if is_number else None,
        client_bin=order.index(own),
        percentile=at_most / known if is_number and value is not None and known else None,
        bins=bins,
    )


def observed(members: Members) -> ObservedFrequency | None:
    """How the files of a group turned out; None where they are too few to tell."""
    return None if len(members) < FEWEST_FILES else observed_frequency(len(members), len(members.defaults))


def bar_order(column: Column, counts: NDArray[np.int64], own: int | None = None) -> list[int]:
    """Bars in the order in which they are shown: along the scale, or the most frequent category first; missing last.

    Every interval of a scale is there, categories and missing values only where a file has them, or the client.

    Parameters
    ----------
    own : int or None
        The client's bar: it is there even if no file is in it, so that he always has a place.
    """
    missing = [column.n_bars] if counts[-1] or own == column.n_bars else []
    if not column.is_categorical:
        return [*range(column.n_bars), *missing]
    held = [bar for bar in range(column.n_bars) if counts[bar] or bar == own]
    held.sort(key=lambda bar: (-int(counts[bar]), column.categories[bar]))
    return [*held, *missing]


def _bins(
    column: Column, order: Sequence[int], counts: NDArray[np.int64], defaults: NDArray[np.int64]
) -> tuple[ComparisonBin, ...]:
    bins = []
    for bar in order:
        bounds = column.bounds(bar)
        failed = int(defaults[bar])
        bins.append(ComparisonBin(bounds.low, bounds.high, bounds.category, int(counts[bar]) - failed, failed))
    return tuple(bins)
