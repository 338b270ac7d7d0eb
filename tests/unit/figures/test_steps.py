"""The steps of the waterfall sum exactly, by theme and by feature, to the probability shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_services import BASE_MARGIN, INTERCEPT, SLOPE, FakeServices

from scoring_dash.core.results import Contribution, Explanation
from scoring_dash.core.words import Theme
from scoring_dash.figures.steps import logistic, waterfall_of

CONTRIBUTIONS = st.lists(st.tuples(st.sampled_from(Theme), st.floats(-3, 3)), min_size=1, max_size=40)


def explained(terms: list[tuple[Theme, float]], slope: float = 1.0, intercept: float = 0.0) -> Explanation:
    contributions = tuple(Contribution(f"f{i}", theme, None, value) for i, (theme, value) in enumerate(terms))
    margin = -2.5 + sum(value for _, value in terms)
    calibrated = slope * margin + intercept
    return Explanation(1, "v", -2.5, margin, calibrated, logistic(calibrated), contributions, slope)


@settings(deadline=None)
@given(CONTRIBUTIONS, st.floats(0.5, 2), st.floats(-1, 1))
def test_steps_lead_from_the_base_to_the_probability(
    terms: list[tuple[Theme, float]], slope: float, intercept: float
) -> None:
    explanation = explained(terms, slope, intercept)
    waterfall = waterfall_of(explanation)
    assert waterfall.base == pytest.approx(logistic(slope * -2.5 + intercept), abs=1e-12)
    assert waterfall.themes[0].start == waterfall.base
    for before, after in zip(waterfall.themes, waterfall.themes[1:], strict=False):
        assert before.end == after.start
    assert waterfall.themes[-1].end == explanation.probability_of_default
    for theme in waterfall.themes:
        assert math.fsum(step.change for step in theme.features) == pytest.approx(theme.change, abs=1e-12)
    assert sum(len(theme.features) for theme in waterfall.themes) == len(terms)


@settings(deadline=None)
@given(CONTRIBUTIONS)
def test_a_feature_moves_the_probability_the_way_it_moves_the_odds(terms: list[tuple[Theme, float]]) -> None:
    for theme in waterfall_of(explained(terms)).themes:
        for step in theme.features:
            value = terms[int(step.feature[1:])][1]
            assert step.change * value >= 0


def test_strongest_theme_comes_first() -> None:
    waterfall = waterfall_of(explained([(Theme.ASSETS, 0.1), (Theme.LOAN_SIZE, -0.9), (Theme.ASSETS, 0.2)]))
    assert [step.theme for step in waterfall.themes] == [Theme.LOAN_SIZE, Theme.ASSETS]


def test_a_single_step_by_hand() -> None:
    step = waterfall_of(explained([(Theme.LOAN_SIZE, 1.0)])).themes[0]
    assert step.change == pytest.approx(1 / (1 + math.exp(1.5)) - 1 / (1 + math.exp(2.5)))


def test_base_is_the_calibrated_base_of_the_model() -> None:
    waterfall = waterfall_of(FakeServices().explain(100_009))
    assert waterfall.base == pytest.approx(logistic(SLOPE * BASE_MARGIN + INTERCEPT), abs=1e-12)
