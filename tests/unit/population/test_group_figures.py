"""Every figure of a group equals what a list and patience give: hundreds of random groups over files of every kind."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import group_reference as slow
from support.invented_files import KINDS, LEVELS, NAMES, THEMES, UNITS, ask_as, invent

from scoring_dash.core.comparisons import OTHERS, Comparison, ObservedFrequency
from scoring_dash.core.groups import (
    FEWEST_FILES,
    NOT_GIVEN,
    Between,
    Closeness,
    Condition,
    Group,
    GroupName,
    Near,
    OneOf,
)
from scoring_dash.population.past_files import PastFiles
from scoring_dash.population.population import Population

FILES = (1, 12, 31, 240, 900)
FACTS = list(UNITS)
NUMBERS = [name for name in FACTS if name != "kind"]
MANY = settings(max_examples=500, deadline=None)


@cache
def files(size: int) -> tuple[PastFiles, list[slow.Row], Population]:
    past, rows = invent(size, seed=size)
    return past, rows, Population(past, THEMES, FACTS)


def one_of(name: str) -> st.SearchStrategy[Condition]:
    listed = (*NAMES[name], NOT_GIVEN)
    return st.lists(st.sampled_from(listed), min_size=1, max_size=3, unique=True).map(lambda v: OneOf(name, tuple(v)))


def between(name: str) -> st.SearchStrategy[Condition]:
    ends = st.none() | st.sampled_from([0.0, 0.3, 1.0, 2.0, 5.0]) | st.floats(-1e5, 3e5)

    def build(pair: tuple[float | None, float | None]) -> Condition:
        low, high = pair
        return (
            Between(name, high, low)
            if low is not None and high is not None and low > high
            else Between(name, low, high)
        )

    return st.tuples(ends, ends).map(build)


def near(name: str) -> st.SearchStrategy[Condition]:
    equal = st.just(Near(name, Closeness.EQUAL))
    if name == "kind":
        return equal
    within = st.sampled_from([0.1, 1.0, 2.0, 1e4]).map(lambda width: Near(name, Closeness.WITHIN, width))
    share = st.sampled_from([0.1, 0.5, 1.5]).map(lambda part: Near(name, Closeness.WITHIN_SHARE, part))
    return equal | within | share


def condition(name: str) -> st.SearchStrategy[Condition]:
    listed = [one_of(name)] if name in NAMES else [st.just(OneOf(name, (NOT_GIVEN,)))]
    numbers = [] if name == "kind" else [between(name)]
    return st.one_of(*listed, *numbers, near(name))


def conditions() -> st.SearchStrategy[tuple[Condition, ...]]:
    names = st.lists(st.sampled_from(FACTS), max_size=3, unique=True)
    return names.flatmap(lambda chosen: st.tuples(*(condition(name) for name in chosen)))


GROUPS = st.builds(Group, st.sampled_from(GroupName), conditions())
SIZES = st.sampled_from(FILES)
PLACES = st.integers(0, 10_000)


@MANY
@given(SIZES, PLACES, GROUPS, st.sampled_from(FACTS))
def test_a_comparison_equals_counting_every_file(size: int, place: int, group: Group, fact: str) -> None:
    past, rows, population = files(size)
    subject, asker = ask_as(past, rows, place % size)
    places = slow.members(rows, NAMES, group, asker)
    found = population.compare(subject, fact, group)
    own = rows[place % size].values[fact]
    assert (found.group_size, found.value) == (len(places), own)
    assert found.is_withheld == (len(places) < FEWEST_FILES)
    if found.is_withheld:
        assert (found.observed, found.median, found.percentile, found.client_bin, found.bins) == (None,) * 4 + ((),)
        return
    check_rate(found.observed, rows, places)
    numbers = slow.known(rows, places, fact)
    assert found.median == (None if fact == "kind" else slow.median(numbers))
    wanted = None if not isinstance(own, float) or not numbers else sum(v <= own for v in numbers) / len(numbers)
    assert found.percentile == wanted
    check_bars(found, rows, places, own)


def check_rate(found: ObservedFrequency | None, rows: list[slow.Row], places: list[int]) -> None:
    assert found is not None
    defaults = sum(rows[place].defaulted for place in places)
    assert (found.files, found.defaults, found.rate) == (len(places), defaults, defaults / len(places))
    assert (found.low, found.high) == pytest.approx(slow.wilson(defaults, len(places)), abs=1e-9)


def check_bars(found: Comparison, rows: list[slow.Row], places: list[int], own: slow.Value) -> None:
    edges = edges_of(found.feature, len(rows))
    tallied = slow.tally(rows, places, found.feature, edges)
    bars = {(bar.low, bar.high, bar.category): (bar.files, bar.defaulted) for bar in found.bins}
    assert {bar: counts for bar, counts in bars.items() if counts[0]} == tallied
    mine = slow.bar_of(own, edges)
    assert found.client_bin is not None
    bar = found.bins[found.client_bin]
    assert (bar.low, bar.high, bar.category) == mine


def edges_of(fact: str, size: int) -> tuple[float, ...]:
    return files(size)[0].columns[fact].edges


@MANY
@given(SIZES, PLACES, GROUPS)
def test_a_summary_and_its_facets_equal_counting(size: int, place: int, group: Group) -> None:
    past, rows, population = files(size)
    subject, asker = ask_as(past, rows, place % size)
    found = population.summarise(group, subject)
    places = slow.members(rows, NAMES, group, asker)
    assert (found.files, found.all_files) == (len(places), size)
    assert (found.observed is None) == found.is_withheld == (len(places) < FEWEST_FILES)
    assert [facet.field for facet in found.facets] == [item.field for item in group.conditions]
    for facet in found.facets:
        others = slow.members(rows, NAMES, group.without(facet.field), asker)
        tallied = slow.tally(rows, others, facet.field, edges_of(facet.field, size))
        assert facet.files == len(others)
        options = {(item.low, item.high, item.category): item.files for item in facet.options}
        assert options == {bar: counts[0] for bar, counts in tallied.items()}
        numbers = slow.known(rows, others, facet.field)
        assert (facet.low, facet.high) == ((min(numbers), max(numbers)) if numbers else (None, None))


@MANY
@given(SIZES, PLACES, GROUPS)
def test_a_profile_equals_ranking_every_file(size: int, place: int, group: Group) -> None:
    past, rows, population = files(size)
    subject, asker = ask_as(past, rows, place % size)
    places = slow.members(rows, NAMES, group, asker)
    found = population.profile(subject, group)
    assert found.group_size == len(places)
    assert {row.feature for row in found.rows} == (set() if len(places) < FEWEST_FILES else set(FACTS))
    for row in found.rows:
        own, numbers = rows[place % size].values[row.feature], slow.known(rows, places, row.feature)
        assert row.value == own
        if own is None or isinstance(own, str):
            same = sum(rows[p].values[row.feature] == own for p in places)
            assert (row.rank, row.share) == (None, same / len(places))
        elif numbers:
            rank = (sum(v < own for v in numbers) + sum(v == own for v in numbers) / 2) / len(numbers)
            assert (row.rank, row.share) == (rank, None)
        if row.feature != "kind":
            assert row.group_value == slow.median(numbers)
            assert row.all_value == slow.median(slow.known(rows, list(range(size)), row.feature))
    told = [row.oddity for row in found.rows if row.value is not None]
    assert told == sorted(told, reverse=True)


@MANY
@given(SIZES, PLACES, GROUPS, st.permutations(FACTS), st.tuples(st.booleans(), st.booleans()))
def test_two_facts_at_once_equal_counting(
    size: int, place: int, group: Group, facts: list[str], log: tuple[bool, bool]
) -> None:
    past, rows, population = files(size)
    subject, asker = ask_as(past, rows, place % size)
    places = slow.members(rows, NAMES, group, asker)
    found = population.cross(subject, (facts[0], facts[1]), group, log=log)
    assert found.group_size == len(places)
    if found.is_withheld:
        assert (found.observed, found.cells) == (None, ())
        return
    tallied: dict[tuple[int, int], list[int]] = {}
    for p in places:
        cell = tuple(bar_index(axis, rows[p].values[axis.feature]) for axis in (found.x, found.y))
        tallied.setdefault(cell, []).append(p)  # type: ignore[arg-type]
    assert {(cell.x, cell.y): cell.files for cell in found.cells} == {cell: len(held) for cell, held in tallied.items()}
    for cell in found.cells:
        held = tallied[cell.x, cell.y]
        assert (cell.observed is None) == (len(held) < FEWEST_FILES)
        if cell.observed is not None:
            check_rate(cell.observed, rows, held)
    for axis in (found.x, found.y):
        assert axis.value == rows[place % size].values[axis.feature]
        assert axis.client_bar == bar_index(axis, axis.value)


def bar_index(axis: object, value: slow.Value) -> int:
    """The bar of an axis that holds a value; one and only one does."""
    holding = [i for i, bar in enumerate(axis.bars) if holds(bar, value, axis.rest)]  # type: ignore[attr-defined]
    assert len(holding) == 1
    return holding[0]


def holds(bar: object, value: slow.Value, rest: tuple[str, ...]) -> bool:
    low, high, category = bar.low, bar.high, bar.category  # type: ignore[attr-defined]
    if isinstance(value, float):
        is_scale = low is not None or high is not None
        return is_scale and (low is None or value >= low) and (high is None or value < high)
    if category == OTHERS:
        return value in rest
    return low is None and high is None and category == value


@settings(max_examples=100, deadline=None)
@given(SIZES, PLACES, st.integers(1, 500))
def test_similar_files_are_the_nearest_ones(size: int, place: int, limit: int) -> None:
    past, rows, population = files(size)
    subject, _ = ask_as(past, rows, place % size)
    found = population.similar(subject, limit=limit)
    own = place % size
    ordered = sorted(
        (p for p in range(size) if p != own),
        key=lambda p: (sum((a - b) ** 2 for a, b in zip(rows[p].themes, rows[own].themes, strict=True)), p),
    )
    assert [item.client_id for item in found.files] == [int(past.client_ids[p]) for p in ordered[:limit]]
    group = ordered[: max(1, min(500, size // 4))]
    assert (found.observed is None) == (len(group) < FEWEST_FILES)
    for item in found.themes:
        column = THEMES.index(item.theme)
        gaps = [abs(rows[p].themes[column] - rows[own].themes[column]) for p in range(size)]
        assert item.usual_gap == pytest.approx(sum(gaps) / size)
        near_gaps = [gaps[p] for p in group]
        assert item.gap == pytest.approx(sum(near_gaps) / len(near_gaps) if near_gaps else 0.0)


def test_names_of_the_tables_fit_the_grammar() -> None:
    from scoring_dash.data.schema import TABLES

    names = [label.value for table in TABLES.values() for column in table.columns for label in column.labels]
    assert names and not [name for name in names if set(name) & set(";|") or name == NOT_GIVEN or ".." in name]
    assert np.isin(KINDS[0], KINDS) and LEVELS
