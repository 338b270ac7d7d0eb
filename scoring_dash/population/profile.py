"""The client's main facts beside a group: what sets him apart comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import Profile, ProfileRow
from scoring_dash.core.groups import FEWEST_FILES, Group
from scoring_dash.core.results import FeatureValue
from scoring_dash.population.columns import Column
from scoring_dash.population.compare import observed
from scoring_dash.population.counting import count_bars, count_below, is_whole, median, most_frequent
from scoring_dash.population.groups import Members
from scoring_dash.population.past_files import PastFiles, Subject


def profile(
    past: PastFiles,
    members: Members,
    subject: Subject,
    group: Group,
    *,
    features: Sequence[str],
    usual: Mapping[str, FeatureValue],
) -> Profile:
    """The client beside a group, fact by fact.

    Parameters
    ----------
    features : sequence of str
        Facts to tell.
    usual : mapping of str to FeatureValue
        Their central value among all past files, as :func:`central_value` gives it.
    """
    if observed(members) is None:
        return Profile(subject.client_id, group, len(members), ())
    rows = [_row(past.columns[name], members, subject.stored(past.columns, name), usual[name]) for name in features]
    # What the client does not tell says least of him: it comes after all that he does.
    rows.sort(key=lambda row: (row.value is None, -row.oddity, row.feature))
    return Profile(subject.client_id, group, len(members), tuple(rows))


def central_value(column: Column, places: NDArray[np.intp], counts: NDArray[np.int64]) -> FeatureValue:
    """Median of the known numbers, or most frequent category; None where nothing is known."""
    return most_frequent(column, counts) if column.is_categorical else median(column, places, counts)


def _row(column: Column, members: Members, stored: float, usual: FeatureValue) -> ProfileRow:
    counts = count_bars(column, members.places)
    value, known = column.read(stored), int(counts[:-1].sum())
    is_all = is_whole(column, members.places)
    middle = usual if is_all else central_value(column, members.places, counts)
    middle = middle if known >= FEWEST_FILES else None
    if value is None or column.is_categorical:
        share = int(counts[column.bar_of(stored)]) / len(members)
        return ProfileRow(column.name, value, middle, usual, known, None, None, share, 1 - share)
    if known < FEWEST_FILES:
        return ProfileRow(column.name, value, None, usual, known, None, None, None, 0.0)
    less, equal = count_below(column, members.places, counts, stored)
    oddity = abs(2 * (less + equal / 2) / known - 1)
    return ProfileRow(column.name, value, middle, usual, known, less / known, equal / known, None, oddity)
