"""What a column accepts, in numbers and in words."""

from __future__ import annotations

import math
from typing import Final

from scoring_dash.data.schema import Column, ColumnKind

_LONGEST_SHOWN: Final = 60
MISSING_REMEDY: Final = "Leave the cell empty where the value is missing"


def is_in_range(number: float, column: Column) -> bool:
    """Whether a finite number is a sentinel of the column or within its bounds."""
    if number in column.sentinels:
        return True
    return (column.minimum is None or number >= column.minimum) and (column.maximum is None or number <= column.maximum)


def allowed_values(column: Column) -> str:
    """Say what the column accepts, for an error message."""
    if column.kind is ColumnKind.TEXT:
        return "text"
    noun = "a whole number" if column.kind is ColumnKind.INTEGER else "a number"
    bounds = {
        (True, True): f" from {_plain(column.minimum)} to {_plain(column.maximum)}",
        (True, False): f" of at least {_plain(column.minimum)}",
        (False, True): f" of at most {_plain(column.maximum)}",
        (False, False): "",
    }[column.minimum is not None, column.maximum is not None]
    codes = "".join(f", or {_plain(code)} for an unknown value" for code in column.sentinels if code != 0)
    return f"{noun}{bounds}{codes}{', or an empty cell' if column.nullable else ''}"


def shorten(value: object) -> str:
    """Write a value for a message, cut if it is long."""
    text = _plain(value) if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def counted(number: int, noun: str) -> str:
    """Write a number of things: ``1 row``, ``1,200 rows``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def remedy_for(value: object) -> str:
    """Say what to do about a cell that is empty or holds a number that the column refuses."""
    if value is None:
        return "Fill in the value"
    if isinstance(value, float) and not math.isfinite(value):
        return MISSING_REMEDY
    return "Correct the value"


def _plain(value: object) -> str:
    """Write a number without a needless ``.0``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e22:
        return str(int(value))
    return str(value)
