"""The comparison: how past files are spread over a feature, how they turned out, and where the client stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scoring_dash.core.comparisons import Comparison, ComparisonBin
from scoring_dash.core.feature import Feature
from scoring_dash.figures.bars import Bar, bars_of, is_by_category
from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LINE,
    NEUTRAL,
    PAPER,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.values import value_text

_ROW = 48
_TICKS = 4
_UPPER, _LOWER = (0.47, 0.93), (0.12, 0.36)
_EDGE = 0.5
_LABEL_WIDTH = 0.18
"""Share of the width that a percentage takes on the narrowest telephone."""


def comparison_figure(comparison: Comparison, feature: Feature, texts: Texts) -> Figure:
    """Bars of past files by outcome, their default rate, and the client's mark."""
    bars = bars_of(comparison, feature, texts)
    if is_by_category(comparison, feature):
        return _by_category(bars, texts)
    return _by_scale(comparison, feature, bars, texts)


def mark_position(comparison: Comparison) -> float | None:
    """Where the client's value stands on the axis of bars: bar 0 reaches from -0.5 to 0.5, and so on.

    A bar without one of its bounds has no scale: its middle stands for all its values.
    """
    place = comparison.client_bin
    if place is None:
        return None
    item = comparison.bins[place]
    value = comparison.value
    if isinstance(value, str) or value is None or item.low is None or item.high is None or item.low == item.high:
        return float(place)
    return place - _EDGE + (value - item.low) / (item.high - item.low)


def _by_scale(comparison: Comparison, feature: Feature, bars: Sequence[Bar], texts: Texts) -> Figure:
    last = len(bars) - _EDGE
    top = max((bar.share for bar in bars), default=0.0) or 1.0
    highest = max((bar.rate or 0.0 for bar in bars), default=0.0) or 0.1
    mark = mark_position(comparison)
    ticks = _ticks(comparison.bins, feature, texts)
    return {
        "data": [*_stacks(bars), _rates(bars)],
        "layout": base_layout(
            380,
            margin={"l": 4, "r": 4, "t": 4, "b": 4, "pad": 0},
            barmode="stack",
            bargap=0.08,
            xaxis=hidden_axis(-_EDGE, last, anchor="y2"),
            yaxis=hidden_axis(0, top * 1.14, domain=list(_UPPER)),
            yaxis2=hidden_axis(0, highest * 1.35, domain=list(_LOWER), anchor="x"),
            shapes=[*_floors(), *_tick_marks(ticks), *([] if mark is None else [_client_line(mark)])],
            annotations=[
                *_panel_titles(texts),
                *_tick_labels(ticks, last),
                *_ends(bars, texts),
                *([] if mark is None else _client_note(comparison, feature, mark, last, texts)),
            ],
        ),
    }


def _stacks(bars: Sequence[Bar]) -> list[dict[str, Any]]:
    places = list(range(len(bars)))
    edge = [INK if bar.is_client else NEUTRAL for bar in bars]
    width = [1.5 if bar.is_client else 0 for bar in bars]
    return [
        {
            "type": "bar",
            "name": "repaid",
            "x": places,
            "y": [bar.repaid_share for bar in bars],
            "marker": {"color": NEUTRAL, "line": {"color": edge, "width": width}},
        },
        {
            "type": "bar",
            "name": "defaulted",
            "x": places,
            "y": [bar.defaulted_share for bar in bars],
            "marker": {"color": HIGHER, "line": {"color": edge, "width": width}},
        },
    ]


def _rates(bars: Sequence[Bar]) -> dict[str, Any]:
    """Default rate of each bar; a bar with too few files leaves a gap."""
    return {
        "type": "scatter",
        "name": "rates",
        "mode": "lines+markers",
        "x": list(range(len(bars))),
        "y": [bar.rate for bar in bars],
        "yaxis": "y2",
        "line": {"color": HIGHER, "width": 2},
        "marker": {"color": HIGHER, "size": [11 if bar.is_client else 6 for bar in bars], "opacity": 1},
        "connectgaps": False,
    }


def _floors() -> list[dict[str, Any]]:
    return [
        {"type": "line", "xref": "paper", "yref": "paper", "x0": 0, "x1": 1, "y0": floor, "y1": floor,
         "line": {"color": LINE, "width": 1}}
        for floor, _ in (_UPPER, _LOWER)
    ]  # fmt: skip


def _client_line(mark: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": "client",
        "x0": mark,
        "x1": mark,
        "yref": "paper",
        "y0": _LOWER[0],
        "y1": _UPPER[1] + 0.01,
        "line": {"color": INK, "width": 2, "dash": "dot"},
    }


def _client_note(
    comparison: Comparison, feature: Feature, mark: float, last: float, texts: Texts
) -> list[dict[str, Any]]:
    share = (mark + _EDGE) / (last + _EDGE)
    anchor = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    text = texts.say("this client: {value}", value=value_text(comparison.value, feature, texts))
    return [
        note(
            mark, _UPPER[1] + 0.015, f"<b>{text}</b>", yref="paper", yanchor="bottom", xanchor=anchor, font={"size": 13}
        )
    ]


def _panel_titles(texts: Texts) -> list[dict[str, Any]]:
    soft = {"size": 12, "color": INK_SOFT}
    lower = texts.say("Default rate of each bar")
    return [
        note(
            0,
            _LOWER[1] + 0.005,
            lower,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            bgcolor=PAPER,
            font=soft,
        )
    ]


