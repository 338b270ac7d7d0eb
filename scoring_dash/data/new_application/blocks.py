"""A block of rows, column by column: at once where a quick look finds all right, else cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np

from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.cells import CellFault, read_cell, shown
from scoring_dash.data.new_application.faults import FaultList
from scoring_dash.data.schema import Column, ColumnKind

BLOCK: Final = 500  # rows; stays in the processor's cache

Rows = Sequence[tuple[int, Mapping[str, object]]]
"""Number of the row, and its cells by column."""


class RowSink(Protocol):
    """Where the readers of CSV and JSON bring what they find."""

    @property
    def table(self) -> TableName:
        """Whose rows it takes."""

    def know(self, names: Iterable[str]) -> None:
        """Take note of columns; what is new is checked."""

    def require(self, present: Iterable[str], row: int | None = None) -> None:
        """Tell which columns that cannot be done without are not there."""

    def add(self, row: int, cells: Mapping[str, object]) -> None:
        """Take a row; raises ApplicationFaultsError if it is one too many."""


def block_values(
    rows: Rows, column: Column, faults: FaultList, table: TableName, positive: Collection[str]
) -> Sequence[FeatureValue]:
    """Values of one column; a cell that cannot be used is a fault, and missing.

    Parameters
    ----------
    positive : collection of str
        Columns of which zero is no value.
    """
    cells = [cells.get(column.name) for _, cells in rows]
    quick = quick_values(cells, column, positive)
    if quick is not None:
        return quick
    return [_value((row, cell), column, faults, table, positive) for (row, _), cell in zip(rows, cells, strict=True)]


def quick_values(cells: Sequence[Any], column: Column, positive: Collection[str]) -> list[Any] | None:
    """The values of a column if every cell is plainly right; None means that a closer look is needed."""
    known = [cell for cell in cells if cell is not None and cell != ""]
    if len(known) < len(cells) and not column.nullable:
        return None
    if column.kind is ColumnKind.TEXT:
        names = {*(column.categories or ()), *column.sentinels}
        is_right = all(isinstance(cell, str) for cell in known) and names.issuperset(known)
        return [cell or None for cell in cells] if is_right else None
    return _numbers_quickly(cells, known, column, column.name in positive)


def _value(
    place: tuple[int, object], column: Column, faults: FaultList, table: TableName, positive: Collection[str]
) -> FeatureValue:
    row, cell = place
    value = read_cell(cell, column, positive)
    if not isinstance(value, CellFault):
        return value
    told = None if value.code is FaultCode.EMPTY_CELL else shown(cell)
    faults.add(ApplicationFault(value.code, row, column.name, told, value.candidates, table))
    return None


def _numbers_quickly(cells: Sequence[Any], known: Sequence[Any], column: Column, is_positive: bool) -> list[Any] | None:
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
    if not is_right or (is_positive and 0.0 in numbers):
        return None
    if column.kind is ColumnKind.INTEGER and not all(map(float.is_integer, numbers)):
        return None
    return [None if cell is None or cell == "" else float(cell) for cell in cells]
