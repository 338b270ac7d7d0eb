"""The tables of the clients' past, sent beside their applications: checked as strictly, then written for the recipes.

What was sent may use semicolons, decimal commas or JSON; it is written anew in the form that training reads, so that
the recipes of the features are the very same. The directory that it is written to lives as long as one request.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from scoring_dash.core.new_application import ApplicationFault, ApplicationFaultsError, FaultCode
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.blocks import BLOCK, RowSink, block_values
from scoring_dash.data.new_application.cells import shown
from scoring_dash.data.new_application.collect import Collector
from scoring_dash.data.new_application.columns import APPLICATION, CLIENT_NUMBER
from scoring_dash.data.new_application.faults import FaultList
from scoring_dash.data.schema import TABLES, Column, ColumnKind

HISTORY_TABLES: Final = tuple(
    name for name in TableName if name not in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)
)

Reading = Callable[[RowSink, FaultList], None]
"""Brings the rows of one table to a sink."""


def read_with_histories(
    applications: Reading, histories: Mapping[TableName, Reading], directory: Path
) -> NewApplications:
    """Read and check applications and the tables of their clients' past, and write all for the recipes.

    Parameters
    ----------
    histories : mapping of TableName to Reading
        Of the six tables, those that were sent; a client has no row in the others.
    directory : Path
        An empty directory; the caller removes it.

    Raises
    ------
    ApplicationFaultsError
        With every fault of every table.
    """
    faults = FaultList()
    collector = Collector(faults, needs_numbers=True)
    _bring(applications, collector, faults)
    for name in HISTORY_TABLES:
        with HistoryWriter(name, directory / f"{name}.csv", faults) as writer:
            if name in histories:
                _bring(histories[name], writer, faults)
    found = replace(collector.finish(), directory=directory)
    _write_applications(found, directory / f"{TableName.APPLICATION_TEST}.csv")
    return found


def _bring(reading: Reading, sink: RowSink, faults: FaultList) -> None:
    """Bring a table; what stops its reading is a fault among others, so that the other tables are checked too."""
    try:
        reading(sink, faults)
    except ApplicationFaultsError as error:
        for fault in error.faults:
            faults.add(replace(fault, table=sink.table))


class HistoryWriter:
    """Checks the rows of one table block by block and writes them in the order of the schema's columns.

    Parameters
    ----------
    name : TableName
    path : Path
        The file to write; it has a header even if no row comes.
    """

    def __init__(self, name: TableName, path: Path, faults: FaultList) -> None:
        self._columns = TABLES[name].columns
        self._keys = TABLES[name].key
        self._name = name
        self._path = path
        self._faults = faults
        self._unknown: set[str] = set()
        self._rows: list[tuple[int, Mapping[str, object]]] = []
        self._first_row: dict[FeatureValue, int] = {}
        self._open = ExitStack()

    def __enter__(self) -> HistoryWriter:
        stream = self._open.enter_context(self._path.open("w", newline="", encoding="utf-8"))
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow([column.name for column in self._columns])
        return self

    def __exit__(self, *_: object) -> None:
        self._take_block()
        self._open.close()

    @property
    def table(self) -> TableName:
        """Whose rows it takes."""
        return self._name

    def know(self, names: Iterable[str]) -> None:
        """Tell which columns the table does not have."""
        known = TABLES[self._name].column_names
        for name in names:
            if name not in known and name not in self._unknown:
                self._unknown.add(name)
                self._faults.add(ApplicationFault(FaultCode.UNKNOWN_COLUMN, None, shown(name), table=self._name))

    def require(self, present: Iterable[str], row: int | None = None) -> None:
        """Tell which columns are not there: a recipe may need any of them."""
        if row is not None:
            return  # of JSON a key that is left out is a value that is not known; what must be known is checked below
        for column in self._columns:
            if column.name not in present:
                self._faults.add(ApplicationFault(FaultCode.MISSING_COLUMN, None, column.name, table=self._name))

    def add(self, row: int, cells: Mapping[str, object]) -> None:
        """Take a row."""
        self._rows.append((row, cells))
        if len(self._rows) >= BLOCK:
            self._take_block()

    def _take_block(self) -> None:
        if not self._rows:
            return
        values = {
            column.name: block_values(self._rows, column, self._faults, self._name, ()) for column in self._columns
        }
        for name in self._keys:
            self._check_key(name, values[name])
        written = [_written(values[column.name], column) for column in self._columns]
        self._writer.writerows(zip(*written, strict=True))
        self._rows = []

    def _check_key(self, name: str, values: Iterable[FeatureValue]) -> None:
        for (row, _), value in zip(self._rows, values, strict=True):
            if value is None:
                continue
            before = self._first_row.setdefault(value, row)
            if before != row:
                told = str(int(value)) if isinstance(value, float) else str(value)
                self._faults.add(
                    ApplicationFault(FaultCode.REPEATED_NUMBER, row, name, told, (str(before),), self._name)
                )


def _write_applications(applications: NewApplications, path: Path) -> None:
    """The applications as the table of current files: what was not given or may not decide is empty."""
    columns: list[list[Any]] = []
    for column in APPLICATION.columns:
        if column.name == CLIENT_NUMBER:
            columns.append([str(number) for number in applications.numbers])
        elif column.name in applications.given:
            values = applications.given[column.name].tolist()
            columns.append(_written([None if value != value else value for value in values], column))  # noqa: PLR0124 - NaN
        else:
            columns.append([""] * len(applications))
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(APPLICATION.column_names)
        writer.writerows(zip(*columns, strict=True))


def _written(values: Iterable[FeatureValue], column: Column) -> list[str]:
    """Cells that read back to the same bits."""
    if column.kind is ColumnKind.INTEGER:
        return ["" if value is None else str(int(value)) for value in values]
    return ["" if value is None else str(value) for value in values]


def stream_reading(stream: IO[bytes], read: Callable[[IO[bytes], RowSink, FaultList], None]) -> Reading:
    """The reading of a file."""
    return lambda sink, faults: read(stream, sink, faults)
