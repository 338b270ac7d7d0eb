"""Rows of a chart whose names stand above their bars: long names on a narrow telephone, each row as high as it needs.

The vertical axis counts pixels from the top, so that a page may lay links over the names.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import repeat
from typing import Any, Final

from scoring_dash.figures.palette import INK, INK_SOFT, PAPER, hidden_axis, note

TOP: Final = 26
"""Pixels above the first row, for the words that stand over the axis."""

_BOTTOM = 6
_LONGEST_LINE = 42


class RowSize(Enum):
    """Pixels of a row: height of a line of its name, of its bar, space below, and size of the letters."""

    LARGE = (20, 16, 12, 13)
    SMALL = (16, 8, 11, 12)

    def __init__(self, line: int, bar: int, space: int, letters: int) -> None:
        self.line = line
        self.bar = bar
        self.space = space
        self.letters = letters


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row and its place.

    Attributes
    ----------
    lines : tuple of str
        The name, broken where it is too long for a telephone.
    under : str
        A remark below the name; empty for none.
    name_top, bar_middle : float
        Pixels from the top of the first row.
    """

    lines: tuple[str, ...]
    under: str
    size: RowSize
    name_top: float
    bar_middle: float

    @property
    def bottom(self) -> float:
        """Where the next row starts."""
        return self.bar_middle + self.size.bar / 2 + self.size.space


def place_rows(names: Iterable[str | tuple[str, str]], sizes: Iterable[RowSize] = ()) -> tuple[NamedRow, ...]:
    """One row below the other.

    Parameters
    ----------
    names : iterable of str or (str, str)
        A name, or a name and the remark below it.
    sizes : iterable of RowSize
        One a row; none where all are large.
    """
    rows: list[NamedRow] = []
    for entry, size in zip(names, sizes or repeat(RowSize.LARGE), strict=False):
        name, under = (entry, "") if isinstance(entry, str) else entry
        top = rows[-1].bottom if rows else 0.0
        lines = _balanced(name)
        words = len(lines) * size.line + (RowSize.SMALL.line if under else 0)
        rows.append(NamedRow(lines, under, size, top, top + words + size.bar / 2))
    return tuple(rows)


def frame(rows: Sequence[NamedRow], *, top: int = TOP) -> dict[str, Any]:
    """Height, margins and vertical axis of a layout that holds these rows, ``top`` pixels below its upper border."""
    bottom = rows[-1].bottom if rows else 1.0
    return {
        "height": round(top + bottom + _BOTTOM),
        "margin": {"l": 0, "r": 0, "t": top, "b": _BOTTOM, "pad": 0},
        "yaxis": hidden_axis(bottom, 0),
    }


def bars(rows: Sequence[NamedRow]) -> dict[str, Any]:
    """What all traces of bars on such rows share."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.bar_middle for row in rows],
        "width": [row.size.bar for row in rows],
    }


def name_notes(row: NamedRow, *, is_bold: bool = False, indent: int = 0) -> list[dict[str, Any]]:
    """The name of a row, at the left border, and what stands under it."""
    text = "<br>".join(row.lines)
    colour = INK if row.size is RowSize.LARGE else INK_SOFT
    left = {"xref": "paper", "xanchor": "left", "yanchor": "top", "align": "left", "xshift": indent, "bgcolor": PAPER}
    font = {"size": row.size.letters, "color": colour}
    notes = [note(0, row.name_top, f"<b>{text}</b>" if is_bold else text, **left, font=font)]
    if row.under:
        top = row.name_top + len(row.lines) * row.size.line - 2
        notes.append(note(0, top, row.under, **left, font={"size": RowSize.SMALL.letters, "color": INK_SOFT}))
    return notes


def amount_note(row: NamedRow, text: str, colour: str = INK) -> dict[str, Any]:
    """A figure at the right border, beside the bar of a row."""
    font = {"size": row.size.letters, "color": colour}
    return note(1, row.bar_middle, text, xref="paper", xanchor="right", font=font)


def _balanced(name: str) -> tuple[str, ...]:
    """A name in as few lines as a telephone allows, of about the same length."""
    count = -(-len(name) // _LONGEST_LINE)
    if count <= 1:
        return (name,)
    for width in range(-(-len(name) // count), _LONGEST_LINE):
        lines = textwrap.wrap(name, width)
        if len(lines) == count:
            return tuple(lines)
    return tuple(textwrap.wrap(name, _LONGEST_LINE))
