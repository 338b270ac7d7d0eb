"""A share of files with its Wilson interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

_Z95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """How many files, which share of them, and its 95 % Wilson interval."""

    files: int
    rate: float
    low: float
    high: float


def share(count: int, files: int) -> Share:
    """``count`` among ``files`` as a share with its 95 % Wilson interval.

    Parameters
    ----------
    count, files : int
        ``0 <= count <= files``; with no file the interval is the whole of [0, 1].

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if files == 0:
        return Share(0, 0.0, 0.0, 1.0)
    rate = count / files
    spread = _Z95**2 / files
    centre = (rate + spread / 2) / (1 + spread)
    half = _Z95 * math.sqrt(rate * (1 - rate) / files + spread / (4 * files)) / (1 + spread)
    return Share(files, rate, max(0.0, centre - half), min(1.0, centre + half))
