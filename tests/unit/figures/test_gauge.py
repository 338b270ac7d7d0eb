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
from scoring_dash.figures.gauge import GaugeScale, gauge_figure, gauge_summary
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)
SAMPLE = FakeServices().assess(100_009)


def trace(assessment: Assessment, name: str) -> dict[str, Any]:
    return next(item for item in gauge_figure(assessment, FRENCH)["data"] if item["name"] == name)


def shown_probability(assessment: Assessment) -> float:
    """Read the needle as a person would: the angle of its tip on the scale."""
    needle = trace(assessment, "needle")
    return GaugeScale.of(assessment.threshold).probability(math.atan2(needle["y"][0], needle["x"][0]))


@settings(deadline=None)
@given(st.floats(0, 0.3))
def test_needle_points_at_the_probability(probability: float) -> None:
    assert shown_probability(replace(SAMPLE, probability_of_default=probability)) == pytest.approx(
        probability, abs=1e-9
    )


def test_needle_stops_at_the_end_which_says_and_more() -> None:
    figure = gauge_figure(replace(SAMPLE, probability_of_default=0.97), FRENCH)
    assert shown_probability(replace(SAMPLE, probability_of_default=0.97)) == pytest.approx(0.3, abs=1e-9)
    assert "30\u202f% et plus" in {note["text"] for note in figure["layout"]["annotations"]}


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


@pytest.mark.parametrize(("threshold", "top"), [(0.091, 0.3), (0.081, 0.25), (0.01, 0.05), (0.5, 1.0)])
def test_scale_depends_on_the_model_alone(threshold: float, top: float) -> None:
    assert GaugeScale.of(threshold).top == pytest.approx(top)


def test_words_are_in_the_language() -> None:
    words = {note["text"] for note in gauge_figure(SAMPLE, FRENCH)["layout"]["annotations"]}
    assert {"accord", "refus", "seuil 9,1\u202f%"} <= words
    assert gauge_summary(SAMPLE, FRENCH).startswith("Jauge\u00a0: risque 9,8\u202f%, seuil 9,1\u202f%")
