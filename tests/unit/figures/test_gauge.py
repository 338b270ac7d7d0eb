"""The needle, the zones and the threshold stand where the figures say."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_services import FakeServices

from scoring_dash.core.results import Assessment
from scoring_dash.figures.gauge import GaugeScale, beyond_scale, gauge_figure, gauge_summary
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
SAMPLE = FakeServices().assess(100_009)


def trace(assessment: Assessment, name: str) -> dict[str, Any]:
    return next(item for item in gauge_figure(assessment, FRENCH)["data"] if item["name"] == name)


def shown_probability(assessment: Assessment) -> float:
    """Read the needle as a person would: the angle of its tip on the scale."""
    needle = trace(assessment, "needle")
    return GaugeScale.of(assessment.threshold).probability(math.atan2(needle["y"][0], needle["x"][0]))


@settings(deadline=None)
@given(st.floats(0, 0.23))
def test_needle_points_at_the_probability(probability: float) -> None:
    assert shown_probability(replace(SAMPLE, probability_of_default=probability)) == pytest.approx(
        probability, abs=1e-9
    )


def test_needle_stops_at_the_end_which_says_and_more() -> None:
    figure = gauge_figure(replace(SAMPLE, probability_of_default=0.97), FRENCH)
    assert shown_probability(replace(SAMPLE, probability_of_default=0.97)) == pytest.approx(0.23, abs=1e-9)
    assert "23\u202f% et plus" in {note["text"] for note in figure["layout"]["annotations"]}


def test_threshold_mark_stands_at_the_threshold() -> None:
    mark = trace(SAMPLE, "threshold")
    angle = math.atan2(mark["y"][0], mark["x"][0])
    assert GaugeScale.of(SAMPLE.threshold).probability(angle) == pytest.approx(SAMPLE.threshold)


def test_zones_meet_at_the_bounds_of_the_review_zone() -> None:
    scale = GaugeScale.of(SAMPLE.threshold)
    review = trace(SAMPLE, "zone-review")
    angles = [math.atan2(y, x) for x, y in zip(review["x"], review["y"], strict=True)]
    assert scale.probability(max(angles)) == pytest.approx(SAMPLE.review_low, abs=0.002)
    assert scale.probability(min(angles)) == pytest.approx(SAMPLE.review_high, abs=0.002)


@pytest.mark.parametrize(("threshold", "top"), [(0.091, 0.23), (0.08, 0.2), (0.109, 0.28), (0.01, 0.03), (0.5, 1.0)])
def test_scale_depends_on_the_model_alone(threshold: float, top: float) -> None:
    assert GaugeScale.of(threshold).top == pytest.approx(top)


def test_the_end_of_the_scale_is_told_only_to_those_beyond_it() -> None:
    assert beyond_scale(replace(SAMPLE, probability_of_default=0.23), FRENCH) is None
    assert beyond_scale(replace(SAMPLE, probability_of_default=0.2301), FRENCH) == (
        "Le cadran s’arrête à 23\u202f%\u00a0: le risque est au-delà."
    )


def test_the_distance_is_drawn_from_the_threshold_to_the_needle() -> None:
    arc = trace(SAMPLE, "distance")
    angles = [math.atan2(arc["y"][place], arc["x"][place]) for place in (0, -1)]
    shown = [GaugeScale.of(SAMPLE.threshold).probability(angle) for angle in angles]
    assert shown == pytest.approx([SAMPLE.threshold, SAMPLE.probability_of_default])


def places(assessment: Assessment) -> dict[str, tuple[float, str]]:
    """Where each word starts from, and to which side it goes."""
    notes = gauge_figure(assessment, ENGLISH)["layout"]["annotations"]
    return {note["text"].split(" ")[0]: (note["x"], note.get("xanchor", "center")) for note in notes}


@pytest.mark.parametrize(
    ("low", "high", "anchor_of_zone"),
    [(0.075, 0.108, "left"), (0.06, 0.091, "right"), (0.091, 0.12, "left")],
)
def test_threshold_and_review_zone_are_named_on_either_side_of_the_mark(
    low: float, high: float, anchor_of_zone: str
) -> None:
    words = places(replace(SAMPLE, review_low=low, review_high=high))
    mark = math.cos(GaugeScale.of(SAMPLE.threshold).angle(SAMPLE.threshold)) * 1.1
    # A word anchored on its right side lies to the left of its place.
    assert words["to"][1] == anchor_of_zone
    assert words["threshold"][1] == {"left": "right", "right": "left"}[anchor_of_zone]
    for x, anchor in (words["to"], words["threshold"]):
        assert (x < mark) is (anchor == "right")


def test_every_word_fits_on_the_narrowest_screen() -> None:
    """At 320 px the drawing is 254 px wide; a letter takes 0.62 of its size at most."""
    figure = gauge_figure(SAMPLE, FRENCH)
    low, high = figure["layout"]["xaxis"]["range"]
    pixel = (high - low) / 254
    for note in figure["layout"]["annotations"]:
        width = 0.62 * note["font"]["size"] * len(note["text"]) * pixel
        start = note["x"] - {"left": 0.0, "center": width / 2, "right": width}[note.get("xanchor", "center")]
        assert low - 0.05 <= start and start + width <= high + 0.05, note["text"]


def test_words_are_in_the_language() -> None:
    words = {note["text"] for note in gauge_figure(SAMPLE, FRENCH)["layout"]["annotations"]}
    assert {"accord", "refus", "à examiner", "seuil 9,1\u202f%"} <= words
    assert gauge_summary(SAMPLE, FRENCH).startswith(
        "Jauge\u00a0: risque 9,8\u202f%, 0,7\u00a0point au-dessus du seuil\u202f; seuil 9,1\u202f%"
    )
