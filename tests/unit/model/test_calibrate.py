"""Calibration: a calibrated margin is left alone, a distorted one is set right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.model.calibrate import Calibrator, check_calibration, choose_calibrator, logistic


def draw(seed: int, slope: float, intercept: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    margins = random.normal(-2.5, 1.0, 60_000)
    chance = 1 / (1 + np.exp(-(slope * margins + intercept)))
    return margins, (random.random(len(margins)) < chance).astype(np.int8)


def test_a_calibrated_margin_needs_no_calibrator() -> None:
    check = check_calibration(*draw(0, 1.0, 0.0))
    assert not check.needs_calibrator
    assert choose_calibrator(check) == Calibrator(1.0, 0.0)


def test_a_distorted_margin_gets_the_line_that_sets_it_right() -> None:
    margins, defaulted = draw(1, 0.7, 0.4)
    calibrator = choose_calibrator(check_calibration(margins, defaulted))
    assert calibrator.slope == pytest.approx(0.7, abs=0.03)
    assert calibrator.intercept == pytest.approx(0.4, abs=0.07)
    assert calibrator.probabilities(margins).mean() == pytest.approx(defaulted.mean(), abs=1e-6)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_logistic_stays_in_its_range(margin: float) -> None:
    assert 0.0 <= logistic(margin) <= 1.0


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20), st.floats(0.1, 3), st.floats(-2, 2))
def test_many_probabilities_have_the_bits_of_single_ones(margins: list[float], slope: float, intercept: float) -> None:
    calibrator = Calibrator(slope, intercept)
    assert calibrator.probabilities(np.array(margins)).tolist() == [calibrator.probability(m) for m in margins]
