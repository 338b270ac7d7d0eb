"""Each function gives the same bits in Ibis and in NumPy, and the answer one expects."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_dash.data.features import formulas as f

NUMBERS = st.one_of(st.none(), st.sampled_from([0.0, -1.0, 1.0]), st.floats(-1e9, 1e9, allow_subnormal=False))

FORMULAS = {
    "ratio": lambda row: f.ratio(row.a, row.b),
    "or_zero": lambda row: f.or_zero(row.a),
    "positive_part": lambda row: f.positive_part(row.a),
    "is_known": lambda row: f.is_known(row.a),
    "count_known": lambda row: f.count_known(row.a, row.b, row.c),
    "mean_known": lambda row: f.mean_known(row.a, row.b, row.c),
    "weighted_mean_known": lambda row: f.weighted_mean_known((2, row.a), (1, row.b), (3, row.c)),
    "smallest_known": lambda row: f.smallest_known(row.a, row.b, row.c),
    "largest_known": lambda row: f.largest_known(row.a, row.b, row.c),
}
TEXT_FORMULAS = {
    "equals": lambda row: f.equals(row.word, "yes"),
    "without": lambda row: f.without(row.word, "no", "never"),
    "level": lambda row: f.level(row.word, ("no", "maybe", "yes")),
    "is_known": lambda row: f.is_known(row.word),
}
WORDS = ["yes", "no", None, "never", "maybe"]


def in_ibis(formulas: dict[str, Any], table: pa.Table) -> dict[str, list[Any]]:
    frame = ibis.memtable(table.append_column("place", pa.array(range(table.num_rows))))
    values = {name: formula(frame) for name, formula in formulas.items()}
    return frame.select("place", **values).order_by("place").drop("place").to_pyarrow().to_pydict()


def bits(values: Any) -> list[int]:
    array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return (np.where(np.isnan(array), np.nan, array) + 0.0).view(np.int64).tolist()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=60))
def test_numbers_agree_to_the_last_bit(rows: list[tuple[float | None, float | None, float | None]]) -> None:
    columns = dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True))
    table = pa.table({name: pa.array(values, pa.float64()) for name, values in columns.items()})
    arrays = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    expected = in_ibis(FORMULAS, table)
    for name, formula in FORMULAS.items():
        assert bits(formula(SimpleNamespace(**arrays))) == bits(expected[name]), name


def test_text_agrees() -> None:
    expected = in_ibis(TEXT_FORMULAS, pa.table({"word": pa.array(WORDS)}))
    row = SimpleNamespace(word=np.array(WORDS, dtype=object))
    for name, formula in TEXT_FORMULAS.items():
        found = [None if str(value) == "nan" else value for value in formula(row).tolist()]
        assert found == expected[name], name


@pytest.mark.parametrize(
    ("formula", "values", "answer"),
    [
        (f.ratio, (6.0, 3.0), 2.0),
        (f.ratio, (6.0, 0.0), math.nan),
        (f.mean_known, (1.0, math.nan, 3.0), 2.0),
        (f.mean_known, (math.nan, math.nan), math.nan),
        (f.smallest_known, (math.nan, 5.0, -2.0), -2.0),
        (f.largest_known, (math.nan, 5.0, -2.0), 5.0),
        (f.positive_part, (-3.0,), 0.0),
        (f.or_zero, (math.nan,), 0.0),
        (f.count_known, (math.nan, 0.0, 2.0), 2),
    ],
)
def test_answers(formula: Any, values: tuple[float, ...], answer: float) -> None:
    found = formula(*(np.array([value]) for value in values))
    assert found.tolist() == pytest.approx([answer], nan_ok=True)
