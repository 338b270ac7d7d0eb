"""Wilson's interval against the equation that defines it, solved by halving."""

import math
from statistics import NormalDist

import pytest

from scoring_dash.model.evaluation.intervals import share


def solved(count: int, files: int, *, upper: bool) -> float:
    """The rate whose normal test at 95 % just accepts what was seen: slow and obvious."""
    z, seen = NormalDist().inv_cdf(0.975), count / files
    low, high = (seen, 1.0) if upper else (0.0, seen)
    for _ in range(100):
        middle = (low + high) / 2
        accepted = abs(seen - middle) <= z * math.sqrt(middle * (1 - middle) / files)
        if upper:
            low, high = (middle, high) if accepted else (low, middle)
        else:
            low, high = (low, middle) if accepted else (middle, high)
    return (low + high) / 2


@pytest.mark.parametrize(("count", "files"), [(0, 30), (1, 30), (8, 100), (50, 100), (99, 100), (100, 100)])
def test_the_interval_solves_the_equation(count: int, files: int) -> None:
    found = share(count, files)
    assert found.rate == count / files
    assert found.low == pytest.approx(solved(count, files, upper=False), abs=1e-9)
    assert found.high == pytest.approx(solved(count, files, upper=True), abs=1e-9)


def test_without_files_nothing_is_known() -> None:
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)
