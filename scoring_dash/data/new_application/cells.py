"""One cell of a new application: its value, or what is wrong with it; ranges and categories are the schema's."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from scoring_dash.core.new_application import FaultCode
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.typography import folded
from scoring_dash.data.new_application.columns import POSITIVE
from scoring_dash.data.new_application.numbers import read_number, readings_of
from scoring_dash.data.reading.values import is_in_range
from scoring_dash.data.schema import Column, ColumnKind

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell instead of showing it."""

_LONGEST_SHOWN: Final = 60
_LONGEST_COMPARED: Final = 80
_ALIKE: Final = 0.3


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why a cell cannot be used."""

    code: FaultCode
    candidates: tuple[str, ...] = ()


def read_cell(cell: object, column: Column, positive: Collection[str] = POSITIVE) -> FeatureValue | CellFault:
    """Value of a cell: text of a CSV file, or a value of JSON.

    Parameters
    ----------
    positive : collection of str
        Columns of which zero is no value.

    Returns
    -------
    float, str, None or CellFault
        None where the cell is empty and may be. Codes for "unknown" are values here; cleaning makes them missing.
    """
    value = cell.strip() if isinstance(cell, str) else cell
    if value is None or value == "":
        return None if column.nullable else CellFault(FaultCode.EMPTY_CELL)
    if column.kind is ColumnKind.TEXT:
        return _category(value, column)
    return _number(value, column, positive)


def shown(cell: object) -> str:
    """A cell as a message shows it: short, on one line, without signs that would not print."""
    text = cell if isinstance(cell, str) else repr(cell)
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[: _LONGEST_SHOWN + 1])
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def _number(value: object, column: Column, positive: Collection[str]) -> float | CellFault:
    number = _as_number(value)
    if isinstance(number, CellFault):
        return number
    if column.kind is ColumnKind.INTEGER and not number.is_integer():
        return CellFault(FaultCode.NOT_WHOLE)
    if number == 0 and column.name in positive:
        return CellFault(FaultCode.NOT_POSITIVE)
    return number if is_in_range(number, column) else CellFault(FaultCode.OUT_OF_RANGE)


def _as_number(value: object) -> float | CellFault:
    if isinstance(value, str):
        return _number_of_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return CellFault(FaultCode.NOT_A_NUMBER)
    try:
        number = float(value)
    except OverflowError:
        return CellFault(FaultCode.NOT_FINITE)
    return number if math.isfinite(number) else CellFault(FaultCode.NOT_FINITE)


def _number_of_text(text: str) -> float | CellFault:
    number = read_number(text)
    if not isinstance(number, FaultCode):
        return number
    if number is FaultCode.AMBIGUOUS_NUMBER:
        return CellFault(number, readings_of(text))
    is_formula = number is FaultCode.NOT_A_NUMBER and text.startswith(FORMULA_SIGNS)
    return CellFault(FaultCode.FORMULA if is_formula else number)


def _category(value: object, column: Column) -> str | CellFault:
    known = {*(column.categories or ()), *column.sentinels}
    if isinstance(value, str) and value in known:
        return value
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return CellFault(FaultCode.FORMULA)
    return CellFault(FaultCode.UNKNOWN_CATEGORY, _nearest_first(str(value), column))


def _nearest_first(value: str, column: Column) -> tuple[str, ...]:
    """All categories, those whose value or name in either language resembles what was written first."""
    written = folded(value[:_LONGEST_COMPARED])
    names = {
        folded(name): label.value for label in column.labels for name in (label.value, label.label_fr, label.label_en)
    }
    near = [names[name] for name in get_close_matches(written, names, n=len(names), cutoff=_ALIKE)]
    return tuple(dict.fromkeys([*near, *(column.categories or ())]))
