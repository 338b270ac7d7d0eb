"""The client's mark stands at the client's value, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_features import RECIPES
from support.fake_services import FakeServices

from scoring_dash.core.comparisons import Comparison
from scoring_dash.core.groups import Group, GroupName
from scoring_dash.core.words import Unit
from scoring_dash.figures.bars import with_readable_bars
from scoring_dash.figures.comparison import comparison_figure, mark_position
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.values import value_text

FRENCH = load_texts(Language.FRENCH)
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
GROUPS = [Group(base) for base in GroupName]
CLIENTS = [item.client_id for item in SERVICES.search_clients("", limit=100).items]


def value_at(comparison: Comparison, position: float) -> float:
    """Read a value off the axis, as a person would: the inverse of the mark."""
    place = comparison.client_bin or 0  # a value on an edge lies between two bars: the bar says which
    assert abs(position - place) <= 0.5
    item = comparison.bins[place]
    assert item.low is not None and item.high is not None
    return item.low + (position - place + 0.5) * (item.high - item.low)


@settings(deadline=None)
@given(st.sampled_from(CLIENTS), st.sampled_from(sorted(FEATURES)), st.sampled_from(GROUPS))
def test_the_mark_is_the_stored_value(client: int, feature: str, group: Group) -> None:
    comparison = with_readable_bars(SERVICES.compare(client, feature, group), FEATURES[feature])
    position = mark_position(comparison)
    if position is None:
        assert comparison.client_bin is None
        return
    stored = SERVICES.facts(client).features[feature]
    own = comparison.bins[comparison.client_bin or 0]
    if isinstance(stored, float) and own.low is not None and own.high is not None:
        assert value_at(comparison, position) == pytest.approx(stored, abs=1e-6)
    else:
        assert position == comparison.client_bin


@settings(deadline=None)
@given(st.sampled_from(CLIENTS), st.sampled_from(sorted(FEATURES)), st.sampled_from(GROUPS))
def test_the_figure_names_the_clients_value(client: int, feature: str, group: Group) -> None:
    comparison = with_readable_bars(SERVICES.compare(client, feature, group), FEATURES[feature])
    figure = comparison_figure(comparison, FEATURES[feature], FRENCH)
    words = [note["text"] for note in figure["layout"]["annotations"]]
    told = value_text(SERVICES.facts(client).features[feature], FEATURES[feature], FRENCH)
    if comparison.client_bin is not None:
        assert any("ce client" in text and told in text for text in words)


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [shape for shape in figure["layout"]["shapes"] if shape.get("name") == "client"]


def test_there_is_one_line_for_the_client_and_none_without_a_bar() -> None:
    comparison = SERVICES.compare(100_009, "income", Group())
    (line,) = lines(comparison_figure(comparison, FEATURES["income"], FRENCH))
    assert line["x0"] == line["x1"] == mark_position(comparison)
    without = replace(comparison, client_bin=None)
    assert lines(comparison_figure(without, FEATURES["income"], FRENCH)) == []


def test_bars_are_the_shares_of_the_group() -> None:
    comparison = SERVICES.compare(100_009, "income", Group())
    repaid, defaulted, _ = comparison_figure(comparison, FEATURES["income"], FRENCH)["data"]
    assert sum(repaid["y"]) + sum(defaulted["y"]) == pytest.approx(1)
    assert defaulted["y"][3] == comparison.bins[3].defaulted / comparison.group_size


def test_an_empty_group_is_drawn_without_bars() -> None:
    comparison = SERVICES.compare(100_009, "income", Group())
    bins = tuple(replace(item, repaid=0, defaulted=0) for item in comparison.bins)
    figure = comparison_figure(replace(comparison, bins=bins, group_size=0), FEATURES["income"], FRENCH)
    assert set(figure["data"][0]["y"]) == {0.0}


@pytest.mark.parametrize("unit", [Unit.CATEGORY, Unit.FLAG])
def test_names_are_drawn_sideways(unit: Unit) -> None:
    name = next(name for name, feature in FEATURES.items() if feature.unit is unit)
    figure = comparison_figure(SERVICES.compare(100_009, name, Group()), FEATURES[name], FRENCH)
    assert {trace["orientation"] for trace in figure["data"]} == {"h"}


@settings(deadline=None)
@given(st.sampled_from(CLIENTS), st.sampled_from(sorted(FEATURES)), st.sampled_from(GROUPS))
def test_rates_do_not_touch_on_a_telephone(client: int, feature: str, group: Group) -> None:
    """A percentage takes about a sixth of 320 pixels: two of one row stand at least that far apart."""
    figure = comparison_figure(SERVICES.compare(client, feature, group), FEATURES[feature], FRENCH)
    left, right = figure["layout"]["xaxis"]["range"]
    rates = sorted(item["x"] for item in figure["layout"]["annotations"] if item.get("yref") == "y2")
    assert all(after - before >= 0.18 * (right - left) - 1e-9 for before, after in pairwise(rates))
