"""The work list beside the slow, obvious one: every row, every order, every place."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.work_queries import CONTRACTS, QUERIES, ROWS, THEMES, THRESHOLD
from support.work_reference import ReferenceList

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.words import Recommendation
from scoring_dash.population.work_list import NEW_FILE, UNKNOWN, WorkFiles, WorkList, WorkRow
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView


def fast(rows: Sequence[WorkRow], *, has_earlier: bool = True) -> WorkList:
    recommendations = list(Recommendation)

    def change(row: WorkRow) -> int:
        if row.change is None:
            return UNKNOWN
        return NEW_FILE if row.change.before is None else recommendations.index(row.change.before)

    return WorkList(
        WorkFiles(
            client_ids=np.array([row.client_id for row in rows], dtype=np.int64),
            probabilities=np.array([row.probability for row in rows], dtype=np.float64),
            recommendations=np.array([recommendations.index(row.recommendation) for row in rows], dtype=np.int8),
            amounts=np.array([math.nan if row.amount is None else row.amount for row in rows], dtype=np.float64),
            instalments=np.array(
                [math.nan if row.instalment is None else row.instalment for row in rows], dtype=np.float64
            ),
            contracts=np.array(
                [UNKNOWN if row.contract is None else CONTRACTS.index(row.contract) for row in rows], dtype=np.int16
            ),
            themes=np.array([UNKNOWN if row.theme is None else THEMES.index(row.theme) for row in rows], dtype=np.int8),
            changes=np.array([change(row) for row in rows], dtype=np.int8),
            contract_names=CONTRACTS,
            theme_names=THEMES,
            threshold=THRESHOLD,
            has_earlier=has_earlier,
        )
    )


def slow(rows: Sequence[WorkRow]) -> ReferenceList:
    return ReferenceList(rows, threshold=THRESHOLD, themes=THEMES, contracts=CONTRACTS, has_earlier=True)


@settings(max_examples=500, deadline=None)
@given(rows=ROWS, query=QUERIES, offset=st.integers(0, 50), limit=st.integers(1, 200))
def test_every_page_is_that_of_the_reference(
    rows: list[WorkRow], query: WorkListQuery, offset: int, limit: int
) -> None:
    assert fast(rows).page(query, offset=offset, limit=limit) == slow(rows).page(query, offset=offset, limit=limit)


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, query=QUERIES, stranger=st.integers(-1, 2**70))
def test_every_place_is_that_of_the_reference(rows: list[WorkRow], query: WorkListQuery, stranger: int) -> None:
    quick, obvious = fast(rows), slow(rows)
    for number in (*(row.client_id for row in rows), stranger, 0):
        assert quick.place(query, number) == obvious.place(query, number)


@settings(max_examples=200, deadline=None)
@given(rows=ROWS, query=QUERIES)
def test_every_count_is_that_of_the_reference_and_of_the_list(rows: list[WorkRow], query: WorkListQuery) -> None:
    quick = fast(rows)
    assert quick.summary(query) == slow(rows).summary(query)
    assert quick.summary(query).counts[query.view] == quick.page(query, offset=0, limit=1).total


@settings(max_examples=50, deadline=None)
@given(rows=ROWS, queries=st.lists(QUERIES, min_size=6, max_size=12))
def test_an_order_that_was_kept_is_that_of_the_query(rows: list[WorkRow], queries: list[WorkListQuery]) -> None:
    """More queries than orders are kept, each asked twice."""
    quick, obvious = fast(rows), slow(rows)
    for query in queries * 2:
        assert quick.page(query, offset=0, limit=200).rows == obvious.page(query, offset=0, limit=200).rows


def test_no_client_at_all() -> None:
    assert fast([]).page(WorkListQuery(), offset=0, limit=10).total == 0
    turned = WorkListQuery(WorkView.ALL, sort=WorkColumn.RISK, direction=SortDirection.DESCENDING)
    assert fast([]).page(turned, offset=0, limit=10).rows == ()


@pytest.mark.parametrize(
    ("offset", "limit", "said"),
    [(-1, 10, "offset is -1"), (0, 0, "limit is 0"), (0, 201, "1 to 200"), (0, -5, "limit is -5")],
)
def test_a_page_that_cannot_be_is_refused(offset: int, limit: int, said: str) -> None:
    with pytest.raises(InvalidRequestError, match=said):
        fast([]).page(WorkListQuery(), offset=offset, limit=limit)


def test_a_kind_of_credit_that_nobody_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidRequestError, match="allowed: cash_loans, revolving_loans"):
        fast([]).page(WorkListQuery(contract="leasing"), offset=0, limit=1)
