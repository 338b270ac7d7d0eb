"""Why a CSV file could not be loaded: a slow and plain second reading, run only after the fast one failed."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from scoring_dash.core.errors import Fault
from scoring_dash.data.reading.layout import Layout
from scoring_dash.data.reading.values import MISSING_REMEDY, allowed_values, is_in_range, remedy_for, shorten
from scoring_dash.data.schema import Column, ColumnKind, Table

_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_NOT_FINITE: Final = {"nan", "inf", "+inf", "-inf", "infinity", "-infinity"}
_MISSING_WORDS: Final = {"na", "n/a", "null", "none", "#n/a", "-", "?"}
_BLOCK_ROWS: Final = 500  # stays in the processor's cache: blocks of 2,000 take nearly twice as long
_UTF8_REMEDY: Final = "Save the file as UTF-8"


def diagnose(path: Path, shown: str, table: Table, layout: Layout) -> list[Fault]:
    """Read the file again, value by value, and tell the first fault of each column with its line.

    Parameters
    ----------
    path : Path
        Plain CSV file whose header has been accepted.
    shown : str
        Its name in messages.
    table : Table
        What it should hold.
    layout : Layout
        Its columns.

    Returns
    -------
    list of Fault
        Empty if this reading finds nothing wrong.
    """
    reading = _Reading(shown, table, layout)
    with path.open("rb") as handle:
        try:
            reading.read(handle)
        except UnicodeDecodeError:
            problem = f"is not UTF-8 text (it looks like Latin-1) at line {reading.lines_seen}"
            reading.structural.append(Fault(shown, problem, remedy=_UTF8_REMEDY))
        except csv.Error as error:
            reading.structural.append(reading.broken_quote(str(error)))
    return reading.faults()


@dataclass
class _Reading:
    """What the second reading has seen so far."""

    shown: str
    table: Table
    layout: Layout
    lines_seen: int = 0
    row_start: int = 1
    line_ends: set[bool] = field(default_factory=set)
    structural: list[Fault] = field(default_factory=list)
    by_column: dict[str, Fault] = field(default_factory=dict)
    block: list[tuple[int, list[str]]] = field(default_factory=list)

    def read(self, handle: IO[bytes]) -> None:
        reader = csv.reader(self._lines(handle), strict=True)
        next(reader, None)
        self.row_start = reader.line_num + 1
        try:
            for row in reader:
                if row:
                    self._keep(row)
                self.row_start = reader.line_num + 1
        finally:
            self._check_block()

    def faults(self) -> list[Fault]:
        found = self.structural[:1]
        if not found and not self.by_column and len(self.line_ends) > 1:
            found.append(Fault(self.shown, "mixes Windows and Unix line ends", remedy="Save it with one kind only"))
        return [*found, *self.by_column.values()]

    def broken_quote(self, error: str) -> Fault:
        opened = "unexpected end of data" in error or "field limit" in error
        problem = "has a quotation mark that is never closed" if opened else f"is not valid CSV ({error})"
        return Fault(
            self.shown,
            f"{problem}, at line {self.row_start}",
            remedy="Close the quotation mark, or copy the file again if it was cut off",
        )

    def _lines(self, handle: IO[bytes]) -> Iterator[str]:
        for raw in handle:
            self.lines_seen += 1
            if raw.endswith(b"\n"):
                self.line_ends.add(raw.endswith(b"\r\n"))
            yield raw.decode("utf-8-sig" if self.lines_seen == 1 else "utf-8")

    def _keep(self, row: list[str]) -> None:
        expected = len(self.layout.names)
        if len(row) == expected or row[expected:] == [""]:
            self.block.append((self.row_start, row))
            if len(self.block) >= _BLOCK_ROWS:
                self._check_block()
        elif not self.structural:
            self.structural.append(
                Fault(
                    self.shown,
                    f"has {len(row)} values at line {self.row_start}",
                    allowed=f"{expected} values, as in the first line",
                    remedy="Correct the line, or copy the file again if it was cut off there",
                )
            )

    def _check_block(self) -> None:
        """Look at a block column by column, and cell by cell only where the whole column is not fine."""
        for position, name in enumerate(self.layout.names):
            if name not in self.table or name in self.by_column:
                continue
            column = self.table.column(name)
            if not _all_fine([row[position] for _, row in self.block], column):
                self._find_fault(position, column)
        self.block.clear()

    def _find_fault(self, position: int, column: Column) -> None:
        for line, row in self.block:
            if problem := _problem(row[position], column):
                self.by_column[column.name] = Fault(
                    self.shown,
                    f"{problem} at line {line}",
                    column=column.name,
                    value=shorten(row[position]),
                    allowed=allowed_values(column),
                    remedy=_remedy(row[position]),
                )
                return


def _all_fine(cells: list[str], column: Column) -> bool:
    """Whether a quick look finds every cell right; False only means that a closer look is needed."""
    known = [cell for cell in cells if cell]
    if len(known) < len(cells) and not column.nullable:
        return False
    if column.kind is ColumnKind.TEXT:
        return True
    try:
        numbers = [float(cell) for cell in known]
    except ValueError:
        return False
    if column.kind is ColumnKind.INTEGER and not all(map(float.is_integer, numbers)):
        return False
    low = -math.inf if column.minimum is None else column.minimum
    high = math.inf if column.maximum is None else column.maximum
    outside = [number for number in numbers if not low <= number <= high]  # holds NaN too
    return all(number in column.sentinels for number in outside) and "".join(known).isascii()


def _problem(text: str, column: Column) -> str | None:
    """Say what is wrong with a cell; None if nothing is."""
    if text == "":
        return None if column.nullable else "is empty"
    if column.kind is ColumnKind.TEXT:
        return None
    if text.strip().casefold() in _NOT_FINITE:
        return "is not a finite number"
    return _number_problem(float(text), column) if _NUMBER.fullmatch(text) else "is not a number"


def _number_problem(number: float, column: Column) -> str | None:
    if not math.isfinite(number):
        return "is not a finite number"
    if column.kind is ColumnKind.INTEGER and not number.is_integer():
        return "is not a whole number"
    return None if is_in_range(number, column) else "is out of range"


def _remedy(text: str) -> str:
    if text.strip().casefold() in _MISSING_WORDS | _NOT_FINITE:
        return MISSING_REMEDY
    if re.fullmatch(r"\s*-?\d+,\d+\s*", text):
        return "Write decimals with a point"
    return remedy_for(text or None)
