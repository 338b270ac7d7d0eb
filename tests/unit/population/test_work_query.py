"""The text of a list is one and is read strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.work_queries import QUERIES

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView, slug


@given(QUERIES)
def test_what_is_written_is_read_back(query: WorkListQuery) -> None:
    assert WorkListQuery.parse(query.text) == query
    assert WorkListQuery.parse(query.text).text == query.text


@given(QUERIES, QUERIES)
def test_two_queries_never_share_a_text(one: WorkListQuery, other: WorkListQuery) -> None:
    assert (one.text == other.text) == (one == other)


def test_a_full_text_is_read_in_any_order_of_its_parts() -> None:
    expected = WorkListQuery(
        WorkView.REFUSED, "1000", 100_000, 500_000, "cash_loans", WorkColumn.AMOUNT, SortDirection.DESCENDING
    )
    text = "refused~sort.amount.desc~contract.cash_loans~amount.100000-500000~number.1000"
    assert WorkListQuery.parse(text) == expected
    assert expected.text == "refused~number.1000~amount.100000-500000~contract.cash_loans~sort.amount.desc"


def test_what_is_usual_is_not_written() -> None:
    assert WorkListQuery().text == "near_threshold"
    assert WorkListQuery.parse("near_threshold~sort.distance.asc").text == "near_threshold"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "view is ''; allowed: near_threshold, to_review"),
        ("everything", "view is 'everything'"),
        ("all~", "list is ''; allowed: parts named number"),
        ("all~colour.red", "list is 'colour'"),
        ("all~number.", "number is ''; allowed: 1 to 10 digits"),
        ("all~number.12a", "number is '12a'"),
        ("all~number.12345678901", "1 to 10 digits"),
        ("all~number.١٢", "1 to 10 digits"),
        ("all~number.1~number.2", "each part once; 'number' is there already"),
        ("all~amount.-", "a range such as"),
        ("all~amount.5", "a range such as"),
        ("all~amount.1-2-3", "a range such as"),
        ("all~amount.9-1", "the lesser amount first"),
        ("all~amount.1e5-", "a range such as"),
        ("all~amount.0000000000001-", "1 to 12 digits"),
        ("all~contract.Cash loans", "a kind of credit such as"),
        ("all~contract.", "a kind of credit such as"),
        ("all~sort.income.asc", "sort column is 'income'"),
        ("all~sort.amount", "sort direction is ''; allowed: asc, desc"),
        ("all~sort.amount.up", "sort direction is 'up'"),
        ("all" + "~" * 300, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        WorkListQuery.parse(text)
    assert said in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_a_list_or_an_error(text: str) -> None:
    try:
        query = WorkListQuery.parse(text)
    except InvalidRequestError:
        return
    assert WorkListQuery.parse(query.text) == query


@pytest.mark.parametrize(("name", "expected"), [("Cash loans", "cash_loans"), ("XNA", "xna"), (" A/B (c) ", "a_b_c")])
def test_a_name_as_a_query_writes_it(name: str, expected: str) -> None:
    assert slug(name) == expected
