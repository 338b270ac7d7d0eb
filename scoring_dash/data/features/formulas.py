"""The few functions that row formulas use besides arithmetic, for Ibis columns and for NumPy arrays alike.

A missing value is null in Ibis and NaN (None in text) in NumPy; both spread through ``+ - * /``. The results of the
two agree to the last bit, because every step is one IEEE operation on float64; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np


def ratio(numerator: Any, denominator: Any) -> Any:
    """``numerator / denominator``; missing where the denominator is zero."""
    if not _is_array(denominator):
        return numerator / denominator.nullif(0)
    return numerator / np.where(denominator == 0, np.nan, denominator)


def or_zero(value: Any) -> Any:
    """The value, and 0 where it is missing."""
    return np.nan_to_num(value, nan=0.0) if _is_array(value) else value.fill_null(0)


def positive_part(value: Any) -> Any:
    """The value, and 0 where it is negative; missing stays missing."""
    if _is_array(value):
        return np.where(value < 0, 0.0, value)
    return (value < 0).ifelse(0, value)


def is_known(value: Any) -> Any:
    """1 where there is a value and 0 where it is missing."""
    if not _is_array(value):
        return value.notnull().cast("int64")
    if value.dtype.kind == "O":
        return np.array([item is not None for item in value], dtype=np.int64)
    return (~np.isnan(value)).astype(np.int64)


def count_known(*values: Any) -> Any:
    """How many of the values are there."""
    return _sum([is_known(value) for value in values])


def mean_known(*values: Any) -> Any:
    """Mean of the values that are there; missing if none is."""
    return ratio(_sum([or_zero(value) for value in values]), count_known(*values))


def weighted_mean_known(*pairs: tuple[float, Any]) -> Any:
    """Mean of the values that are there, with the weights of those present summing to one."""
    total = _sum([or_zero(value) * weight for weight, value in pairs])
    return ratio(total, _sum([is_known(value) * weight for weight, value in pairs]))


def smallest_known(*values: Any) -> Any:
    """The smallest value that is there; missing if none is."""
    return reduce(_smaller, values)


def largest_known(*values: Any) -> Any:
    """The largest value that is there; missing if none is."""
    return 0 - smallest_known(*[0 - value for value in values])


def equals(value: Any, name: str) -> Any:
    """1 where a text is this name, 0 where it is another; missing stays missing."""
    if not _is_array(value):
        return (value == name).cast("int64")
    return np.array([np.nan if item is None else float(item == name) for item in value], dtype=np.float64)


def without(value: Any, *names: str) -> Any:
    """The text, and missing where it is one of these names."""
    if not _is_array(value):
        return reduce(lambda kept, name: kept.nullif(name), names, value)
    return np.array([None if item in names else item for item in value], dtype=object)


def level(value: Any, names: tuple[str, ...]) -> Any:
    """Place of the text among ordered names, counted from 0; missing for any other text."""
    if not _is_array(value):
        return value.cases(*[(name, place) for place, name in enumerate(names)], else_=None)
    places = {name: float(place) for place, name in enumerate(names)}
    return np.array([places.get(item, np.nan) for item in value], dtype=np.float64)


def steps(value: Any, lowest: float, edges: Sequence[tuple[float, float]]) -> Any:
    """``lowest`` below the first edge, then the result of the last edge reached; missing stays missing.

    Parameters
    ----------
    edges : sequence of (edge, result)
        Edges rising; an edge belongs to its own step.
    """
    results = [lowest, *(result for _, result in edges)]
    jumps = [after - before for before, after in pairwise(results)]
    reached = [_is_at_least(value, edge) * jump for (edge, _), jump in zip(edges, jumps, strict=True)]
    return _sum([lowest, *reached])


def only_where(value: Any, condition: Any) -> Any:
    """The value where the condition is 1, missing elsewhere."""
    return ratio(value * condition, condition)


def lookup(value: Any, known: Mapping[str, float]) -> Any:
    """What is known of the text; missing for any other text."""
    if not _is_array(value):
        return value.cases(*known.items(), else_=None).cast("float64") if known else value.nullif(value).cast("float64")
    return np.array([known.get(item, np.nan) for item in value], dtype=np.float64)


def _is_at_least(value: Any, edge: float) -> Any:
    """1 from the edge on, 0 below; missing stays missing."""
    if not _is_array(value):
        return (value >= edge).cast("int64")
    return np.where(np.isnan(value), np.nan, value >= edge)


def _is_array(value: Any) -> bool:
    return isinstance(value, (np.ndarray, np.generic))


def _sum(terms: list[Any]) -> Any:
    """Add from left to right: the order fixes the last bit."""
    return reduce(lambda left, right: left + right, terms)


def _smaller(left: Any, right: Any) -> Any:
    if _is_array(left):
        return np.fmin(left, right)
    # Not LEAST: whether it skips nulls depends on the engine.
    both = (right < left).ifelse(right, left)
    return both.fill_null(left).fill_null(right)
