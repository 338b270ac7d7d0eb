"""Groups and their figures as a person would work them out with a list and patience: the reference of the fast engine.

Nothing is shared with it but the words: rows are plain dictionaries of Python numbers and texts, and every figure is
counted by looking at each row.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Any

from scoring_dash.core.groups import NOT_GIVEN, Between, Closeness, Condition, Group, GroupName, Near, OneOf

_LARGEST_STORED = (2 - 2**-23) * 2.0**127

Value = float | str | None


@dataclass(frozen=True)
class Row:
    """One past file: its values by fact, its outcome, its risk, and its weights by theme."""

    values: dict[str, Value]
    defaulted: bool
    risk: float
    themes: tuple[float, ...]


@dataclass(frozen=True)
class Asker:
    """The client, and his place among the past files if he is one."""

    row: Row
    place: int | None
    zone: tuple[float | None, float | None]
    """Bounds of the risks with his recommendation: above the first and below the second, as his zone has them."""


def members(rows: list[Row], names: dict[str, tuple[str, ...]], group: Group, asker: Asker) -> list[int]:
    """Places of the files of a group."""
    base = _base(rows, group.base, asker)
    return [
        place
        for place in range(len(rows))
        if place in base and all(_meets(rows[place], item, names, asker.row) for item in group.conditions)
    ]


def known(rows: list[Row], places: list[int], fact: str) -> list[float]:
    """The known numbers of a fact."""
    return [value for place in places if isinstance(value := rows[place].values[fact], float)]


def median(numbers: list[float]) -> float | None:
    """The middle number, or the mean of the middle two."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def wilson(defaults: int, files: int) -> tuple[float, float]:
    """The 95 % interval of a share, by its formula."""
    z = 1.959963984540054
    rate = defaults / files
    middle = (rate + z * z / (2 * files)) / (1 + z * z / files)
    half = z * math.sqrt(rate * (1 - rate) / files + z * z / (4 * files * files)) / (1 + z * z / files)
    return max(0.0, middle - half), min(1.0, middle + half)


def bar_of(value: Value, edges: tuple[float, ...]) -> tuple[float | None, float | None, str | None]:
    """Bounds of the bar in which a value lies, or its category; all None where it is missing."""
    if value is None or isinstance(value, str):
        return None, None, value
    below = [edge for edge in edges if value >= edge]
    above = [edge for edge in edges if value < edge]
    return (below[-1] if below else None), (above[0] if above else None), None


def tally(rows: list[Row], places: list[int], fact: str, edges: tuple[float, ...]) -> dict[Any, tuple[int, int]]:
    """Files and defaults by bar."""
    found: dict[Any, tuple[int, int]] = {}
    for place in places:
        bar = bar_of(rows[place].values[fact], edges)
        files, defaults = found.get(bar, (0, 0))
        found[bar] = files + 1, defaults + rows[place].defaulted
    return found


def _base(rows: list[Row], base: GroupName, asker: Asker) -> set[int]:
    everybody = range(len(rows))
    if base is GroupName.ALL:
        return set(everybody)
    if base is GroupName.SAME_RECOMMENDATION:
        low, high = asker.zone
        return {p for p in everybody if (low is None or rows[p].risk >= low) and (high is None or rows[p].risk <= high)}
    if base is GroupName.SAME_RISK:
        order = sorted(everybody, key=lambda p: (rows[p].risk, p))
        wanted = min(len(rows), max(200, round(0.05 * len(rows))))
        middle = sum(rows[p].risk < asker.row.risk for p in everybody)
        first = min(max(middle - wanted // 2, 0), len(rows) - wanted)
        return set(order[first : first + wanted]) - {asker.place}
    others = [p for p in everybody if p != asker.place]
    wanted = max(1, min(500, len(rows) // 4))
    return set(sorted(others, key=lambda p: (_distance(rows[p].themes, asker.row.themes), p))[:wanted])


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _meets(row: Row, condition: Condition, names: dict[str, tuple[str, ...]], own: Row) -> bool:
    value = row.values[condition.field]
    if isinstance(condition, OneOf):
        return _name(value, names.get(condition.field, ())) in condition.values
    if isinstance(condition, Between):
        return isinstance(value, float) and _inside(value, condition.low, condition.high)
    return _is_near(value, own.values[condition.field], condition)


def _is_near(value: Value, own: Value, condition: Near) -> bool:
    if own is None or value is None or isinstance(own, str) or isinstance(value, str):
        return value == own
    if condition.closeness is Closeness.EQUAL:
        return value == own
    width = condition.tolerance * (abs(own) if condition.closeness is Closeness.WITHIN_SHARE else 1)
    return _inside(value, own - width, own + width)


def _inside(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= _as_stored(low)) and (high is None or value <= _as_stored(high))


def _as_stored(number: float) -> float:
    """At the precision at which values are stored, and within its range."""
    if abs(number) > _LARGEST_STORED:
        return math.copysign(_LARGEST_STORED, number)
    return float(struct.unpack("f", struct.pack("f", number))[0])


def _name(value: Value, names: tuple[str, ...]) -> str:
    if value is None:
        return NOT_GIVEN
    return value if isinstance(value, str) else names[round(value)] if value in range(len(names)) else str(value)
