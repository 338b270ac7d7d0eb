"""How large a group is, how it turned out, and what each of its conditions would leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import Facet, FacetOption, GroupSummary
from scoring_dash.core.groups import FEWEST_FILES, Group
from scoring_dash.population.columns import Column
from scoring_dash.population.compare import bar_order, observed
from scoring_dash.population.counting import count_bars, usual_bars
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.groups import GroupFinder, Mask
from scoring_dash.population.past_files import PastFiles, Subject


def summarise(past: PastFiles, finder: GroupFinder, group: Group, subject: Subject | None) -> GroupSummary:
    """The group as a whole; raises InvalidRequestError as :meth:`GroupFinder.members` does."""
    members = finder.members(group, subject)
    return GroupSummary(
        group=group,
        files=len(members),
        observed=observed(members),
        all_files=len(past),
        all_observed=observed_frequency(len(past), int(np.count_nonzero(past.is_default))),
        facets=facets(past, finder, group, subject),
    )


def facets(past: PastFiles, finder: GroupFinder, group: Group, subject: Subject | None) -> tuple[Facet, ...]:
    """One facet a condition: the files that meet all the others, by value of its field."""
    base = finder.base(group.base, subject)
    masks = [finder.meets(condition, subject) for condition in group.conditions]
    return tuple(
        _facet(past.columns[condition.field], _all_but(base, masks, place))
        for place, condition in enumerate(group.conditions)
    )


def _all_but(base: Mask, masks: Sequence[Mask], left_out: int) -> NDArray[np.intp]:
    met = base.copy()
    for place, mask in enumerate(masks):
        if place != left_out:
            met &= mask
    return np.flatnonzero(met)


def _facet(column: Column, places: NDArray[np.intp]) -> Facet:
    if len(places) < FEWEST_FILES:
        return Facet(column.name, len(places), None, None, ())
    counts = count_bars(column, places)
    low, high = (None, None) if column.is_categorical or not counts[:-1].any() else _usual_ends(column, counts)
    options = []
    for bar in bar_order(column, counts):
        if counts[bar]:
            bounds = column.bounds(bar)
            options.append(FacetOption(bounds.low, bounds.high, bounds.category, int(counts[bar])))
    return Facet(column.name, len(places), low, high, tuple(options))


def _usual_ends(column: Column, counts: NDArray[np.int64]) -> tuple[float, float]:
    """Edges between which most of the files lie: exact extremes would be single people's values."""
    first, last = usual_bars(counts[:-1])
    edges = column.edges
    return edges[max(first - 1, 0)], edges[min(last, len(edges) - 1)]
