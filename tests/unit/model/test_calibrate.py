"""Calibration: a calibrated margin is left alone, a distorted one is set right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.core.errors import ConfigurationError
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


def test_margins_that_are_all_the_same_say_nothing_of_a_slope() -> None:
    check = check_calibration(np.full(100, -1.0), np.repeat(np.array([0, 1], np.int8), [80, 20]))
    assert (check.slope, check.slope_half_width) == (1.0, np.inf)
    assert check.intercept == pytest.approx(np.log(0.25) + 1.0)


@pytest.mark.parametrize("scale", [0.01, 1.0, 1_000.0])
def test_the_scale_of_the_margins_only_scales_the_slope(scale: float) -> None:
    margins, defaulted = draw(2, 1.0, 0.0)
    plain, scaled = check_calibration(margins, defaulted), check_calibration(scale * margins, defaulted)
    assert scaled.slope * scale == pytest.approx(plain.slope, rel=1e-6)
    assert scaled.intercept == pytest.approx(plain.intercept, abs=1e-6)


def test_scores_without_one_error_point_to_a_leak() -> None:
    defaulted = np.repeat(np.array([0, 1], np.int8), [80, 20])
    with pytest.raises(ConfigurationError, match="column that holds the outcome"):
        check_calibration(np.arange(100.0), defaulted)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_logistic_stays_in_its_range(margin: float) -> None:
    assert 0.0 <= logistic(margin) <= 1.0


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20), st.floats(0.1, 3), st.floats(-2, 2))
def test_many_probabilities_have_the_bits_of_single_ones(margins: list[float], slope: float, intercept: float) -> None:
    calibrator = Calibrator(slope, intercept)
    assert calibrator.probabilities(np.array(margins)).tolist() == [calibrator.probability(m) for m in margins]
