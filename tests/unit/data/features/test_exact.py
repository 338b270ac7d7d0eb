from __future__ import annotations

import math
import random
import statistics

import ibis
import pyarrow as pa
import pytest

from scoring_dash.data.features import exact


def table(**columns: list[object]) -> ibis.Table:
    return ibis.memtable(pa.table(columns))


def value(expression: ibis.Value) -> float | None:
    return expression.as_table().to_pyarrow().column(0).to_pylist()[0]


def test_amounts_add_up_to_the_same_bits_in_any_order() -> None:
    draw = random.Random(5)
    amounts = [round(draw.uniform(0, 1e6), 3) for _ in range(5_000)]
    shuffled = draw.sample(amounts, len(amounts))
    assert sum(amounts) != sum(shuffled)  # floats do not
    first, second = (table(a=values) for values in (amounts, shuffled))
    total = value(exact.amount(exact.in_thousandths(first.a).sum()))
    assert total == value(exact.amount(exact.in_thousandths(second.a).sum())) == math.fsum(amounts)


def test_ratios_are_held_between_their_bounds_and_missing_stays_missing() -> None:
    t = table(a=[0.25, 1e300, -1e300, None, -0.5])
    found = t.select(x=exact.number(exact.in_millionths(t.a, lowest=-1, highest=2))).to_pyarrow().column(0).to_pylist()
    assert found == [0.25, 2.0, -1.0, None, -0.5]


def test_a_quotient_by_zero_is_missing() -> None:
    t = table(a=[1, 2], b=[1, -1])
    assert value(exact.quotient(t.a.sum(), t.b.sum())) is None
    assert value(exact.quotient(t.a.sum(), t.a.count())) == 1.5


def test_the_deviation_is_that_of_a_sample() -> None:
    numbers = [3, -8, 120, 0, 0, 7]
    t = table(a=numbers)
    assert value(exact.deviation(t.a)) == pytest.approx(statistics.stdev(numbers))
    assert value(exact.deviation(t.a, t.a > 100)) is None
    assert value(exact.deviation(t.a, t.a == 0)) == 0


def test_the_latest_known_value_wins_and_the_larger_in_a_tie() -> None:
    t = table(order=[1, 5, 9, 5], v=[7, 30, None, 40])
    assert value(exact.latest(t.v, t.order)) == 40
    nothing = table(order=[1], v=pa.array([None], pa.int64()))
    assert value(exact.latest(nothing.v, nothing.order)) is None


def test_a_share_leaves_out_what_is_not_known() -> None:
    t = table(a=[1, 5, None, 9], among=[True, True, True, False])
    assert value(exact.share(t.a > 3)) == pytest.approx(2 / 3)
    assert value(exact.share(t.a > 3, t.among)) == 0.5
