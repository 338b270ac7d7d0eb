"""Where the values of an effect stand from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from scoring_dash.core.effects import EffectPoint, FeatureEffect

_WIDEST_GAP = 1.5


@dataclass(frozen=True, slots=True)
class EffectScale:
    """Where values stand from left to right.

    Attributes
    ----------
    places : tuple of float
        Of the points of the effect, ascending; a gap wider than one and a half usual ones is drawn as one and a half,
        so that a single extreme value does not press all others together.
    is_squeezed : bool
        Whether some gap is.
    usual : float
        A usual gap.
    """

    places: tuple[float, ...]
    is_squeezed: bool
    usual: float

    @classmethod
    def of(cls, effect: FeatureEffect) -> EffectScale:
        """The scale of a numeric feature."""
        values = [point.value for point in effect.points if isinstance(point.value, float)]
        gaps = [high - low for low, high in pairwise(values)]
        usual = sorted(gaps)[(len(gaps) - 1) // 2] if gaps else 1.0
        drawn = [min(gap, _WIDEST_GAP * usual) for gap in gaps]
        return cls(tuple(accumulate(drawn, initial=0.0)) if values else (), drawn != gaps, usual)

    @property
    def missing(self) -> float:
        """Place of a value that is not given, apart at the right."""
        return (self.places[-1] if self.places else 0.0) + 2 * self.usual

    def cells(self) -> list[tuple[float, float]]:
        """Left and right end of the bar of each point: half way to its neighbours."""
        if not self.places:
            return []
        inner = [(one + other) / 2 for one, other in pairwise(self.places)]
        ends = [self.places[0] - self.usual / 2, *inner, self.places[-1] + self.usual / 2]
        return list(pairwise(ends))


def told_points(effect: FeatureEffect) -> tuple[EffectPoint, ...]:
    """Everything that the table holds, the missing value last."""
    return (*effect.points, *([effect.missing] if effect.missing else []))
