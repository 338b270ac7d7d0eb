"""What can be wrong with new applications, cell by cell: codes that i18n turns into sentences of either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoring_dash.core.errors import ScoringError
from scoring_dash.core.words import TableName

MOST_APPLICATIONS: Final = 10_000
"""Applications of one file or one request: a minute of one processor, and no more."""

MOST_BYTES: Final = 50 * 1024 * 1024
"""Ten thousand complete applications take less than a fifth of it."""


class FaultCode(StrEnum):
    """What is wrong; the same word in the program's interface."""

    # The file as a whole.
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    WRONG_ENCODING = "wrong_encoding"
    WRONG_FORMAT = "wrong_format"  # a workbook, an archive, a picture
    DAMAGED = "damaged"
    WRONG_DELIMITER = "wrong_delimiter"
    # Its columns.
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    # A row.
    NOT_AN_OBJECT = "not_an_object"
    WRONG_CELL_COUNT = "wrong_cell_count"
    # A cell.
    EMPTY_CELL = "empty_cell"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NOT_FINITE = "not_finite"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    NOT_POSITIVE = "not_positive"
    FORMULA = "formula"
    UNKNOWN_CATEGORY = "unknown_category"
    REPEATED_NUMBER = "repeated_number"  # what identifies a row, given to two
    # Several tables.
    UNKNOWN_TABLE = "unknown_table"
    NO_TABLE_ENGINE = "no_table_engine"  # the server was installed without it


@dataclass(frozen=True, slots=True)
class ApplicationFault:
    """One thing that is wrong with new applications.

    Attributes
    ----------
    row : int or None
        Of a CSV file as a spreadsheet counts (the header is row 1), of JSON the place in the list, from 1; None where
        the whole file is meant.
    column : str or None
        As the file writes it.
    value : str or None
        The offending value, shortened.
    candidates : tuple of str
        What would have been accepted, the nearest first: categories, names of columns, or ways to write a number.
    table : TableName
        In which table; that of the applications, or one of their clients' past.
    """

    code: FaultCode
    row: int | None = None
    column: str | None = None
    value: str | None = None
    candidates: tuple[str, ...] = ()
    table: TableName = TableName.APPLICATION_TEST


class ApplicationFaultsError(ScoringError):
    """New applications cannot be scored; every fault found is told, not only the first.

    Parameters
    ----------
    faults : sequence of ApplicationFault
        At least one.
    more : int
        How many further faults were found that are not among them.
    """

    exit_code = 65  # EX_DATAERR of sysexits.h.

    def __init__(self, faults: Sequence[ApplicationFault], more: int = 0) -> None:
        self.faults = tuple(faults)
        self.more = more
        told = "; ".join(
            f"{fault.code} (row {fault.row}, column {fault.column}, value {fault.value!r})" for fault in self.faults[:3]
        )
        super().__init__(f"The applications have {len(self.faults) + more} faults, such as {told}. Correct them.")
