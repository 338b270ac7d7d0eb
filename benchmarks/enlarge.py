"""An artifact with as many clients as wanted: those of another one, cut or repeated under new numbers.

``python -m benchmarks.enlarge --artifacts artifacts --clients 356255 --out DIR``. The model and its evaluation stay;
what is measured on such a portfolio is the size, not the variety of its clients.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.words import Book
from scoring_dash.data.store import BookData, Portfolio, read_portfolio, write_portfolio
from scoring_dash.model.artifact import Artifact, open_artifact, write_artifact


def main() -> None:
    """Write and say what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifacts", type=Path, required=True, help="written by train")
    parser.add_argument("--clients", type=int, required=True, help="past and current together, at least 2")
    parser.add_argument("--out", type=Path, required=True, help="directory to write")
    options = parser.parse_args()
    print(write_resized(options.artifacts, options.clients, options.out).root)


def write_resized(artifacts: Path, clients: int, directory: Path) -> Artifact:
    """Write the version in service of ``artifacts``, with ``clients`` clients, to another directory."""
    source = open_artifact(artifacts).root

    def fill(version: Path) -> None:
        for part in (path for path in source.iterdir() if path.is_dir() and path.name != "portfolio"):
            shutil.copytree(part, version / part.name)
        write_portfolio(resized(read_portfolio(source / "portfolio"), clients), version / "portfolio")

    return write_artifact(directory, fill)


def resized(portfolio: Portfolio, clients: int) -> Portfolio:
    """The portfolio with ``clients`` clients, past and current in the same proportion as before.

    Each book holds its own first clients, then all of them again under numbers above all those before.
    """
    numbers = portfolio.all_ids
    past = round(clients * len(portfolio.past.client_ids) / len(numbers))
    sizes = {Book.PAST: past, Book.CURRENT: clients - past}
    step = int(numbers[-1]) - int(numbers[0]) + 1
    places = {book: np.arange(size) % len(portfolio.book(book).client_ids) for book, size in sizes.items()}
    rounds = {book: np.arange(size) // len(portfolio.book(book).client_ids) for book, size in sizes.items()}
    books = {book: _at(portfolio.book(book), places[book], step * rounds[book]) for book in Book}
    histories = portfolio.histories.at(places)
    return replace(
        portfolio,
        past=books[Book.PAST],
        current=books[Book.CURRENT],
        histories=histories,
        fields=portfolio.fields.at(places),
    )


def _at(book: BookData, places: NDArray[np.int64], more: NDArray[np.int64]) -> BookData:
    """Clients at some places of a book, their numbers raised by ``more``."""
    arrays = {field.name: getattr(book, field.name) for field in fields(book)}
    chosen = {name: array[:, places] if name == "features" else array[places] for name, array in arrays.items()}
    return BookData(**{**chosen, "client_ids": chosen["client_ids"] + more})


if __name__ == "__main__":
    main()
