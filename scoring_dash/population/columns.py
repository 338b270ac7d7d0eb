"""The facts by which files are compared: the model's features, and the fields that describe without scoring."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import BarBounds
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit

_FLAGS = ("no", "yes")


@dataclass(frozen=True)
class Column:
    """One fact of all past files.

    Attributes
    ----------
    feature : Feature
    is_in_model : bool
        Whether the model reads it; what it does not read only describes.
    categories : tuple of str
        Names behind the codes of a category; empty for a number.
    edges : tuple of float, ascending
        Inner edges of the bars of a number; empty for a category.
    values : (n,) float32, NaN where missing
    bars : (n,) uint8
        The bar of each value; ``n_bars`` where it is missing.
    """

    feature: Feature
    is_in_model: bool
    categories: tuple[str, ...]
    edges: tuple[float, ...]
    values: NDArray[np.float32]
    bars: NDArray[np.uint8]

    @property
    def name(self) -> str:
        """Name of the fact."""
        return self.feature.name

    @property
    def is_categorical(self) -> bool:
        """Whether values are codes of categories rather than numbers."""
        return bool(self.categories)

    @property
    def n_bars(self) -> int:
        """Bars of known values."""
        return len(self.categories) or len(self.edges) + 1

    @property
    def option_names(self) -> tuple[str, ...]:
        """What a condition may list: categories, ordered levels, no and yes; empty for a number."""
        if self.feature.unit is Unit.LEVEL:
            return self.feature.levels
        return _FLAGS if self.feature.unit is Unit.FLAG else self.categories

    @cached_property
    def whole_counts(self) -> NDArray[np.int64]:
        """(n_bars + 1,) int64: all files in each bar; counted once a worker, since most pages begin with all files."""
        return np.bincount(self.bars, minlength=self.n_bars + 1)

    def bounds(self, bar: int) -> BarBounds:
        """The interval or the category of a bar."""
        if bar == self.n_bars:
            return BarBounds(None, None, None)
        if self.categories:
            return BarBounds(None, None, self.categories[bar])
        return BarBounds(self.edges[bar - 1] if bar else None, self.edges[bar] if bar < len(self.edges) else None, None)

    def read(self, stored: float) -> FeatureValue:
        """A stored number for a person's reading; an infinite one is as good as missing."""
        if not math.isfinite(stored):
            return None
        return self.categories[int(stored)] if self.categories else float(stored)

    def bar_of(self, stored: float) -> int:
        """The bar of a stored number."""
        if not math.isfinite(stored):
            return self.n_bars
        if self.categories:
            return int(stored)
        return int(np.searchsorted(np.asarray(self.edges), np.float64(stored), side="right"))


@dataclass(frozen=True)
class Columns:
    """All facts by name, in the order in which a client's values stand in ``Subject.values``."""

    by_name: Mapping[str, Column]

    @classmethod
    def of(cls, columns: list[Column]) -> Columns:
        """Columns in this order."""
        return cls({column.name: column for column in columns})

    def __iter__(self) -> Iterator[Column]:
        return iter(self.by_name.values())

    def __getitem__(self, name: str) -> Column:
        """The column of this name.

        Raises
        ------
        InvalidRequestError
            If there is none.
        """
        column = self.by_name.get(name)
        if column is None:
            raise InvalidRequestError("feature", name, "a fact listed by GET /api/v1/model")
        return column

    def place(self, name: str) -> int:
        """Place of a column among all; raises InvalidRequestError."""
        return self._places[self[name].name]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.by_name)}
