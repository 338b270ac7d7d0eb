"""The one engine: exact, repeatable, and the same for one client as for many."""

import math
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.tiny_model import QUICK, tiny_data

from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.results import AssessmentWarning, WarningCode
from scoring_dash.core.words import Book, ColumnUse, Direction, Recommendation
from scoring_dash.figures.steps import waterfall_of
from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.recommendation import recommend
from scoring_dash.model.train import train_models
from scoring_dash.population.frequency import FrequencyTable
from scoring_dash.population.novelty import PastSample, novelty_bound


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


def number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, width=32) | st.just(float("nan"))


RISKS = st.floats(0, 0.2)
ROWS = st.tuples(
    number(0, 1),
    number(0, 1),
    number(0, 1e7),
    st.sampled_from([0.0, 1.0, float("nan")]),
    number(0, 1),
    st.integers(0, 40),
)


def client(row: tuple[float, ...], model: int = 3) -> ClientRow:
    return ClientRow(7, Book.CURRENT, np.array([row], dtype=np.float32), model)


@given(row=ROWS, model=st.integers(0, 3))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_contributions_add_up_to_the_probability_shown(
    services: LoadedServices, row: tuple[float, ...], model: int
) -> None:
    explanation = services.engine.explain(client(row, model))
    assessment = services.engine.assess(client(row, model))
    total = explanation.base_margin + math.fsum(item.contribution for item in explanation.contributions)
    assert total == pytest.approx(explanation.margin, abs=1e-6)
    assert 1 / (1 + math.exp(-explanation.calibrated_margin)) == assessment.probability_of_default
    assert explanation.probability_of_default == assessment.probability_of_default
    assert math.fsum(explanation.by_theme().values()) == pytest.approx(total - explanation.base_margin, abs=1e-9)


@given(low=st.tuples(RISKS, RISKS, RISKS), more=st.tuples(RISKS, RISKS, RISKS))
def test_a_higher_risk_by_every_model_is_never_recommended_better(
    low: tuple[float, float, float], more: tuple[float, float, float]
) -> None:
    rule, order = DecisionRule(0.09, 0.07, 0.1, 0.5), list(Recommendation)
    high = [one + other for one, other in zip(low, more, strict=True)]
    before, after = (recommend(risk, rule, min(ends), max(ends)) for risk, *ends in (low, high))
    assert order.index(before) <= order.index(after)


@given(row=ROWS)
@settings(deadline=None)
def test_the_same_question_gets_the_same_answer(services: LoadedServices, row: tuple[float, ...]) -> None:
    assert repr(services.engine.explain(client(row))) == repr(services.engine.explain(client(row)))
    assert repr(services.engine.assess(client(row))) == repr(services.engine.assess(client(row)))


@given(rows=st.lists(ROWS, min_size=1, max_size=30))
@settings(deadline=None, max_examples=30)
def test_many_clients_get_the_bits_of_single_ones(services: LoadedServices, rows: list[tuple[float, ...]]) -> None:
    clients = [client(row) for row in rows]
    together = list(services.engine.assess_many(clients, threads=2))
    assert [repr(item) for item in together] == [repr(services.engine.assess(item)) for item in clients]


@given(row=ROWS)
@settings(deadline=None)
def test_reasons_are_few_signed_and_lawful(services: LoadedServices, row: tuple[float, ...]) -> None:
    assessment = services.engine.assess(client(row))
    features = {feature.name: feature for feature in services.model.features}
    for direction, sign in ((Direction.RAISES, 1), (Direction.LOWERS, -1)):
        reasons = assessment.reasons_of(direction)
        assert len(reasons) <= 4
        for reason in reasons:
            assert sign * reason.contribution > 0
            assert sign * reason.probability_points >= 0
            assert features[reason.feature].theme is reason.theme
            assert features[reason.feature].use is not ColumnUse.FORBIDDEN
    weights = [abs(reason.contribution) for reason in assessment.reasons]
    assert weights == sorted(weights, reverse=True)
    assert len({reason.code for reason in assessment.reasons}) == len(assessment.reasons)


