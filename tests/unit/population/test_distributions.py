"""Bars of a comparison: every file in exactly one, edges people can read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.fields import bars_of
from scoring_dash.population.distributions import choose_bin_edges


def feature(unit: Unit) -> Feature:
    return Feature("x", TableName.BUREAU, ("AMT_CREDIT_SUM",), "all", unit, Theme.LOAN_SIZE, "Montant", "Amount")


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


@given(st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=1, max_size=60))
def test_every_file_falls_into_exactly_one_bar(values: list[float]) -> None:
    column = np.array(values, dtype=np.float32)
    edges = choose_bin_edges(feature(Unit.CURRENCY), column)
    bars = bars_of(column, edges=edges)
    assert list(edges) == sorted(set(edges)) != []
    for value, bar in zip(column, bars, strict=True):
        if np.isnan(value):
            assert bar == len(edges) + 1
        else:
            assert bar == sum(value >= edge for edge in edges)


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
    assert bars_of(floats(1.0, 0.9), edges=(1.0,)).tolist() == [1, 0]


def test_a_constant_feature_still_has_bounded_bars() -> None:
    edges = choose_bin_edges(feature(Unit.SHARE), floats(0.5, 0.5))
    assert bars_of(floats(0.5, 0.5), edges=edges).tolist() == [1, 1]


def test_an_infinite_value_is_as_good_as_missing() -> None:
    column = floats(1.0, 2.0, float("inf"), float("-inf"), float("nan"))
    edges = choose_bin_edges(feature(Unit.CURRENCY), column)
    assert edges == choose_bin_edges(feature(Unit.CURRENCY), floats(1.0, 2.0))
    assert bars_of(column, edges=edges)[2:].tolist() == [len(edges) + 1] * 3


def test_a_category_is_its_own_bar() -> None:
    assert bars_of(floats(0, 1, 1, float("nan")), names=3).tolist() == [0, 1, 1, 3]


def test_more_bars_than_a_byte_holds_are_refused() -> None:
    with pytest.raises(ArtifactError, match="256 bars; at most 255"):
        bars_of(floats(1.0), names=256)


@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.CURRENCY])
def test_nothing_known_is_no_error(unit: Unit) -> None:
    assert choose_bin_edges(feature(unit), floats(float("nan"))) == (0.0,)
