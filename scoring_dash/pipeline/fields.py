"""Descriptive fields of a portfolio: what managers group files by though no model reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Book, ColumnUse, TableName, Theme, Unit
from scoring_dash.data.age_bands import AGE_BANDS, age_band
from scoring_dash.data.clean import clean
from scoring_dash.data.features import application
from scoring_dash.data.fields import Fields, bars_of
from scoring_dash.population.distributions import choose_bin_edges

AGE_BAND: Final = Feature(
    "age_band", TableName.APPLICATION_TRAIN, ("DAYS_BIRTH",), "application", Unit.LEVEL, Theme.COMPLETENESS,
    "Tranche d’âge", "Age band", use=ColumnUse.FORBIDDEN, levels=AGE_BANDS,
)  # fmt: skip
"""Describes a group; forbidden in a decision, so no part of any score or reason."""

_KEY: Final = "SK_ID_CURR"


@dataclass(frozen=True)
class Described:
    """Fields beside the features of a training: values by book, (n_fields, n) float32."""

    features: tuple[Feature, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[Book, NDArray[np.float32]] = field(default_factory=dict)

    def with_features(
        self,
        features: tuple[Feature, ...],
        categories: Mapping[str, tuple[str, ...]],
        values: Mapping[Book, NDArray[np.float32]],
    ) -> Described:
        """These fields and some more."""
        together = {
            book: np.concatenate([self.values[book], values[book]]) if self.features else values[book] for book in Book
        }
        return Described((*self.features, *features), {**self.categories, **categories}, together)


def read_age_bands(applications: Mapping[Book, Any]) -> Described:
    """The age band of every client.

    Parameters
    ----------
    applications : mapping of Book to ibis.Table
        Raw applications; a book without a table has no clients.
    """
    values = {book: _codes(applications.get(book)) for book in Book}
    return Described((AGE_BAND,), {}, values)


def left_out(features: tuple[Feature, ...], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n_features,) bool: facts of the application that a model does without, but people still group files by."""
    known = {definition.name for definition in application.DEFINITIONS}
    return np.array([feature.name in known for feature in features], dtype=np.bool_) & ~kept


def build_fields(
    features: tuple[Feature, ...],
    categories: Mapping[str, tuple[str, ...]],
    edges: Mapping[str, tuple[float, ...]],
    past: NDArray[np.float32],
    described: Described,
    clients: Mapping[Book, int],
) -> Fields:
    """What the portfolio stores of the fields.

    Parameters
    ----------
    features, categories, edges
        Of the model: its features, the names of categories, the inner edges of bars.
    past : (n_features, n_past) float32
        Values of the model's features.
    clients : mapping of Book to int
    """
    values = (
        described.values if described.features else {book: np.empty((0, clients[book]), np.float32) for book in Book}
    )
    own_edges = {
        item.name: choose_bin_edges(item, line)
        for item, line in zip(described.features, values[Book.PAST], strict=True)
        if not item.is_categorical
    }
    rows = zip((*features, *described.features), (*past, *values[Book.PAST]), strict=True)
    names, all_edges = {**categories, **described.categories}, {**edges, **own_edges}
    bars = [
        bars_of(line, edges=all_edges.get(item.name, ()), names=len(names.get(item.name, ()))) for item, line in rows
    ]
    return Fields(described.features, described.categories, own_edges, values, np.array(bars, dtype=np.uint8))


def _codes(applications: Any) -> NDArray[np.float32]:
    if applications is None:
        return np.empty((1, 0), dtype=np.float32)
    cleaned = clean(applications, TableName.APPLICATION_TRAIN)
    names = cleaned.select(_KEY, band=age_band(cleaned.DAYS_BIRTH)).order_by(_KEY).to_pyarrow()["band"].to_pylist()
    codes = [np.nan if name is None else AGE_BANDS.index(name) for name in names]
    return np.array([codes], dtype=np.float32)
