"""The fast path: one file into one typed table of the engine, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from ibis.common.exceptions import IbisError

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.data.reading.diagnosis import diagnose
from scoring_dash.data.reading.layout import Expected, Layout, check_names, read_layout
from scoring_dash.data.reading.sources import FileForm, Source, unpacked
from scoring_dash.data.reading.values import allowed_values, remedy_for, shorten
from scoring_dash.data.schema import Column, ColumnKind, Table

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

_TYPES: Final = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}


@ibis.udf.scalar.builtin(name="error", signature=(("string",), "int64"))
def _stop(message: str) -> int:  # type: ignore[empty-body]
    """Make the engine stop: a fraction must not be rounded silently into a whole number."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where tables are loaded.

    Attributes
    ----------
    connection : ibis DuckDB backend
        The engine.
    database : str
        Schema of the engine in which tables are created, under their own names.
    workspace : Path
        Directory for unpacked files; nothing in it is needed afterwards.
    """

    connection: Backend
    database: str
    workspace: Path


def load(source: Source, expected: Expected, destination: Destination) -> tuple[ir.Table, tuple[str, ...]]:
    """Load one file into a new table.

    Parameters
    ----------
    source : Source
        The file.
    expected : Expected
        What it should hold.
    destination : Destination
        Where to.

    Returns
    -------
    table : ibis.Table
        Columns of the schema, in its order and of its types, null where an optional one is absent;
        rows in the order of the file.
    unexpected : tuple of str
        Columns of the file that were ignored.

    Raises
    ------
    DataError
        If the file cannot be read as this table; every fault found is in it.
    duckdb.OutOfMemoryException
        If the engine has no room for it.
    """
    reader = _load_parquet if source.form is FileForm.PARQUET else _load_csv
    with unpacked(source, destination.workspace) as path:
        return reader(path, source, expected, destination)


def _load_csv(
    path: Path, source: Source, expected: Expected, destination: Destination
) -> tuple[ir.Table, tuple[str, ...]]:
    table = expected.table
    layout = read_layout(path, source.shown, expected)
    try:
        with _view_of_csv(path, table, layout, destination.connection) as view:
            typed = _typed(view, table, {name: f"c{position}" for position, name in enumerate(layout.names)})
            return _create(typed, table, destination), layout.unexpected
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, IbisError, UnicodeDecodeError) as error:
        faults = diagnose(path, source.shown, table, layout) or [_unexplained(source, error)]
        raise DataError(faults) from error


def _load_parquet(
    path: Path, source: Source, expected: Expected, destination: Destination
) -> tuple[ir.Table, tuple[str, ...]]:
    table = expected.table
    try:
        with _view_of_parquet(path, table, destination.connection) as view:
            layout = check_names(view.columns, source.shown, expected)
            if faults := _parquet_faults(view, source, table):
                raise DataError(faults)
            typed = _typed(view, table, {name: name for name in layout.names})
            return _create(typed, table, destination), layout.unexpected
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, IbisError, UnicodeDecodeError) as error:
        problem = f"is not a readable Parquet file ({_first_line(error)})"
        raise DataError([Fault(source.shown, problem, remedy="Write or download the file again")]) from error


def _create(typed: ir.Table, table: Table, destination: Destination) -> ir.Table:
    return destination.connection.create_table(str(table.name), typed, database=destination.database)


@contextmanager
def _view_of_csv(path: Path, table: Table, layout: Layout, connection: Backend) -> Iterator[ir.Table]:
    # Columns go by position: a name in the file may be anything. Whole numbers are read as float64 because the
    # engine would round 1.5 into an integer column without a word.
    columns = {
        f"c{position}": "double" if name in table and table.column(name).kind is not ColumnKind.TEXT else "varchar"
        for position, name in enumerate(layout.names)
    }
    name = f"file_{table.name}"
    view = connection.read_csv(
        str(path),
        table_name=name,
        columns=columns,
        header=True,
        delim=",",
        quote='"',
        escape='"',
        compression="none",
        strict_mode=True,
    )
    try:
        yield view
    finally:
        _drop_view(name, connection)


@contextmanager
def _view_of_parquet(path: Path, table: Table, connection: Backend) -> Iterator[ir.Table]:
    name = f"file_{table.name}"
    view = connection.read_parquet(str(path), table_name=name)
    try:
        yield view
    finally:
        _drop_view(name, connection)


def _drop_view(name: str, connection: Backend) -> None:
    # In words of the engine: the layer's own drop_view writes a statement without the name.
    connection.raw_sql(f"DROP VIEW IF EXISTS {name}").fetchall()


def _typed(view: ir.Table, table: Table, places: Mapping[str, str]) -> ir.Table:
    """Select the columns of the schema, in its order and of its types."""
    return view.select(
        **{
            column.name: _cast(view[places[column.name]], column)
            if column.name in places
            else ibis.null(_TYPES[column.kind])
            for column in table.columns
        }
    )


def _cast(value: ir.Value, column: Column) -> ir.Value:
    if column.kind is ColumnKind.TEXT:
        return value.cast("string")
    number = value.cast("float64")
    if column.kind is ColumnKind.DECIMAL:
        return number
    return ibis.cases(
        (number.isnull(), ibis.null("int64")),
        (number == number.floor(), number.cast("int64")),
        else_=_stop(f"{column.name} is not whole"),
    )


def _parquet_faults(view: ir.Table, source: Source, table: Table) -> list[Fault]:
    """Compare stored types with the schema, and look for fractions where whole numbers are due."""
    faults = []
    for column in table.columns:
        if column.name not in view.columns:
            continue
        value = view[column.name]
        stored = value.type()
        if not _is_accepted(stored, column) and _has_values(view, column.name):
            faults.append(_wrong_type(source, column, str(stored)))
        elif column.kind is ColumnKind.INTEGER and (stored.is_floating() or stored.is_decimal()):
            faults += _fractions(view, column, source)
    return faults


def _is_accepted(stored: dt.DataType, column: Column) -> bool:
    if column.kind is ColumnKind.TEXT:
        return bool(stored.is_string())
    return bool(stored.is_numeric() or stored.is_boolean())


def _has_values(view: ir.Table, name: str) -> bool:
    # A column without any value has no telling type: writers choose one.
    return bool(view[name].count().to_pyarrow().as_py())


def _wrong_type(source: Source, column: Column, stored: str) -> Fault:
    return Fault(
        source.shown,
        f"is stored as {stored}",
        column=column.name,
        allowed=allowed_values(column),
        remedy="Write the column with the right type",
    )


def _fractions(view: ir.Table, column: Column, source: Source) -> list[Fault]:
    number = view[column.name].cast("float64")
    broken = view.select(value=number).filter((number != number.floor()) | number.isnan() | number.isinf())
    found = broken.limit(1).to_pyarrow().to_pylist()
    if not found:
        return []
    return [
        Fault(
            source.shown,
            "is not a whole number",
            column=column.name,
            value=shorten(found[0]["value"]),
            allowed=allowed_values(column),
            remedy=remedy_for(found[0]["value"]),
        )
    ]


def _unexplained(source: Source, error: Exception) -> Fault:
    return Fault(
        source.shown,
        f"cannot be read as CSV ({_first_line(error)})",
        allowed="comma-separated UTF-8 text with one line for each row",
        remedy="Write or download the file again",
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return shorten(lines[0])
