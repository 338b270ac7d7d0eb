"""What files are compared by besides the model's features, and the bar in which each past value lies.

A manager compares clients by the kind of contract or the age band too, though no model reads them. Such *descriptive
fields* look like features, stand beside them, and never reach the scorer. The bars (one byte a value) are what makes a
group of hundreds of thousands of files a matter of milliseconds: counting bytes is twenty times faster than sorting
numbers into intervals again at every click.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.feature import Feature, read_feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book

_FOLDER: Final = "fields"
_DESCRIPTION: Final = "fields.json"
MOST_BARS: Final = 255
"""A bar is stored in one byte, and the last number means a missing value."""


@dataclass(frozen=True)
class Fields:
    """Descriptive fields of both books, and the bars of past files.

    Attributes
    ----------
    features : tuple of Feature
        Fields that no model reads.
    categories : mapping of str to tuple of str
        For each categorical field, the names behind the codes 0, 1, 2, …
    bin_edges : mapping of str to tuple of float
        Inner edges of the bars of each numeric field.
    values : mapping of Book to (n_fields, n) float32, NaN where missing
        Clients in the order of the book.
    bars : (n_features + n_fields, n_past) uint8
        For the model's features, then for these fields: the bar of each past value; the number of bars where the value
        is missing.
    """

    features: tuple[Feature, ...]
    categories: Mapping[str, tuple[str, ...]]
    bin_edges: Mapping[str, tuple[float, ...]]
    values: Mapping[Book, NDArray[np.float32]]
    bars: NDArray[np.uint8]

    def check_shape(self, n_features: int, clients: Mapping[Book, int]) -> None:
        """Raise ArtifactError unless the arrays fit a portfolio of this size."""
        wanted = {book: (len(self.features), clients[book]) for book in Book}
        found = {book: self.values[book].shape for book in Book}
        bars = (n_features + len(self.features), clients[Book.PAST])
        if found != wanted or self.bars.shape != bars:
            raise ArtifactError(
                f"The portfolio's fields have the shapes {found}, their bars {self.bars.shape}; "
                f"expected {wanted} and {bars}. Train again."
            )

    def of(self, book: Book, position: int) -> dict[str, FeatureValue]:
        """The fields of one client for a person's reading, None where missing."""
        stored = {
            feature.name: float(value)
            for feature, value in zip(self.features, self.values[book][:, position], strict=True)
        }
        return {name: self._read(name, value) for name, value in stored.items()}

    def _read(self, name: str, stored: float) -> FeatureValue:
        if not math.isfinite(stored):
            return None
        names = self.categories.get(name)
        return stored if names is None else names[int(stored)]

    def at(self, positions: Mapping[Book, NDArray[np.int64]]) -> Fields:
        """The fields of the clients at these places of each book, in any order, as often as they are named."""
        values = {book: np.asarray(self.values[book])[:, positions[book]] for book in Book}
        return replace(self, values=values, bars=np.asarray(self.bars)[:, positions[Book.PAST]])


def bars_of(values: NDArray[np.float32], *, edges: tuple[float, ...] = (), names: int = 0) -> NDArray[np.uint8]:
    """The bar of each value of one field.

    Parameters
    ----------
    values : (n,) float32
        NaN where missing; an infinite number says nothing of a client and counts as missing too. Codes of a category
        where there are ``names``.
    edges : ascending
        Inner edges of a numeric field: a value equal to an edge belongs to the bar above it.
    names : int
        How many categories there are; 0 for a number.

    Raises
    ------
    ArtifactError
        If there are more bars than a byte tells apart.
    """
    missing = names or len(edges) + 1
    if missing > MOST_BARS:
        raise ArtifactError(f"A field has {missing} bars; at most {MOST_BARS} can be stored.")
    places = values if names else np.searchsorted(np.asarray(edges, dtype=np.float64), values, side="right")
    return np.where(np.isfinite(values), places, missing).astype(np.uint8)


def write_fields(fields: Fields, directory: Path) -> None:
    """Write the fields as .npy files and their description as JSON into the directory of a portfolio."""
    folder = directory / _FOLDER
    folder.mkdir()
    np.save(folder / "bars.npy", fields.bars, allow_pickle=False)
    for book in Book:
        np.save(folder / f"{book}.npy", fields.values[book], allow_pickle=False)
    described = {
        "features": [asdict(feature) for feature in fields.features],
        "categories": dict(fields.categories),
        "bin_edges": dict(fields.bin_edges),
    }
    text = json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / _DESCRIPTION).write_text(text + "\n", encoding="utf-8")


def read_fields(directory: Path) -> Fields:
    """Map the fields of a portfolio whose files' hashes were checked.

    Raises
    ------
    ArtifactError
        If a file is missing or unreadable.
    """
    folder = directory / _FOLDER
    try:
        content = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        return Fields(
            features=tuple(read_feature(entry) for entry in content["features"]),
            categories={name: tuple(names) for name, names in content["categories"].items()},
            bin_edges={name: tuple(edges) for name, edges in content["bin_edges"].items()},
            values={book: _map(folder / f"{book}.npy") for book in Book},
            bars=_map(folder / "bars.npy"),
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtifactError(f"{folder}: cannot be read ({error!r}). Train again.") from error


def _map(path: Path) -> NDArray[Any]:
    # A view without the file's name: slicing a memmap costs ten times slicing an array.
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return array
