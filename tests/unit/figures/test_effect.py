"""The curve shows each point at its place, the client's mark on his stored value, and every share."""

from __future__ import annotations

from typing import Any

import pytest
from support.fake_features import RECIPES
from support.fake_services import THRESHOLD, FakeServices

from scoring_dash.core.effects import EffectPoint, FeatureEffect
from scoring_dash.figures.effect import MOST_CATEGORIES, drawn_points, effect_figure, is_in_rows
from scoring_dash.figures.effect_scale import EffectScale
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent

FRENCH = load_texts(Language.FRENCH)
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
CURVES = [name for name, feature in FEATURES.items() if not is_in_rows(feature)]
CLIENTS = (100_004, 100_009, 100_012)


def effect_of(values: list[float], own: float | None = None, missing: bool = False) -> FeatureEffect:
    points = tuple(EffectPoint(value, 0.05 + 0.01 * place, 0.1) for place, value in enumerate(values))
    apart = EffectPoint(None, 0.2, 0.3) if missing else None
    return FeatureEffect(1, "income", own, 0.07, points, apart)


def traces(effect: FeatureEffect, name: str = "income") -> dict[str, Any]:
    figure = effect_figure(effect, FEATURES[name], THRESHOLD, FRENCH)
    return {trace["name"]: trace for trace in figure["data"]}


def test_places_keep_their_distances() -> None:
    scale = EffectScale.of(effect_of([0.0, 10.0, 20.0, 25.0]))
    assert scale.places == (0.0, 10.0, 20.0, 25.0)
    assert not scale.is_squeezed
    assert scale.cells() == [(-5.0, 5.0), (5.0, 15.0), (15.0, 22.5), (22.5, 30.0)]


def test_a_far_value_does_not_press_the_others_together() -> None:
    scale = EffectScale.of(effect_of([0.0, 10.0, 20.0, 5_000.0]))
    assert scale.places == (0.0, 10.0, 20.0, 35.0)
    assert scale.is_squeezed


def test_a_missing_value_stands_apart() -> None:
    scale = EffectScale.of(effect_of([0.0, 10.0, 20.0], missing=True))
    assert scale.missing > scale.cells()[-1][1]


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("client", CLIENTS)
def test_the_mark_stands_at_the_stored_value_and_the_assessed_probability(client: int, name: str) -> None:
    effect = SERVICES.effect(client, name)
    found, scale = traces(effect, name), EffectScale.of(effect)
    assert found["client"]["y"] == [SERVICES.assess(client).probability_of_default]
    own = SERVICES.facts(client).features[name]
    values = [point.value for point in effect.points]
    expected = scale.missing if own is None else scale.places[values.index(own)]
    assert found["client"]["x"] == [expected]


@pytest.mark.parametrize("name", CURVES)
def test_the_line_and_the_bars_hold_every_point(name: str) -> None:
    effect = SERVICES.effect(100_009, name)
    found = traces(effect, name)
    assert found["risk"]["y"] == [point.probability for point in effect.points]
    assert found["risk"]["line"]["shape"] == "hvh"
    shares = [point.share for point in effect.points] + ([effect.missing.share] if effect.missing else [])
    assert found["shares"]["y"] == shares
    assert ("risk-missing" in found) == (effect.missing is not None)


def test_the_axis_holds_everything_drawn() -> None:
    for effect in (
        effect_of([0.0, 10.0, 9_000.0], missing=True),
        effect_of([5.0], own=5.0),
        effect_of([], missing=True),
    ):
        figure = effect_figure(effect, FEATURES["income"], THRESHOLD, FRENCH)
        low, high = figure["layout"]["xaxis"]["range"]
        top = figure["layout"]["yaxis"]["range"][1]
        for trace in figure["data"]:
            assert all(low <= place <= high for place in trace["x"])
            assert all(0 <= height <= top for height in trace["y"]) or trace["name"] == "shares"
        assert top > THRESHOLD


def test_the_client_and_the_threshold_are_written_beside_their_marks() -> None:
    effect = SERVICES.effect(100_009, "income")
    words = [
        note["text"] for note in effect_figure(effect, FEATURES["income"], THRESHOLD, FRENCH)["layout"]["annotations"]
    ]
    risk = percent(effect.probability, FRENCH)
    assert any(text.startswith("<b>ce client") and text.endswith(f"risque {risk}</b>") for text in words)
    assert f"seuil {percent(THRESHOLD, FRENCH)}" in words


def test_names_have_one_bar_each_and_the_clients_is_marked() -> None:
    effect = SERVICES.effect(100_009, "income_type")
    figure = effect_figure(effect, FEATURES["income_type"], THRESHOLD, FRENCH)
    assert figure["data"][0]["x"] == [point.probability for point in effect.points]
    marked = [note["text"] for note in figure["layout"]["annotations"] if "◀ ce client" in note["text"]]
    assert len(marked) == 1


def test_of_many_categories_the_frequent_ones_and_the_clients_own_are_drawn() -> None:
    feature = FEATURES["organization_type"]
    for client in range(100_001, 100_030):
        effect = SERVICES.effect(client, feature.name)
        drawn = drawn_points(effect, feature)
        assert len(drawn) <= MOST_CATEGORIES + 2
        assert {*effect.points[:MOST_CATEGORIES], effect.missing} <= set(drawn)
        assert effect.value in [point.value for point in drawn]
