"""The raw tables of a directory, typed and checked; nothing in them has been changed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
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
from scoring_dash.data.reading.layout import Expected, shown_names
from scoring_dash.data.reading.loading import Destination, load
from scoring_dash.data.reading.sources import Source, find_sources, missing_file
from scoring_dash.data.reading.values import counted
from scoring_dash.data.schema import TABLES

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

__all__ = ["MAXIMUM_FAULTS_PER_FILE", "SIMULATED_MARK", "RawTables", "clean", "read_table", "read_tables"]

MAXIMUM_FAULTS_PER_FILE: Final = 20
SIMULATED_MARK: Final = "SIMULATED.json"
OUTCOME: Final = "TARGET"


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
        destination = Destination(connection, database, Path(workspace))
        tables, table_faults, notices = _read_all(found, destination, labelled=labelled)
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


def read_table(source: Source, destination: Destination, *, labelled: bool = True) -> tuple[ir.Table, list[str]]:
    """Read one table and check it by itself.

    Parameters
    ----------
    source : Source
        Its file.
    destination : Destination
        Where to.
    labelled : bool
        As in ``read_tables``.

    Returns
    -------
    table : ibis.Table
        As in ``RawTables``.
    notices : list of str
        What a person should know of it.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    try:
        return _load_and_check(source, destination, labelled=labelled)
    except duckdb.OutOfMemoryException as error:
        problem = f"does not fit into the engine ({str(error).splitlines()[0]})"
        remedy = "Give the engine more memory, or a database on disk with room"
        raise DataError([Fault(source.shown, problem, remedy=remedy)]) from error


def _load_and_check(source: Source, destination: Destination, *, labelled: bool) -> tuple[ir.Table, list[str]]:
    expected = _expected(source.table, labelled=labelled)
    table, unexpected = load(source, expected, destination)
    faults, notices = check_table(table, source, expected.table)
    if labelled and not faults and source.table is TableName.APPLICATION_TRAIN:
        faults = check_outcomes(table, source)
    if faults:
        raise DataError(faults)
    return table, [*_ignored_columns(unexpected, source), *notices]


def _read_all(
    sources: Sequence[Source], destination: Destination, *, labelled: bool
) -> tuple[dict[TableName, ir.Table], list[Fault], list[str]]:
    tables: dict[TableName, ir.Table] = {}
    faults: list[Fault] = []
    notices: list[str] = []
    for source in sources:
        try:
            tables[source.table], of_table = read_table(source, destination, labelled=labelled)
            notices += of_table
        except DataError as error:
            faults += error.faults
    return tables, faults, notices


def _expected(name: TableName, *, labelled: bool) -> Expected:
    table = TABLES[name]
    if labelled or OUTCOME not in table:
        return Expected(table)
    columns = tuple(replace(column, nullable=column.nullable or column.name == OUTCOME) for column in table.columns)
    return Expected(replace(table, columns=columns), optional=frozenset({OUTCOME}))


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
    # In words of the engine: the layer's own lists and drops do not work with this version of the engine.
    taken = {name for (name,) in connection.raw_sql("SELECT schema_name FROM information_schema.schemata").fetchall()}
    database = next(name for number in count(1) if (name := f"raw_{number}") not in taken)
    connection.create_database(database)
    return database


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
            kept.append(Fault(file, f"has {counted(more, 'more fault')}", remedy="Correct those above first"))
    return kept