@given(row=ROWS)
@settings(deadline=None)
def test_no_strong_theme_is_left_out(services: LoadedServices, row: tuple[float, ...]) -> None:
    """Slow reference: sum the distances to the reference applicants by hand."""
    one = client(row)
    values = services.package.scorer.contributions(one.features, one.model)[0, :-1]
    sums: dict[str, float] = {}
    for feature, own, usual in zip(
        services.model.features, values, services.package.reference_contributions[3], strict=True
    ):
        sums[feature.theme] = sums.get(feature.theme, 0.0) + float(own - usual)
    expected = {theme: value for theme, value in sums.items() if abs(value) >= 0.05}
    found = {reason.theme: reason.contribution for reason in services.engine.assess(one).reasons}
    assert found == pytest.approx(expected, abs=1e-12)  # the small model has five themes: none is cut off


def test_a_past_client_is_scored_by_a_model_that_never_saw_him() -> None:
    """Slow reference: train once more without the fold."""
    data = tiny_data()
    past = data.past
    models = train_models(past.values, past.outcomes, data.features, seed=0, plan=QUICK)
    rows = np.ascontiguousarray(past.values.T)
    held_out = models.fold_of == 1
    seen = lightgbm.Dataset(rows[~held_out], past.outcomes[~held_out], categorical_feature=[3])
    parameters = {
        **QUICK.parameters,
        "objective": "binary",
        "seed": 0,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 2,
        "verbosity": -1,
        "feature_pre_filter": False,
        "monotone_constraints": [feature.monotone for feature in data.features],
    }
    again = lightgbm.train(parameters, seen, num_boost_round=models.rounds)
    np.testing.assert_allclose(
        again.predict(rows[held_out], raw_score=True), models.out_of_fold_margins[held_out], atol=1e-12
    )


def test_what_is_stored_is_what_the_engine_answers(services: LoadedServices) -> None:
    for book in Book:
        data = services.portfolio.book(book)
        for place in range(0, len(data.client_ids), 7):
            assessment = services.assess(int(data.client_ids[place]))
            assert assessment.probability_of_default == float(data.probabilities[place])
            explanation = services.explain(int(data.client_ids[place]))
            themes = explanation.by_theme()
            stored = dict(zip(services.package.description.themes, data.theme_contributions[place], strict=True))
            assert {theme: float(value) for theme, value in stored.items()} == pytest.approx(themes, abs=1e-5)


def test_spread_holds_for_current_clients_and_is_nil_for_past_ones(services: LoadedServices) -> None:
    current = services.assess(int(services.portfolio.current.client_ids[0]))
    past = services.assess(int(services.portfolio.past.client_ids[0]))
    assert current.spread_low < current.spread_high
    assert past.spread_low == past.spread_high == past.probability_of_default
    assert past.warnings[0].code is WarningCode.OUT_OF_FOLD


def test_warnings_name_what_is_missing_or_out_of_range(services: LoadedServices) -> None:
    found = services.engine.assess(client((float("nan"), 0.5, 9e9, 0.0, 0.1, 0.0))).warnings
    assert {(item.code, item.feature) for item in found} == {
        (WarningCode.MISSING_EXTERNAL_SCORES, "external_score_1"),
        (WarningCode.OUT_OF_RANGE, "credit_amount"),
        (WarningCode.NO_BUREAU_HISTORY, None),
    }


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.069, Recommendation.ACCEPT),
        (0.07, Recommendation.REVIEW),
        (0.1, Recommendation.REVIEW),
        (0.101, Recommendation.REFUSE),
    ],
)
def test_the_review_zone_includes_its_bounds(probability: float, expected: Recommendation) -> None:
    assert recommend(probability, DecisionRule(0.09, 0.07, 0.1, 0.5), probability, probability) is expected


