"""What ``compare`` finds: values for the terminal, the tracking, the model card and the notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.results import Reliability
from scoring_dash.model.families import Family, Imbalance

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class CalibrationEvidence:
    """Are the probabilities those that were met? Taken before any calibrator.

    Attributes
    ----------
    slope, slope_half_width : float or None
        Of Cox's calibration line with its 95 % half-width; 1 if calibrated, below 1 if the probabilities are too
        far apart. None where all are equal.
    mean_probability, default_rate : float
        Equal if the model is right on average.
    cost_at_theory : float
        Cost per client at the threshold 1/11, which is the best one for calibrated probabilities.
    reliability : tuple of Reliability
        Ten bins of equal count, by predicted probability.
    """

    slope: float | None
    slope_half_width: float | None
    mean_probability: float
    default_rate: float
    cost_at_theory: float
    reliability: tuple[Reliability, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Time on the machine that compared.

    Attributes
    ----------
    fit_seconds : float
        One model, on average.
    predict_one_ms, predict_many_ms : float
        One row, and 10,000 rows at once, preparation included.
    """

    fit_seconds: float
    predict_one_ms: float
    predict_many_ms: float


@dataclass(frozen=True, slots=True)
class FamilyResult:
    """One family, with what was done about the imbalance.

    Attributes
    ----------
    threshold : float
        Of least cost on the out-of-fold probabilities.
    metrics : mapping of str to Metric
        Out of fold, as ``model.evaluate`` gives them, at ``threshold``.
    """

    name: str
    family: Family
    imbalance: Imbalance
    threshold: float
    metrics: Mapping[str, Metric]
    calibration: CalibrationEvidence
    timing: Timing


class SetKind(StrEnum):
    """What a set of features is, compared with the lawful one."""

    LAWFUL = "lawful"
    ADDED = "added"  # lawful and a forbidden group
    ALL = "all"  # lawful and every forbidden group
    REMOVED = "removed"  # lawful without some


@dataclass(frozen=True, slots=True)
class ExclusionResult:
    """LightGBM on one set of features, beside the lawful set.

    Attributes
    ----------
    name : str
        ``"lawful"``, ``"lawful + <group>"``, ``"all"``, ``"allowed only"``, ``"without external scores"``.
    group : str or None
        The forbidden group that was added, as the policy names it.
    auc, ks, cost, threshold : float
        Out of fold; cost per client at the set's own best threshold.
    difference : mapping of str to Metric
        Of ``auc``, ``ks`` and ``cost``: this set less the lawful one, with the 95 % interval of a bootstrap that
        draws the same clients for both; empty for the lawful set itself.
    """

    name: str
    kind: SetKind
    group: str | None
    features: int
    auc: float
    ks: float
    cost: float
    threshold: float
    difference: Mapping[str, Metric]


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Everything that one run of ``compare`` found.

    Attributes
    ----------
    features_sha256 : str
        Of the client numbers, outcomes and lawful features, as in a model's description.
    exclusions : tuple of ExclusionResult
        Empty if not asked for; the lawful set first.
    """

    seed: int
    folds: int
    files: int
    features: int
    default_rate: float
    tables: tuple[str, ...]
    features_sha256: str
    simulated: bool
    families: tuple[FamilyResult, ...]
    exclusions: tuple[ExclusionResult, ...] = ()


def as_json(result: Any) -> dict[str, Any]:
    """Give a report of ``compare`` or ``tune`` as JSON values, numbers rounded to 6 decimals."""
    return {key: _rounded(value) for key, value in asdict(result).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return round(value, _DECIMALS) if isinstance(value, float) else value
