"""Histories written by hand as stored rows: for tests of everything behind the raw tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scoring_dash.core.words import Book, TableName
from scoring_dash.data.histories.layout import LAYOUTS, MISSING_COUNT
from scoring_dash.data.histories.store import STARTS_TYPE, Histories, RowsByClient

NAN = float("nan")
KNOWN = frozenset(TableName) - {TableName.POS_CASH_BALANCE}
TEXT_VALUES = {
    "credits_elsewhere": {"state": ("Active", "Closed"), "kind": ("Credit card",)},
    "past_applications": {"contract": ("Cash loans",), "status": ("Approved", "Refused"), "refusal_reason": ("HC",)},
    "payments": {},
    "card_months": {},
}

# One client's rows: of each kind one in which nothing is missing and one in which all that may be missing is.
ROWS: Mapping[str, Sequence[tuple[Any, ...]]] = {
    "credits_elsewhere": [
        (-500, -200, -210, 1, 0, 600.25, 0, 7, 3, 2),
        (-100, NAN, NAN, -1, -1, NAN, NAN, NAN, MISSING_COUNT, MISSING_COUNT),
    ],
    "past_applications": [(-300, 0, 0, -1, 480, 960, 60, -30), (-50, -1, 1, 0, NAN, NAN, NAN, NAN)],
    "payments": [(-6, 1, 0, 0, 60, 60), (0, 2, 1, 6, 120, 90.5)],
    "card_months": [(-2, 50, 100, 9), (-1, NAN, NAN, MISSING_COUNT)],
}


def tiny_histories(past: int, current: int) -> Histories:
    """The second client of either book has ``ROWS``, the others have none."""
    books = {
        book: {kind: _rows(kind, clients) for kind in LAYOUTS}
        for book, clients in ((Book.PAST, past), (Book.CURRENT, current))
    }
    return Histories(books, TEXT_VALUES, KNOWN)


def _rows(kind: str, clients: int) -> RowsByClient:
    rows = np.array(list(ROWS[kind]), dtype=LAYOUTS[kind].dtype)
    return RowsByClient(rows, np.array([0, 0, *[len(rows)] * (clients - 1)], dtype=STARTS_TYPE))
