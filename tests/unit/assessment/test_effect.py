"""The effect of one feature: each point is what the engine says of the changed row, and the client stands on it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tiny_model import FEATURES

from scoring_dash.assessment.effect import find_effect, grid
from scoring_dash.assessment.engine import ClientRow
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.effects import EffectPoint, FeatureEffect
from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book

NAMES = [feature.name for feature in FEATURES]


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


def some_clients(services: LoadedServices) -> list[int]:
    """Current and past clients, the latter by different fold models."""
    return [*services.portfolio.current.client_ids[:4].tolist(), *services.portfolio.past.client_ids[:6].tolist()]


def row_of(services: LoadedServices, client_id: int) -> ClientRow:
    book, place = services.portfolio.find(client_id) or pytest.fail("no such client")
    data = services.portfolio.book(book)
    return ClientRow(client_id, book, data.feature_row(place), int(data.models[place]))


def stored(services: LoadedServices, feature: str, value: FeatureValue) -> float:
    names = services.package.description.categories.get(feature)
    if value is None:
        return math.nan
    return float(names.index(value)) if names and isinstance(value, str) else float(value)


def slow_probability(services: LoadedServices, client: ClientRow, feature: str, value: FeatureValue) -> float:
    """What the engine assesses when this one entry of the row is written over."""
    features = client.features.copy()
    features[0, NAMES.index(feature)] = stored(services, feature, value)
    return services.engine.assess(replace(client, features=features)).probability_of_default


@pytest.mark.parametrize("feature", NAMES)
def test_each_point_is_what_the_engine_says_of_the_changed_row(services: LoadedServices, feature: str) -> None:
    for client_id in some_clients(services)[::3]:
        effect, client = services.effect(client_id, feature), row_of(services, client_id)
        for point in [*effect.points, *([effect.missing] if effect.missing else [])]:
            assert point.probability == slow_probability(services, client, feature, point.value)


@pytest.mark.parametrize("feature", NAMES)
def test_the_client_stands_on_his_curve_to_the_last_bit(services: LoadedServices, feature: str) -> None:
    for client_id in some_clients(services):
        effect = services.effect(client_id, feature)
        assert effect.value == services.facts(client_id).features[feature]
        assert effect.probability == services.assess(client_id).probability_of_default
        everything = [*effect.points, *([effect.missing] if effect.missing else [])]
        assert [point.probability for point in everything if point.value == effect.value] == [effect.probability]


@pytest.mark.parametrize("feature", NAMES)
def test_shares_count_the_past_files_one_by_one(services: LoadedServices, feature: str) -> None:
    """Slow reference: give each past file to the value nearest to it."""
    effect = services.effect(some_clients(services)[0], feature)
    past = np.asarray(services.portfolio.past.features[NAMES.index(feature)])
    known = [stored(services, feature, point.value) for point in effect.points]
    counts = [0] * len(known)
    for value in past[~np.isnan(past)].tolist():
        counts[min(range(len(known)), key=lambda place: (abs(known[place] - value), known[place]))] += 1
    assert [point.share for point in effect.points] == [count / len(past) for count in counts]
    missing = int(np.isnan(past).sum())
    assert (effect.missing.share if effect.missing else 0.0) == missing / len(past)


def values(effect: FeatureEffect) -> list[float]:
    return [point.value for point in effect.points if isinstance(point.value, float)]


@pytest.mark.parametrize("feature", [feature for feature in FEATURES if feature.monotone], ids=lambda item: item.name)
def test_a_monotone_feature_never_goes_the_wrong_way(services: LoadedServices, feature: Feature) -> None:
    for client_id in some_clients(services):
        effect = services.effect(client_id, feature.name)
        assert values(effect) == sorted(values(effect))
        risks = np.array([point.probability for point in effect.points])
        assert (np.diff(risks) * feature.monotone >= -1e-12).all()


def test_categories_come_with_the_most_frequent_first(services: LoadedServices) -> None:
    effect = services.effect(some_clients(services)[0], "income_type")
    shares = [point.share for point in effect.points]
    assert shares == sorted(shares, reverse=True)
    assert {point.value for point in effect.points} == {"Pensioner", "Working"}
    assert effect.missing is None


def test_a_value_that_no_past_file_lacks_has_no_missing_point(services: LoadedServices) -> None:
    client_id = some_clients(services)[0]
    assert services.effect(client_id, "credit_amount").missing is None
    assert services.effect(client_id, "external_score_1").missing is not None


def test_a_client_who_lacks_what_nobody_lacks_still_has_a_place(services: LoadedServices) -> None:
    client = row_of(services, some_clients(services)[0])
    features = client.features.copy()
    features[0, NAMES.index("credit_amount")] = np.nan
    past = services.portfolio.past.features
    effect = find_effect(services.package, replace(client, features=features), "credit_amount", past)
    assert effect.value is None
    assert effect.missing == EffectPoint(None, effect.probability, 0.0)


def test_past_clients_are_asked_of_the_model_that_never_saw_them(services: LoadedServices) -> None:
    past = services.portfolio.past
    for place in (int(np.flatnonzero(past.models == model)[0]) for model in (0, 1, 2)):
        effect = services.effect(int(past.client_ids[place]), "credit_amount")
        assert effect.probability == float(past.probabilities[place])
        assert services.portfolio.find(int(past.client_ids[place])) == (Book.PAST, place)


def test_what_cannot_be_asked_is_refused(services: LoadedServices) -> None:
    with pytest.raises(InvalidRequestError, match="feature is 'SEX'"):
        services.effect(some_clients(services)[0], "SEX")
    with pytest.raises(UnknownClientError):
        services.effect(1, "credit_amount")


def test_a_grid_by_hand() -> None:
    assert grid((10.0, 20.0, 30.0), (0.0, 100.0), math.nan, is_whole=False).tolist() == [0, 5, 15, 25, 35, 100]


def test_the_clients_value_takes_the_place_of_the_middle_next_to_it() -> None:
    assert grid((10.0, 20.0, 30.0), (0.0, 100.0), 17.0, is_whole=False).tolist() == [0, 5, 17, 25, 35, 100]


def test_a_value_far_from_all_middles_is_a_point_of_its_own() -> None:
    assert grid((10.0, 20.0, 30.0), (0.0, 100.0), 60.0, is_whole=False).tolist() == [0, 5, 15, 25, 35, 60, 100]
    assert grid((10.0, 20.0), (0.0, 100.0), 150.0, is_whole=False).tolist() == [0, 5, 15, 25, 100, 150]


def test_counts_are_asked_at_whole_numbers() -> None:
    assert grid((0.5, 1.5, 2.5), (0.0, 8.0), 1.0, is_whole=True).tolist() == [0, 1, 2, 3, 8]
    assert grid((5.0, 10.0), (0.0, 30.0), math.nan, is_whole=True).tolist() == [0, 2, 8, 12, 30]


def test_a_yes_or_no_and_a_constant_have_few_points() -> None:
    assert grid((0.5,), (0.0, 1.0), 1.0, is_whole=True).tolist() == [0, 1]
    assert grid((4.0,), (4.0, 4.0), math.nan, is_whole=False).tolist() == [4]


@settings(deadline=None)
@given(
    edges=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=20, unique=True).map(sorted),
    own=st.floats(-2e6, 2e6, width=32) | st.just(math.nan),
)
def test_a_grid_ascends_and_holds_the_clients_value_and_the_bounds(edges: list[float], own: float) -> None:
    low, high = edges[0] - 1024.0, edges[-1] + 1024.0
    found = grid(edges, (low, high), own, is_whole=False)
    assert (np.diff(found) > 0).all()
    assert {np.float32(low), np.float32(high)} <= set(found)
    assert math.isnan(own) or np.float32(own) in found
