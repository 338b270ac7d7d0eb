"""How far apart the fold models lie: how sure the model is of a client."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.evaluation.metrics import Floats
from scoring_dash.model.evaluation.results import SpreadFigures
from scoring_dash.model.package import ModelPackage

_MOST_CLIENTS = 5000
_THREADS = 2


def spread_figures(package: ModelPackage, values: NDArray[np.float32], *, seed: int) -> SpreadFigures | None:
    """Spread of the fold models over clients that no model saw, as the engine shows it for each of them.

    Parameters
    ----------
    values : (n_features, n) float32
        Of clients that took no part in training; a sample of 5,000 is enough for the shares.

    Returns
    -------
    SpreadFigures or None
        None without clients.
    """
    n = values.shape[1]
    if n == 0:
        return None
    chosen = np.arange(n)
    if n > _MOST_CLIENTS:
        chosen = np.sort(np.random.default_rng(seed).choice(n, _MOST_CLIENTS, replace=False))
    rows = np.ascontiguousarray(values[:, chosen].T)
    scorer = package.scorer
    margins = np.array([scorer.margin(rows, model, threads=_THREADS) for model in range(scorer.final + 1)])
    calibrator = package.description.calibrator
    low, high, probabilities = (
        calibrator.probabilities(line) for line in (margins[:-1].min(axis=0), margins[:-1].max(axis=0), margins[-1])
    )
    rule = package.description.rule
    return summarise(low, high, probabilities, rule.threshold, (rule.review_low, rule.review_high))


def summarise(
    low: Floats, high: Floats, probabilities: Floats, threshold: float, zone: tuple[float, float]
) -> SpreadFigures:
    """Widths, and shares of clients on whose decision the fold models disagree.

    Parameters
    ----------
    low, high : (n,) float64
        Least and greatest probability among the fold models; refused is who lies above the threshold.
    probabilities : (n,) float64
        By the final model.
    zone : (low, high)
        The review zone, bounds included.
    """
    width = high - low
    straddling = (low <= threshold) & (threshold < high)
    in_zone = (zone[0] <= probabilities) & (probabilities <= zone[1])
    return SpreadFigures(
        files=len(low),
        median_width=float(np.median(width)),
        wide_width=float(np.percentile(width, 90)),
        straddling=float(np.mean(straddling)),
        in_zone=float(np.mean(in_zone)),
        straddling_outside_zone=float(np.mean(straddling & ~in_zone)),
    )
