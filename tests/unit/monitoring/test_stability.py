"""The population stability index against its definition, written out over lists."""

import math

import numpy as np
import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.model.evaluation.results import ShiftReading
from scoring_dash.monitoring.stability import Clients, category_psi, numeric_psi, read_shift, stability


def psi(before: list[int], after: list[int]) -> float:
    """Index of counted bins, half a client added to each."""
    n, m = sum(before) + len(before) / 2, sum(after) + len(after) / 2
    pairs = [((a + 0.5) / n, (b + 0.5) / m) for a, b in zip(before, after, strict=True)]
    return sum((q - p) * math.log(q / p) for p, q in pairs)


def test_ten_bins_of_a_number() -> None:
    reference = np.arange(1, 101, dtype=np.float32)
    compared = np.array([5.0] * 10 + [95.0] * 30, dtype=np.float32)
    assert numeric_psi(reference, compared) == pytest.approx(psi([10] * 10, [10, 0, 0, 0, 0, 0, 0, 0, 0, 30]))
    assert numeric_psi(reference, reference) == 0.0


def test_missing_values_have_a_bin_of_their_own() -> None:
    reference = np.array([1.0] * 50 + [2.0] * 50)
    compared = np.array([1.0] * 50 + [np.nan] * 50)
    # Tenths end at 1 four times, at 1.5 and at 2: edges 1, 1.5 and 2, so bins of 50, 0, 50, 0, and the missing.
    assert numeric_psi(reference, compared) == pytest.approx(psi([50, 0, 50, 0, 0], [50, 0, 0, 0, 50]))


def test_a_number_that_was_never_known_and_now_is() -> None:
    assert numeric_psi(np.full(20, np.nan), np.full(20, np.nan)) == 0.0
    assert numeric_psi(np.full(20, np.nan), np.full(20, 3.0)) == pytest.approx(psi([0, 20], [20, 0]))


def test_categories_by_hand() -> None:
    reference = np.array([0.0] * 90 + [1.0] * 10)
    compared = np.array([0.0] * 99 + [1.0])
    assert category_psi(reference, compared, 3) == pytest.approx(psi([90, 10, 0], [99, 1, 0]))


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        (0.0999, ShiftReading.STABLE),
        (0.10, ShiftReading.WATCH),
        (0.25, ShiftReading.WATCH),
        (0.2501, ShiftReading.SHIFT),
    ],
)
def test_readings(value: float, reading: ShiftReading) -> None:
    assert read_shift(value) is reading


def feature(name: str, unit: Unit) -> Feature:
    return Feature(name, TableName.APPLICATION_TRAIN, ("X",), "application", unit, Theme.LOAN_SIZE, name, name)


def test_the_most_shifted_feature_comes_first() -> None:
    random = np.random.default_rng(0)
    features = (feature("same", Unit.CURRENCY), feature("moved", Unit.CURRENCY), feature("kind", Unit.CATEGORY))
    before = np.array([random.normal(size=5000), random.normal(size=5000), random.integers(0, 2, 5000)], np.float32)
    after = np.array([random.normal(size=3000), random.normal(0.4, 1, 3000), np.zeros(3000)], np.float32)
    found = stability(
        Clients(before, random.random(5000)), Clients(after, random.random(3000)), features, {"kind": ("a", "b")}
    )
    assert found is not None
    assert [shift.name for shift in found.features] == ["kind", "moved", "same"]
    assert [shift.reading for shift in found.features] == ["shift", "watch", "stable"]
    # Nothing moved in "same" and in the score: chance alone gives 9 (1/5000 + 1/3000) on average.
    assert found.by_chance == pytest.approx(0.0048)
    assert max(found.features[-1].psi, found.score.psi) < 5 * found.by_chance


def test_no_other_clients_no_figures() -> None:
    values = np.zeros((1, 5), dtype=np.float32)
    nobody = Clients(values[:, :0], np.zeros(0))
    assert stability(Clients(values, np.zeros(5)), nobody, (feature("a", Unit.COUNT),), {}) is None
