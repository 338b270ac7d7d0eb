"""From raw tables to the feature matrix: one row a client, for past and current files alike.

**Same client, same bits.** A client's features are identical to the last bit whatever the number of threads, the order
of the rows or the company he is computed in. Aggregates work on whole numbers (``features.exact``) and ranks break
every tie by an identifier, so no result depends on the order in which rows arrive; the rest is one row at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.core.feature import Feature, TypicalIncomes
from scoring_dash.core.words import TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.features import (
    application,
    bureau,
    bureau_balance,
    credit_card,
    cross,
    installments,
    pos_cash,
    previous_application,
)
from scoring_dash.data.features.rebuild import needed_raw_columns
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition
from scoring_dash.data.features.typical_income import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_APPLICATIONS: Final = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)


class History(NamedTuple):
    """A table of the past: how its rows are prepared, and its part of the catalogue."""

    prepare: Callable[[Mapping[TableName, ibis.Table]], ibis.Table]
    definitions: tuple[FeatureDefinition, ...]


HISTORIES: Final = tuple(
    History(module.prepare, module.DEFINITIONS)
    for module in (bureau, bureau_balance, previous_application, pos_cash, installments, credit_card)
)

ALL_DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    *application.DEFINITIONS,
    *(definition for history in HISTORIES for definition in history.definitions),
    *cross.DEFINITIONS,
)
"""The whole catalogue, in the order of the feature matrix."""

NO_TYPICAL_INCOMES: Final[TypicalIncomes] = {column: {} for column in GROUPINGS}


@dataclass(frozen=True)
class FeatureMatrix:
    """Features of many clients, feature by feature.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    values : (n_features, n) float32, C order
        NaN where missing; a category is its place in ``categories``, NaN where missing or unknown.
    features : tuple of Feature
        What each row of ``values`` is.
    categories : mapping of str to tuple of str
        Of each categorical feature, its known values in sorted order.
    unknown_categories : mapping of str to tuple of str
        Values met that ``categories`` lacks, for the features where there are any; they were taken as missing.
    """

    client_ids: NDArray[np.int64]
    values: NDArray[np.float32]
    features: tuple[Feature, ...]
    categories: Mapping[str, tuple[str, ...]]
    unknown_categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def available_definitions(
    tables: Collection[TableName], definitions: tuple[FeatureDefinition, ...] = ALL_DEFINITIONS
) -> tuple[FeatureDefinition, ...]:
    """The definitions that can be computed from these tables, in their order."""
    present = set(tables)
    if present.intersection(_APPLICATIONS):
        present.add(TableName.APPLICATION_TRAIN)  # definitions name it for either book
    return tuple(definition for definition in definitions if definition.tables <= present)


def build_features(
    tables: Mapping[TableName, ibis.Table],
    definitions: tuple[FeatureDefinition, ...] = ALL_DEFINITIONS,
    typical_incomes: TypicalIncomes = NO_TYPICAL_INCOMES,
) -> ibis.Table:
    """Describe the features of every client of the application tables as one lazy table.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read; they are cleaned here. At least one application table; features whose tables are absent
        are left out of the result.
    definitions : tuple of FeatureDefinition
        Which features; what they read besides is computed and dropped.
    typical_incomes : TypicalIncomes
        As learnt from the past files; without them the incomes compared with them are missing.

    Returns
    -------
    ibis.Table
        ``SK_ID_CURR``, then one column a feature: float32, or text for a category. Nothing has run yet.

    Raises
    ------
    DataError
        If there is no application table.
    """
    cleaned = {name: clean(table, name) for name, table in tables.items()}
    chosen = available_definitions(tables, definitions)
    needed = _with_inputs(chosen)
    frame = _population(cleaned, needed)
    for history in HISTORIES:
        wanted = [definition for definition in history.definitions if definition.name in needed]
        if wanted:
            frame = _joined(frame, _aggregated(history.prepare(cleaned), wanted))
    row = _Row(frame, typical_incomes)
    return frame.select(
        CLIENT_KEY, **{definition.name: _as_stored(definition, _value(definition, row)) for definition in chosen}
    )


def to_matrix(
    frame: ibis.Table, features: Sequence[Feature], categories: Mapping[str, tuple[str, ...]] | None = None
) -> FeatureMatrix:
    """Compute the features and lay them out for the model.

    Parameters
    ----------
    frame : ibis.Table
        As ``build_features`` gives it, holding at least ``features``.
    features : sequence of Feature
        The rows of the matrix, in order.
    categories : mapping of str to tuple of str, optional
        The stored values of each categorical feature; without it they are learnt from the data.
    """
    # Not record batches: this pair of versions of the engine and its layer cannot stream them.
    table = frame.select(CLIENT_KEY, *(feature.name for feature in features)).to_pyarrow()
    client_ids = table.column(CLIENT_KEY).to_numpy().astype(np.int64, copy=False)
    order = np.argsort(client_ids, kind="stable")
    values = np.empty((len(features), len(client_ids)), dtype=np.float32)
    known: dict[str, tuple[str, ...]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for row, feature in zip(values, features, strict=True):
        column = table.column(feature.name)
        if not feature.is_categorical:
            # Arrow writes NaN for null. Adding zero turns -0.0 into 0.0: equal numbers must have equal bits.
            np.add(column.to_numpy()[order], np.float32(0), out=row)
            continue
        found = tuple(sorted(column.unique().drop_null().to_pylist()))
        known[feature.name] = found if categories is None else categories[feature.name]
        row[:] = _codes(column, known[feature.name])[order]
        if strangers := tuple(name for name in found if name not in known[feature.name]):
            unknown[feature.name] = strangers
    return FeatureMatrix(client_ids[order], values, tuple(features), known, unknown)


def _with_inputs(definitions: Iterable[FeatureDefinition]) -> set[str]:
    return {name for definition in definitions for name in (definition.name, *definition.inputs)}


def _population(tables: Mapping[TableName, ibis.Table], needed: Collection[str]) -> ibis.Table:
    formulas = [formula for formula in (*application.DEFINITIONS, *cross.DEFINITIONS) if formula.name in needed]
    columns = (CLIENT_KEY, *needed_raw_columns(formulas))
    books = [tables[name].select(*columns) for name in _APPLICATIONS if name in tables]
    if not books:
        raise DataError([Fault("application_train", "is missing", remedy="Add application_train or application_test")])
    return reduce(lambda left, right: left.union(right), books)


def _aggregated(prepared: ibis.Table, definitions: Iterable[FeatureDefinition]) -> ibis.Table:
    return prepared.group_by(CLIENT_KEY).aggregate(
        **{definition.name: _as_stored(definition, definition.expression(prepared)) for definition in definitions}
    )


def _joined(frame: ibis.Table, aggregates: ibis.Table) -> ibis.Table:
    names = [name for name in aggregates.columns if name != CLIENT_KEY]
    return frame.left_join(aggregates, CLIENT_KEY).select(*frame.columns, *names)


def _value(definition: FeatureDefinition, row: _Row) -> Any:
    """A feature from the joined frame: a history feature stands there already, a row formula is computed."""
    if definition.name in row.frame.columns:
        return _filled(definition, row.frame[definition.name])
    return definition.expression(row)


class _Row:
    """What a row formula reads: raw columns as they are, features as a store would give them back."""

    def __init__(self, frame: ibis.Table, typical_incomes: TypicalIncomes) -> None:
        self.frame = frame
        self.typical_incomes = typical_incomes

    def __getattr__(self, name: str) -> Any:
        column = self.frame[name]
        if name not in _HISTORY_DEFINITIONS:
            return column
        # Stored as float32, computed with as float64: so the formulas on arrays agree to the last bit.
        return _filled(_HISTORY_DEFINITIONS[name], column).cast("float64")


_HISTORY_DEFINITIONS: Final[Mapping[str, FeatureDefinition]] = {
    definition.name: definition for history in HISTORIES for definition in history.definitions
}


def _filled(definition: FeatureDefinition, value: Any) -> Any:
    return value.fill_null(0) if definition.feature.zero_when_no_rows else value


def _as_stored(definition: FeatureDefinition, value: Any) -> Any:
    return value if definition.feature.is_categorical else value.cast("float32")


def _codes(column: pa.ChunkedArray, known: tuple[str, ...]) -> NDArray[np.float32]:
    """Place of each name among the known ones; NaN where missing or unknown."""
    places = pc.index_in(column, value_set=pa.array(known, column.type))
    return pc.cast(places, pa.float32()).to_numpy()
