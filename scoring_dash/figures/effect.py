"""The effect of one feature on the client's risk: a curve for a number, a bar a value for names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from scoring_dash.core.effects import EffectPoint, FeatureEffect
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Unit
from scoring_dash.figures.effect_curve import curve_figure
from scoring_dash.figures.effect_scale import told_points
from scoring_dash.figures.named_rows import NamedRow, amount_note, bars, frame, name_notes, place_rows
from scoring_dash.figures.palette import INK, INK_SOFT, NEUTRAL, Figure, base_layout, hidden_axis, note
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.values import value_text

MOST_CATEGORIES: Final = 10
"""Categories that are drawn: the most frequent ones, and the client's own; the table holds them all."""


def effect_figure(effect: FeatureEffect, feature: Feature, threshold: float, texts: Texts) -> Figure:
    """A line in steps over the scale of a number, or a bar a category; the threshold is dotted.

    Parameters
    ----------
    threshold : float
        A probability.
    """
    if is_in_rows(feature):
        return _in_rows(effect, feature, threshold, texts)
    return curve_figure(effect, feature, threshold, texts)


def is_in_rows(feature: Feature) -> bool:
    """Whether values are names, one row each, rather than a scale."""
    return feature.unit in (Unit.CATEGORY, Unit.FLAG, Unit.LEVEL)


def drawn_points(effect: FeatureEffect, feature: Feature) -> tuple[EffectPoint, ...]:
    """Of these, what the figure shows: of many categories the first ones, the client's own and the missing value."""
    points = told_points(effect)
    if not is_in_rows(feature) or len(points) <= MOST_CATEGORIES + 1:
        return points
    kept = {*effect.points[:MOST_CATEGORIES], effect.missing}
    return tuple(point for point in points if point in kept or point.value == effect.value)


def _in_rows(effect: FeatureEffect, feature: Feature, threshold: float, texts: Texts) -> Figure:
    points = drawn_points(effect, feature)
    rows = place_rows([_row_name(point, effect, feature, texts) for point in points])
    highest = max([threshold, *(point.probability for point in points)])
    return {
        "data": [
            {
                **bars(rows),
                "name": "risks",
                "x": [point.probability for point in points],
                "marker": {
                    "color": [INK if point.value == effect.value else NEUTRAL for point in points],
                    "line": {"width": 0},
                },
            }
        ],
        "layout": base_layout(
            **frame(rows),
            xaxis=hidden_axis(0, highest * 1.6),
            shapes=[_upright_threshold(threshold)],
            annotations=[*_row_heads(threshold, texts), *_row_words(points, rows, effect, texts)],
            bargap=0,
        ),
    }


def _row_name(point: EffectPoint, effect: FeatureEffect, feature: Feature, texts: Texts) -> str:
    name = value_text(point.value, feature, texts)
    return f"{name} ◀ {texts.say('this client')}" if point.value == effect.value else name


def _row_words(
    points: Sequence[EffectPoint], rows: Sequence[NamedRow], effect: FeatureEffect, texts: Texts
) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    for point, row in zip(points, rows, strict=True):
        is_own = point.value == effect.value
        told = f"{percent(point.probability, texts)} · {percent(point.share, texts, 0)}"
        notes += [*name_notes(row, is_bold=is_own), amount_note(row, f"<b>{told}</b>" if is_own else told)]
    return notes


def _upright_threshold(threshold: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": "threshold",
        "x0": threshold,
        "x1": threshold,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": INK, "width": 1.5, "dash": "dot"},
    }


def _row_heads(threshold: float, texts: Texts) -> list[dict[str, Any]]:
    above = {"yref": "paper", "yanchor": "bottom"}
    told = texts.say("threshold {threshold}", threshold=percent(threshold, texts))
    return [
        note(threshold, 1, told, xanchor="right", font={"size": 12, "color": INK}, **above),
        note(
            1,
            1,
            texts.say("risk · past files"),
            xref="paper",
            xanchor="right",
            font={"size": 12, "color": INK_SOFT},
            **above,
        ),
    ]
