"""A portfolio cut or repeated: every client is one of the original, under a number of its own."""

from __future__ import annotations

import numpy as np
import pytest
from support.tiny_histories import tiny_histories

from benchmarks.enlarge import resized
from scoring_dash.core.words import Book
from scoring_dash.data.fields import Fields
from scoring_dash.data.store import BookData, Portfolio, pack_applications


def tiny_book(*numbers: int) -> BookData:
    """Clients whose every value is their number."""
    ids = np.array(numbers)
    values, small = ids.astype(np.float64), (ids % 100).astype(np.int8)
    return BookData(
        client_ids=ids,
        features=np.stack([values, -values]).astype(np.float32),
        margins=values,
        probabilities=values,
        spreads=np.column_stack([values, values]),
        models=small,
        outcomes=small,
        theme_contributions=values[:, None].astype(np.float32),
        applications=pack_applications([("AMT_CREDIT", values)]),
    )


@pytest.fixture
def portfolio() -> Portfolio:
    """Past clients 101, 104 and 106, current ones 102 and 105; the second of each book has a history."""
    past, current = tiny_book(101, 104, 106), tiny_book(102, 105)
    nothing = {Book.PAST: np.empty((0, 3), np.float32), Book.CURRENT: np.empty((0, 2), np.float32)}
    bars = np.array([[1, 4, 6], [1, 4, 6]], dtype=np.uint8)
    return Portfolio(past, current, {}, tiny_histories(past=3, current=2), Fields((), {}, {}, nothing, bars))


def test_more_clients_than_there_are_come_again_under_new_numbers(portfolio: Portfolio) -> None:
    larger = resized(portfolio, 10)
    assert larger.past.client_ids.tolist() == [101, 104, 106, 107, 110, 112]
    assert larger.current.client_ids.tolist() == [102, 105, 108, 111]
    assert larger.fields.bars[0].tolist() == [1, 4, 6, 1, 4, 6]
    again = larger.find(110)
    assert again == (Book.PAST, 4)
    assert larger.past.features[:, 4].tolist() == [104, -104]
    assert larger.past.margins[4] == larger.past.theme_contributions[4, 0] == 104
    assert larger.application(*again) == {"AMT_CREDIT": 104.0}
    history = larger.histories.of(110, *again)
    assert history.payments == portfolio.histories.of(104, Book.PAST, 1).payments != ()
    assert larger.histories.of(107, Book.PAST, 3).payments == ()


def test_fewer_clients_are_the_first_of_each_book(portfolio: Portfolio) -> None:
    smaller = resized(portfolio, 3)
    assert smaller.all_ids.tolist() == [101, 102, 104]
    assert smaller.past.outcomes.tolist() == [1, 4]


def test_no_number_comes_twice(portfolio: Portfolio) -> None:
    numbers = resized(portfolio, 97).all_ids
    assert len(set(numbers.tolist())) == len(numbers) == 97
