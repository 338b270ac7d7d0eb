"""Clients' histories on disk: rows sorted by client and time, and where each client's rows start; memory-mapped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.words import Book, TableName
from scoring_dash.data.histories.layout import LAYOUTS

_DESCRIPTION: Final = "histories.json"
_FOLDER: Final = "histories"
STARTS_TYPE: Final = np.dtype("<i4")  # the largest table has 27 million rows


@dataclass(frozen=True)
class RowsByClient:
    """Rows of one kind of a whole book.

    Attributes
    ----------
    rows : (n_rows,) structured, as the layout says
        By client, then oldest first.
    starts : (n_clients + 1,) int32, ascending
        The rows of the client at place ``p`` are ``rows[starts[p] : starts[p + 1]]``.
    """

    rows: NDArray[np.void]
    starts: NDArray[np.int32]

    def __post_init__(self) -> None:
        starts = self.starts
        if starts.ndim != 1 or len(starts) == 0 or starts[0] != 0 or np.any(np.diff(starts) < 0):
            raise ArtifactError("The starts of a history are not ascending numbers from 0. Train again.")
        if starts[-1] != len(self.rows):
            raise ArtifactError(f"A history holds {len(self.rows)} rows, its starts {starts[-1]}. Train again.")

    def of(self, position: int) -> NDArray[np.void]:
        """(n,): the rows of the client at this place."""
        return self.rows[int(self.starts[position]) : int(self.starts[position + 1])]

    def at(self, positions: NDArray[np.int64]) -> RowsByClient:
        """The rows of the clients at these places, (n,) in any order, as often as they are named."""
        first = self.starts[positions].astype(np.int64)
        counts = self.starts[positions + 1] - first
        starts = np.concatenate([[0], np.cumsum(counts)])
        places = np.repeat(first - starts[:-1], counts) + np.arange(starts[-1])
        return RowsByClient(self.rows[places], starts.astype(STARTS_TYPE))


@dataclass(frozen=True)
class Histories:
    """What both books' clients did before, in rows.

    Attributes
    ----------
    books : mapping of Book to (mapping of str to RowsByClient)
        For each book, rows by the names of ``LAYOUTS``; clients in the order of the book.
    text_values : mapping of str to (mapping of str to tuple of str)
        For each kind of row and each of its text fields, the values behind the codes.
    known_tables : frozenset of TableName
        Tables that the portfolio was built from.
    """

    books: Mapping[Book, Mapping[str, RowsByClient]]
    text_values: Mapping[str, Mapping[str, tuple[str, ...]]]
    known_tables: frozenset[TableName]

    def check_clients(self, book: Book, clients: int) -> None:
        """Raise ArtifactError unless every kind of row of a book knows this number of clients."""
        for kind, stored in self.books[book].items():
            found = len(stored.starts) - 1
            if found != clients:
                problem = f"belong to {found} clients; its client_ids are {clients}"
                raise ArtifactError(f"The portfolio's {book} {kind} {problem}. Train again.")

    def at(self, positions: Mapping[Book, NDArray[np.int64]]) -> Histories:
        """The histories of some clients of each book, as :meth:`RowsByClient.at` takes them."""
        books = {
            book: {kind: stored.at(positions[book]) for kind, stored in kinds.items()}
            for book, kinds in self.books.items()
        }
        return replace(self, books=books)

    def of(self, client_id: int, book: Book, position: int) -> ClientHistory:
        """Read the history of one client.

        Parameters
        ----------
        position : int
            The client's place in the book.
        """
        parts: dict[str, Any] = {
            kind: layout.read(self.books[book][kind].of(position), self.text_values[kind])
            for kind, layout in LAYOUTS.items()
        }
        return ClientHistory(client_id=client_id, known_tables=self.known_tables, **parts)


def write_histories(histories: Histories, directory: Path) -> None:
    """Write the rows of each book as .npy files and the rest as JSON into the directory of a portfolio."""
    for book, kinds in histories.books.items():
        folder = directory / book / _FOLDER
        folder.mkdir(parents=True)
        for kind, stored in kinds.items():
            np.save(folder / f"{kind}.npy", stored.rows, allow_pickle=False)
            np.save(folder / f"{kind}_starts.npy", stored.starts, allow_pickle=False)
    description = {"tables": sorted(histories.known_tables), "text_values": histories.text_values}
    text = json.dumps(description, indent=1, sort_keys=True, ensure_ascii=False)
    (directory / _DESCRIPTION).write_text(text + "\n", encoding="utf-8")


def read_histories(directory: Path) -> Histories:
    """Map the histories of a portfolio whose files' hashes were checked.

    Raises
    ------
    ArtifactError
        If a file is missing, unreadable or does not fit the others.
    """
    tables, text_values = _read_description(directory / _DESCRIPTION)
    books = {book: {kind: _read_rows(directory / book / _FOLDER, kind) for kind in LAYOUTS} for book in Book}
    return Histories(books, text_values, tables)


def _read_description(path: Path) -> tuple[frozenset[TableName], dict[str, dict[str, tuple[str, ...]]]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        tables = frozenset(TableName(name) for name in content["tables"])
        text_values = {
            kind: {name: tuple(content["text_values"][kind][name]) for name in layout.texts}
            for kind, layout in LAYOUTS.items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtifactError(f"{path}: cannot be read ({error!r}). Train again.") from error
    return tables, text_values


def _read_rows(folder: Path, kind: str) -> RowsByClient:
    rows, starts = folder / f"{kind}.npy", folder / f"{kind}_starts.npy"
    try:
        stored = RowsByClient(_map(rows), _map(starts))
    except ArtifactError as error:
        raise ArtifactError(f"{rows}: {error}") from error
    wanted = LAYOUTS[kind].dtype
    if stored.rows.dtype != wanted:
        raise ArtifactError(f"{rows}: holds {stored.rows.dtype}; expected {wanted}. Train again.")
    return stored


def _map(path: Path) -> NDArray[Any]:
    try:
        # A view without the file's name: slicing a memmap costs ten times slicing an array.
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except (OSError, ValueError) as error:
        raise ArtifactError(f"cannot be read as an array ({error}). Train again.") from error
    return array
