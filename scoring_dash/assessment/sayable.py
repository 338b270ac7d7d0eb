"""Amounts that a person would say: an offer of 187 342.50 is none."""

from __future__ import annotations

from typing import Final

import numpy as np

_STEPS: Final = ((0.0, 1_000.0), (100_000.0, 5_000.0), (500_000.0, 10_000.0), (1_000_000.0, 50_000.0))
"""(amount from which on, step)."""


def sayable_amounts(low: float, high: float) -> list[float]:
    """Round amounts from ``low`` to ``high``, both included where they are round, ascending.

    The step is 1,000 up to 100,000, then 5,000 to 500,000, 10,000 to a million, and 50,000 above.
    """
    found: list[float] = []
    for (start, step), (end, _) in zip(_STEPS, [*_STEPS[1:], (np.inf, 0.0)], strict=True):
        first, last = max(low, start), min(high, end)
        if first <= last:
            found += [float(step * k) for k in range(int(np.ceil(first / step)), int(np.floor(last / step)) + 1)]
    return sorted(set(found))


def spread_over(values: list[float], most: int) -> list[float]:
    """At most so many of some values, evenly spaced, the first and the last among them."""
    if len(values) <= most:
        return values
    places = np.unique(np.linspace(0, len(values) - 1, most).round().astype(int))
    return [values[place] for place in places]
