"""What one value or one theme does to a client's risk, beside what it does to others."""

from __future__ import annotations

from dataclasses import dataclass

from scoring_dash.core.results import FeatureValue, ObservedFrequency
from scoring_dash.core.words import TableName, Theme


@dataclass(frozen=True, slots=True)
class EffectPoint:
    """One place of an effect curve.

    Attributes
    ----------
    value : FeatureValue
        Value of the feature there; None: not given.
    probability : float
        Of default, in [0, 1], of this client with that value and all his other features as they are.
    share : float
        Share of past files whose value is nearest to this one (or is this category, or is missing), in [0, 1].
    """

    value: FeatureValue
    probability: float
    share: float


@dataclass(frozen=True, slots=True)
class FeatureEffect:
    """How a client's probability of default moves with one feature alone.

    Attributes
    ----------
    value, probability : FeatureValue, float
        The client's own: the stored value, and the probability of the assessment to the last bit.
    points : tuple of EffectPoint
        Numbers in ascending order, categories the most frequent first.
    missing : EffectPoint or None
        What the model would say if the value were not given; None where every past file gives it.
    """

    client_id: int
    feature: str
    value: FeatureValue
    probability: float
    points: tuple[EffectPoint, ...]
    missing: EffectPoint | None


@dataclass(frozen=True, slots=True)
class ThemeStanding:
    """What a theme weighs for a client beside what it weighs for past files.

    Attributes
    ----------
    contribution : float
        Sum of the client's contributions of the theme, in log-odds; positive raises the risk.
    low, median, high : float
        Quartiles of the same sum over all past files.
    rank : float
        Share of past files in which the theme weighs less against the client than here, in [0, 1].
    """

    theme: Theme
    contribution: float
    low: float
    median: float
    high: float
    rank: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the file does not hold, and what it would tell.

    Attributes
    ----------
    feature : str or None
        The missing feature; None where a whole table holds nothing of the client.
    table : TableName
        Where it would come from.
    low, high : float or None
        Between which probabilities of default the value would move the file, over the values usual among past files
        (10th to 90th percentile); None where that cannot be computed.
    observed : ObservedFrequency
        How the past files with the same gap turned out.
    """

    feature: str | None
    table: TableName
    low: float | None
    high: float | None
    observed: ObservedFrequency
