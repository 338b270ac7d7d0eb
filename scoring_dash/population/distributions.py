"""The bars in which a number is drawn."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Unit

_MOST_BARS = 20
_FEW_VALUES = 12
_WHOLE_UNITS = (Unit.COUNT, Unit.FLAG, Unit.LEVEL)


def choose_bin_edges(feature: Feature, values: NDArray[np.float32]) -> tuple[float, ...]:
    """Inner edges of the bars in which a numeric feature is drawn, the same for every group.

    Round steps (1, 2 or 5 times a power of ten) cover the central 98 % of the values; what lies outside falls
    into the first and the last bar. Whole numbers with few values get one bar each.

    Parameters
    ----------
    values : (n,) float32, NaN where missing; infinite ones say nothing and are left out

    Returns
    -------
    tuple of float, ascending
        At least one, so that a bar always has a bound and is never taken for missing values.
    """
    known = values[np.isfinite(values)].astype(np.float64)
    if len(known) == 0 or known.min() == known.max():
        return (float(known[0]) if len(known) else 0.0,)
    low, high = np.percentile(known, [1, 99])
    if low == high:
        low, high = float(known.min()), float(known.max())
    if feature.unit in _WHOLE_UNITS and high - low <= _FEW_VALUES:
        return tuple(float(value) + 0.5 for value in np.arange(math.floor(low), math.ceil(high)))
    step = _round_step((high - low) / _MOST_BARS)
    if feature.unit in _WHOLE_UNITS:
        step = max(step, 1.0)
    first, last = math.floor(low / step) + 1, math.ceil(high / step) - 1
    # Multiplying whole numbers keeps 0.3 from becoming 0.30000000000000004.
    return tuple(float(f"{place * step:.12g}") for place in range(first, last + 1)) or (float(f"{first * step:.12g}"),)


def _round_step(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= width * 0.999)
