"""Frozen results that rooms hand to each other: assessment, explanation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from scoring_dash.core.words import Book, Direction, Recommendation, Theme

FeatureValue: TypeAlias = float | str | None
"""A number, the name of a category as in the tables, or None where the value is missing."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a client's margin (exact TreeSHAP, log-odds).

    Attributes
    ----------
    reference : float
        Mean contribution of the same feature, by the same model, among the applicants just inside the threshold.
    """

    feature: str
    theme: Theme
    value: FeatureValue
    contribution: float
    reference: float = 0.0

    @property
    def distance(self) -> float:
        """What sets the client apart from the applicants just inside the threshold, in log-odds."""
        return self.contribution - self.reference


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a client has this margin.

    Attributes
    ----------
    base_margin : float
        Expected margin of the model that scored the client, in log-odds.
    margin : float
        ``base_margin`` plus all contributions, to 1e-6; before calibration.
    calibrated_margin : float
        ``slope * margin + intercept`` of the stored calibrator; its logistic is the probability.
    contributions : tuple of Contribution
        One for every feature of the model, strongest first.
    calibration_slope : float
        The slope above: a contribution moves the calibrated margin by ``slope`` times its size. 1 where the model
        needs no calibrator.
    """

    client_id: int
    model_version: str
    base_margin: float
    margin: float
    calibrated_margin: float
    probability_of_default: float
    contributions: tuple[Contribution, ...]
    calibration_slope: float = 1.0

    def by_theme(self) -> dict[Theme, float]:
        """Sum of the contributions of each theme, in log-odds, strongest first."""
        return _strongest_first((item.theme, item.contribution) for item in self.contributions)

    def distances_by_theme(self) -> dict[Theme, float]:
        """Sum of the distances of each theme to the applicants just inside the threshold, strongest first."""
        return _strongest_first((item.theme, item.distance) for item in self.contributions)


def _strongest_first(terms: Iterable[tuple[Theme, float]]) -> dict[Theme, float]:
    sums: dict[Theme, float] = {}
    for theme, value in terms:
        sums[theme] = sums.get(theme, 0.0) + value
    return dict(sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0])))


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded cause: one theme, against the applicants just inside the threshold.

    Attributes
    ----------
    code : str
        Stable, language-free, e.g. ``"LOAN_SIZE_RAISES"``.
    feature : str
        The feature of the theme that weighs most in this direction.
    value, typical_value : FeatureValue
        The client's value of that feature, and the median (most frequent category) of the
        reference applicants.
    contribution : float
        Sum over the theme of (client's contribution - mean contribution of the reference
        applicants), in log-odds; positive raises the risk.
    probability_points : float
        What the theme moves on the way from the applicants just inside the threshold to the client, themes
        taken strongest first, in [-1, 1]: the bar of the waterfall. Signed like ``contribution``.
    """

    code: str
    theme: Theme
    feature: str
    value: FeatureValue
    typical_value: FeatureValue
    contribution: float
    probability_points: float
    direction: Direction


class WarningCode(StrEnum):
    """Alerts that accompany an assessment."""

    OUT_OF_FOLD = "out_of_fold"  # past client, scored by the model that has not seen his outcome
    NO_BUREAU_HISTORY = "no_bureau_history"
    NO_PREVIOUS_APPLICATION = "no_previous_application"
    MISSING_EXTERNAL_SCORES = "missing_external_scores"
    OUT_OF_RANGE = "out_of_range"  # a value outside what the model has seen
    UNLIKE_PAST_FILES = "unlike_past_files"  # each value may be usual, but the file as a whole resembles no past one


@dataclass(frozen=True, slots=True)
class AssessmentWarning:
    """One alert; ``feature`` names the value concerned, if there is one."""

    code: WarningCode
    feature: str | None = None
    value: FeatureValue = None


@dataclass(frozen=True, slots=True)
class ObservedFrequency:
    """How past files with about the same probability turned out.

    ``low`` and ``high`` bound the default rate (Wilson interval, 95 %).
    """

    files: int
    defaults: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the model says of one client.

    Attributes
    ----------
    probability_of_default : float
        Calibrated, in [0, 1].
    threshold : float
        Probability above which the recommendation is to refuse, in (0, 1).
    review_low, review_high : float
        Bounds of the review zone: from ``review_low`` to ``review_high`` a person looks again. So he does outside it
        where the final model and the fold models lie on both sides of the threshold.
    distance_to_threshold : float
        ``probability_of_default - threshold``: negative is below the threshold (safer).
    spread_low, spread_high : float
        Lowest and highest probability among the fold models (equal to the probability for a past
        client, whom one single model may score).
    reasons : tuple of Reason
        Strongest first; at most four of each direction.
    """

    client_id: int
    book: Book
    probability_of_default: float
    threshold: float
    review_low: float
    review_high: float
    recommendation: Recommendation
    distance_to_threshold: float
    spread_low: float
    spread_high: float
    observed: ObservedFrequency
    reasons: tuple[Reason, ...]
    model_version: str
    warnings: tuple[AssessmentWarning, ...]

    @property
    def is_in_review_zone(self) -> bool:
        """Whether the probability itself, not only the fold models' disagreement, asks for a review."""
        return self.review_low <= self.probability_of_default <= self.review_high

    def reasons_of(self, direction: Direction) -> tuple[Reason, ...]:
        """The reasons that raise, or that lower, the risk; strongest first."""
        return tuple(reason for reason in self.reasons if reason.direction is direction)
