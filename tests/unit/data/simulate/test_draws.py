"""The draws that everything is made of."""

from __future__ import annotations

import numpy as np
import pytest

from scoring_dash.data.simulate.draws import (
    Coded,
    Quantiles,
    blend,
    cells_of,
    choose,
    coded_bands,
    draw_in,
    happens,
    level_of,
    nearest,
    normal_knots,
    quantiles_in,
    rates_of,
    share_table,
    spread_rows,
)

MANY = 20_000


def generator() -> np.random.Generator:
    return np.random.default_rng(0)


def test_quantiles_keep_atoms_and_interpolate_between_them() -> None:
    knots = normal_knots([0.1, 0.5, 0.9])
    distribution = Quantiles(knots, np.array([0.0, 0.0, 10.0]))

    assert distribution.at(np.array([-9.0, knots[0], 0.0, knots[2], 9.0])).tolist() == [0.0, 0.0, 0.0, 10.0, 10.0]
    assert distribution.at(knots[2:] / 2)[0] == pytest.approx(5.0)


def test_quantiles_invert_where_they_rise() -> None:
    distribution = Quantiles(normal_knots([0.1, 0.5, 0.9]), np.array([1.0, 2.0, 4.0]))

    assert distribution.latent_of(distribution.at(np.array([0.7]))) == pytest.approx(0.7)


def test_levels_come_in_their_shares() -> None:
    counts = np.bincount(level_of(generator().standard_normal(MANY), [0.2, 0.5, 0.3])) / MANY

    assert counts == pytest.approx([0.2, 0.5, 0.3], abs=0.02)


def test_a_level_without_share_is_never_drawn() -> None:
    shares = np.array([[1.0, 0.0, 3.0], [0.0, 2.0, 0.0]])
    drawn = choose(shares, np.repeat([0, 1], MANY), generator())

    assert set(drawn[MANY:]) == {1}
    assert set(drawn[:MANY]) == {0, 2}
    assert (drawn[:MANY] == 2).mean() == pytest.approx(0.75, abs=0.02)


def test_a_cell_that_the_table_lacks_gets_the_mean() -> None:
    table = share_table({"a|0": [1.0, 0.0], "b|1": [0.0, 1.0]}, "ab", "01")

    assert table.tolist() == [[1.0, 0.0], [0.5, 0.5], [0.5, 0.5], [0.0, 1.0]]


def test_cells_count_the_last_key_fastest() -> None:
    assert cells_of([Coded(np.array([0, 1]), ("a", "b")), Coded(np.array([2, 0]), ("x", "y", "z"))]).tolist() == [2, 3]


def test_the_empty_level_becomes_an_empty_cell() -> None:
    drawn = draw_in(
        {"levels": ["", "known"], "cells": {"k": [1.0, 0.0]}}, [Coded(np.zeros(3, int), ("k",))], generator()
    )

    assert drawn.texts().tolist() == [None, None, None]


def test_each_cell_has_its_own_quantiles_and_others_those_of_all() -> None:
    table = {"all": [0.0, 1.0], "a": [10.0, 11.0]}
    keys = Coded(np.array([0, 1]), ("a", "b"))

    assert quantiles_in(table, normal_knots([0.4, 0.6]), [keys], np.array([-5.0, 5.0])).tolist() == [10.0, 1.0]


def test_rates_of_cells() -> None:
    keys = Coded(np.array([1, 0, 1]), ("False", "True"))

    assert rates_of({"False": 0.1, "True": 0.4}, [keys]).tolist() == [0.4, 0.1, 0.4]


@pytest.mark.parametrize("rate", [0.02, 0.5])
def test_events_keep_their_rate_and_lean_on_the_trait(rate: float) -> None:
    trait = generator().standard_normal(MANY)
    event = happens(np.full(MANY, rate), trait, 0.6, np.random.default_rng(1))

    assert event.mean() == pytest.approx(rate, abs=0.015)
    assert trait[event].mean() > 0.3


def test_a_blend_is_standard_normal_and_correlated() -> None:
    part = generator().standard_normal(MANY)
    latent = blend([(0.6, part)], np.random.default_rng(1))

    assert latent.std() == pytest.approx(1.0, abs=0.02)
    assert np.corrcoef(latent, part)[0, 1] == pytest.approx(0.6, abs=0.02)


def test_rows_are_spread_over_parents() -> None:
    parent, rank = spread_rows(np.array([2, 0, 3]))

    assert parent.tolist() == [0, 0, 2, 2, 2]
    assert rank.tolist() == [0, 1, 0, 1, 2]


def test_no_parents_have_no_rows() -> None:
    assert spread_rows(np.zeros(0, dtype=np.int64))[0].size == 0


def test_the_nearest_grid_point() -> None:
    assert nearest(np.array([-1.0, 0.4, 0.6, 9.0]), np.array([0.0, 1.0, 3.0])).tolist() == [0, 0, 1, 2]


def test_bands_begin_with_the_oldest() -> None:
    assert coded_bands(np.array([-3000.0, -400.0, -1.0]), [-2000, -365]).codes.tolist() == [0, 1, 2]


def test_a_coded_column_tells_where_a_name_stands() -> None:
    column = Coded(np.array([1, -1, 0]), ("a", "b"))

    assert column.equals("b").tolist() == [True, False, False]
    assert column.equals("elsewhere").tolist() == [False, False, False]
    assert column.at(np.array([True, True, False])).texts().tolist() == ["b", None]
