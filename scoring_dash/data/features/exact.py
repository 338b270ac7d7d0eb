"""Aggregates whose last bit depends neither on the order of the rows nor on the number of threads.

A sum of floats does: an engine adds rows in whatever order its threads deliver them, and the same client may get
another last bit in a batch of 10 than among 300,000. Prepared tables therefore hold **whole numbers** only: thousandths
of a currency unit (the files never write more decimals), millionths of a ratio, days, months, counts. Sums of whole
numbers are exact, minima and maxima do not depend on order, and each feature is then one division of exact numbers.
"""

from __future__ import annotations

from typing import Any, Final

_AMOUNT_PARTS: Final = 1_000
_RATIO_PARTS: Final = 1_000_000
_LATEST_SIZE: Final = 1_000_000


def in_thousandths(amount: Any) -> Any:
    """An amount of money as a whole number of thousandths."""
    return (amount * _AMOUNT_PARTS).round().cast("int64")


def in_millionths(value: Any, *, lowest: float, highest: float) -> Any:
    """A ratio as a whole number of millionths, held between two bounds.

    The bounds are far outside what makes sense: they keep one absurd denominator from drowning a mean.
    """
    # Not LEAST and GREATEST: whether they skip nulls depends on the engine.
    scaled = (value * _RATIO_PARTS).round()
    low, high = int(lowest * _RATIO_PARTS), int(highest * _RATIO_PARTS)
    return (value > highest).ifelse(high, (value < lowest).ifelse(low, scaled)).cast("int64")


def in_days(value: Any) -> Any:
    """A day written as a decimal (``-3648.0``) as a whole number."""
    return value.round().cast("int64")


def amount(thousandths: Any) -> Any:
    """An aggregate of thousandths as an amount of money."""
    return thousandths.cast("float64") / _AMOUNT_PARTS


def number(millionths: Any) -> Any:
    """An aggregate of millionths as a ratio."""
    return millionths.cast("float64") / _RATIO_PARTS


def quotient(numerator: Any, denominator: Any) -> Any:
    """One exact aggregate divided by another; null where the denominator is zero."""
    return numerator.cast("float64") / denominator.cast("float64").nullif(0)


def share(condition: Any, among: Any = None) -> Any:
    """Share of the rows where a condition holds, among those where it is known."""
    return condition.cast("int64").mean(where=among)


def deviation(value: Any, where: Any = None) -> Any:
    """Sample standard deviation of whole numbers; null with fewer than two."""
    n = value.count(where=where)
    total = value.sum(where=where)
    squares = (value * value).sum(where=where)
    return quotient(n * squares - total * total, n * (n - 1)).sqrt()


def latest(value: Any, order: Any) -> Any:
    """The value of the row with the greatest order, among rows where it is known; the larger one of two in a tie.

    Plain maxima of packed whole numbers stay exact and cost a fraction of a sorted aggregate; both arguments must be
    whole, ``value`` in [0, 1,000,000) and ``order`` not negative.
    """
    known = value.notnull()
    packed = order * _LATEST_SIZE + value
    return packed.max(where=known) - order.max(where=known) * _LATEST_SIZE
