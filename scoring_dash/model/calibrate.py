"""From margin to probability: a check of the calibration, and a calibrator where it helps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ConfigurationError

_Z95 = NormalDist().inv_cdf(0.975)
_CHI_SQUARE_2_99 = -2 * math.log(0.01)
"""99th percentile of the chi-square distribution with two degrees of freedom, which has this closed form."""


@dataclass(frozen=True, slots=True)
class Calibrator:
    """``probability = logistic(slope * margin + intercept)``; slope 1 and intercept 0 change nothing."""

    slope: float = 1.0
    intercept: float = 0.0

    def calibrated_margin(self, margin: float) -> float:
        """Margin whose logistic is the probability."""
        return self.slope * margin + self.intercept

    def probability(self, margin: float) -> float:
        """Probability of default in [0, 1]."""
        return logistic(self.calibrated_margin(margin))

    def probabilities(self, margins: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of default, each to the last bit what :meth:`probability` gives.

        One by one: numpy's vectorised exponential may round the last digit differently from the scalar one.
        """
        return np.array([self.probability(float(margin)) for margin in margins])


@dataclass(frozen=True, slots=True)
class CalibrationCheck:
    """Cox's calibration line fitted to out-of-fold margins, with 95 % Wald half-widths.

    A calibrated model has slope 1 and intercept 0.

    Attributes
    ----------
    deviance_gain : float
        Twice the log-likelihood that the line adds to slope 1 and intercept 0; chi-square with two degrees of
        freedom if the margins are calibrated.
    """

    slope: float
    slope_half_width: float
    intercept: float
    intercept_half_width: float
    deviance_gain: float

    @property
    def needs_calibrator(self) -> bool:
        """Whether the line fits better than chance would allow at 1 %."""
        return self.deviance_gain > _CHI_SQUARE_2_99


def logistic(margin: float) -> float:
    """``1 / (1 + exp(-margin))``, without overflow for any finite margin."""
    return 1.0 / (1.0 + math.exp(-min(max(margin, -700.0), 700.0)))


def check_calibration(margins: NDArray[np.float64], defaulted: NDArray[np.int8]) -> CalibrationCheck:
    """Fit ``logit P(default) = slope * margin + intercept`` by Newton's method, halving steps that overshoot.

    Margins that are all the same say nothing of a slope: it is 1, with an unbounded interval.

    Parameters
    ----------
    margins : (n,) float64, out-of-fold, in log-odds
    defaulted : (n,) int8, 0 or 1

    Raises
    ------
    ConfigurationError
        If the margins tell the two outcomes apart without one error: no line is the best one.

    References
    ----------
    D. R. Cox, "Two further applications of a model for binary regression", Biometrika 45 (1958).
    """
    if np.ptp(margins) == 0:
        return _check_of_one_margin(float(margins[0]), defaulted)
    # Standardised, so that the first step is a sensible one however wide the margins are.
    mean, spread = float(margins.mean()), float(margins.std())
    design = np.column_stack([(margins - mean) / spread, np.ones_like(margins)])
    if _separates(margins, defaulted):
        raise ConfigurationError(
            "The scores out of fold tell defaults from repaid files without one error; a model that learnt nothing "
            "forbidden makes some. Look for a column that holds the outcome, remove it and train again."
        )
    beta, covariance = _newton(design, defaulted)
    back = np.array([[1 / spread, 0.0], [-mean / spread, 1.0]])
    slope, intercept = (float(value) for value in back @ beta)
    half_widths = _Z95 * np.sqrt(np.diag(back @ covariance @ back.T))
    gain = 2 * (_log_likelihood(design @ beta, defaulted) - _log_likelihood(margins, defaulted))
    return CalibrationCheck(slope, float(half_widths[0]), intercept, float(half_widths[1]), gain)


def choose_calibrator(check: CalibrationCheck) -> Calibrator:
    """The fitted line if the check asks for it, otherwise no change.

    The coefficients are rounded to 6 decimals: enough for a probability, and the artifact then
    reads the same to a person as to the program.
    """
    if not check.needs_calibrator:
        return Calibrator()
    return Calibrator(round(check.slope, 6), round(check.intercept, 6))


def _separates(margins: NDArray[np.float64], defaulted: NDArray[np.int8]) -> bool:
    bad, good = margins[defaulted == 1], margins[defaulted == 0]
    return bool(bad.min() >= good.max() or bad.max() <= good.min())


def _newton(
    design: NDArray[np.float64], defaulted: NDArray[np.int8]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients of the logistic regression and their covariance."""
    rate = defaulted.mean()
    beta = np.array([0.0, math.log(rate / (1 - rate))])
    likelihood = _log_likelihood(design @ beta, defaulted)
    information = np.eye(2)
    for _ in range(100):
        probability = 1.0 / (1.0 + np.exp(-(design @ beta)))
        information = design.T @ (design * (probability * (1 - probability))[:, None])
        step = np.linalg.solve(information, design.T @ (defaulted - probability))
        while (reached := _log_likelihood(design @ (beta + step), defaulted)) < likelihood - 1e-9:
            step = step / 2
        beta, likelihood = beta + step, reached
        if np.max(np.abs(step)) < 1e-12:
            break
    return beta, np.asarray(np.linalg.inv(information), dtype=np.float64)


def _check_of_one_margin(margin: float, defaulted: NDArray[np.int8]) -> CalibrationCheck:
    rate = float(defaulted.mean())
    intercept = math.log(rate / (1 - rate)) - margin
    half_width = _Z95 / math.sqrt(len(defaulted) * rate * (1 - rate))
    everybody = np.full(len(defaulted), margin)
    gain = 2 * (_log_likelihood(everybody + intercept, defaulted) - _log_likelihood(everybody, defaulted))
    return CalibrationCheck(1.0, math.inf, intercept, half_width, gain)


def _log_likelihood(margins: NDArray[np.float64], defaulted: NDArray[np.int8]) -> float:
    return float(np.sum(defaulted * margins - np.logaddexp(0.0, margins)))
