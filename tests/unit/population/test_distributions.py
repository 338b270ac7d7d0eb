"""Bars of a comparison: every file in exactly one, edges people can read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.population.distributions import categorical_bins, choose_bin_edges, numeric_bins


def feature(unit: Unit) -> Feature:
    return Feature("x", TableName.BUREAU, ("AMT_CREDIT_SUM",), "all", unit, Theme.LOAN_SIZE, "Montant", "Amount")


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


@given(st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=1, max_size=60))
def test_every_file_falls_into_exactly_one_bar(values: list[float]) -> None:
    column = np.array(values, dtype=np.float32)
    edges = choose_bin_edges(feature(Unit.CURRENCY), column)
    bins = numeric_bins(column, np.zeros(len(values), dtype=np.int8), edges)
    assert sum(item.files for item in bins) == len(values)
    assert list(edges) == sorted(set(edges)) != []
    missing = [item.files for item in bins if item.low is None and item.high is None]
    assert sum(missing) == np.isnan(column).sum()


def test_edges_are_round_numbers() -> None:
    column = np.random.default_rng(0).lognormal(12, 0.8, 5000).astype(np.float32)
    edges = choose_bin_edges(feature(Unit.CURRENCY), column)
    step = edges[1] - edges[0]
    assert f"{step:.0e}"[0] in "125"
    assert all(edge % step == 0 for edge in edges)
    assert 8 <= len(edges) <= 20


def test_small_counts_get_a_bar_each() -> None:
    assert choose_bin_edges(feature(Unit.COUNT), floats(0, 1, 1, 2, 3)) == (0.5, 1.5, 2.5)


def test_a_value_on_an_edge_belongs_to_the_bar_above() -> None:
    bins = numeric_bins(floats(1.0, 0.9), np.array([1, 0], dtype=np.int8), [1.0])
    assert [(item.repaid, item.defaulted) for item in bins] == [(1, 0), (0, 1)]


def test_a_constant_feature_still_has_bounded_bars() -> None:
    edges = choose_bin_edges(feature(Unit.SHARE), floats(0.5, 0.5))
    bins = numeric_bins(floats(0.5, 0.5), np.array([1, 0], dtype=np.int8), edges)
    assert all((item.low, item.high) != (None, None) for item in bins)
    assert [item.files for item in bins] == [0, 2]


def test_categories_come_by_frequency_and_missing_last() -> None:
    bins = categorical_bins(floats(0, 1, 1, float("nan")), np.array([1, 0, 1, 0], dtype=np.int8), ("a", "b", "unused"))
    assert [(item.category, item.repaid, item.defaulted) for item in bins] == [("b", 1, 1), ("a", 0, 1), (None, 1, 0)]


@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.CURRENCY])
def test_nothing_known_is_no_error(unit: Unit) -> None:
    assert choose_bin_edges(feature(unit), floats(float("nan"))) == (0.0,)
