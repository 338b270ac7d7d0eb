"""The gauge: a client's probability of default against the threshold and the review zone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from scoring_dash.core.results import Assessment
from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LOWER,
    PAPER,
    REVIEW,
    REVIEW_EDGE,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.sentences import distance

_INNER, _OUTER = 0.76, 1.0
_GAP = 0.008
_STEPS_PER_TURN = 240
_NEEDLE_LENGTH, _NEEDLE_HALF_WIDTH = 0.7, 0.028
_GAP_RADIUS = 0.62
_STRONG: Final = {"size": 13, "weight": 600}
_THRESHOLDS_SHOWN: Final = 2.5
_NEAR_THE_TOP = 0.45
"""Where both sides of the threshold mark have room for a word: its greatest distance from the highest point."""


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
        """The scale of a model: two and a half times its threshold, in whole per cent.

        The threshold then stands near the highest point, with room on both sides, and few files lie beyond the end.
        """
        return cls(min(1.0, math.ceil(round(threshold * _THRESHOLDS_SHOWN * 100, 6)) / 100))

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
        "data": [
            *_zones(assessment, scale),
            _distance_arc(assessment, scale),
            *_threshold_mark(assessment, scale),
            *_needle(assessment, scale),
        ],
        "layout": base_layout(
            214,
            xaxis=hidden_axis(-1.55, 1.55),
            yaxis=hidden_axis(-0.18, 1.24, scaleanchor="x"),
            annotations=_words(assessment, scale, texts),
        ),
    }


def gauge_summary(assessment: Assessment, texts: Texts) -> str:
    """What the gauge shows, for those who do not see it."""
    return texts.say(
        "Gauge: risk {risk}, {distance}; threshold {threshold}, review zone from {low} to {high}.",
        risk=percent(assessment.probability_of_default, texts),
        distance=distance(assessment, texts),
        threshold=percent(assessment.threshold, texts),
        low=percent(assessment.review_low, texts),
        high=percent(assessment.review_high, texts),
    )


def beyond_scale(assessment: Assessment, texts: Texts) -> str | None:
    """Says that the needle stands at the end of the scale; None where it stands at the client's risk."""
    scale = GaugeScale.of(assessment.threshold)
    if assessment.probability_of_default <= scale.top:
        return None
    return texts.say("The gauge ends at {share}: the risk lies beyond it.", share=percent(scale.top, texts, 0))


def _zones(assessment: Assessment, scale: GaugeScale) -> Iterator[dict[str, Any]]:
    bounds = (0.0, assessment.review_low, assessment.review_high, scale.top)
    colours = ((LOWER, LOWER), (REVIEW, REVIEW_EDGE), (HIGHER, HIGHER))
    names = ("accept", "review", "refuse")
    for name, low, high, (fill, edge) in zip(names, bounds, bounds[1:], colours, strict=False):
        yield _filled(f"zone-{name}", _ring(scale.angle(low) - _GAP, scale.angle(high) + _GAP), fill, edge)


def _distance_arc(assessment: Assessment, scale: GaugeScale) -> dict[str, Any]:
    """From the threshold to the needle: the client's distance as a piece of the scale."""
    start, end = scale.angle(assessment.threshold), scale.angle(assessment.probability_of_default)
    steps = max(2, round(abs(start - end) / math.pi * _STEPS_PER_TURN / 2))
    places = [_polar(start + (end - start) * step / steps, _GAP_RADIUS) for step in range(steps + 1)]
    return {
        "type": "scatter",
        "name": "distance",
        "mode": "lines",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "line": {"color": INK_SOFT, "width": 2, "dash": "dot"},
    }


def _threshold_mark(assessment: Assessment, scale: GaugeScale) -> Iterator[dict[str, Any]]:
    """A line across the ring, edged in the colour of the paper: in the dark, line and review zone are both pale."""
    angle = scale.angle(assessment.threshold)
    ends = [_polar(angle, radius) for radius in (_INNER - 0.06, _OUTER + 0.06)]
    for name, colour, width in (("threshold-edge", PAPER, 7), ("threshold", INK, 3)):
        yield {
            "type": "scatter",
            "name": name,
            "mode": "lines",
            "x": [x for x, _ in ends],
            "y": [y for _, y in ends],
            "line": {"color": colour, "width": width},
        }


