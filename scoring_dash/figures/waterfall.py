"""The waterfall: from the files only just accepted to the client, one bar a theme."""

from __future__ import annotations

from typing import Any

from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LINE,
    LOWER,
    PAPER,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.figures.steps import Waterfall
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import MINUS, percent, signed_points
from scoring_dash.i18n.reasons import theme_name

_ROW = 46
_BAR_HALF_HEIGHT = 0.17
_ROOM_FOR_WORDS = 0.62


def waterfall_figure(waterfall: Waterfall, threshold: float, texts: Texts) -> Figure:
    """Bars that start where the one above ends; the label stands above its bar, so it fits a telephone too.

    Parameters
    ----------
    threshold : float
        Drawn as a dashed line: which step crosses it is what the client asks.
    """
    rows = len(waterfall.themes) + 2
    reach = _reach(waterfall, threshold)
    return {
        "data": [_bars(waterfall)],
        "layout": base_layout(
            _ROW * rows + 44,
            margin={"l": 4, "r": 4, "t": 24, "b": 20, "pad": 0},
            xaxis=hidden_axis(*reach),
            yaxis=hidden_axis(rows - 0.4, -0.75),
            shapes=[*_links(waterfall), _threshold_line(threshold)],
            annotations=[
                *_labels(waterfall, texts, reach),
                *_amounts(waterfall, texts),
                _mark(threshold, reach, texts),
            ],
            bargap=0,
        ),
    }


def waterfall_summary(waterfall: Waterfall, texts: Texts) -> str:
    """What the waterfall shows, in one sentence."""
    up = max(waterfall.themes, key=lambda step: step.change, default=None)
    down = min(waterfall.themes, key=lambda step: step.change, default=None)
    values = {"base": percent(waterfall.base, texts), "risk": percent(waterfall.probability, texts)}
    if up is None or down is None or up.change <= 0 or down.change >= 0:
        return texts.say("From {base} for files only just accepted to {risk} for this file.", **values)
    return texts.say(
        "From {base} for files only just accepted to {risk} for this file: “{up}” raises the risk most ({up_points}), "
        "“{down}” lowers it most ({down_points}).",
        **values,
        up=theme_name(up.theme, texts),
        up_points=signed_points(up.change, texts),
        down=theme_name(down.theme, texts),
        down_points=signed_points(down.change, texts),
    )


def told_change(change: float, texts: Texts) -> str:
    """A change of probability with its arrow and its sign; what rounds to nothing has neither."""
    told = signed_points(change, texts)
    return {"+": "▲ ", MINUS: "▼ "}.get(told[0], "") + told


def _bars(waterfall: Waterfall) -> dict[str, Any]:
    steps = waterfall.themes
    return {
        "type": "bar",
        "name": "steps",
        "orientation": "h",
        "base": [0.0, *(step.start for step in steps), 0.0],
        "x": [waterfall.base, *(step.change for step in steps), waterfall.probability],
        "y": list(range(len(steps) + 2)),
        "width": 2 * _BAR_HALF_HEIGHT,
        "marker": {
            "color": [INK_SOFT, *(HIGHER if step.change > 0 else LOWER for step in steps), INK],
            "line": {"width": 0},
        },
    }


def _links(waterfall: Waterfall) -> list[dict[str, Any]]:
    """Thin lines from the end of a bar to the start of the next."""
    ends = [waterfall.base, *(step.end for step in waterfall.themes)]
    return [
        {
            "type": "line",
            "x0": end,
            "x1": end,
            "y0": row + _BAR_HALF_HEIGHT,
            "y1": row + 1 - _BAR_HALF_HEIGHT,
            "layer": "below",
            "line": {"color": LINE, "width": 1},
        }
        for row, end in enumerate(ends)
    ]


def _threshold_line(threshold: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": "threshold",
        "x0": threshold,
        "x1": threshold,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
    }


def _mark(threshold: float, reach: tuple[float, float], texts: Texts) -> dict[str, Any]:
    side = "left" if threshold < (reach[0] + reach[1]) / 2 else "right"
    text = texts.say("threshold {threshold}", threshold=percent(threshold, texts))
    return note(threshold, 1, text, yref="paper", yanchor="bottom", xanchor=side, font={"size": 12, "color": INK})


def _labels(waterfall: Waterfall, texts: Texts, reach: tuple[float, float]) -> list[dict[str, Any]]:
    names = [
        texts.say("Files only just accepted"),
        *(theme_name(step.theme, texts) for step in waterfall.themes),
        f"<b>{texts.say('This file')}</b>",
    ]
    return [
        note(
            reach[0],
            row - _BAR_HALF_HEIGHT - 0.06,
            name,
            xanchor="left",
            yanchor="bottom",
            align="left",
            xshift=-1,
            font={"size": 13, "color": INK},
        )
        for row, name in enumerate(names)
    ]


def _amounts(waterfall: Waterfall, texts: Texts) -> list[dict[str, Any]]:
    """The figure beside each bar: the two totals, and the steps with their arrow and sign."""
    steps = [(max(step.start, step.end), told_change(step.change, texts), step.change) for step in waterfall.themes]
    rows = [
        (waterfall.base, percent(waterfall.base, texts), 0.0),
        *steps,
        (waterfall.probability, f"<b>{percent(waterfall.probability, texts)}</b>", 0.0),
    ]
    return [
        note(
            place,
            row,
            text,
            xanchor="left",
            xshift=6,
            bgcolor=PAPER,
            font={"size": 13, "color": HIGHER if change > 0 else LOWER if change < 0 else INK},
        )
        for row, (place, text, change) in enumerate(rows)
    ]


def _reach(waterfall: Waterfall, threshold: float) -> tuple[float, float]:
    """Range of the axis: from 0, with room on the right for the figure beside the longest bar."""
    furthest = max(waterfall.base, waterfall.probability, threshold, *(step.end for step in waterfall.themes), 0.01)
    return 0.0, furthest * (1 + _ROOM_FOR_WORDS)
