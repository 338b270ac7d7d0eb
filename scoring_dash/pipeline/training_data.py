"""Raw tables of a directory, turned into what training and scoring work on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature, TypicalIncomes
from scoring_dash.core.words import Book, ColumnUse, TableName
from scoring_dash.data.assemble import FeatureMatrix, available_definitions, build_features, to_matrix
from scoring_dash.data.features.typical_income import learn_typical_incomes
from scoring_dash.data.histories.build import build_histories
from scoring_dash.data.histories.store import Histories
from scoring_dash.data.read import RawTables, clean, read_tables
from scoring_dash.data.schema import TABLES, ColumnKind
from scoring_dash.data.store import pack_applications
from scoring_dash.model.row_scores import RowModels
from scoring_dash.pipeline.fields import Described, read_age_bands
from scoring_dash.pipeline.file_groups import FileGroups, read_file_groups

_KEY = "SK_ID_CURR"
_TARGET = "TARGET"
BOOK_TABLES = {Book.PAST: TableName.APPLICATION_TRAIN, Book.CURRENT: TableName.APPLICATION_TEST}


@dataclass(frozen=True)
class Files:
    """Clients of one book, sorted by number.

    Attributes
    ----------
    client_ids : (n,) int64, ascending
    values : (n_features, n) float32, NaN where missing
    outcomes : (n,) int8, -1 where not known
    applications : (n,) structured
        Raw application without the columns that may not be used in a decision.
    """

    client_ids: NDArray[np.int64]
    values: NDArray[np.float32]
    outcomes: NDArray[np.int8]
    applications: NDArray[np.void]


@dataclass(frozen=True)
class TrainingData:
    """Past and current files with their features.

    Attributes
    ----------
    text_values : mapping of str to tuple of str
        Values behind the codes of the text columns in ``applications``.
    tables : tuple of str
        Tables that were found.
    histories : Histories
        What the clients of both books did before, row by row, for the portfolio.
    typical_incomes : TypicalIncomes
        Learnt from the past files; what a declared income is compared with.
    row_models : RowModels or None
        What some of the features were learnt by, if :func:`~scoring_dash.pipeline.row_scores.add_row_scores` did.
    fold_of : (n_past,) int8 or None
        The folds that ``row_models`` were cross-fitted with, which the main model must share.
    groups : FileGroups
        Of the past files, for the evaluation and the audit; nothing of it is stored client by client.
    described : Described
        Fields by which managers group files though no model reads them.
    """

    past: Files
    current: Files
    features: tuple[Feature, ...]
    categories: Mapping[str, tuple[str, ...]]
    text_values: Mapping[str, tuple[str, ...]]
    tables: tuple[str, ...]
    simulated: bool
    histories: Histories
    typical_incomes: TypicalIncomes = field(default_factory=dict)
    row_models: RowModels | None = None
    fold_of: NDArray[np.int8] | None = None
    groups: FileGroups = field(default_factory=FileGroups)
    described: Described = field(default_factory=Described)

    def restricted_to(self, kept: NDArray[np.bool_]) -> TrainingData:
        """The same clients with some of the features; ``kept`` is (n_features,) bool."""
        features = tuple(feature for feature, stays in zip(self.features, kept, strict=True) if stays)
        names = {feature.name for feature in features}
        past, current = (
            replace(files, values=np.ascontiguousarray(files.values[kept])) for files in (self.past, self.current)
        )
        categories = {name: values for name, values in self.categories.items() if name in names}
        return replace(self, past=past, current=current, features=features, categories=categories)


@contextmanager
def open_tables(directory: Path, *, labelled: bool) -> Iterator[RawTables]:
    """Read and check the tables of a directory.

    They live in a temporary database that may spill to disk, and is removed afterwards.

    Raises
    ------
    DataError
        With every fault found.
    """
    with tempfile.TemporaryDirectory(prefix="scoring-dash-") as scratch:
        connection = ibis.duckdb.connect(Path(scratch) / "tables.duckdb", temp_directory=str(Path(scratch) / "spill"))
        try:
            yield read_tables(directory, connection, labelled=labelled)
        finally:
            connection.disconnect()


def load_training_data(raw: RawTables) -> TrainingData:
    """Build the features of every client and collect what the portfolio stores."""
    features = tuple(definition.feature for definition in available_definitions(raw.tables))
    past_table = TableName.APPLICATION_TRAIN
    incomes = learn_typical_incomes(clean(raw.tables[past_table], past_table))
    matrix = to_matrix(build_features(raw.tables, typical_incomes=incomes), features)
    rows = {book: _application_rows(raw, name) for book, name in BOOK_TABLES.items()}
    text_values = _text_values(list(rows.values()))
    past, current = (_files(matrix, rows[book], text_values) for book in (Book.PAST, Book.CURRENT))
    names = tuple(str(name) for name in raw.tables)
    return TrainingData(
        past,
        current,
        features,
        matrix.categories,
        text_values,
        names,
        raw.simulated,
        build_histories(raw.tables, {Book.PAST: past.client_ids, Book.CURRENT: current.client_ids}),
        typical_incomes=incomes,
        groups=read_file_groups(raw.tables[past_table]),
        described=read_age_bands({book: raw.tables[name] for book, name in BOOK_TABLES.items() if name in raw.tables}),
    )


def read_outcomes(applications: ibis.Table) -> NDArray[np.int8]:
    """(n,) int8, 0 or 1: the outcomes of a raw ``application_train``, by client number."""
    return applications.order_by(_KEY).select(_TARGET).to_pyarrow()[_TARGET].to_numpy().astype(np.int8)


def _application_columns() -> tuple[str, ...]:
    """Columns kept for the client's file: none that may not be used in a decision."""
    return tuple(
        column.name
        for column in TABLES[TableName.APPLICATION_TEST].columns
        if column.use is not ColumnUse.FORBIDDEN and column.name != _KEY
    )


