"""Batch: every application of a directory through the same engine as the screen."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import ibis
import numpy as np

from scoring_dash.assessment.new_applications import assess_in_order, client_row
from scoring_dash.assessment.table import COLUMNS, cells
from scoring_dash.bootstrap import LoadedServices
from scoring_dash.core.errors import ConfigurationError, DataError, Fault
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Book, TableName
from scoring_dash.data.assemble import (
    NO_TYPICAL_INCOMES,
    FeatureMatrix,
    available_definitions,
    build_features,
    to_matrix,
)
from scoring_dash.data.features.past_rows.scores import ROW_SCORE_NAMES
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.store import Portfolio
from scoring_dash.model.artifact import Artifact
from scoring_dash.model.package import ModelPackage
from scoring_dash.model.row_scores import LabelledClients
from scoring_dash.pipeline.row_scores import compute_row_scores, read_row_models
from scoring_dash.pipeline.training_data import BOOK_TABLES, open_tables

_CHUNK = 2000
_THREADS = 2


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What was scored, and what the caller should know.

    Attributes
    ----------
    notices : tuple of str
        Oddities of the tables that do not prevent scoring.
    """

    rows: int
    notices: tuple[str, ...]


def score(services: LoadedServices, directory: Path, out: Path, *, progress: Callable[[str], None]) -> BatchReport:
    """Score application_test, or application_train where there is no test table, into ``out``.

    Past clients of the portfolio are scored by the fold model that has not seen their outcome, as on the screen.

    Parameters
    ----------
    out : Path
        ``.csv`` or ``.parquet``; replaced only when everything was scored.

    Raises
    ------
    ConfigurationError
        If ``out`` has another ending.
    DataError
        If the tables cannot be used, or lack one that the model needs.
    """
    if out.suffix not in _WRITERS:
        raise ConfigurationError(f"--out is {str(out)!r}; allowed: a file name that ends in .csv or .parquet.")
    with open_tables(directory, labelled=False) as raw:
        progress("features")
        matrix = application_features(services, directory, raw.tables)
        notices = raw.notices
    progress(f"scoring {len(matrix.client_ids)} applications")
    with _replacing(out) as temporary:
        _WRITERS[out.suffix](_assessments(services, matrix), temporary)
    return BatchReport(len(matrix.client_ids), (*notices, *_unknown_categories(matrix)))


def _unknown_categories(matrix: FeatureMatrix) -> list[str]:
    return [
        f"{feature}: {', '.join(values)} was never seen in training and is scored as missing."
        for feature, values in matrix.unknown_categories.items()
    ]


class ScoredBy(Protocol):
    """What the features of a model depend on; the services have it all."""

    @property
    def artifact(self) -> Artifact:
        """Where the model stands."""

    @property
    def package(self) -> ModelPackage:
        """The model."""

    @property
    def portfolio(self) -> Portfolio:
        """The past clients, whom row models must not have learnt from."""


def application_features(services: ScoredBy, directory: Path, tables: Mapping[TableName, ibis.Table]) -> FeatureMatrix:
    """Features of the applications to score, as the model wants them.

    Parameters
    ----------
    directory : Path
        Where the tables were read from, for the message if one is missing.
    tables : mapping of TableName to ibis.Table
        Raw tables; of two application tables application_test is taken.

    Raises
    ------
    DataError
        If a table that the model uses is missing.
    """
    description = services.package.description
    wanted = [feature for feature in description.features if feature.name not in ROW_SCORE_NAMES]
    available = {definition.name: definition for definition in available_definitions(tables)}
    missing = [
        feature
        for feature in description.features
        if feature.name not in available and not _is_computable_row_score(feature, tables)
    ]
    if missing:
        raise DataError(_missing_tables(directory, missing, tables))
    applications = BOOK_TABLES[Book.CURRENT if BOOK_TABLES[Book.CURRENT] in tables else Book.PAST]
    chosen = {name: table for name, table in tables.items() if name is applications or name not in BOOK_TABLES.values()}
    definitions = tuple(available[feature.name] for feature in wanted)
    frame = build_features(chosen, definitions, description.typical_incomes or NO_TYPICAL_INCOMES)
    matrix = to_matrix(frame, wanted, description.categories)
    return matrix if len(wanted) == len(description.features) else _with_row_scores(services, matrix, chosen)


def _is_computable_row_score(feature: Feature, tables: Collection[TableName]) -> bool:
    return feature.name in ROW_SCORE_NAMES and all(table in tables for table, _ in raw_columns(feature))


def _with_row_scores(
    services: ScoredBy, matrix: FeatureMatrix, tables: Mapping[TableName, ibis.Table]
) -> FeatureMatrix:
    """Add what the row models give: of a past client by the one that has not learnt from his outcome."""
    models = read_row_models(services.artifact.root / "model")
    past = services.portfolio.past
    learnt = LabelledClients(past.client_ids, past.outcomes, past.models)
    scored = compute_row_scores(models, tables, matrix.client_ids, learnt.fold_of_rows)
    lines = {
        feature.name: line
        for block in (matrix, scored)
        for feature, line in zip(block.features, block.values, strict=True)
    }
    features = services.package.description.features
    return replace(matrix, values=np.array([lines[feature.name] for feature in features]), features=features)


def _missing_tables(directory: Path, features: list[Feature], tables: Collection[TableName]) -> list[Fault]:
    used = {table for feature in features for table, _ in raw_columns(feature)}
    absent = sorted(used - set(tables) - set(BOOK_TABLES.values()))
    return [
        Fault(
            file=str(directory / table),
            problem="is missing, and the model uses it",
            allowed=f"{table}.csv, .csv.gz, .csv.zip or .parquet",
            remedy="Add the table, or train a model without it",
        )
        for table in absent
    ]


def _assessments(services: LoadedServices, matrix: FeatureMatrix) -> Iterator[Assessment]:
    """Assess every client in the order of the numbers; those of one model together."""
    package, past = services.package, services.portfolio.past
    rows = [client_row(int(number), matrix.values[:, i], package, past) for i, number in enumerate(matrix.client_ids)]
    return assess_in_order(services.engine, rows, threads=_THREADS, chunk=_CHUNK)


def _write_csv(items: Iterator[Assessment], path: Path) -> None:
    """Numbers are written so that they read back to the same last bit."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(cells(item) for item in items)


def _write_parquet(items: Iterator[Assessment], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = [pa.int64(), pa.float64(), pa.string(), pa.float64(), *[pa.string()] * (len(COLUMNS) - 4)]
    rows = [cells(item) for item in items]
    arrays = [pa.array([row[i] for row in rows], kind) for i, kind in enumerate(kinds)]
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), path)


_WRITERS: Mapping[str, Callable[[Iterator[Assessment], Path], None]] = {".csv": _write_csv, ".parquet": _write_parquet}


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """Give a temporary file that takes the place of ``out`` when all went well."""
    try:
        handle, name = tempfile.mkstemp(prefix=".writing-", suffix=out.suffix, dir=out.parent)
    except OSError as error:
        raise ConfigurationError(
            f"--out is {str(out)!r}: {error.strerror}. Name a file in a directory you may write."
        ) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(out)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
