"""Bars tell the group as it is: nothing is lost when they are put together, and few files tell no rate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_dash.core.comparisons import Comparison, ComparisonBin
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import Group
from scoring_dash.core.results import FeatureValue, ObservedFrequency
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.figures.bars import bars_of, bin_label, with_readable_bars
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
NOBODY = ObservedFrequency(0, 0, 0.0, 0.0, 1.0)
MISSING = ComparisonBin(None, None, None, 3, 1)


def feature(unit: Unit, column: str = "AMT_CREDIT") -> Feature:
    return Feature("x", TableName.APPLICATION_TRAIN, (column,), "all", unit, Theme.LOAN_SIZE, "Note", "Score")


def comparison(
    bins: tuple[ComparisonBin, ...], value: FeatureValue = None, client_bin: int | None = None
) -> Comparison:
    size = sum(item.files for item in bins)
    return Comparison(1, "x", Group(), size, NOBODY, value, None, client_bin, None, bins)


def scale(counts: list[tuple[int, int]]) -> tuple[ComparisonBin, ...]:
    """Bars between 1, 2, 3 …, open at both ends."""
    last = len(counts) - 1
    return tuple(
        ComparisonBin(None if i == 0 else float(i), None if i == last else float(i + 1), None, repaid, defaulted)
        for i, (repaid, defaulted) in enumerate(counts)
    )


@pytest.mark.parametrize(
    ("unit", "item", "french"),
    [
        (Unit.SCORE, ComparisonBin(None, 0.1, None, 1, 0), "moins de 0,10"),
        (Unit.SCORE, ComparisonBin(0.1, 0.2, None, 1, 0), "0,10 à 0,20"),
        (Unit.SCORE, ComparisonBin(0.2, None, None, 1, 0), "0,20 et plus"),
        (Unit.COUNT, ComparisonBin(None, 0.5, None, 1, 0), "0"),
        (Unit.COUNT, ComparisonBin(1.5, 2.5, None, 1, 0), "2"),
        (Unit.COUNT, ComparisonBin(1.5, 4.5, None, 1, 0), "2 à 4"),
        (Unit.COUNT, ComparisonBin(None, 2.5, None, 1, 0), "2 et moins"),
        (Unit.COUNT, ComparisonBin(8.5, None, None, 1, 0), "9 et plus"),
        (Unit.FLAG, ComparisonBin(None, 0.5, None, 1, 0), "non"),
        (Unit.FLAG, ComparisonBin(0.5, None, None, 1, 0), "oui"),
        (Unit.SCORE, MISSING, "non renseigné"),
    ],
)
def test_bars_are_named_for_people(unit: Unit, item: ComparisonBin, french: str) -> None:
    assert bin_label(item, feature(unit), FRENCH) == french


def test_a_category_bar_has_the_name_of_its_category() -> None:
    item = ComparisonBin(None, None, "House / apartment", 1, 0)
    assert bin_label(item, feature(Unit.CATEGORY, "NAME_HOUSING_TYPE"), ENGLISH) == "House or flat"


def test_few_files_tell_no_default_rate() -> None:
    bars = bars_of(comparison(scale([(29, 0), (20, 10)])), feature(Unit.SCORE), FRENCH)
    assert [bar.rate for bar in bars] == [None, 10 / 30]


def test_rare_categories_are_put_together_but_the_clients_own_is_kept() -> None:
    bins = tuple(ComparisonBin(None, None, f"c{i}", 100 - i, i) for i in range(20))
    bins = (*bins, MISSING)
    bars = bars_of(comparison(bins, "c17", 17), feature(Unit.CATEGORY), ENGLISH)
    assert [bar.label for bar in bars if bar.is_client] == ["c17"]
    assert bars[-1].label == "Others (8)"
    assert bars[-2].label == "not given"
    assert sum(bar.files for bar in bars) == 2004


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=2, max_size=24), st.booleans(), st.data())
def test_putting_bars_together_loses_nobody(
    counts: list[tuple[int, int]], has_missing: bool, data: st.DataObject
) -> None:
    bins = (*scale(counts), MISSING) if has_missing else scale(counts)
    place = data.draw(st.integers(0, len(bins) - 1))
    before = comparison(bins, 1.0, place)
    after = with_readable_bars(before, feature(Unit.CURRENCY))
    assert sum(item.repaid for item in after.bins) == sum(item.repaid for item in bins)
    assert sum(item.defaulted for item in after.bins) == sum(item.defaulted for item in bins)
    assert after.client_bin is not None
    old, new = bins[place], after.bins[after.client_bin]
    assert (old == MISSING) == (new == MISSING)
    assert (new.low or 0.0) <= (old.low or 0.0)
    assert new.high is None or (old.high is not None and old.high <= new.high)
    assert replace(after, bins=before.bins, client_bin=before.client_bin) == before


def test_a_large_group_keeps_its_bars() -> None:
    large = comparison(scale([(5000, 400)] * 20), 1.0, 3)
    assert with_readable_bars(large, feature(Unit.CURRENCY)) == large


def test_what_lies_outside_the_group_takes_no_room() -> None:
    narrow = comparison(scale([(0, 0)] * 8 + [(400, 40)] * 8 + [(0, 0)] * 4), 2.0, 2)
    shown = with_readable_bars(narrow, feature(Unit.CURRENCY))
    assert [(item.low, item.high) for item in shown.bins] == [
        (None, 9.0), (9.0, 10.0), (10.0, 11.0), (11.0, 12.0), (12.0, 13.0), (13.0, 14.0), (14.0, 15.0), (15.0, None)
    ]  # fmt: skip
    assert shown.client_bin == 0


@pytest.mark.parametrize("unit", [Unit.LEVEL, Unit.FLAG])
def test_named_values_keep_a_bar_each(unit: Unit) -> None:
    few = comparison(scale([(0, 0), (3, 1), (30, 2)]), 1.0, 1)
    assert with_readable_bars(few, feature(unit)) == few


def test_a_withheld_comparison_stays_without_bars() -> None:
    assert with_readable_bars(comparison(()), feature(Unit.CURRENCY)).bins == ()


def test_a_group_in_one_bar_keeps_its_scale() -> None:
    one = comparison(scale([(0, 0), (300, 10), (0, 0)]), 1.0, 1)
    assert with_readable_bars(one, feature(Unit.CURRENCY)) == one