def _application_rows(raw: RawTables, name: TableName) -> pa.Table:
    """Cleaned application columns of one book, by client number; without a row if the table is absent."""
    if name not in raw.tables:
        name, limit = BOOK_TABLES[Book.PAST], 0
    else:
        limit = None
    wanted = [_KEY, *_application_columns(), *([_TARGET] if name is TableName.APPLICATION_TRAIN else [])]
    return clean(raw.tables[name], name).select(wanted).order_by(_KEY).limit(limit).to_pyarrow()


def _text_values(books: Sequence[pa.Table]) -> dict[str, tuple[str, ...]]:
    table = TABLES[TableName.APPLICATION_TEST]
    texts = [name for name in _application_columns() if table.column(name).kind is ColumnKind.TEXT]
    return {
        name: tuple(sorted({value for rows in books for value in rows[name].unique().to_pylist() if value is not None}))
        for name in texts
    }


def _files(matrix: FeatureMatrix, rows: pa.Table, text_values: Mapping[str, tuple[str, ...]]) -> Files:
    ids = rows[_KEY].to_numpy().astype(np.int64)
    has_outcomes = _TARGET in rows.column_names
    outcomes = rows[_TARGET].to_numpy().astype(np.int8) if has_outcomes else np.full(len(ids), -1, dtype=np.int8)
    places = np.searchsorted(matrix.client_ids, ids)
    columns = [(name, _codes_or_numbers(rows[name], text_values.get(name))) for name in _application_columns()]
    return Files(ids, np.ascontiguousarray(matrix.values[:, places]), outcomes, pack_applications(columns))


def _codes_or_numbers(column: pa.ChunkedArray, names: tuple[str, ...] | None) -> NDArray[Any]:
    if names is None:
        return column.to_numpy().astype(np.float64)
    codes = pc.index_in(column, value_set=pa.array(names, pa.string()))
    return pc.fill_null(codes, -1).to_numpy().astype(np.int16)
