"""Two facts at once: a square a cell, as large as it holds files, with a sign where it defaults more or less often."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from scoring_dash.core.comparisons import OTHERS, Axis, ComparisonBin, CrossCell, CrossComparison
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Unit
from scoring_dash.figures.bars import bin_label
from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LINE,
    LOWER,
    NEUTRAL,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.values import value_text

_ROW: Final = 60
_HEAD, _FOOT = 6, 44
_LARGEST: Final = 28
_SMALLEST: Final = 9
_TICKS: Final = 4
_RING: Final = 38


class Standing(StrEnum):
    """What the default rate of a cell says beside that of the whole group."""

    HIGHER = "higher"  # the cell's interval lies above the group's rate
    LOWER = "lower"
    LIKE = "like"  # chance may explain the difference
    FEW = "few"  # too few files to say anything


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cross comparison with the described facts of its axes."""

    comparison: CrossComparison
    x: Feature
    y: Feature

    @property
    def own_cell(self) -> CrossCell | None:
        """The cell in which the client lies; None where no file of the group shares it."""
        place = (self.comparison.x.client_bar, self.comparison.y.client_bar)
        return next((cell for cell in self.comparison.cells if (cell.x, cell.y) == place), None)

    def standing(self, cell: CrossCell) -> Standing:
        """What a cell's default rate says beside the group's."""
        if cell.observed is None or self.comparison.observed is None:
            return Standing.FEW
        rate = self.comparison.observed.rate
        if cell.observed.low > rate:
            return Standing.HIGHER
        return Standing.LOWER if cell.observed.high < rate else Standing.LIKE


def cross_figure(crossing: Crossing, texts: Texts) -> Figure:
    """Squares across and up, one trace a standing, and the client's ring on top of everything."""
    comparison = crossing.comparison
    columns, rows = len(comparison.x.bars), len(comparison.y.bars)
    largest = max((cell.files for cell in comparison.cells), default=1)
    return {
        "data": [*(_squares(crossing, standing, largest) for standing in Standing), _ring(comparison)],
        "layout": base_layout(
            _ROW * rows + _HEAD + _FOOT,
            margin={"l": 4, "r": 4, "t": _HEAD, "b": _FOOT, "pad": 0},
            xaxis=hidden_axis(-0.6, columns - 0.4),
            yaxis=hidden_axis(-0.55, rows - 0.35),
            shapes=[_floor(row) for row in range(rows)],
            annotations=[*_row_names(crossing, texts), *_column_names(crossing, texts)],
        ),
    }


def bar_label(axis: Axis, place: int, feature: Feature, texts: Texts) -> str:
    """Name of a bar of an axis for a person."""
    bar = axis.bars[place]
    if bar.category == OTHERS:
        return texts.say("Others ({count})", count=str(len(axis.rest)))
    return bin_label(ComparisonBin(bar.low, bar.high, bar.category, 0, 0), feature, texts)


def height(axis: Axis, place: int) -> int:
    """Where a bar of the axis up stands: more is higher, and the most frequent category comes first, at the top."""
    return len(axis.bars) - 1 - place if is_numbered(axis) else place


def is_numbered(axis: Axis) -> bool:
    """Whether the bars across are named by numbers, which a list explains: names of categories are too long there."""
    return any(bar.category is not None for bar in axis.bars)


def _squares(crossing: Crossing, standing: Standing, largest: int) -> dict[str, Any]:
    cells = [cell for cell in crossing.comparison.cells if crossing.standing(cell) is standing]
    symbol, fill, edge = _LOOKS[standing]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": standing.value,
        "x": [cell.x for cell in cells],
        "y": [height(crossing.comparison.y, cell.y) for cell in cells],
        "customdata": [cell.files for cell in cells],
        "marker": {
            "symbol": symbol,
            "size": [_size(cell.files, largest) for cell in cells],
            "color": fill,
            "opacity": 1,
            "line": {"color": edge, "width": 1.5},
        },
    }


def _size(files: int, largest: int) -> float:
    """Side in pixels: the area grows with the number of files; the least is still seen."""
    return round(max(_SMALLEST, _LARGEST * math.sqrt(files / largest)), 1)


def _ring(comparison: CrossComparison) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "client",
        "x": [comparison.x.client_bar],
        "y": [height(comparison.y, comparison.y.client_bar)],
        "marker": {
            "symbol": "circle-open",
            "size": _RING,
            "color": INK,
            "opacity": 1,
            "line": {"color": INK, "width": 3},
        },
    }


def _floor(row: int) -> dict[str, Any]:
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": row - 0.47, "y1": row - 0.47, "layer": "below",
        "line": {"color": LINE, "width": 1},
    }  # fmt: skip


def _row_names(crossing: Crossing, texts: Texts) -> list[dict[str, Any]]:
    axis = crossing.comparison.y
    return [
        note(
            0, height(axis, row) + 0.42, _marked(bar_label(axis, row, crossing.y, texts), row == axis.client_bar),
            xref="paper", xanchor="left", yanchor="middle", font={"size": 12, "color": INK_SOFT},
        )
        for row in range(len(axis.bars))
    ]  # fmt: skip


def _column_names(crossing: Crossing, texts: Texts) -> list[dict[str, Any]]:
    axis = crossing.comparison.x
    soft = {"size": 12, "color": INK_SOFT}
    if is_numbered(axis):
        return [
            note(place, -0.55, _marked(str(place + 1), place == axis.client_bar), yanchor="top", yshift=-4, font=soft)
            for place in range(len(axis.bars))
        ]
    return [
        note(place, -0.55, text, yanchor="top", yshift=-4, xanchor=anchor, font=soft)
        for place, text, anchor in _ticks(axis, crossing.x, texts)
    ]


def _ticks(axis: Axis, feature: Feature, texts: Texts) -> list[tuple[float, str, str]]:
    """A few of the edges between bars, and the missing bar; whole numbers and levels are named under their own bar."""
    scale = [place for place, bar in enumerate(axis.bars) if not bar.is_missing]
    if feature.unit in (Unit.COUNT, Unit.FLAG, Unit.LEVEL):
        ticks = [(float(place), bar_label(axis, place, feature, texts)) for place in scale]
    else:
        ticks = [(place + 0.5, value_text(axis.bars[place].high, feature, texts)) for place in scale[:-1]]
    step = max(1, -(-len(ticks) // _TICKS))
    ticks = ticks[(len(ticks) - 1) % step // 2 :: step] if ticks else []
    # "Not given" is a long label that ends at the right border.
    has_missing = len(scale) < len(axis.bars)
    kept = [(place, text, "center") for place, text in ticks if not has_missing or place < 0.62 * len(axis.bars)]
    return [*kept, *([(len(axis.bars) - 0.5, texts.say("not given"), "right")] if has_missing else [])]


def _marked(text: str, is_client: bool) -> str:
    return f"<b>{text}</b>" if is_client else text


_LOOKS: Final = {
    Standing.HIGHER: ("triangle-up", HIGHER, HIGHER),
    Standing.LOWER: ("triangle-down", LOWER, LOWER),
    Standing.LIKE: ("square", NEUTRAL, NEUTRAL),
    Standing.FEW: ("circle-open", NEUTRAL, NEUTRAL),
}