def _needle(assessment: Assessment, scale: GaugeScale) -> Iterator[dict[str, Any]]:
    angle = scale.angle(assessment.probability_of_default)
    across = (_NEEDLE_HALF_WIDTH * math.sin(angle), -_NEEDLE_HALF_WIDTH * math.cos(angle))
    tip = (_NEEDLE_LENGTH * math.cos(angle), _NEEDLE_LENGTH * math.sin(angle))
    yield _filled("needle", [tip, across, (-across[0], -across[1]), tip], INK, INK)
    circle = [(0.065 * math.cos(turn / 12 * math.pi), 0.065 * math.sin(turn / 12 * math.pi)) for turn in range(25)]
    yield _filled("hub", circle, INK, INK)


def _words(assessment: Assessment, scale: GaugeScale, texts: Texts) -> list[dict[str, Any]]:
    soft = {"size": 12, "color": INK_SOFT}
    accept = _polar((scale.angle(0) + scale.angle(assessment.review_low)) / 2, 1.08)
    refuse = _polar((scale.angle(assessment.review_high) + scale.angle(scale.top)) / 2, 1.08)
    return [
        note(*accept, texts.say("accept"), xanchor="right", font={**_STRONG, "color": LOWER}),
        note(*refuse, texts.say("refuse"), xanchor="left", font={**_STRONG, "color": HIGHER}),
        *_words_of_threshold(assessment, scale, texts),
        note(-0.88, -0.03, percent(0, texts, 0), yanchor="top", font=soft),
        note(0.88, -0.03, texts.say("{share} and more", share=percent(scale.top, texts, 0)), yanchor="top", font=soft),
    ]


def _words_of_threshold(assessment: Assessment, scale: GaugeScale, texts: Texts) -> Iterator[dict[str, Any]]:
    """The threshold on one side of its mark, the review zone on the side where it is longer.

    Only near the highest point is there room for both; elsewhere the label of the threshold leans away from the arc,
    and the zone is named below the drawing.
    """
    x, y = _polar(scale.angle(assessment.threshold), 1.1)
    marked = texts.say("threshold {threshold}", threshold=percent(assessment.threshold, texts))
    font = {**_STRONG, "size": 12, "color": INK}
    if abs(x) > _NEAR_THE_TOP:
        yield note(x + math.copysign(0.14, -x), y, marked, yanchor="bottom", xanchor=_away(x), font=font)
        return
    lower, upper = assessment.threshold - assessment.review_low, assessment.review_high - assessment.threshold
    zone_side = -1 if lower >= upper else 1
    for side, text, colour in ((zone_side, texts.say("to review"), REVIEW_EDGE), (-zone_side, marked, INK)):
        # The arc falls on the outer side of the mark and rises on the other until its highest point.
        height = max(y, 1.06 if side * x < 0 else y)
        anchor = "right" if side < 0 else "left"
        yield note(x + side * 0.05, height, text, yanchor="bottom", xanchor=anchor, font={**font, "color": colour})


def _away(x: float) -> str:
    return "right" if x < 0 else "left"


def _filled(name: str, corners: list[tuple[float, float]], colour: str, edge: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines",
        "x": [x for x, _ in corners],
        "y": [y for _, y in corners],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": edge, "width": 0 if edge == colour else 1.5},
    }


def _ring(start: float, end: float) -> list[tuple[float, float]]:
    """Outline of a piece of the half circle, from the greater angle ``start`` down to ``end``."""
    steps = max(2, round((start - end) / math.pi * _STEPS_PER_TURN / 2))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [_polar(angle, _OUTER) for angle in angles] + [_polar(angle, _INNER) for angle in reversed(angles)]


def _polar(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)
