"""The effect of a number: a line in steps, the client's mark, and below it where past files lie."""

from __future__ import annotations

from typing import Any, Final

from scoring_dash.core.effects import FeatureEffect
from scoring_dash.core.feature import Feature
from scoring_dash.figures.effect_scale import EffectScale, told_points
from scoring_dash.figures.palette import (
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

_HEIGHT = 400
_FEW = 3
_UPPER, _LOWER = (0.41, 0.89), (0.12, 0.32)
_SOFT: Final = {"size": 12, "color": INK_SOFT}


def curve_figure(effect: FeatureEffect, feature: Feature, threshold: float, texts: Texts) -> Figure:
    """The estimated risk at each value, and the share of past files nearest to it; a missing value stands apart.

    Parameters
    ----------
    threshold : float
        A probability, drawn as a dotted line.
    """
    scale = EffectScale.of(effect)
    right = scale.missing + scale.usual / 2 if effect.missing else (scale.places or (0.0,))[-1] + scale.usual / 2
    highest = max([threshold, effect.probability, *(point.probability for point in told_points(effect))])
    most = max([point.share for point in told_points(effect)], default=0.0) or 1.0
    mark = _mark(effect, scale)
    return {
        "data": [_shares(effect, scale), *_risks(effect, scale), _client(effect, mark)],
        "layout": base_layout(
            _HEIGHT,
            xaxis=hidden_axis(-scale.usual / 2, right, anchor="y2"),
            yaxis=hidden_axis(0, highest * 1.15, domain=list(_UPPER)),
            yaxis2=hidden_axis(0, most * 1.05, domain=list(_LOWER), anchor="x"),
            shapes=[*_floors(), _threshold_line(threshold), _client_line(mark)],
            annotations=[
                *_titles(texts),
                _threshold_note(effect, threshold, texts),
                _client_note(effect, feature, mark / right if right else 0.0, mark, texts),
                *_ends(effect, scale, texts),
                *_ticks(effect, feature, scale, texts),
            ],
            bargap=0,
        ),
    }


def _mark(effect: FeatureEffect, scale: EffectScale) -> float:
    """Where the client stands: at the point of his stored value, or apart where he has none."""
    own = [place for place, point in zip(scale.places, effect.points, strict=True) if point.value == effect.value]
    return own[0] if own else scale.missing


def _shares(effect: FeatureEffect, scale: EffectScale) -> dict[str, Any]:
    cells, heights = scale.cells(), [point.share for point in effect.points]
    if effect.missing is not None:
        cells.append((scale.missing - scale.usual / 2, scale.missing + scale.usual / 2))
        heights.append(effect.missing.share)
    return {
        "type": "bar",
        "name": "shares",
        "x": [(left + right) / 2 for left, right in cells],
        "width": [0.92 * (right - left) for left, right in cells],
        "y": heights,
        "yaxis": "y2",
        "marker": {"color": NEUTRAL, "line": {"width": 0}},
    }


def _risks(effect: FeatureEffect, scale: EffectScale) -> list[dict[str, Any]]:
    """The risk as a line that steps half way between points: trees know no slope."""
    line = {"type": "scatter", "mode": "lines", "line": {"color": INK, "width": 2.5, "shape": "hvh"}}
    traces = [
        {**line, "name": "risk", "x": list(scale.places), "y": [point.probability for point in effect.points]},
    ]
    if effect.missing is not None:
        around = [scale.missing - scale.usual / 2, scale.missing + scale.usual / 2]
        traces.append({**line, "name": "risk-missing", "x": around, "y": [effect.missing.probability] * 2})
    return traces


def _client(effect: FeatureEffect, mark: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": "client",
        "mode": "markers",
        "x": [mark],
        "y": [effect.probability],
        "marker": {"color": INK, "size": 13, "opacity": 1, "line": {"color": PAPER, "width": 2}},
    }


def _floors() -> list[dict[str, Any]]:
    return [
        {"type": "line", "xref": "paper", "yref": "paper", "x0": 0, "x1": 1, "y0": floor, "y1": floor, "layer": "below",
         "line": {"color": LINE, "width": 1}}
        for floor, _ in (_UPPER, _LOWER)
    ]  # fmt: skip


def _threshold_line(threshold: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": "threshold",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": threshold,
        "y1": threshold,
        "layer": "below",
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
    }


def _client_line(mark: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": "client",
        "x0": mark,
        "x1": mark,
        "yref": "paper",
        "y0": _LOWER[0],
        "y1": _UPPER[1] + 0.01,
        "layer": "below",
        "line": {"color": INK_SOFT, "width": 1.5, "dash": "dot"},
    }


def _titles(texts: Texts) -> list[dict[str, Any]]:
    left = {"xref": "paper", "yref": "paper", "xanchor": "left", "font": _SOFT}
    return [
        note(0, 1, texts.say("Estimated risk, by value"), yanchor="top", **left),
        note(0, _LOWER[1] + 0.005, texts.say("Share of past files"), yanchor="bottom", bgcolor=PAPER, **left),
    ]


def _threshold_note(effect: FeatureEffect, threshold: float, texts: Texts) -> dict[str, Any]:
    """The name of the line, at the end where the curve is further from it."""
    first, last = (abs(point.probability - threshold) for point in (told_points(effect)[0], told_points(effect)[-1]))
    place, side = (0, "left") if first > last else (1, "right")
    text = texts.say("threshold {threshold}", threshold=percent(threshold, texts))
    return note(place, threshold, text, xref="paper", xanchor=side, yanchor="bottom", font={"size": 12, "color": INK})


def _client_note(effect: FeatureEffect, feature: Feature, share: float, mark: float, texts: Texts) -> dict[str, Any]:
    anchor = "left" if share < 0.3 else "right" if share > 0.7 else "center"
    text = texts.say(
        "this client: {value}, risk {risk}",
        value=value_text(effect.value, feature, texts),
        risk=percent(effect.probability, texts),
    )
    return note(
        mark, _UPPER[1] + 0.015, f"<b>{text}</b>", yref="paper", yanchor="bottom", xanchor=anchor, font={"size": 13}
    )


def _ends(effect: FeatureEffect, scale: EffectScale, texts: Texts) -> list[dict[str, Any]]:
    """The risk at both ends of the curve."""
    if not effect.points:
        return []
    ends = (
        (scale.places[0] - scale.usual / 2, "left", effect.points[0]),
        (scale.places[-1], "right", effect.points[-1]),
    )
    return [
        note(place, point.probability, percent(point.probability, texts), xanchor=side, yanchor="top", yshift=-3,
             font={"size": 12, "color": INK})
        for place, side, point in ends if point.value != effect.value
    ]  # fmt: skip


def _ticks(effect: FeatureEffect, feature: Feature, scale: EffectScale, texts: Texts) -> list[dict[str, Any]]:
    """Least, middle and greatest value; the missing one below, since its words are long."""
    below = {"yref": "paper", "yanchor": "top", "font": _SOFT}
    cells = scale.cells()
    last = len(cells) - 1
    wanted = [(0, "left"), (last, "right")] if last > 0 else []
    if last > _FEW or last == 0:
        wanted.append((last // 2, "center"))
    ticks = []
    for place, side in wanted:
        x = {"left": cells[0][0], "center": scale.places[place], "right": cells[-1][1]}[side]
        text = value_text(effect.points[place].value, feature, texts)
        ticks.append(note(x, _LOWER[0] - 0.02, text, xanchor=side, **below))
    if effect.missing is not None:
        text = texts.say("not given") + " ▲"
        ticks.append(note(1, 0, text, xref="paper", yref="paper", yanchor="bottom", xanchor="right", font=_SOFT))
    return ticks