@pytest.mark.parametrize(
    ("probability", "low", "high", "expected"),
    [
        (0.06, 0.05, 0.089, Recommendation.ACCEPT),
        (0.06, 0.05, 0.09, Recommendation.ACCEPT),  # at the threshold itself a file is not refused
        (0.06, 0.05, 0.091, Recommendation.REVIEW),
        (0.12, 0.09, 0.14, Recommendation.REVIEW),
        (0.12, 0.091, 0.14, Recommendation.REFUSE),
        (0.12, 0.07, 0.089, Recommendation.REVIEW),  # the final model alone above the threshold
        (0.06, 0.095, 0.12, Recommendation.REVIEW),  # the final model alone below it
    ],
)
def test_a_person_decides_where_the_fold_models_disagree(
    probability: float, low: float, high: float, expected: Recommendation
) -> None:
    assert recommend(probability, DecisionRule(0.09, 0.07, 0.1, 0.5), low, high) is expected


@given(row=ROWS)
@settings(deadline=None)
def test_a_reason_weighs_what_its_bar_in_the_waterfall_shows(services: LoadedServices, row: tuple[float, ...]) -> None:
    """Slow reference: the steps that the page draws from the explanation alone."""
    waterfall = waterfall_of(services.engine.explain(client(row)))
    bars = {step.theme: step.change for step in waterfall.themes}
    for reason in services.engine.assess(client(row)).reasons:
        assert reason.probability_points == pytest.approx(bars[reason.theme], abs=1e-9)


def test_a_file_that_resembles_no_past_one_is_said_to(services: LoadedServices) -> None:
    """Slow reference: the nearest of all past files, one by one, by the contributions of the explanation."""
    past, description = services.portfolio.past, services.package.description
    assert description.novelty_bound == novelty_bound(past.client_ids, past.theme_contributions)
    unlike = 0
    for place, number in enumerate(past.client_ids):
        sums = services.explain(int(number)).by_theme()
        own = np.array([sums[theme] for theme in description.themes])
        others = np.delete(past.theme_contributions, place, axis=0)
        nearest = float(np.sqrt(np.square(others - own).sum(axis=1)).min())
        if abs(nearest - description.novelty_bound) < 1e-5:
            continue  # the bound is one of these distances: rounding decides
        codes = {warning.code for warning in services.assess(int(number)).warnings}
        assert (WarningCode.UNLIKE_PAST_FILES in codes) is (nearest > description.novelty_bound)
        unlike += WarningCode.UNLIKE_PAST_FILES in codes
    assert unlike <= len(past.client_ids) // 100


@given(rows=st.lists(ROWS, min_size=1, max_size=20))
@settings(deadline=None, max_examples=20)
def test_many_clients_are_warned_as_single_ones_whatever_the_bound(
    services: LoadedServices, rows: list[tuple[float, ...]]
) -> None:
    past = services.portfolio.past
    clients = [client(row) for row in rows]
    sample = PastSample.of(past.client_ids, past.theme_contributions, 0.0)
    distances = [sample.distance(7, _themes(services, one)) for one in clients]
    # At each of these bounds some clients are unlike and others are not, one of them by the last bit.
    for bound in sorted(distances)[:3]:
        frequencies = FrequencyTable.of(np.asarray(past.probabilities), np.asarray(past.outcomes))
        engine = Engine(services.package, "v", frequencies, replace(sample, bound=bound))
        together = [item.warnings for item in engine.assess_many(clients, threads=2)]
        assert together == [engine.assess(one).warnings for one in clients]
        assert sum(_is_unlike(warnings) for warnings in together) == sum(value > bound for value in distances)


def _themes(services: LoadedServices, one: ClientRow) -> np.ndarray:
    contributions = services.package.scorer.contributions(one.features, one.model)[0, :-1]
    return (contributions @ services.package.description.theme_matrix).astype(np.float32)


def _is_unlike(warnings: tuple[AssessmentWarning, ...]) -> bool:
    return any(warning.code is WarningCode.UNLIKE_PAST_FILES for warning in warnings)
