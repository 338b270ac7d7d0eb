"""What an evaluation says, as frozen dataclasses: the tree behind ``evaluation.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring_dash.model.calibrate import CalibrationCheck
from scoring_dash.model.evaluation.intervals import Share
from scoring_dash.model.evaluation.metrics import Metric


@dataclass(frozen=True, slots=True)
class Reliability:
    """What was predicted of some files, and what came.

    Attributes
    ----------
    predicted : float
        Mean probability of default.
    observed : Share
        In default.
    """

    predicted: float
    observed: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Do probabilities mean what they say?

    Attributes
    ----------
    margins : CalibrationCheck or None
        Cox's line through the margins before the calibrator; None with fewer than 10 files of an outcome.
    served : CalibrationCheck or None
        The same line through the probabilities that the program gives.
    bins : tuple of Reliability
        Ten bins of equal count, from the lowest to the highest probability.
    """

    margins: CalibrationCheck | None
    served: CalibrationCheck | None
    bins: tuple[Reliability, ...]


@dataclass(frozen=True, slots=True)
class CostReport:
    """The cost of a threshold, and how flat it is around the best one.

    Attributes
    ----------
    threshold, cost : float
        The threshold in use, and the cost per client there.
    best_threshold, best_cost : float
        Of the least cost met on these files.
    flat_low, flat_high : float
        Least and greatest threshold whose cost is at most 1 % above the least.
    theoretical_threshold : float
        1/11, best for calibrated probabilities.
    thresholds, costs : tuple of float
        The curve, every 0.005 up to 0.5.
    """

    threshold: float
    cost: float
    best_threshold: float
    best_cost: float
    flat_low: float
    flat_high: float
    theoretical_threshold: float
    thresholds: tuple[float, ...]
    costs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group of files; its AUC is None with fewer than 10 files of an outcome."""

    group: str
    reliability: Reliability
    auc: Metric | None


@dataclass(frozen=True, slots=True)
class Segments:
    """The files divided by one criterion, e.g. ``contract_type``."""

    criterion: str
    groups: tuple[GroupFigures, ...]


@dataclass(frozen=True, slots=True)
class FoldFigures:
    """What one fold model does on the files that it never saw."""

    fold: int
    files: int
    default_rate: float
    auc: float
    log_loss: float
    cost: float


class ShiftReading(StrEnum):
    """What a population stability index is usually taken to mean."""

    STABLE = "stable"
    WATCH = "watch"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Shift:
    """Population stability index of a feature, or of the score, between two sets of clients."""

    name: str
    psi: float
    reading: ShiftReading


@dataclass(frozen=True, slots=True)
class Stability:
    """From the files of training to other clients.

    Attributes
    ----------
    reference, compared : int
        Number of clients of either side.
    by_chance : float
        Index that ten bins have on average when nothing has shifted: with few clients an index says little.
    score : Shift
    features : tuple of Shift
        The most shifted first.
    """

    reference: int
    compared: int
    by_chance: float
    score: Shift
    features: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class SpreadFigures:
    """How far apart the fold models lie for clients that none of them saw.

    Attributes
    ----------
    files : int
    median_width, wide_width : float
        Greatest less least probability among the fold models: median and 90th percentile over clients.
    straddling : float
        Share of clients whose range holds the threshold: the fold models disagree on the decision.
    in_zone : float
        Share of clients whose probability lies in the review zone.
    straddling_outside_zone : float
        Share of clients whose range holds the threshold though their probability lies outside the zone.
    """

    files: int
    median_width: float
    wide_width: float
    straddling: float
    in_zone: float
    straddling_outside_zone: float


@dataclass(frozen=True, slots=True)
class ConformalFigures:
    """Class-conditional conformal sets: what the model can tell of a client at a promised level.

    Attributes
    ----------
    level : float
        Of those who repay, and of those who default, at least this share has the true outcome in the set.
    repays, defaults, both, neither : float
        Shares of clients by set; ``both`` is "the model cannot tell".
    covered_repaid, covered_defaulted : Share
        Share of each outcome whose set holds it: the promise, checked.
    """

    level: float
    repays: float
    defaults: float
    both: float
    neither: float
    covered_repaid: Share
    covered_defaulted: Share


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a feature or a theme counts in the final model.

    Attributes
    ----------
    gain : float
        Share of the total gain of all splits, in [0, 1].
    contribution : float
        Mean over clients of the contribution's absolute value, in log-odds.
    """

    name: str
    gain: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Importance:
    """Features and themes by mean absolute contribution, the heaviest first, over ``files`` past clients."""

    files: int
    features: tuple[Weight, ...]
    themes: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure beside the one that a calibrated score of the same AUC has.

    Attributes
    ----------
    tolerance : float
        Distance that is still taken as a fit.
    """

    name: str
    measured: float
    expected: float
    tolerance: float
    fits: bool


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Do the figures fit each other? ``warnings`` are complete sentences; none means nothing to report."""

    figures: tuple[CheckedFigure, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FairnessGroup:
    """One group of an audit attribute.

    Attributes
    ----------
    approval : Metric
        Share at or below the threshold.
    false_refusal : Metric or None
        Share above the threshold among those who repaid; None without such files.
    missed_default : Metric or None
        Share at or below the threshold among those in default; None without such files.
    auc : Metric or None
        None with fewer than 10 files of an outcome.
    predicted, observed : Metric
        Mean probability and default rate.
    """

    group: str
    files: int
    approval: Metric
    false_refusal: Metric | None
    missed_default: Metric | None
    auc: Metric | None
    predicted: Metric
    observed: Metric


@dataclass(frozen=True, slots=True)
class FairnessTable:
    """The groups of one audit attribute; never a client.

    Attributes
    ----------
    approval_ratio : Metric or None
        Least approval rate over the greatest; None with fewer than two groups.
    four_fifths : bool
        Whether the ratio is at least 0.8, the alarm of the US Uniform Guidelines (29 CFR 1607.4 D).
    false_refusal_gap, missed_default_gap : Metric or None
        Greatest rate less the least.
    withheld_groups, withheld_files : int
        Groups too small to show, and their files together.
    """

    attribute: str
    groups: tuple[FairnessGroup, ...]
    approval_ratio: Metric | None
    four_fifths: bool
    false_refusal_gap: Metric | None
    missed_default_gap: Metric | None
    withheld_groups: int
    withheld_files: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a model on one set of labelled files.

    Attributes
    ----------
    metrics : mapping of str to Metric
        As :func:`scoring_dash.model.evaluation.metrics.evaluate` gives them.
    folds : tuple of FoldFigures
        Empty where no fold model scored the files.
    stability, spread, conformal, importance
        None where they cannot be had: no other clients, one single model, too few files.
    fairness : tuple of FairnessTable
        For audit only. Empty where the audit attributes are not known.
    """

    files: int
    metrics: Mapping[str, Metric]
    calibration: Calibration
    cost: CostReport
    segments: tuple[Segments, ...]
    folds: tuple[FoldFigures, ...]
    stability: Stability | None
    spread: SpreadFigures | None
    conformal: ConformalFigures | None
    importance: Importance | None
    self_check: SelfCheck
    fairness: tuple[FairnessTable, ...]
