"""The waterfall: from the files only just accepted to the client, one bar a theme, thinner ones for its features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Theme
from scoring_dash.figures.named_rows import NamedRow, RowSize, amount_note, bars, frame, name_notes, place_rows
from scoring_dash.figures.palette import HIGHER, INK, INK_SOFT, LINE, LOWER, Figure, base_layout, hidden_axis, note
from scoring_dash.figures.steps import Scale, ThemeStep, Waterfall, on_scale
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import MINUS, number, percent, signed_points
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label

MOST_OPENED: Final = 8
"""Features of an opened theme that have a bar of their own; the others share one."""

_ROOM_FOR_WORDS = 0.5
_TICK = 0.008
_INDENT = 16


class RowKind(StrEnum):
    """What a bar stands for."""

    BASE = "base"
    THEME = "theme"
    FEATURE = "feature"  # or the lightest features together
    END = "end"


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """One bar, from ``start`` to ``end``; the two totals start and end at the same place.

    Attributes
    ----------
    theme : Theme or None
        Whose bar it is, or whose feature; None for the two totals.
    """

    kind: RowKind
    name: str
    start: float
    end: float
    theme: Theme | None = None

    @property
    def change(self) -> float:
        """``end - start``: positive raises the risk, 0 for the two totals."""
        return self.end - self.start


def rows_of(
    waterfall: Waterfall,
    texts: Texts,
    *,
    opened: Theme | None = None,
    features: Mapping[str, Feature] = MappingProxyType({}),
) -> tuple[WaterfallRow, ...]:
    """What is drawn, and told in the table, from top to bottom.

    Parameters
    ----------
    opened : Theme or None
        Theme whose features have bars, right below its own.
    features : mapping of str to Feature
        At least those of the opened theme, by name.
    """
    rows = [WaterfallRow(RowKind.BASE, texts.say("Files only just accepted"), waterfall.base, waterfall.base)]
    for step in waterfall.themes:
        rows.append(WaterfallRow(RowKind.THEME, theme_name(step.theme, texts), step.start, step.end, step.theme))
        if step.theme is opened:
            rows += _feature_rows(step, features, texts)
    return (*rows, WaterfallRow(RowKind.END, texts.say("This file"), waterfall.end, waterfall.end))


def waterfall_figure(
    waterfall: Waterfall, threshold: float, texts: Texts, rows: Sequence[WaterfallRow] | None = None
) -> Figure:
    """Bars that start where the one above ends; each name stands above its bar, each figure at the right border.

    The names of themes are left to the page, which lays links in their place (see :func:`placed`).

    Parameters
    ----------
    threshold : float
        A probability, drawn as a dotted line: which step crosses it is what the client asks.
    rows : sequence of WaterfallRow or None
        Of :func:`rows_of`; None for the themes alone.
    """
    rows = rows_of(waterfall, texts) if rows is None else rows
    limit, places = on_scale(threshold, waterfall.scale), placed(rows)
    reach = _reach(waterfall, limit)
    return {
        "data": [_bars(rows, places, reach, waterfall.scale)],
        "layout": base_layout(
            **frame(places),
            xaxis=hidden_axis(*reach),
            shapes=[*_links(rows, places), *_group_line(rows, places), _threshold_line(limit)],
            annotations=[
                *_names(rows, places),
                *_amounts(rows, places, waterfall.scale, texts),
                _threshold_mark(limit, reach, waterfall.scale, texts),
            ],
            bargap=0,
        ),
    }


def placed(rows: Sequence[WaterfallRow]) -> tuple[NamedRow, ...]:
    """Where each row stands in the figure."""
    sizes = [RowSize.SMALL if row.kind is RowKind.FEATURE else RowSize.LARGE for row in rows]
    return place_rows([row.name for row in rows], sizes)


def waterfall_summary(waterfall: Waterfall, texts: Texts) -> str:
    """What the waterfall shows, in one sentence; in log-odds a second one gives the probability."""
    told = _way_told(waterfall, texts)
    if waterfall.scale is Scale.PROBABILITY:
        return told
    unit = texts.say("Figures in log-odds; the probability is {risk}.", risk=percent(waterfall.probability, texts))
    return f"{told} {unit}"


def told_change(change: float, texts: Texts, scale: Scale = Scale.PROBABILITY) -> str:
    """A change with its arrow and its sign; what rounds to nothing has neither."""
    told = _signed(change, scale, texts)
    return {"+": "▲ ", MINUS: "▼ "}.get(told[0], "") + told


def told_level(level: float, scale: Scale, texts: Texts, *, is_exact: bool = False) -> str:
    """A place on the scale: a percentage, or a number of log-odds; with a decimal more in a table."""
    if scale is Scale.PROBABILITY:
        return percent(level, texts, 2 if is_exact else 1)
    return number(level, texts, 3 if is_exact else 2)


def _way_told(waterfall: Waterfall, texts: Texts) -> str:
    up = max(waterfall.themes, key=lambda step: step.change, default=None)
    down = min(waterfall.themes, key=lambda step: step.change, default=None)
    values = {
        "base": told_level(waterfall.base, waterfall.scale, texts),
        "risk": told_level(waterfall.end, waterfall.scale, texts),
    }
    if up is None or down is None or up.change <= 0 or down.change >= 0:
        return texts.say("From {base} for files only just accepted to {risk} for this file.", **values)
    return texts.say(
        "From {base} for files only just accepted to {risk} for this file: “{up}” raises the risk most ({up_points}), "
        "“{down}” lowers it most ({down_points}).",
        **values,
        up=theme_name(up.theme, texts),
        up_points=_signed(up.change, waterfall.scale, texts),
        down=theme_name(down.theme, texts),
        down_points=_signed(down.change, waterfall.scale, texts),
    )


def _signed(change: float, scale: Scale, texts: Texts) -> str:
    if scale is Scale.PROBABILITY:
        return signed_points(change, texts)
    return f"{'+' if round(change, 2) > 0 else ''}{number(change, texts, 2)}"


def _feature_rows(step: ThemeStep, features: Mapping[str, Feature], texts: Texts) -> list[WaterfallRow]:
    shown, rest = step.heaviest(MOST_OPENED)
    rows = [
        WaterfallRow(RowKind.FEATURE, feature_label(features[item.feature], texts), item.start, item.end, step.theme)
        for item in shown
    ]
    if rest is not None:
        name = texts.say("{count} others", count=str(rest.count))
        rows.append(WaterfallRow(RowKind.FEATURE, name, rest.start, rest.end, step.theme))
    return rows


def _bars(
    rows: Sequence[WaterfallRow], places: Sequence[NamedRow], reach: tuple[float, float], scale: Scale
) -> dict[str, Any]:
    spans = [_span(row, reach, scale) for row in rows]
    return {
        **bars(places),
        "name": "steps",
        "base": [start for start, _ in spans],
        "x": [length for _, length in spans],
        "marker": {"color": [_colour(row) for row in rows], "line": {"width": 0}},
    }


def _span(row: WaterfallRow, reach: tuple[float, float], scale: Scale) -> tuple[float, float]:
    """Start and length of a bar; log-odds have no zero that means nothing, so a total is a mark there."""
    if row.kind in (RowKind.THEME, RowKind.FEATURE):
        return row.start, row.change
    if scale is Scale.PROBABILITY:
        return 0.0, row.end
    width = _TICK * (reach[1] - reach[0])
    return row.end - width / 2, width


def _colour(row: WaterfallRow) -> str:
    if row.kind is RowKind.BASE:
        return INK_SOFT
    if row.kind is RowKind.END:
        return INK
    return HIGHER if row.change > 0 else LOWER


def _links(rows: Sequence[WaterfallRow], places: Sequence[NamedRow]) -> list[dict[str, Any]]:
    """Thin lines from the end of a bar to the start of the next of its kind."""
    steps = [place for place, row in enumerate(rows) if row.kind is not RowKind.FEATURE]
    features = [place for place, row in enumerate(rows) if row.kind is RowKind.FEATURE]
    return [
        _line(rows[one].end, places[one].bar_middle, places[other].bar_middle, {"color": LINE, "width": 1})
        for chain in (steps, features)
        for one, other in pairwise(chain)
    ]


def _group_line(rows: Sequence[WaterfallRow], places: Sequence[NamedRow]) -> list[dict[str, Any]]:
    """A line at the left of the features of the opened theme."""
    own = [place for row, place in zip(rows, places, strict=True) if row.kind is RowKind.FEATURE]
    if not own:
        return []
    line = _line(0.006, own[0].name_top, own[-1].bottom - own[-1].size.space, {"color": INK_SOFT, "width": 1})
    return [{**line, "xref": "paper"}]


def _line(x: float, top: float, bottom: float, style: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": x, "x1": x, "y0": top, "y1": bottom, "layer": "below", "line": style}


def _threshold_line(limit: float) -> dict[str, Any]:
    line = _line(limit, 0, 1, {"color": INK, "width": 1.5, "dash": "dot"})
    return {**line, "name": "threshold", "yref": "paper"}


def _threshold_mark(limit: float, reach: tuple[float, float], scale: Scale, texts: Texts) -> dict[str, Any]:
    side = "left" if limit < (reach[0] + reach[1]) / 2 else "right"
    text = texts.say("threshold {threshold}", threshold=told_level(limit, scale, texts))
    return note(limit, 1, text, yref="paper", yanchor="bottom", xanchor=side, font={"size": 12, "color": INK})


def _names(rows: Sequence[WaterfallRow], places: Sequence[NamedRow]) -> list[dict[str, Any]]:
    return [
        words
        for row, place in zip(rows, places, strict=True)
        if row.kind is not RowKind.THEME
        for words in name_notes(
            place, is_bold=row.kind is RowKind.END, indent=_INDENT if row.kind is RowKind.FEATURE else 0
        )
    ]


def _amounts(
    rows: Sequence[WaterfallRow], places: Sequence[NamedRow], scale: Scale, texts: Texts
) -> list[dict[str, Any]]:
    """The figure of each bar: the two totals, and the steps with their arrow and sign."""
    notes = []
    for row, place in zip(rows, places, strict=True):
        if row.theme is None:
            told = told_level(row.end, scale, texts)
            notes.append(amount_note(place, f"<b>{told}</b>" if row.kind is RowKind.END else told))
        else:
            told = told_change(row.change, texts, scale)
            notes.append(amount_note(place, told, {"▲": HIGHER, "▼": LOWER}.get(told[0], INK_SOFT)))
    return notes


def _reach(waterfall: Waterfall, limit: float) -> tuple[float, float]:
    """Range of the axis, with room at the right for the figures: from 0 in probability, from the least in log-odds."""
    stops = [waterfall.base, waterfall.end, limit]
    for step in waterfall.themes:
        stops += [step.end, *(feature.end for feature in step.features)]
    if waterfall.scale is Scale.PROBABILITY:
        return 0.0, max(*stops, 0.01) * (1 + _ROOM_FOR_WORDS)
    low, span = min(stops), max(max(stops) - min(stops), 0.01)
    return low - 0.05 * span, low + span * (1 + _ROOM_FOR_WORDS)
