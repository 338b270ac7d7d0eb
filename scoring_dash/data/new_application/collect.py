"""Rows of cells, checked and gathered column by column; blocks keep the memory small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.new_application import MOST_APPLICATIONS, ApplicationFault, FaultCode
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.applications import NewApplications, clean
from scoring_dash.data.new_application.blocks import BLOCK, block_values
from scoring_dash.data.new_application.cells import shown
from scoring_dash.data.new_application.columns import CLIENT_NUMBER, COLUMNS, NEEDED, NEVER_READ, POSITIVE
from scoring_dash.data.new_application.columns import nearest_columns as nearest
from scoring_dash.data.new_application.faults import FaultList, refusal
from scoring_dash.data.schema import Column, ColumnKind


class Collector:
    """Gathers the rows of one file.

    Parameters
    ----------
    faults : FaultList
        Where faults go.
    needs_numbers : bool
        Whether even a single application must have a client number: its client's past is found by it.
    """

    def __init__(self, faults: FaultList, *, needs_numbers: bool = False) -> None:
        self._needs_numbers = needs_numbers
        self._faults = faults
        self._columns: dict[str, str] = {}  # as read → as the file writes it, in the order of first sight
        self._ignored: dict[str, None] = {}
        self._unknown: set[str] = set()
        self._rows: list[tuple[int, Mapping[str, object]]] = []
        self._blocks: list[tuple[int, dict[str, NDArray[Any]]]] = []
        self._numbers: list[int | None] = []
        self._first_row: dict[int, int] = {}
        self._without_number: list[int] = []

    @property
    def table(self) -> TableName:
        """Whose rows it takes."""
        return TableName.APPLICATION_TEST

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
        if len(self._rows) >= BLOCK:
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
        numbers = self._numbers_of_block() if CLIENT_NUMBER in self._columns else [None] * len(self._rows)
        self._numbers += [self._new_number(row, number) for (row, _), number in zip(self._rows, numbers, strict=True)]
        block = {
            name: clean(_array(self._values(COLUMNS[name]), COLUMNS[name]), COLUMNS[name])
            for name in self._columns
            if name != CLIENT_NUMBER
        }
        self._blocks.append((len(self._rows), block))
        self._rows = []

    def _values(self, column: Column) -> Sequence[Any]:
        return block_values(self._rows, column, self._faults, self.table, POSITIVE)

    def _numbers_of_block(self) -> Sequence[Any]:
        """Client numbers; that one is missing is told at the end, since a single application needs none."""
        column = replace(COLUMNS[CLIENT_NUMBER], nullable=True)
        self._without_number += [row for row, cells in self._rows if cells.get(CLIENT_NUMBER) in (None, "")]
        return self._values(column)

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
        if len(self._numbers) < (1 if self._needs_numbers else 2):
            return
        if CLIENT_NUMBER not in self._columns:
            self._faults.add(ApplicationFault(FaultCode.MISSING_COLUMN, None, CLIENT_NUMBER))
            return
        for row in self._without_number:
            self._faults.add(ApplicationFault(FaultCode.EMPTY_CELL, row, CLIENT_NUMBER))


def _array(values: Sequence[Any], column: Column) -> NDArray[Any]:
    if column.kind is ColumnKind.TEXT:
        return np.array(values, dtype=object)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _nothing(name: str, rows: int) -> NDArray[Any]:
    """A column that the first objects of a JSON list did not hold."""
    return _array([None] * rows, COLUMNS[name])
