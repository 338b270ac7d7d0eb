"""The first line of a CSV file: encoding, separator and columns."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.data.schema import TABLES, Table

_LONGEST_HEADER: Final = 2**20
_SAMPLE: Final = 4_096
_MOST_COLUMNS: Final = 1_000
_SHOWN_NAMES: Final = 10
_ALIKE: Final = 0.7
_OTHER_SEPARATORS: Final = {";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
_FOREIGN_FORMATS: Final = {
    b"\x1f\x8b": ("a gzip file", ".csv.gz"),
    b"PK\x03\x04": ("a zip file", ".csv.zip"),
    b"PAR1": ("a Parquet file", ".parquet"),
}
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_REMEDY: Final = "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8, comma-separated”)"


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a file, by position.

    Attributes
    ----------
    names : tuple of str
        Names in the header, without surrounding spaces.
    unexpected : tuple of str
        Those that the table does not have; they are ignored.
    """

    names: tuple[str, ...]
    unexpected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should hold.

    Attributes
    ----------
    table : Table
        Its table.
    optional : frozenset of str
        Columns that may be absent.
    """

    table: Table
    optional: frozenset[str] = frozenset()


def read_layout(path: Path, shown: str, expected: Expected) -> Layout:
    """Read and check the header of a CSV file.

    Parameters
    ----------
    path : Path
        Plain CSV file.
    shown : str
        Its name in messages.
    expected : Expected
        What it should hold.

    Raises
    ------
    DataError
        If the file is not UTF-8 text separated by commas, or its columns are not those of the table.
    """
    return check_names(_header_names(path, shown), shown, expected)


def check_names(names: Sequence[str], shown: str, expected: Expected) -> Layout:
    """Compare the columns of a file with those of the table; the order is free.

    Raises
    ------
    DataError
        If columns are missing or duplicated; says so if they are those of another table.
    """
    table = expected.table
    missing = [name for name in table.column_names if name not in names and name not in expected.optional]
    duplicates = [name for name, times in Counter(names).items() if times > 1]
    faults: list[Fault] = []
    if missing:
        faults.append(_missing_columns(names, missing, shown, table))
    if duplicates and len(missing) < len(table.columns):  # else the first line is no header at all
        faults.append(
            Fault(
                shown,
                f"has several columns of the same name: {shown_names(duplicates)}",
                column=duplicates[0],
                allowed="each column once",
                remedy="Remove or rename the extra ones",
            )
        )
    if faults:
        raise DataError(faults)
    return Layout(tuple(names), tuple(name for name in names if name not in table))


def shown_names(names: Sequence[str]) -> str:
    """List names for a message: the first ten, each cut if it is long, and how many more."""
    shown = ", ".join(name if len(name) <= 60 else f"{name[:57]}..." for name in names[:_SHOWN_NAMES])
    more = len(names) - _SHOWN_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _header_names(path: Path, shown: str) -> list[str]:
    with path.open("rb") as handle:
        start = handle.read(_LONGEST_HEADER)
    line = _first_line(start, shown)
    try:
        names = next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise _refused(shown, f"has a first line that is not CSV ({error})", "Check its quotation marks") from error
    if len(names) == 1:
        _check_separator(line, shown)
    if len(names) > _MOST_COLUMNS:
        raise _refused(
            shown, f"has {len(names):,} columns; at most {_MOST_COLUMNS:,} are accepted", "Check what the file holds"
        )
    return [name.strip() for name in names]


def _first_line(start: bytes, shown: str) -> str:
    for magic, (format_name, extension) in _FOREIGN_FORMATS.items():
        if start.startswith(magic):
            raise _refused(shown, f"is {format_name}, not CSV text", f"Give it the extension {extension}")
    beginning = start[:_SAMPLE]
    if start.startswith(_UTF16_MARKS) or beginning.count(0) > len(beginning) / 4:
        raise _refused(shown, "is not UTF-8 text (it looks like UTF-16 or a binary file)", _UTF8_REMEDY)
    line, end, _ = start.partition(b"\n")
    if b"\r" in line.rstrip(b"\r"):
        raise _refused(shown, "ends its lines with a lone carriage return", "Save it with line feeds (Unix or Windows)")
    if not end and len(start) == _LONGEST_HEADER:
        raise _refused(shown, f"has a first line of more than {_LONGEST_HEADER:,} bytes", "Check what the file holds")
    if not line.strip():
        raise _refused(shown, "has an empty first line", "The first line must name the columns")
    try:
        return line.rstrip(b"\r").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(shown, "is not UTF-8 text (it looks like Latin-1) at line 1", _UTF8_REMEDY) from error


def _check_separator(line: str, shown: str) -> None:
    for separator, name in _OTHER_SEPARATORS.items():
        if separator in line:
            raise DataError(
                [
                    Fault(
                        shown,
                        f"separates its columns with {name}",
                        value=separator,
                        allowed="a comma, with a decimal point in numbers",
                        remedy="Save it again as comma-separated CSV",
                    )
                ]
            )


def _missing_columns(names: Sequence[str], missing: Sequence[str], shown: str, table: Table) -> Fault:
    remedy = "Add them; the order of the columns is free"
    other = _table_alike(names)
    if other is not None and other.name is not table.name:
        remedy = f"Its columns are those of {other.name}: is it the right file?"
    elif twins := [name for name in names if name.upper() in missing]:
        remedy = f"The file has {shown_names(twins)}: write the names in capitals"
    elif not set(names) & set(table.column_names):
        remedy = "The first line must name the columns; their order is free"
    return Fault(
        shown,
        f"lacks {len(missing)} of the {len(table.columns)} columns of {table.name}: {shown_names(missing)}",
        column=missing[0],
        remedy=remedy,
    )


def _table_alike(names: Sequence[str]) -> Table | None:
    """Find the table that shares the largest part of its columns with these, if that is most of them."""

    def likeness(table: Table) -> float:
        return len(set(names) & set(table.column_names)) / len(set(names) | set(table.column_names))

    best = max(TABLES.values(), key=likeness)
    return best if likeness(best) >= _ALIKE else None


def _refused(shown: str, problem: str, remedy: str) -> DataError:
    return DataError([Fault(shown, problem, remedy=remedy)])
