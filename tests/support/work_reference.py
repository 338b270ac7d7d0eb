"""The work list as anybody would write it first: rows in a list, a filter, a sort; slow and obvious."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.words import Recommendation, Theme
from scoring_dash.population.work_list import NEAR_SHARE, WorkPage, WorkPlace, WorkRow, WorkSummary
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView, slug

_RECOMMENDED = {
    WorkView.TO_REVIEW: Recommendation.REVIEW,
    WorkView.REFUSED: Recommendation.REFUSE,
    WorkView.ACCEPTED: Recommendation.ACCEPT,
}


class ReferenceList:
    """Answers like :class:`scoring_dash.population.work_list.WorkList`.

    Parameters
    ----------
    themes, contracts
        In the order that sorting by them follows.
    """

    def __init__(
        self,
        rows: Sequence[WorkRow],
        *,
        threshold: float,
        themes: Sequence[Theme],
        contracts: Sequence[str],
        has_earlier: bool,
    ) -> None:
        self._rows, self._threshold = sorted(rows, key=lambda row: row.client_id), threshold
        self._themes, self._contracts, self._has_earlier = list(themes), tuple(contracts), has_earlier

    def page(self, query: WorkListQuery, *, offset: int, limit: int) -> WorkPage:
        if offset < 0:
            raise InvalidRequestError("offset", offset, "0 or more")
        if not 1 <= limit <= 200:
            raise InvalidRequestError("limit", limit, "1 to 200")
        found = self.found(query)
        return WorkPage(tuple(found[offset : offset + limit]), offset, len(found))

    def place(self, query: WorkListQuery, client_id: int) -> WorkPlace | None:
        numbers = [row.client_id for row in self.found(query)]
        if client_id not in numbers:
            return None
        place = numbers.index(client_id)
        before = numbers[place - 1] if place > 0 else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        return WorkPlace(place, len(numbers), before, after)

    def summary(self, query: WorkListQuery) -> WorkSummary:
        kept = [row for row in self._rows if self._passes(query, row)]
        counts = {view: sum(self._is_in(view, row) for row in kept) for view in WorkView}
        return WorkSummary(counts, self._contracts, NEAR_SHARE * self._threshold, self._has_earlier)

    def found(self, query: WorkListQuery) -> list[WorkRow]:
        """Every row of a list, in its order."""
        kept = [row for row in self._rows if self._passes(query, row) and self._is_in(query.view, row)]
        key = partial(self._key, query.sort)
        known = sorted((row for row in kept if key(row) is not None), key=lambda row: row.client_id)
        # A stable sort keeps ties by number, the greatest first as well.
        known.sort(key=key, reverse=query.direction is SortDirection.DESCENDING)
        return [*known, *(row for row in kept if key(row) is None)]

    def _is_in(self, view: WorkView, row: WorkRow) -> bool:
        if view is WorkView.ALL:
            return True
        if view is WorkView.NEAR_THRESHOLD:
            return abs(row.distance) <= NEAR_SHARE * self._threshold
        if view is WorkView.CHANGED:
            return row.change is not None
        return row.recommendation is _RECOMMENDED[view]

    def _passes(self, query: WorkListQuery, row: WorkRow) -> bool:
        if query.contract and query.contract not in [slug(name) for name in self._contracts]:
            raise InvalidRequestError("list, contract", query.contract, "a kind of the portfolio")
        least, greatest = query.least_amount, query.greatest_amount
        return (
            str(row.client_id).startswith(query.number)
            and (least is None or (row.amount is not None and row.amount >= least))
            and (greatest is None or (row.amount is not None and row.amount <= greatest))
            and (not query.contract or (row.contract is not None and slug(row.contract) == query.contract))
        )

    def _key(self, column: WorkColumn, row: WorkRow) -> float | None:
        before = None if row.change is None else row.change.before
        change = len(Recommendation) if before is None else list(Recommendation).index(before)
        keys: dict[WorkColumn, float | None] = {
            WorkColumn.CLIENT: row.client_id,
            WorkColumn.RECOMMENDATION: list(Recommendation).index(row.recommendation),
            WorkColumn.RISK: row.probability,
            WorkColumn.DISTANCE: abs(row.distance),
            WorkColumn.AMOUNT: row.amount,
            WorkColumn.INSTALMENT: row.instalment,
            WorkColumn.CONTRACT: None if row.contract is None else self._contracts.index(row.contract),
            WorkColumn.THEME: None if row.theme is None else self._themes.index(row.theme),
            WorkColumn.CHANGE: None if row.change is None else change,
        }
        return keys[column]
