"""Searching clients by their first digits, against a slow reference."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tiny_histories import tiny_histories

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.errors import ArtifactError, InvalidRequestError


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@given(
    query=st.text("0123456789", max_size=8) | st.sampled_from(["1", "10", "100", "1000", "10000", "101"]),
    limit=st.integers(1, 100),
)
@settings(deadline=None)
def test_pages_together_hold_each_matching_client_once(services: LoadedServices, query: str, limit: int) -> None:
    expected = [int(number) for number in services.portfolio.all_ids if str(number).startswith(query)]
    found: list[int] = []
    cursor = None
    for _ in range(2000):
        page = services.search_clients(query, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        found += [item.client_id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"query": "x", "limit": 5}, "query is 'x'"),
        ({"query": "1" * 11, "limit": 5}, "at most 10"),
        ({"query": "٣", "limit": 5}, "first digits"),
        ({"query": "", "limit": 0}, "limit is 0"),
        ({"query": "", "limit": 101}, "from 1 to 100"),
        ({"query": "", "limit": 5, "cursor": "-1"}, "cursor is '-1'"),
    ],
)
def test_what_cannot_be_searched_is_refused(services: LoadedServices, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidRequestError, match=said):
        services.search_clients(**arguments)  # type: ignore[arg-type]


def test_both_books_are_found(services: LoadedServices) -> None:
    books = {item.book for item in services.search_clients("1", limit=100).items}
    assert len(books) == 2


def test_each_client_has_the_history_of_its_own_place(services: LoadedServices) -> None:
    for data in (services.portfolio.past, services.portfolio.current):
        first, second = (int(client_id) for client_id in data.client_ids[:2])
        assert services.history(first).payments == ()
        assert [month.month for month in services.history(second).payments] == [-6, 0]
        assert services.history(second).client_id == second


def test_histories_of_other_clients_are_refused(services: LoadedServices) -> None:
    """A portfolio whose histories count one client less than a book would show one client another's past."""
    portfolio = services.portfolio
    past, current = len(portfolio.past.client_ids), len(portfolio.current.client_ids)
    with pytest.raises(ArtifactError, match="past credits_elsewhere belong to"):
        replace(portfolio, histories=tiny_histories(past - 1, current))
