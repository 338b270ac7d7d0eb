"""The work list: current files filtered, sorted and paged, exactly, at any size of the portfolio.

Each column is sorted once; a query then only picks, from that order, the files that it keeps. Ties go by client number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.client_id import ranges_of_prefix
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.words import Recommendation, Theme
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView, slug

LARGEST_PAGE: Final = 200
NEAR_SHARE: Final = 0.1
"""A file is near the threshold if it lies at most this share of the threshold away from it, on either side."""

UNKNOWN: Final = -1
"""Code of what a file does not have: no contract type, no theme against it, no change."""

NEW_FILE: Final = len(Recommendation)
"""Code of a file that was not there at the earlier scoring; smaller ones are what was recommended then."""

_ORDERS_KEPT: Final = 4
"""Orders of whole queries kept a worker: 4 MB each at a million current files."""

_RECOMMENDATIONS: Final = tuple(Recommendation)
_RECOMMENDED: Final[Mapping[WorkView, Recommendation]] = {
    WorkView.TO_REVIEW: Recommendation.REVIEW,
    WorkView.REFUSED: Recommendation.REFUSE,
    WorkView.ACCEPTED: Recommendation.ACCEPT,
}


@dataclass(frozen=True)
class WorkFiles:
    """The current files column by column, by ascending client number.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    probabilities : (n,) float64, in [0, 1]
    recommendations : (n,) int8
        Places in :class:`~scoring_dash.core.words.Recommendation`.
    amounts, instalments : (n,) float64
        In the currency of the data; NaN where not given.
    contracts : (n,) int16
        Places in ``contract_names``, ``UNKNOWN`` where not given.
    themes : (n,) int8
        Place in ``theme_names`` of the theme that weighs most against the client, ``UNKNOWN`` where none does.
    changes : (n,) int8
        What was recommended at the earlier scoring where that differs, ``NEW_FILE``, or ``UNKNOWN`` for no change.
    threshold : float
    has_earlier : bool
        Whether there is an earlier scoring to compare with.
    """

    client_ids: NDArray[np.int64]
    probabilities: NDArray[np.float64]
    recommendations: NDArray[np.int8]
    amounts: NDArray[np.float64]
    instalments: NDArray[np.float64]
    contracts: NDArray[np.int16]
    themes: NDArray[np.int8]
    changes: NDArray[np.int8]
    contract_names: tuple[str, ...]
    theme_names: tuple[Theme, ...]
    threshold: float
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What is new about a file since the earlier scoring; ``before`` is None for a new file."""

    before: Recommendation | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One file of the list.

    Attributes
    ----------
    distance : float
        Probability minus threshold.
    amount, instalment : float or None
        None where not given; so are ``contract``, as written in the tables, and ``theme``.
    change : Change or None
        None where the recommendation is the same as before, or nothing is known of before.
    """

    client_id: int
    recommendation: Recommendation
    probability: float
    distance: float
    amount: float | None
    instalment: float | None
    contract: str | None
    theme: Theme | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Rows from ``offset`` on, of ``total``."""

    rows: tuple[WorkRow, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a client stands in a list; ``position`` counts from 0."""

    position: int
    total: int
    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """What a list may be narrowed to.

    Attributes
    ----------
    counts : mapping of WorkView to int
        Files of each view among those that the other filters keep.
    contracts : tuple of str
        Kinds of credit of the portfolio, as written in the tables.
    near_distance : float
        How far from the threshold the view of near files goes, as a probability.
    """

    counts: Mapping[WorkView, int]
    contracts: tuple[str, ...]
    near_distance: float
    has_earlier: bool


class WorkList:
    """Answers queries over some files; safe to share between threads and forked workers."""

    def __init__(self, files: WorkFiles) -> None:
        self._files = files
        self._distances = files.probabilities - files.threshold
        self._sorted = {column: _sort(*key) for column, key in _keys(files, self._distances).items()}
        self._order = lru_cache(_ORDERS_KEPT)(self._find_order)

    def page(self, query: WorkListQuery, *, offset: int, limit: int) -> WorkPage:
        """Some rows of a list.

        Raises
        ------
        InvalidRequestError
            If ``offset`` is negative, ``limit`` not in 1..200, or the kind of credit unknown.
        """
        if offset < 0:
            raise InvalidRequestError("offset", offset, "0 or more")
        if not 1 <= limit <= LARGEST_PAGE:
            raise InvalidRequestError("limit", limit, f"a whole number from 1 to {LARGEST_PAGE}")
        order = self._order(query)
        return WorkPage(tuple(self._row(int(place)) for place in order[offset : offset + limit]), offset, len(order))

    def place(self, query: WorkListQuery, client_id: int) -> WorkPlace | None:
        """Where a client stands in a list, with the files before and after him; None if he is not in it."""
        ids = self._files.client_ids
        own = int(np.searchsorted(ids, client_id)) if client_id < 2**63 else len(ids)
        order = self._order(query)
        found = np.flatnonzero(order == own)
        if len(found) == 0 or own == len(ids) or ids[own] != client_id:
            return None
        position, total = int(found[0]), len(order)
        before = int(ids[order[position - 1]]) if position > 0 else None
        after = int(ids[order[position + 1]]) if position + 1 < total else None
        return WorkPlace(position, total, before, after)

    def summary(self, query: WorkListQuery) -> WorkSummary:
        """How many files each view holds, the other filters of the query being kept."""
        kept = self._kept_by_filters(query)
        counts = {view: int(np.count_nonzero(kept & self._in_view(view))) for view in WorkView}
        files = self._files
        return WorkSummary(counts, files.contract_names, NEAR_SHARE * files.threshold, files.has_earlier)

    def _find_order(self, query: WorkListQuery) -> NDArray[np.int32]:
        """(n_found,) int32: places of the files that a query keeps, in its order."""
        kept = self._kept_by_filters(query) & self._in_view(query.view)
        column = self._sorted[query.sort]
        mask = kept[column.order]
        if query.direction is SortDirection.ASCENDING:
            return column.order[mask]
        return _descending(column, mask)

    def _in_view(self, view: WorkView) -> NDArray[np.bool_]:
        files = self._files
        if view is WorkView.NEAR_THRESHOLD:
            return np.abs(self._distances) <= NEAR_SHARE * files.threshold
        if view is WorkView.CHANGED:
            return files.changes != UNKNOWN
        if view is WorkView.ALL:
            return np.ones(len(files.client_ids), dtype=np.bool_)
        return files.recommendations == _RECOMMENDATIONS.index(_RECOMMENDED[view])

    def _kept_by_filters(self, query: WorkListQuery) -> NDArray[np.bool_]:
        files = self._files
        kept = np.zeros(len(files.client_ids), dtype=np.bool_)
        for low, high in ranges_of_prefix(query.number):
            kept[np.searchsorted(files.client_ids, low) : np.searchsorted(files.client_ids, high, side="right")] = True
        if query.least_amount is not None:
            kept &= files.amounts >= query.least_amount
        if query.greatest_amount is not None:
            kept &= files.amounts <= query.greatest_amount
        if query.contract:
            kept &= files.contracts == self._contract_code(query.contract)
        return kept

    def _contract_code(self, contract: str) -> int:
        names = [slug(name) for name in self._files.contract_names]
        if contract not in names:
            raise InvalidRequestError("list, contract", contract, ", ".join(names) or "none in this portfolio")
        return names.index(contract)

    def _row(self, place: int) -> WorkRow:
        files = self._files
        contract, theme = int(files.contracts[place]), int(files.themes[place])
        return WorkRow(
            client_id=int(files.client_ids[place]),
            recommendation=_RECOMMENDATIONS[int(files.recommendations[place])],
            probability=float(files.probabilities[place]),
            distance=float(self._distances[place]),
            amount=_given(files.amounts[place]),
            instalment=_given(files.instalments[place]),
            contract=None if contract == UNKNOWN else files.contract_names[contract],
            theme=None if theme == UNKNOWN else files.theme_names[theme],
            change=_change(int(files.changes[place])),
        )


def _keys(
    files: WorkFiles, distances: NDArray[np.float64]
) -> dict[WorkColumn, tuple[NDArray[np.generic], NDArray[np.bool_]]]:
    """What each column is sorted by, and which files have a value there."""
    everybody = np.ones(len(files.client_ids), dtype=np.bool_)
    return {
        WorkColumn.CLIENT: (files.client_ids, everybody),
        WorkColumn.RECOMMENDATION: (files.recommendations, everybody),
        WorkColumn.RISK: (files.probabilities, everybody),
        WorkColumn.DISTANCE: (np.abs(distances), everybody),
        WorkColumn.AMOUNT: (files.amounts, ~np.isnan(files.amounts)),
        WorkColumn.INSTALMENT: (files.instalments, ~np.isnan(files.instalments)),
        WorkColumn.CONTRACT: (files.contracts, files.contracts != UNKNOWN),
        WorkColumn.THEME: (files.themes, files.themes != UNKNOWN),
        WorkColumn.CHANGE: (files.changes, files.changes != UNKNOWN),
    }


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A column in ascending order.

    Attributes
    ----------
    order : (n,) int32
        Places by key, ties by place, those without a value last.
    is_first : (n,) bool
        Along the order: whether the key is another one than that before.
    known : int
        How many have a value.
    """

    order: NDArray[np.int32]
    is_first: NDArray[np.bool_]
    known: int


def _sort(key: NDArray[np.generic], is_known: NDArray[np.bool_]) -> _Sorted:
    known, unknown = np.flatnonzero(is_known), np.flatnonzero(~is_known)
    known = known[np.argsort(key[known], kind="stable")]
    keys = key[known]
    is_first = np.ones(len(key), dtype=np.bool_)
    is_first[1 : len(known)] = keys[1:] != keys[:-1]
    return _Sorted(np.concatenate([known, unknown]).astype(np.int32), is_first, len(known))


def _descending(column: _Sorted, mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """(n_found,) int32: the files of a mask along the order, the greatest key first, ties still by place.

    The ascending order is turned round run by run of equal keys. Everything is read along the order: a look at each
    key, all over the memory, would take ten times as long.
    """
    found = column.order[mask]
    known = int(np.count_nonzero(mask[: column.known]))
    runs = np.cumsum(column.is_first[: column.known], dtype=np.int32)[mask[: column.known]]
    starts = np.flatnonzero(np.diff(runs, prepend=-1))
    if len(starts) == known:
        return np.concatenate([found[:known][::-1], found[known:]])
    lengths = np.diff(starts, append=known)[::-1]
    begun = np.cumsum(lengths) - lengths  # where each run starts once turned round
    places = np.repeat(starts[::-1] - begun, lengths) + np.arange(known)
    return np.concatenate([found[:known][places], found[known:]])


def _given(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _change(code: int) -> Change | None:
    if code == UNKNOWN:
        return None
    return Change(None if code == NEW_FILE else _RECOMMENDATIONS[code])
