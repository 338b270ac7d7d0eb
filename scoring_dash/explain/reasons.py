"""Reasons: what sets a client apart from the applicants just inside the threshold.

Method (i) of the official commentary on Regulation B, 12 CFR 1002.9(b)(2): the factors on which the applicant fell
furthest below applicants at or slightly above the passing score. Here the passing applicants are past files whose
out-of-fold probability lies just below the threshold; the distance is measured in the model's own contributions, so no
factor can be named that the model did not use, and none of weight is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.results import FeatureValue, Reason
from scoring_dash.core.words import Direction, Theme
from scoring_dash.model.calibrate import Calibrator
from scoring_dash.model.description import ModelDescription

REASONS_PER_DIRECTION = 4
"""More than four reasons are not likely to be helpful, says the same commentary."""

NEGLIGIBLE = 0.05
"""In log-odds: a theme that moves the odds by less than 5 % is no reason."""

_TELLING = 0.5
"""A feature is worth naming if it pulls at least half as hard as the strongest of its theme."""

BAND_START = 0.9
"""The reference applicants lie between ``BAND_START`` times the threshold and the threshold."""


@dataclass(frozen=True, slots=True)
class _ThemeDistance:
    theme: Theme
    contribution: float
    feature: int


def in_reference_band(probabilities: NDArray[np.float64], threshold: float) -> NDArray[np.bool_]:
    """Which past files are the applicants just inside the threshold.

    Parameters
    ----------
    probabilities : (n,) float64, out of fold
    threshold : float

    Returns
    -------
    (n,) bool
        At least one is True if any probability is at or below the threshold.
    """
    band = (probabilities >= BAND_START * threshold) & (probabilities <= threshold)
    if band.any():
        return band
    passed = np.where(probabilities <= threshold, probabilities, -np.inf)
    return passed == passed.max()


def find_reasons(
    description: ModelDescription,
    row: NDArray[np.float32],
    contributions: NDArray[np.float64],
    reference: NDArray[np.float64],
    margin: float,
) -> tuple[Reason, ...]:
    """At most four reasons that raise and four that lower the risk, strongest first.

    Parameters
    ----------
    row : (n_features,) float32
    contributions : (n_features,) float64
        The client's, in log-odds.
    reference : (n_features,) float64
        Mean contributions of the reference applicants, by the same model.
    margin : float
        The client's margin before calibration.
    """
    distances = contributions - reference
    themes = _theme_distances(description, row, distances)
    points = _probability_points(description.calibrator, margin, [item.contribution for item in themes])
    reasons = [_reason(description, row, item, moved) for item, moved in zip(themes, points, strict=True)]
    weighty = [reason for reason in reasons if abs(reason.contribution) >= NEGLIGIBLE]
    kept = {
        reason.code
        for direction in Direction
        for reason in [reason for reason in weighty if reason.direction is direction][:REASONS_PER_DIRECTION]
    }
    return tuple(reason for reason in weighty if reason.code in kept)


def _theme_distances(
    description: ModelDescription, row: NDArray[np.float32], distances: NDArray[np.float64]
) -> list[_ThemeDistance]:
    sums = distances @ description.theme_matrix
    found = []
    for number, theme in enumerate(description.themes):
        members = np.flatnonzero(description.theme_matrix[:, number])
        pull = np.sign(sums[number]) * distances[members]
        found.append(_ThemeDistance(theme, float(sums[number]), _feature_to_name(description, row, members, pull)))
    return sorted(found, key=lambda item: (-abs(item.contribution), item.theme))


def _feature_to_name(
    description: ModelDescription, row: NDArray[np.float32], members: NDArray[np.int64], pull: NDArray[np.float64]
) -> int:
    """The feature that pulls hardest the way the whole theme goes.

    One whose value is the typical one tells a client nothing, so it yields to another that pulls nearly as hard.
    """
    order = np.argsort(-pull, kind="stable")
    telling = [int(members[i]) for i in order if pull[i] >= _TELLING * pull[order[0]]]
    different = [i for i in telling if _value(description, row, i) != _typical_value(description, i)]
    return (different or telling)[0]


def _value(description: ModelDescription, row: NDArray[np.float32], feature: int) -> FeatureValue:
    return description.read_value(feature, float(row[feature]))


def _typical_value(description: ModelDescription, feature: int) -> FeatureValue:
    return description.typical_values.get(description.features[feature].name)


def _reason(
    description: ModelDescription, row: NDArray[np.float32], item: _ThemeDistance, probability_points: float
) -> Reason:
    direction = Direction.RAISES if item.contribution > 0 else Direction.LOWERS
    name = description.features[item.feature].name
    return Reason(
        code=f"{item.theme}_{direction}".upper(),
        theme=item.theme,
        feature=name,
        value=_value(description, row, item.feature),
        typical_value=_typical_value(description, item.feature),
        contribution=item.contribution,
        probability_points=probability_points,
        direction=direction,
    )


def _probability_points(calibrator: Calibrator, margin: float, contributions: Sequence[float]) -> list[float]:
    """What each theme moves on the way to the client's margin; together, the whole way."""
    way = accumulate(contributions, initial=margin - sum(contributions))
    return [calibrator.probability(after) - calibrator.probability(before) for before, after in pairwise(way)]
