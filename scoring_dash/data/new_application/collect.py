"""Rows of cells, checked and gathered column by column; blocks keep the memory small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.new_application import MOST_APPLICATIONS, ApplicationFault, FaultCode
from scoring_dash.core.results import FeatureValue
from scoring_dash.data.new_application.applications import NewApplications, clean
from scoring_dash.data.new_application.cells import CellFault, read_cell, shown
from scoring_dash.data.new_application.columns import CLIENT_NUMBER, COLUMNS, NEEDED, NEVER_READ, POSITIVE
from scoring_dash.data.new_application.columns import nearest_columns as nearest
from scoring_dash.data.new_application.faults import FaultList, refusal
from scoring_dash.data.schema import Column, ColumnKind

_BLOCK: Final = 500  # rows; stays in the processor's cache


class Collector:
    """Gathers the rows of one file.

    Parameters
    ----------
    faults : FaultList
        Where faults go.
    """

    def __init__(self, faults: FaultList) -> None:
        self._faults = faults
        self._columns: dict[str, str] = {}  # as read → as the file writes it, in the order of first sight
        self._ignored: dict[str, None] = {}
        self._unknown: set[str] = set()
        self._rows: list[tuple[int, Mapping[str, object]]] = []
        self._blocks: list[tuple[int, dict[str, NDArray[Any]]]] = []
        self._numbers: list[int | None] = []
        self._first_row: dict[int, int] = {}
        self._without_number: list[int] = []

    def know(self, names: Iterable[str]) -> None:
        """Take note of the columns of a header, or of the keys of an object; what is new is checked."""
        for name in names:
            if name in COLUMNS:
                self._columns.setdefault(name, name)
            elif name in NEVER_READ:
                self._ignored.setdefault(name)
            elif name not in self._unknown:
                self._unknown.add(name)
                self._faults.add(
                    ApplicationFault(FaultCode.UNKNOWN_COLUMN, None, shown(name), candidates=nearest(name))
                )

    def require(self, present: Iterable[str], row: int | None = None) -> None:
        """Tell which columns that no application can do without are not there."""
        for name in NEEDED:
            if name not in present:
                self._faults.add(ApplicationFault(FaultCode.MISSING_COLUMN, row, name))

    def add(self, row: int, cells: Mapping[str, object]) -> None:
        """Take a row.

        Raises
        ------
        ApplicationFaultsError
            If it is one too many.
        """
        if len(self._numbers) + len(self._rows) >= MOST_APPLICATIONS:
            raise refusal(FaultCode.TOO_MANY_ROWS)
        self._rows.append((row, cells))
        if len(self._rows) >= _BLOCK:
            self._take_block()

    def finish(self) -> NewApplications:
        """All rows together.

        Raises
        ------
        ApplicationFaultsError
            With every fault found.
        """
        self._take_block()
        if not self._numbers and not self._faults:
            raise refusal(FaultCode.NO_ROWS)
        self._check_numbers()
        self._faults.refuse_any()
        given = {
            name: np.concatenate([block.get(name, _nothing(name, rows)) for rows, block in self._blocks])
            for name in self._columns
            if name != CLIENT_NUMBER
        }
        return NewApplications(tuple(self._numbers), given, tuple(self._ignored))

    def _take_block(self) -> None:
        if not self._rows:
            return
        numbers = self._values(COLUMNS[CLIENT_NUMBER]) if CLIENT_NUMBER in self._columns else [None] * len(self._rows)
        self._numbers += [self._new_number(row, number) for (row, _), number in zip(self._rows, numbers, strict=True)]
        block = {
            name: clean(_array(self._values(COLUMNS[name]), COLUMNS[name]), COLUMNS[name])
            for name in self._columns
            if name != CLIENT_NUMBER
        }
        self._blocks.append((len(self._rows), block))
        self._rows = []

    def _values(self, column: Column) -> Sequence[Any]:
        """Values of a column of the block: at once if a quick look finds all right, else cell by cell."""
        name = column.name
        cells = [cells.get(name) for _, cells in self._rows]
        quick = _quickly(cells, column)
        if quick is not None:
            return quick
        return [self._value(row, cell, column) for (row, _), cell in zip(self._rows, cells, strict=True)]

    def _value(self, row: int, cell: object, column: Column) -> FeatureValue:
        if column.name == CLIENT_NUMBER and cell in (None, ""):
            self._without_number.append(row)
            return None  # told at the end: a single application needs none
        value = read_cell(cell, column)
        if not isinstance(value, CellFault):
            return value
        told = None if value.code is FaultCode.EMPTY_CELL else shown(cell)
        self._faults.add(ApplicationFault(value.code, row, column.name, told, value.candidates))
        return None

    def _new_number(self, row: int, number: float | None) -> int | None:
        if number is None:
            return None
        whole = int(number)
        if whole in self._first_row:
            before = str(self._first_row[whole])
            self._faults.add(ApplicationFault(FaultCode.REPEATED_NUMBER, row, CLIENT_NUMBER, str(whole), (before,)))
        self._first_row.setdefault(whole, row)
        return whole

    def _check_numbers(self) -> None:
        """Several applications must be told apart."""
        if len(self._numbers) < 2:
            return
        if CLIENT_NUMBER not in self._columns:
            self._faults.add(ApplicationFault(FaultCode.MISSING_COLUMN, None, CLIENT_NUMBER))
            return
        for row in self._without_number:
            self._faults.add(ApplicationFault(FaultCode.EMPTY_CELL, row, CLIENT_NUMBER))


def _quickly(cells: Sequence[Any], column: Column) -> list[Any] | None:
    """The values of a column if every cell is plainly right; None means that a closer look is needed."""
    if column.name == CLIENT_NUMBER:
        return None
    known = [cell for cell in cells if cell is not None and cell != ""]
    if len(known) < len(cells) and not column.nullable:
        return None
    if column.kind is ColumnKind.TEXT:
        names = {*(column.categories or ()), *column.sentinels}
        is_right = all(isinstance(cell, str) for cell in known) and names.issuperset(known)
        return [cell or None for cell in cells] if is_right else None
    return _numbers_quickly(cells, known, column)


def _numbers_quickly(cells: Sequence[Any], known: Sequence[Any], column: Column) -> list[Any] | None:
    if not all(type(cell) in (str, float, int) for cell in known):
        return None
    text = "".join(cell for cell in known if isinstance(cell, str))
    if not text.isascii() or "_" in text:  # float() would read both, and a spreadsheet neither
        return None
    try:
        numbers = [float(cell) for cell in known]
    except (ValueError, OverflowError):
        return None
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    is_right = all(low <= number <= high or number in column.sentinels for number in numbers)  # holds NaN back
    if not is_right or (column.name in POSITIVE and 0.0 in numbers):
        return None
    if column.kind is ColumnKind.INTEGER and not all(map(float.is_integer, numbers)):
        return None
    return [None if cell is None or cell == "" else float(cell) for cell in cells]


def _array(values: Sequence[Any], column: Column) -> NDArray[Any]:
    if column.kind is ColumnKind.TEXT:
        return np.array(values, dtype=object)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _nothing(name: str, rows: int) -> NDArray[Any]:
    """A column that the first objects of a JSON list did not hold."""
    return _array([None] * rows, COLUMNS[name])
