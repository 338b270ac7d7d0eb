"""The two-fact chart: the client's ring on top, squares that say what the figures say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_features import RECIPES
from support.fake_population import FIELDS
from support.fake_services import FakeServices

from scoring_dash.core.comparisons import CrossComparison
from scoring_dash.core.groups import Group, GroupName
from scoring_dash.figures.cross import Crossing, Standing, cross_figure, height, is_numbered
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)
SERVICES = FakeServices()
FACTS = {feature.name: feature for feature in (*(recipe.feature for recipe in RECIPES), *FIELDS)}
CLIENTS = [item.client_id for item in SERVICES.search_clients("", limit=100).items]
PAIRS = st.lists(st.sampled_from(sorted(FACTS)), min_size=2, max_size=2, unique=True)
LOG = st.tuples(st.booleans(), st.booleans())


def crossing(
    client: int, pair: list[str], log: tuple[bool, bool] = (False, False), group: Group | None = None
) -> Crossing:
    found = SERVICES.cross(client, (pair[0], pair[1]), group or Group(), log=log)
    return Crossing(found, FACTS[pair[0]], FACTS[pair[1]])


@settings(deadline=None)
@given(st.sampled_from(CLIENTS), PAIRS, LOG, st.sampled_from([GroupName.ALL, GroupName.SIMILAR]))
def test_the_ring_is_drawn_last_and_lies_at_both_values(
    client: int, pair: list[str], log: tuple[bool, bool], base: GroupName
) -> None:
    shown = crossing(client, pair, log, Group(base))
    ring = cross_figure(shown, FRENCH)["data"][-1]
    assert ring["name"] == "client"
    facts = SERVICES.facts(client)
    stored = {**facts.features, **facts.described}
    x, y = shown.comparison.x, shown.comparison.y
    up = {height(y, place): place for place in range(len(y.bars))}
    for axis, place in ((x, ring["x"][0]), (y, up[ring["y"][0]])):
        bar, value = axis.bars[place], stored[axis.feature]
        if isinstance(value, float):
            assert (bar.low is None or bar.low <= value) and (bar.high is None or value < bar.high)
            assert not bar.is_missing
        else:
            assert (bar.low, bar.high, bar.category) == (None, None, value)


@settings(deadline=None)
@given(st.sampled_from(CLIENTS), PAIRS)
def test_every_cell_has_one_sign_at_its_place(client: int, pair: list[str]) -> None:
    shown = crossing(client, pair)
    drawn = [
        (x, y, files, trace["name"])
        for trace in cross_figure(shown, FRENCH)["data"][:-1]
        for x, y, files in zip(trace["x"], trace["y"], trace["customdata"], strict=True)
    ]
    wanted = [
        (cell.x, height(shown.comparison.y, cell.y), cell.files, shown.standing(cell).value)
        for cell in shown.comparison.cells
    ]
    assert sorted(drawn) == sorted(wanted)


def test_a_sign_needs_an_interval_beside_the_groups_rate() -> None:
    shown = crossing(CLIENTS[0], ["ext_source_mean", "income"])
    group = shown.comparison.observed
    assert group is not None
    for cell in shown.comparison.cells:
        standing = shown.standing(cell)
        if cell.observed is None:
            assert standing is Standing.FEW and cell.files < 30
        elif standing is Standing.HIGHER:
            assert cell.observed.low > group.rate
        elif standing is Standing.LOWER:
            assert cell.observed.high < group.rate
        else:
            assert cell.observed.low <= group.rate <= cell.observed.high


def test_the_area_grows_with_the_files() -> None:
    traces = cross_figure(crossing(CLIENTS[0], ["ext_source_mean", "income"]), FRENCH)["data"][:-1]
    sizes = sorted(
        (files, size)
        for trace in traces
        for files, size in zip(trace["customdata"], trace["marker"]["size"], strict=True)
    )
    (most, largest), middle = sizes[-1], sizes[len(sizes) // 2]
    assert [size for _, size in sizes] == sorted(size for _, size in sizes)
    assert middle[1] == pytest.approx(max(9, largest * math.sqrt(middle[0] / most)), abs=0.1)


def test_categories_across_are_numbered_and_never_too_many() -> None:
    category = next(recipe.feature.name for recipe in RECIPES if recipe.categories)
    shown: CrossComparison = crossing(CLIENTS[0], [category, "income"]).comparison
    assert is_numbered(shown.x) and not is_numbered(shown.y)
    assert len(shown.x.bars) <= 9
    assert len(shown.y.bars) <= 11
