"""One feature of one client among a group of past files."""

from __future__ import annotations

import numpy as np

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.results import Comparison, ComparisonBin, FeatureValue, GroupName
from scoring_dash.core.words import Book
from scoring_dash.data.store import Portfolio
from scoring_dash.model.description import ModelDescription
from scoring_dash.population.distributions import categorical_bins, numeric_bins
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.groups import nearest


def compare(
    portfolio: Portfolio, description: ModelDescription, place: tuple[Book, int], feature: str, group: GroupName
) -> Comparison:
    """Spread of a feature over the group, with the client's own value.

    Parameters
    ----------
    place : (Book, int)
        Where the client is, as ``portfolio.find`` answers.

    Raises
    ------
    InvalidRequestError
        If the model has no such feature.
    """
    number = description.index.get(feature)
    if number is None:
        raise InvalidRequestError("feature", feature, "a feature of the model, listed by GET /api/v1/model")
    book, position = place
    stored = float(portfolio.book(book).features[number, position])
    members = _members(portfolio, book, position, group)
    past = portfolio.past
    values = np.asarray(past.features[number])[members]
    outcomes = np.asarray(past.outcomes)[members]
    names = description.categories.get(feature)
    bins = (
        numeric_bins(values, outcomes, description.bin_edges[feature])
        if names is None
        else categorical_bins(values, outcomes, names)
    )
    value = description.read_value(number, stored)
    known = values[~np.isnan(values)]
    is_number = names is None and len(known) > 0
    return Comparison(
        client_id=int(portfolio.book(book).client_ids[position]),
        feature=feature,
        group=group,
        group_size=len(outcomes),
        observed=observed_frequency(len(outcomes), int(np.count_nonzero(outcomes == 1))),
        value=value,
        median=float(np.median(known)) if is_number else None,
        client_bin=_bin_of(bins, value, description.bin_edges.get(feature, ())),
        percentile=float(np.mean(known <= stored)) if is_number and value is not None else None,
        bins=bins,
    )


def _members(
    portfolio: Portfolio, book: Book, position: int, group: GroupName
) -> np.ndarray[tuple[int], np.dtype[np.int64]] | slice:
    if group is GroupName.ALL:
        return slice(None)
    themes = np.asarray(portfolio.past.theme_contributions)
    client = np.asarray(portfolio.book(book).theme_contributions[position])
    return nearest(themes, client, excluded=position if book is Book.PAST else None)


def _bin_of(bins: tuple[ComparisonBin, ...], value: FeatureValue, edges: tuple[float, ...]) -> int | None:
    """Bar that holds the value; None if the group has no such bar (a category or missing value that nobody shares)."""
    if isinstance(value, float):
        # The stored value is float32 and so are the group's: compare at the same precision.
        return int(np.searchsorted(edges, np.float32(value), side="right"))
    return next((i for i, bar in enumerate(bins) if bar.low is None is bar.high and bar.category == value), None)
