"""Predicted against observed: by bins, by groups, by folds."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.calibrate import CalibrationCheck, check_calibration
from scoring_dash.model.evaluation.intervals import share
from scoring_dash.model.evaluation.metrics import Floats, Metric, Outcomes, bootstrap
from scoring_dash.model.evaluation.results import Calibration, FoldFigures, GroupFigures, Reliability, Segments

LEAST_OF_AN_OUTCOME = 10
"""Files of either outcome below which a ranking or a calibration line says nothing."""

_BINS = 10
_REPLICATES = 100


def calibration(margins: Floats, probabilities: Floats, defaulted: Outcomes) -> Calibration:
    """Calibration lines before and after the calibrator, and ten bins of equal count.

    Parameters
    ----------
    margins : (n,) float64, in log-odds, before the calibrator
    probabilities : (n,) float64, in [0, 1], as served
    defaulted : (n,) int8, 0 or 1
    """
    clipped = np.clip(probabilities, 1e-12, 1 - 1e-12)
    served = np.log(clipped) - np.log1p(-clipped)
    return Calibration(_line(margins, defaulted), _line(served, defaulted), reliability_bins(probabilities, defaulted))


def reliability_bins(probabilities: Floats, defaulted: Outcomes) -> tuple[Reliability, ...]:
    """Ten bins of equal count (to one file) by ascending probability; fewer with fewer than ten files."""
    order = np.argsort(probabilities, kind="stable")
    bins = np.array_split(order, min(_BINS, len(order)))
    return tuple(reliability(probabilities[members], defaulted[members]) for members in bins)


def reliability(probabilities: Floats, defaulted: Outcomes) -> Reliability:
    """Mean probability of at least one file, and its default rate with the Wilson interval."""
    return Reliability(float(np.mean(probabilities)), share(int(np.sum(defaulted)), len(defaulted)))


def segment_figures(
    segments: Mapping[str, NDArray[np.str_]], probabilities: Floats, defaulted: Outcomes, *, seed: int
) -> tuple[Segments, ...]:
    """Figures of the groups of each criterion, in the order of the groups' names.

    Parameters
    ----------
    segments : mapping of str to (n,) text
        For each criterion, the group of every file.
    seed : int
        Of the bootstrap behind the intervals of the AUC.
    """
    return tuple(
        Segments(
            criterion,
            tuple(
                _group(str(group), probabilities[members == group], defaulted[members == group], seed)
                for group in np.unique(members)
            ),
        )
        for criterion, members in segments.items()
    )


def fold_figures(
    fold_of: NDArray[np.int8], probabilities: Floats, defaulted: Outcomes, threshold: float
) -> tuple[FoldFigures, ...]:
    """AUC, log-loss and cost of each fold model on the files that it never saw.

    Parameters
    ----------
    fold_of : (n,) int8
        Fold that held each file out; every fold holds both outcomes.
    """
    figures = []
    for fold in np.unique(fold_of):
        members = fold_of == fold
        names = ("auc", "log_loss", "cost", "default_rate")
        found = bootstrap(probabilities[members], defaulted[members], threshold, names, seed=0, replicates=0).values
        figures.append(
            FoldFigures(
                int(fold), int(members.sum()), found["default_rate"], found["auc"], found["log_loss"], found["cost"]
            )
        )
    return tuple(figures)


def has_both_outcomes(defaulted: Outcomes) -> bool:
    """Whether there are enough files of either outcome to compare them."""
    bad = int(np.sum(defaulted))
    return min(bad, len(defaulted) - bad) >= LEAST_OF_AN_OUTCOME


def _line(margins: Floats, defaulted: Outcomes) -> CalibrationCheck | None:
    if not has_both_outcomes(defaulted) or np.ptp(margins) < 1e-9:
        return None
    try:
        found = check_calibration(margins, defaulted)
    except ConfigurationError:  # the outcomes lie apart: no line is the best one
        return None
    return found if all(map(math.isfinite, (found.slope, found.slope_half_width, found.deviance_gain))) else None


def _group(name: str, probabilities: Floats, defaulted: Outcomes, seed: int) -> GroupFigures:
    return GroupFigures(name, reliability(probabilities, defaulted), _auc(probabilities, defaulted, seed))


def _auc(probabilities: Floats, defaulted: Outcomes, seed: int) -> Metric | None:
    if not has_both_outcomes(defaulted):
        return None
    found = bootstrap(probabilities, defaulted, 0.5, ("auc",), seed=seed, replicates=_REPLICATES)
    return found.metric("auc")
