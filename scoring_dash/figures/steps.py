"""The steps of the waterfall: from the files only just accepted to the client, in probability or in log-odds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from scoring_dash.core.results import Contribution, Explanation, FeatureValue
from scoring_dash.core.words import Theme
from scoring_dash.model.calibrate import logistic


class Scale(StrEnum):
    """On what the steps are measured."""

    PROBABILITY = "probability"
    LOG_ODDS = "log_odds"  # the calibrated margin: steps add up whatever their order


@dataclass(frozen=True, slots=True)
class FeatureStep:
    """What one feature moves on the way from the files only just accepted to the client."""

    feature: str
    theme: Theme
    value: FeatureValue
    start: float
    end: float

    @property
    def change(self) -> float:
        """``end - start``: positive raises the risk."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class RestStep:
    """What the lightest features of a theme move together."""

    count: int
    start: float
    end: float

    @property
    def change(self) -> float:
        """``end - start``: positive raises the risk."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """One bar of the waterfall: from ``start`` to ``end`` on its scale, through the steps of its features."""

    theme: Theme
    start: float
    end: float
    features: tuple[FeatureStep, ...]

    @property
    def change(self) -> float:
        """``end - start``: positive raises the risk."""
        return self.end - self.start

    def heaviest(self, most: int) -> tuple[tuple[FeatureStep, ...], RestStep | None]:
        """The first ``most`` features and the others together; one other alone is not worth hiding."""
        if len(self.features) <= most + 1:
            return self.features, None
        shown = self.features[:most]
        return shown, RestStep(len(self.features) - most, shown[-1].end if shown else self.start, self.end)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The whole way from the past files only just accepted to the client.

    Attributes
    ----------
    base : float
        At the mean margin of the applicants just inside the threshold: what reasons are measured against.
    end : float
        The client's place on the same scale; the end of the last step, to the last bit.
    probability : float
        Of default, of the client, whatever the scale.
    """

    client_id: int
    base: float
    end: float
    probability: float
    themes: tuple[ThemeStep, ...]
    scale: Scale = Scale.PROBABILITY

    def theme(self, theme: Theme | None) -> ThemeStep | None:
        """The step of a theme; None if the model has no such theme."""
        return next((step for step in self.themes if step.theme is theme), None)


def waterfall_of(explanation: Explanation, scale: Scale = Scale.PROBABILITY) -> Waterfall:
    """Walk from the base to the client, theme by theme and feature by feature inside a theme, strongest first.

    Contributions add up in log-odds, not in probability. Each step is what the place on the scale moves when the
    feature's distance to the reference is added to those already taken, so steps sum exactly to ``end - base``, a theme
    is the sum of its features, and on the scale of probability each figure holds for this order.
    """
    place, end = (
        (logistic, explanation.probability_of_default)
        if scale is Scale.PROBABILITY
        else (_as_it_is, explanation.calibrated_margin)
    )
    ordered = _strongest_first(explanation)
    stops = _stops(explanation, ordered, place, end)
    themes, first = [], 0
    for theme, members in ordered:
        own = stops[first : first + len(members) + 1]
        features = tuple(
            FeatureStep(item.feature, theme, item.value, start, stop)
            for item, start, stop in zip(members, own, own[1:], strict=False)
        )
        themes.append(ThemeStep(theme, own[0], own[-1], features))
        first += len(members)
    return Waterfall(explanation.client_id, stops[0], end, explanation.probability_of_default, tuple(themes), scale)


def on_scale(probability: float, scale: Scale) -> float:
    """Where a probability in (0, 1) stands on a scale."""
    return probability if scale is Scale.PROBABILITY else math.log(probability / (1 - probability))


def _as_it_is(margin: float) -> float:
    return margin


def _strongest_first(explanation: Explanation) -> list[tuple[Theme, list[Contribution]]]:
    members: dict[Theme, list[Contribution]] = defaultdict(list)
    for item in explanation.contributions:
        members[item.theme].append(item)
    return [
        (theme, sorted(members[theme], key=lambda item: (-abs(item.distance), item.feature)))
        for theme in explanation.distances_by_theme()
    ]


def _stops(
    explanation: Explanation,
    ordered: list[tuple[Theme, list[Contribution]]],
    place: Callable[[float], float],
    end: float,
) -> list[float]:
    """Places along the way, counted back from the client's own margin so that the end is exact."""
    taken = list(accumulate((item.distance for _, members in ordered for item in members), initial=0.0))
    slope = explanation.calibration_slope
    return [*(place(explanation.calibrated_margin + slope * (done - taken[-1])) for done in taken[:-1]), end]
