"""The gauge: a client's probability of default against the threshold and the review zone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from scoring_dash.core.results import Assessment
from scoring_dash.figures.palette import HIGHER, INK, INK_SOFT, LOWER, REVIEW, Figure, base_layout, hidden_axis, note
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent

_INNER, _OUTER = 0.76, 1.0
_GAP = 0.008
_STEPS_PER_TURN = 240
_NEEDLE_LENGTH, _NEEDLE_HALF_WIDTH = 0.7, 0.028
_THRESHOLDS_SHOWN: Final = 3.3


@dataclass(frozen=True, slots=True)
class GaugeScale:
    """Where a probability stands on the half circle.

    Attributes
    ----------
    top : float
        Probability at the right end; the same for every client of a model, so that needles compare. What lies beyond
        stands at the end, which is labelled "and more".
    """

    top: float

    @classmethod
    def of(cls, threshold: float) -> GaugeScale:
        """The scale of a model: its threshold stands near a third, the end is a multiple of 5 %."""
        return cls(min(1.0, max(1, round(threshold * _THRESHOLDS_SHOWN * 20)) / 20))

    def angle(self, probability: float) -> float:
        """Angle in radians, pi at the left end for 0, 0 at the right end."""
        return math.pi * (1 - min(max(probability / self.top, 0.0), 1.0))

    def probability(self, angle: float) -> float:
        """The probability at an angle: the inverse, up to the end of the scale."""
        return self.top * (1 - angle / math.pi)


def gauge_figure(assessment: Assessment, texts: Texts) -> Figure:
    """Zones, threshold and needle of one client."""
    scale = GaugeScale.of(assessment.threshold)
    return {
        "data": [*_zones(assessment, scale), _threshold_mark(assessment, scale), *_needle(assessment, scale)],
        "layout": base_layout(
            214,
            xaxis=hidden_axis(-1.42, 1.42),
            yaxis=hidden_axis(-0.2, 1.2, scaleanchor="x"),
            annotations=_words(assessment, scale, texts),
        ),
    }


def gauge_summary(assessment: Assessment, texts: Texts) -> str:
    """What the gauge shows, for those who do not see it."""
    return texts.say(
        "Gauge: risk {risk}, threshold {threshold}, review zone from {low} to {high}.",
        risk=percent(assessment.probability_of_default, texts),
        threshold=percent(assessment.threshold, texts),
        low=percent(assessment.review_low, texts),
        high=percent(assessment.review_high, texts),
    )


def _zones(assessment: Assessment, scale: GaugeScale) -> Iterator[dict[str, Any]]:
    bounds = (0.0, assessment.review_low, assessment.review_high, scale.top)
    colours = (LOWER, REVIEW, HIGHER)
    for name, low, high, colour in zip(("accept", "review", "refuse"), bounds, bounds[1:], colours, strict=False):
        yield _filled(f"zone-{name}", _ring(scale.angle(low) - _GAP, scale.angle(high) + _GAP), colour)


def _threshold_mark(assessment: Assessment, scale: GaugeScale) -> dict[str, Any]:
    angle = scale.angle(assessment.threshold)
    return {
        "type": "scatter",
        "name": "threshold",
        "mode": "lines",
        "x": [radius * math.cos(angle) for radius in (_INNER - 0.06, _OUTER + 0.06)],
        "y": [radius * math.sin(angle) for radius in (_INNER - 0.06, _OUTER + 0.06)],
        "line": {"color": INK, "width": 3},
    }


def _needle(assessment: Assessment, scale: GaugeScale) -> Iterator[dict[str, Any]]:
    angle = scale.angle(assessment.probability_of_default)
    across = (_NEEDLE_HALF_WIDTH * math.sin(angle), -_NEEDLE_HALF_WIDTH * math.cos(angle))
    tip = (_NEEDLE_LENGTH * math.cos(angle), _NEEDLE_LENGTH * math.sin(angle))
    yield _filled("needle", [tip, across, (-across[0], -across[1]), tip], INK)
    circle = [(0.065 * math.cos(turn / 12 * math.pi), 0.065 * math.sin(turn / 12 * math.pi)) for turn in range(25)]
    yield _filled("hub", circle, INK)


def _words(assessment: Assessment, scale: GaugeScale, texts: Texts) -> list[dict[str, Any]]:
    soft = {"size": 12, "color": INK_SOFT}
    accept = _polar((scale.angle(0) + scale.angle(assessment.review_low)) / 2, 1.08)
    refuse = _polar((scale.angle(assessment.review_high) + scale.angle(scale.top)) / 2, 1.08)
    limit = _polar(scale.angle(assessment.threshold), 1.1)
    # The label leans away from the arc: over its highest part only is there room on both sides.
    side, lean = ("right", 0.14) if limit[0] < -0.2 else ("left", -0.14) if limit[0] > 0.2 else ("center", 0.0)
    marked = texts.say("threshold {threshold}", threshold=percent(assessment.threshold, texts))
    return [
        note(*accept, texts.say("accept"), xanchor="right", font={"size": 13, "color": LOWER, "weight": 600}),
        note(*refuse, texts.say("refuse"), xanchor="left", font={"size": 13, "color": HIGHER, "weight": 600}),
        note(
            limit[0] + lean,
            limit[1],
            marked,
            yanchor="bottom",
            xanchor=side,
            font={**soft, "color": INK, "weight": 600},
        ),
        note(-0.88, -0.03, percent(0, texts, 0), yanchor="top", font=soft),
        note(0.88, -0.03, texts.say("{share} and more", share=percent(scale.top, texts, 0)), yanchor="top", font=soft),
    ]


def _filled(name: str, corners: list[tuple[float, float]], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines",
        "x": [x for x, _ in corners],
        "y": [y for _, y in corners],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": colour, "width": 0},
    }


def _ring(start: float, end: float) -> list[tuple[float, float]]:
    """Outline of a piece of the half circle, from the greater angle ``start`` down to ``end``."""
    steps = max(2, round((start - end) / math.pi * _STEPS_PER_TURN / 2))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [_polar(angle, _OUTER) for angle in angles] + [_polar(angle, _INNER) for angle in reversed(angles)]


def _polar(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)
