"""The raw tables of a directory, typed and checked; nothing in them has been changed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import duckdb
import ibis.expr.types as ir

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.core.words import TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.reading.checks import (
    APPLICATIONS,
    check_clients_apart,
    check_outcomes,
    check_table,
    orphan_notices,
)
from scoring_dash.data.reading.layout import shown_names
from scoring_dash.data.reading.loading import OUTCOME_COLUMNS, Destination, load
from scoring_dash.data.reading.sources import Source, find_sources, missing_file

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

__all__ = ["MAXIMUM_FAULTS_PER_FILE", "SIMULATED_MARK", "RawTables", "clean", "read_tables"]

MAXIMUM_FAULTS_PER_FILE: Final = 20
SIMULATED_MARK: Final = "SIMULATED.json"


@dataclass(frozen=True, slots=True)
class RawTables:
    """The tables of one directory.

    Attributes
    ----------
    tables : mapping of TableName to ibis.Table
        The tables found, with the columns, order and types of the schema and the rows in the order
        of their file; not cleaned.
    sources : mapping of TableName to Path
        The file of each.
    notices : tuple of str
        What a person should know, though it stops nothing; complete sentences in English.
    simulated : bool
        Whether the directory is marked as a simulated portfolio.
    """

    tables: Mapping[TableName, ir.Table]
    sources: Mapping[TableName, Path]
    notices: tuple[str, ...]
    simulated: bool


def read_tables(directory: Path, connection: Backend, *, labelled: bool = True) -> RawTables:
    """Read every table of a directory into the connection and check them together.

    Each table may be ``.csv``, ``.csv.gz``, ``.csv.zip`` or ``.parquet``. The tables live in a schema of their own
    in the connection, so that two directories can be read into one connection; no file is needed afterwards.

    Parameters
    ----------
    directory : Path
        Holds one file a table. All but the application tables may be absent.
    connection : ibis DuckDB backend
        The engine; choose one on disk for tables larger than the memory.
    labelled : bool
        Whether past files are needed to learn from: application_train must be there, with both
        outcomes. Otherwise either application table will do and outcomes may be absent (null).

    Raises
    ------
    DataError
        With every fault of every file, at most ``MAXIMUM_FAULTS_PER_FILE`` for each.
    """
    found, faults = find_sources(directory)
    sources = {source.table: source for source in found}
    faults += _absent_applications(directory, sources, faults, labelled=labelled)
    database = _new_database(connection)
    with tempfile.TemporaryDirectory(prefix="scoring-") as workspace:
        tables, table_faults, notices = _load_all(
            found, Destination(connection, database, Path(workspace)), labelled=labelled
        )
    faults += table_faults
    if not faults:
        faults += check_clients_apart(tables, sources)
    if faults:
        _drop(connection, database)
        raise DataError(_capped(faults))
    return RawTables(
        tables=MappingProxyType(tables),
        sources=MappingProxyType({name: source.path for name, source in sources.items()}),
        notices=(*notices, *_absent_histories(sources), *orphan_notices(tables, sources)),
        simulated=(directory / SIMULATED_MARK).exists(),
    )


def _load_all(
    sources: Sequence[Source], destination: Destination, *, labelled: bool
) -> tuple[dict[TableName, ir.Table], list[Fault], list[str]]:
    tables: dict[TableName, ir.Table] = {}
    faults: list[Fault] = []
    notices: list[str] = []
    for source in sources:
        try:
            table, unexpected = load(source, destination, optional=frozenset() if labelled else OUTCOME_COLUMNS)
        except DataError as error:
            faults += error.faults
            continue
        tables[source.table] = table
        table_faults, table_notices = check_table(table, source)
        faults += table_faults
        if labelled and not table_faults and source.table is TableName.APPLICATION_TRAIN:
            faults += check_outcomes(table, source)
        notices += [*_ignored_columns(unexpected, source), *table_notices]
    return tables, faults, notices


def _absent_applications(
    directory: Path, sources: Mapping[TableName, Source], faults: Sequence[Fault], *, labelled: bool
) -> list[Fault]:
    needed = APPLICATIONS[:1] if labelled else APPLICATIONS
    blamed = {Path(fault.file).name.split(".")[0] for fault in faults}
    if any(name in sources or str(name) in blamed for name in needed):
        return []
    return [missing_file(directory, needed)]


def _absent_histories(sources: Mapping[TableName, Source]) -> list[str]:
    absent = [str(name) for name in TableName if name not in sources and name not in APPLICATIONS]
    if not absent:
        return []
    return [f"No file for {', '.join(absent)}: clients have no such history."]


def _ignored_columns(unexpected: Sequence[str], source: Source) -> list[str]:
    if not unexpected:
        return []
    return [f"{source.shown} has columns that the table does not know, ignored: {shown_names(unexpected)}."]


def _new_database(connection: Backend) -> str:
    number = 1
    # Try and see: asking for the list of schemas fails with this pair of versions of the engine and its layer.
    while not _was_created(f"raw_{number}", connection):
        number += 1
    return f"raw_{number}"


def _was_created(database: str, connection: Backend) -> bool:
    try:
        connection.create_database(database)
    except duckdb.CatalogException:
        return False
    return True


def _drop(connection: Backend, database: str) -> None:
    connection.raw_sql(f"DROP SCHEMA {database} CASCADE").fetchall()


def _capped(faults: Sequence[Fault]) -> list[Fault]:
    """Keep the first faults of each file and count the others."""
    kept: list[Fault] = []
    for file, group in groupby(faults, key=lambda fault: fault.file):
        of_file = list(group)
        kept += of_file[:MAXIMUM_FAULTS_PER_FILE]
        if len(of_file) > MAXIMUM_FAULTS_PER_FILE:
            more = len(of_file) - MAXIMUM_FAULTS_PER_FILE
            kept.append(Fault(file, f"has {more} more faults", remedy="Correct those above first"))
    return kept
