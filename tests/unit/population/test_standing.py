"""Ranks and quartiles of themes: binary searches against a slow count, file by file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_dash.core.words import Theme
from scoring_dash.population.standing import StandingTable

THEMES = (Theme.LOAN_SIZE, Theme.ASSETS)
WEIGHTS = st.sampled_from([-0.5, -0.1, 0.0, 0.1, 0.1000001, 0.7])
FILES = st.lists(st.tuples(WEIGHTS, WEIGHTS), min_size=2, max_size=30)


def slow_rank(others: list[float], own: float) -> float:
    """Share of the other files in which the theme weighs less, those with the same weight counted by half."""
    return sum(1.0 if other < own else 0.5 if other == own else 0.0 for other in others) / len(others)


def test_ranks_by_hand() -> None:
    table = StandingTable.of(np.array([[-1.0], [0.0], [0.0], [2.0]], dtype=np.float32))
    (standing,) = table.standings(THEMES[:1], np.array([0.0], dtype=np.float32), is_past=False)
    assert standing.rank == (1 + 2 / 2) / 4
    assert (standing.low, standing.median, standing.high) == (-0.25, 0.0, 0.5)
    assert (standing.theme, standing.contribution) == (Theme.LOAN_SIZE, 0.0)


@settings(deadline=None)
@given(files=FILES, own=st.tuples(WEIGHTS, WEIGHTS))
def test_a_current_client_is_ranked_among_all_files(files: list[tuple[float, float]], own: tuple[float, float]) -> None:
    weights = np.array(files, dtype=np.float32)
    found = StandingTable.of(weights).standings(THEMES, np.array(own, dtype=np.float32), is_past=False)
    for place, standing in enumerate(found):
        assert standing.rank == slow_rank(weights[:, place].tolist(), float(np.float32(own[place])))
        assert standing.median == pytest.approx(float(np.median(weights[:, place])), abs=1e-7)


@settings(deadline=None)
@given(files=FILES, place=st.integers(0, 29))
def test_a_past_client_is_not_counted_with_himself(files: list[tuple[float, float]], place: int) -> None:
    weights, own = np.array(files, dtype=np.float32), place % len(files)
    found = StandingTable.of(weights).standings(THEMES, weights[own], is_past=True)
    others = np.delete(weights, own, axis=0)
    for theme, standing in enumerate(found):
        assert standing.rank == slow_rank(others[:, theme].tolist(), float(weights[own, theme]))


def test_the_heaviest_of_all_weighs_more_than_everybody() -> None:
    weights = np.array([[0.1], [0.2], [0.3]], dtype=np.float32)
    (standing,) = StandingTable.of(weights).standings(THEMES[:1], weights[2], is_past=True)
    assert standing.rank == 1.0


def test_an_only_file_stands_in_the_middle() -> None:
    weights = np.array([[0.4]], dtype=np.float32)
    (standing,) = StandingTable.of(weights).standings(THEMES[:1], weights[0], is_past=True)
    assert standing.rank == 0.5
