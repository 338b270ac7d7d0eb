"""From log-odds to points of probability: the sequential rule of the waterfall."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from scoring_dash.core.results import Contribution, Explanation, FeatureValue
from scoring_dash.core.words import Theme


@dataclass(frozen=True, slots=True)
class FeatureStep:
    """What one feature moves, in [-1, 1], on the way from the files only just accepted to the client."""

    feature: str
    theme: Theme
    value: FeatureValue
    change: float


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """One bar of the waterfall: from probability ``start`` to ``end``, both in [0, 1]."""

    theme: Theme
    start: float
    end: float
    features: tuple[FeatureStep, ...]

    @property
    def change(self) -> float:
        """``end - start``: positive raises the risk."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The whole way from the past files only just accepted to the client.

    Attributes
    ----------
    base : float
        Probability at the mean margin of the applicants just inside the threshold: what reasons are measured against.
    probability : float
        The client's; the end of the last step, to the last bit.
    """

    client_id: int
    base: float
    probability: float
    themes: tuple[ThemeStep, ...]


def waterfall_of(explanation: Explanation) -> Waterfall:
    """Walk from the base to the client, theme by theme and feature by feature inside a theme, strongest first.

    Contributions add up in log-odds, not in probability. Each step is what the probability moves when its distance to
    the reference is added to those already taken, so steps sum exactly to ``probability - base``, a theme is the sum of
    its features, and each figure holds for this order.
    """
    margins = _margins(explanation)
    base = logistic(margins[0])
    place, start, themes = 1, base, []
    for theme, members in _strongest_first(explanation):
        features: list[tuple[FeatureStep, float]] = []
        for item in members:
            last = place == len(margins) - 1
            end = explanation.probability_of_default if last else logistic(margins[place])
            before = features[-1][1] if features else start
            features.append((FeatureStep(item.feature, theme, item.value, end - before), end))
            place += 1
        end = features[-1][1]
        themes.append(ThemeStep(theme, start, end, tuple(step for step, _ in features)))
        start = end
    return Waterfall(explanation.client_id, base, explanation.probability_of_default, tuple(themes))


def logistic(margin: float) -> float:
    """``1 / (1 + exp(-margin))`` without overflow."""
    return 1 / (1 + math.exp(-margin)) if margin >= 0 else math.exp(margin) / (1 + math.exp(margin))


def _strongest_first(explanation: Explanation) -> list[tuple[Theme, list[Contribution]]]:
    members: dict[Theme, list[Contribution]] = defaultdict(list)
    for item in explanation.contributions:
        members[item.theme].append(item)
    return [
        (theme, sorted(members[theme], key=lambda item: (-abs(item.distance), item.feature)))
        for theme in explanation.distances_by_theme()
    ]


def _margins(explanation: Explanation) -> list[float]:
    """Calibrated margins along the way, counted back from the client's own so that the end is exact."""
    way = [item.distance for _, members in _strongest_first(explanation) for item in members]
    taken = list(accumulate(way, initial=0.0))
    return [explanation.calibrated_margin + explanation.calibration_slope * (done - taken[-1]) for done in taken]
