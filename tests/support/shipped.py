"""The services over the shipped model and portfolio, loaded once a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.words import Book

ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"


@cache
def shipped_services() -> LoadedServices:
    return load_services(ARTIFACTS)


def shipped_clients(book: Book, *, every: int, start: int = 0) -> list[int]:
    """Numbers of every so-manieth client of a book."""
    return [int(number) for number in shipped_services().portfolio.book(book).client_ids[start::every]]
