"""One family of models on the folds: figures, evidence of calibration, and time."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.calibrate import check_calibration
from scoring_dash.model.cost import THEORETICAL_THRESHOLD, choose_decision_rule, cost_per_client
from scoring_dash.model.evaluation.metrics import evaluate
from scoring_dash.model.evaluation.reliability import reliability_bins
from scoring_dash.model.families import LabelledFiles, Predict, Variant, fit_folds
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.compare.report import CalibrationEvidence, FamilyResult, Timing

_MANY_ROWS = 10_000
_ONE_ROW_CALLS = 20
_SMALLEST_PROBABILITY = 1e-6
_SMALLEST_SPREAD = 0.01  # a dummy differs from fold to fold by one file: no line can be fitted to that

Floats = NDArray[np.float64]


def compare_family(variant: Variant, files: LabelledFiles, plan: TrainingPlan) -> FamilyResult:
    """Cross-validate one family and judge its out-of-fold probabilities, as they are."""
    start = time.perf_counter()
    models = fit_folds(variant, files, plan)
    fit_seconds = (time.perf_counter() - start) / models.fitted
    probabilities = models.out_of_fold(files)
    rule = choose_decision_rule(probabilities, files.outcomes)
    one, many = _prediction_times(models.predict[0], files.rows)
    return FamilyResult(
        name=variant.name,
        family=variant.family,
        imbalance=variant.imbalance,
        threshold=rule.threshold,
        metrics=evaluate(probabilities, files.outcomes, rule.threshold, seed=files.seed),
        calibration=calibration_evidence(probabilities, files.outcomes),
        timing=Timing(fit_seconds, one, many),
    )


def calibration_evidence(probabilities: Floats, defaulted: NDArray[np.int8]) -> CalibrationEvidence:
    """Slope of the calibration line, averages and reliability of out-of-fold probabilities.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1
    """
    bounded = np.clip(probabilities, _SMALLEST_PROBABILITY, 1 - _SMALLEST_PROBABILITY)
    margins = np.log(bounded) - np.log1p(-bounded)
    slope, half_width = _calibration_slope(margins, defaulted)
    return CalibrationEvidence(
        slope=slope,
        slope_half_width=half_width,
        mean_probability=float(probabilities.mean()),
        default_rate=float(defaulted.mean()),
        cost_at_theory=cost_per_client(probabilities, defaulted, THEORETICAL_THRESHOLD),
        reliability=reliability_bins(probabilities, defaulted),
    )


def _calibration_slope(margins: Floats, defaulted: NDArray[np.int8]) -> tuple[float, float] | tuple[None, None]:
    if float(np.std(margins)) < _SMALLEST_SPREAD:
        return None, None
    check = check_calibration(margins, defaulted)
    return check.slope, check.slope_half_width


def _prediction_times(predict: Predict, rows: NDArray[np.float32]) -> tuple[float, float]:
    """Milliseconds for one row (median of some calls) and for 10,000 rows."""
    one = np.ascontiguousarray(rows[:1])
    many = np.ascontiguousarray(rows[np.resize(np.arange(len(rows)), _MANY_ROWS)])
    predict(one)  # the first call of a library pays for what the next ones find ready
    singles = [_milliseconds(predict, one) for _ in range(_ONE_ROW_CALLS)]
    return float(np.median(singles)), _milliseconds(predict, many)


def _milliseconds(predict: Predict, rows: NDArray[np.float32]) -> float:
    start = time.perf_counter()
    predict(rows)
    return 1000 * (time.perf_counter() - start)
