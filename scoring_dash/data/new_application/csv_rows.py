"""Rows out of a CSV file: commas, semicolons or tabs between cells, names of columns in the first row."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import IO, Final

from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.data.new_application.blocks import RowSink
from scoring_dash.data.new_application.cells import shown
from scoring_dash.data.new_application.faults import FaultList, refusal
from scoring_dash.data.new_application.opening import open_text, text_lines
from scoring_dash.data.schema import TABLES, Table

_DELIMITERS: Final = (",", ";", "\t")
_LONGEST_HEADER_SHOWN: Final = 60


def read_csv(stream: IO[bytes], sink: RowSink, faults: FaultList) -> None:
    """Bring the rows of a CSV file to a sink, one by one.

    Raises
    ------
    ApplicationFaultsError
        If the file cannot be read any further.
    """
    lines = text_lines(open_text(stream))
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise refusal(FaultCode.EMPTY_FILE)
    delimiter = _delimiter_of(first, TABLES[sink.table])
    rows = enumerate(csv.reader(itertools.chain([first], lines), delimiter=delimiter, strict=True), start=1)
    seen = 1
    try:
        _, header = next(rows)
        names = _take_header(header, sink, faults)
        for seen, cells in rows:
            _take_row(seen, cells, names, sink, faults)
    except csv.Error as error:
        raise refusal(FaultCode.DAMAGED, row=seen + 1) from error


def _delimiter_of(header: str, table: Table) -> str:
    """The delimiter that makes most columns of the table out of a header."""
    known = set(table.column_names)
    names = {sign: [name.strip(' "\r\n') for name in header.split(sign)] for sign in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: (sum(name in known for name in names[sign]), len(names[sign])))
    if len(names[best]) == 1 and names[best][0] not in known:
        raise refusal(FaultCode.WRONG_DELIMITER, shown(header.strip()[:_LONGEST_HEADER_SHOWN]))
    return best


def _take_header(header: Sequence[str], sink: RowSink, faults: FaultList) -> list[str]:
    names = [name.strip() for name in header]
    while names and not names[-1]:  # a spreadsheet may write empty columns at the end
        names.pop()
    for name, times in Counter(names).items():
        if times > 1:
            faults.add(ApplicationFault(FaultCode.REPEATED_COLUMN, None, shown(name), table=sink.table))
    sink.know(names)
    sink.require(names)
    return names


def _take_row(row: int, cells: Sequence[str], names: Sequence[str], sink: RowSink, faults: FaultList) -> None:
    if not any(cells):  # an empty line, or one of delimiters alone
        return
    if len(cells) != len(names) and any(cells[len(names) :] or [True]):
        count, wanted = str(len(cells)), (str(len(names)),)
        faults.add(ApplicationFault(FaultCode.WRONG_CELL_COUNT, row, None, count, wanted, sink.table))
        return
    sink.add(row, dict(zip(names, cells, strict=False)))
