"""The portfolio on disk: arrays by client, memory-mapped, shared by all workers.

Past files and current files are two *books* of the same layout. A client's number is found by binary search in a sorted
array; a row of features costs a few dozen microseconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book
from scoring_dash.data.fields import Fields, read_fields, write_fields
from scoring_dash.data.histories.store import Histories, read_histories, write_histories

_TEXT_VALUES = "text_values.json"
_ARRAYS = {
    "client_ids": 1,
    "features": 2,
    "margins": 1,
    "probabilities": 1,
    "spreads": 2,
    "models": 1,
    "outcomes": 1,
    "theme_contributions": 2,
    "applications": 1,
}


@dataclass(frozen=True)
class BookData:
    """Clients of one book, sorted by number.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    features : (n_features, n) float32
        Feature by feature, so that a comparison reads one contiguous line; NaN where missing.
    margins, probabilities : (n,) float64
        As the engine computes them: out of fold for past files, by the final model for current ones.
    spreads : (n, 2) float64
        Least and greatest probability among the fold models; his own probability twice for a past file.
    models : (n,) int8
        Number of the model that scores the client.
    outcomes : (n,) int8
        1 in default, 0 repaid, -1 not known yet.
    theme_contributions : (n, n_themes) float32
        Contributions summed by theme, in log-odds.
    applications : (n,) structured
        The raw application: numbers in float64, text as int16 code (-1 missing).
    """

    client_ids: NDArray[np.int64]
    features: NDArray[np.float32]
    margins: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    spreads: NDArray[np.float64]
    models: NDArray[np.int8]
    outcomes: NDArray[np.int8]
    theme_contributions: NDArray[np.float32]
    applications: NDArray[np.void]

    def __post_init__(self) -> None:
        n = len(self.client_ids)
        for name, axis in (("features", 1), *((name, 0) for name in _ARRAYS if name != "features")):
            found = getattr(self, name).shape[axis]
            if found != n:
                raise ArtifactError(f"The portfolio's {name} hold {found} clients, its client_ids {n}. Train again.")

    def position(self, client_id: int) -> int | None:
        """Place of a client in the arrays, or None."""
        if not 0 <= client_id < 2**63:
            return None
        place = int(np.searchsorted(self.client_ids, client_id))
        return place if place < len(self.client_ids) and self.client_ids[place] == client_id else None

    def feature_row(self, position: int) -> NDArray[np.float32]:
        """(1, n_features) float32, contiguous: one client as the model wants him."""
        return np.ascontiguousarray(self.features[:, position][None, :])


@dataclass(frozen=True)
class Portfolio:
    """The clients that a deployment knows.

    Attributes
    ----------
    text_values : mapping of str to tuple of str
        For each text column of the application, the values behind its codes.
    histories : Histories
        What the clients of both books did before, row by row.
    fields : Fields
        What files are compared by besides the features, and the bars of past values.
    """

    past: BookData
    current: BookData
    text_values: Mapping[str, tuple[str, ...]]
    histories: Histories
    fields: Fields

    def __post_init__(self) -> None:
        clients = {book: len(self.book(book).client_ids) for book in Book}
        for book, number in clients.items():
            self.histories.check_clients(book, number)
        self.fields.check_shape(len(self.past.features), clients)

    def find(self, client_id: int) -> tuple[Book, int] | None:
        """Book and place of a client, or None."""
        for book, data in ((Book.CURRENT, self.current), (Book.PAST, self.past)):
            position = data.position(client_id)
            if position is not None:
                return book, position
        return None

    def book(self, book: Book) -> BookData:
        """The data of one book."""
        return self.past if book is Book.PAST else self.current

    def application(self, book: Book, position: int) -> dict[str, FeatureValue]:
        """Raw application of one client by column name, None where missing."""
        record = self.book(book).applications[position]
        return {name: self._read(name, record[name]) for name in record.dtype.names or ()}

    def _read(self, column: str, stored: Any) -> FeatureValue:
        names = self.text_values.get(column)
        if names is not None:
            return None if stored < 0 else names[int(stored)]
        number = float(stored)
        return None if np.isnan(number) else number

    @cached_property
    def all_ids(self) -> NDArray[np.int64]:
        """(n_past + n_current,) int64, every client number, ascending."""
        return np.sort(np.concatenate([self.past.client_ids, self.current.client_ids]))


def pack_applications(columns: Sequence[tuple[str, NDArray[Any]]]) -> NDArray[np.void]:
    """Pack columns of one book into records, one a client.

    Parameters
    ----------
    columns : sequence of (name, values)
        All of one length: float64 numbers with NaN, or int16 codes of text with -1 for missing.
    """
    records = np.zeros(len(columns[0][1]), dtype=np.dtype([(name, values.dtype) for name, values in columns]))
    for name, values in columns:
        records[name] = values
    return records


def write_portfolio(portfolio: Portfolio, directory: Path) -> None:
    """Write both books as .npy files, their histories, and the text values as JSON."""
    directory.mkdir()
    for book in Book:
        (directory / book).mkdir()
        for name in _ARRAYS:
            np.save(directory / book / f"{name}.npy", getattr(portfolio.book(book), name), allow_pickle=False)
    text = json.dumps(dict(portfolio.text_values), indent=1, sort_keys=True, ensure_ascii=False)
    (directory / _TEXT_VALUES).write_text(text + "\n", encoding="utf-8")
    write_histories(portfolio.histories, directory)
    write_fields(portfolio.fields, directory)


def read_portfolio(directory: Path) -> Portfolio:
    """Map a portfolio whose files' hashes were checked; an array is read when it is used.

    Raises
    ------
    ArtifactError
        If an array is missing, unreadable or of the wrong shape.
    """
    try:
        text_values = json.loads((directory / _TEXT_VALUES).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtifactError(f"{directory / _TEXT_VALUES}: cannot be read ({error}). Train again.") from error
    past, current = (_read_book(directory / book) for book in (Book.PAST, Book.CURRENT))
    texts = {name: tuple(values) for name, values in text_values.items()}
    return Portfolio(past, current, texts, read_histories(directory), read_fields(directory))


def _read_book(directory: Path) -> BookData:
    return BookData(**{name: _map_array(directory / f"{name}.npy", wanted) for name, wanted in _ARRAYS.items()})


def _map_array(path: Path, dimensions: int) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise ArtifactError(f"{path}: cannot be read as an array ({error}). Train again.") from error
    if array.ndim != dimensions:
        raise ArtifactError(f"{path}: has {array.ndim} dimensions; expected {dimensions}. Train again.")
    return array