def _ends(bars: Sequence[Bar], texts: Texts) -> list[dict[str, Any]]:
    """Figures that give the scale: at the client's bar, the tallest one and the extremes of the default rate."""
    own = [place for place, bar in enumerate(bars) if bar.is_client]
    everywhere = range(len(bars))
    tallest = [max(everywhere, key=lambda place: bars[place].share)] if bars else []
    notes = [
        note(place, bars[place].share, percent(bars[place].share, texts, 0), yanchor="bottom", yshift=1,
             bgcolor=PAPER, font={"size": 12})
        for place in _far_apart([*own, *tallest], len(bars))
    ]  # fmt: skip
    rates = {place: rate for place, bar in enumerate(bars) if (rate := bar.rate) is not None}
    extremes = [max(rates, key=lambda p: rates[p]), min(rates, key=lambda p: rates[p])] if rates else []
    told = _far_apart([*(place for place in own if place in rates), *extremes], len(bars))
    red = {"size": 12, "color": HIGHER}
    return notes + [
        note(place, rates[place], percent(rates[place], texts), yref="y2", yanchor="bottom", yshift=7, bgcolor=PAPER,
             xanchor=_anchor(place, len(bars)), font=red)
        for place in told
    ]  # fmt: skip


def _far_apart(places: Iterable[int], bars: int) -> list[int]:
    """Places in their order, without those whose label would touch an earlier one on a telephone."""
    kept: list[int] = []
    for place in places:
        if all(abs(place - other) >= _LABEL_WIDTH * bars for other in kept):
            kept.append(place)
    return kept


def _anchor(place: float, bars: int) -> str:
    """Which end of a label stands at its place: at the borders it must not be cut off."""
    share = (place + _EDGE) / bars
    return "left" if share < _LABEL_WIDTH / 2 else "right" if share > 1 - _LABEL_WIDTH / 2 else "center"


def _ticks(bins: Sequence[ComparisonBin], feature: Feature, texts: Texts) -> list[tuple[float, str]]:
    """Places and labels of a few round edges between bars, and the missing bar."""
    edges = [(place + _EDGE, item.high) for place, item in enumerate(bins) if item.high is not None]
    step = max(1, -(-len(edges) // _TICKS))
    offset = (len(edges) - 1) % step // 2 if edges else 0
    ticks = [(place, value_text(edge, feature, texts)) for place, edge in edges[offset::step] if edge is not None]
    missing = [
        (float(place), texts.say("not given")) for place, item in enumerate(bins) if item.low is item.high is None
    ]
    # "Not given" is a long label that ends at the right border.
    free = len(bins) * (1 - 2.5 * _LABEL_WIDTH) if missing else len(bins)
    return [tick for tick in ticks if tick[0] < free] + missing


def _tick_marks(ticks: Sequence[tuple[float, str]]) -> list[dict[str, Any]]:
    return [
        {"type": "line", "x0": place, "x1": place, "yref": "paper", "y0": floor - 0.02, "y1": floor,
         "line": {"color": INK_SOFT, "width": 1}}
        for place, _ in ticks for floor, _ in (_LOWER,)
    ]  # fmt: skip


def _tick_labels(ticks: Sequence[tuple[float, str]], last: float) -> list[dict[str, Any]]:
    soft = {"size": 12, "color": INK_SOFT}
    return [
        note(
            place,
            _LOWER[0] - 0.025,
            text,
            yref="paper",
            yanchor="top",
            xanchor="right" if place > last - 0.9 else "center",
            font=soft,
        )
        for place, text in ticks
    ]


def _by_category(bars: Sequence[Bar], texts: Texts) -> Figure:
    """Horizontal bars, the name above each: categories have long names and a telephone is narrow."""
    rows = list(range(len(bars)))
    top = max((bar.share for bar in bars), default=0.0) or 1.0
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "orientation": "h",
                "y": rows,
                "x": [getattr(bar, name) for bar in bars],
                "width": 0.34,
                "marker": {
                    "color": colour,
                    "line": {"color": INK, "width": [1.5 if bar.is_client else 0 for bar in bars]},
                },
            }
            for name, colour in (("repaid_share", NEUTRAL), ("defaulted_share", HIGHER))
        ],
        "layout": base_layout(
            _ROW * len(bars) + 12,
            margin={"l": 4, "r": 4, "t": 4, "b": 4, "pad": 0},
            barmode="stack",
            xaxis=hidden_axis(0, top * 2.4),
            yaxis=hidden_axis(len(bars) - 0.6, -0.75),
            annotations=[text for row, bar in enumerate(bars) for text in _category_words(row, bar, texts)],
        ),
    }


def _category_words(row: int, bar: Bar, texts: Texts) -> list[dict[str, Any]]:
    name = f"<b>{bar.label} ◀ {texts.say('this client')}</b>" if bar.is_client else bar.label
    share = percent(bar.share, texts)
    told = (
        texts.say("{share} of files", share=share)
        if bar.rate is None
        else texts.say("{share} · {rate} in default", share=share, rate=percent(bar.rate, texts))
    )
    return [
        note(0, row - 0.22, name, xanchor="left", yanchor="bottom", align="left", font={"size": 13}),
        note(bar.share, row, told, xanchor="left", xshift=6, font={"size": 12, "color": INK_SOFT}),
    ]
