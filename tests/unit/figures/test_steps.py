"""The steps of the waterfall sum exactly, by theme and by feature, to the probability shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_services import BASE_MARGIN, INTERCEPT, SLOPE, FakeServices

from scoring_dash.core.results import Contribution, Explanation
from scoring_dash.core.words import Theme
from scoring_dash.figures.steps import Scale, ThemeStep, on_scale, waterfall_of
from scoring_dash.model.calibrate import logistic

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


@settings(deadline=None)
@given(CONTRIBUTIONS, st.floats(0.5, 2), st.floats(-1, 1))
def test_log_odds_add_up_to_the_calibrated_margin(
    terms: list[tuple[Theme, float]], slope: float, intercept: float
) -> None:
    explanation = explained(terms, slope, intercept)
    waterfall = waterfall_of(explanation, Scale.LOG_ODDS)
    assert waterfall.end == waterfall.themes[-1].end == explanation.calibrated_margin
    assert waterfall.probability == explanation.probability_of_default
    assert waterfall.base == pytest.approx(slope * -2.5 + intercept, abs=1e-9)
    for theme in waterfall.themes:
        own = [terms[int(step.feature[1:])][1] for step in theme.features]
        assert theme.change == pytest.approx(slope * math.fsum(own), abs=1e-9)


@settings(deadline=None)
@given(CONTRIBUTIONS)
def test_both_scales_take_the_same_steps_in_the_same_order(terms: list[tuple[Theme, float]]) -> None:
    one, other = (waterfall_of(explained(terms), scale) for scale in Scale)
    assert [step.theme for step in one.themes] == [step.theme for step in other.themes]
    for first, second in zip(one.themes, other.themes, strict=True):
        assert first.end == pytest.approx(logistic(second.end), abs=1e-12)
        assert [step.feature for step in first.features] == [step.feature for step in second.features]


def test_features_follow_one_another_from_the_start_to_the_end_of_their_theme() -> None:
    for theme in waterfall_of(FakeServices().explain(100_009)).themes:
        stops = [theme.start, *(step.end for step in theme.features)]
        assert [step.start for step in theme.features] == stops[:-1]
        assert stops[-1] == theme.end


def theme_of(count: int) -> ThemeStep:
    return waterfall_of(explained([(Theme.ASSETS, 0.9 - place / 10) for place in range(count)])).themes[0]


def test_the_lightest_features_are_put_together() -> None:
    step = theme_of(5)
    shown, rest = step.heaviest(3)
    assert [item.feature for item in shown] == ["f0", "f1", "f2"]
    assert rest is not None
    assert (rest.count, rest.start, rest.end) == (2, shown[-1].end, step.end)
    assert rest.change == pytest.approx(sum(item.change for item in step.features[3:]))


def test_a_single_light_feature_is_not_hidden() -> None:
    shown, rest = theme_of(4).heaviest(3)
    assert (len(shown), rest) == (4, None)


def test_a_place_on_each_scale() -> None:
    assert on_scale(0.1, Scale.PROBABILITY) == 0.1
    assert on_scale(0.1, Scale.LOG_ODDS) == pytest.approx(math.log(1 / 9))
