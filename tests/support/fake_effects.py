"""Standings and effects of the fake services, worked out file by file: slow, and easy to check by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import quantiles

from support.fake_features import Recipe

from scoring_dash.core.effects import EffectPoint, FeatureEffect, ThemeStanding
from scoring_dash.core.results import Contribution, FeatureValue
from scoring_dash.core.words import Theme, Unit

Values = Mapping[str, FeatureValue]

_STEPS = 12


def invent_standings(
    own: Values, past: Sequence[Values], terms: Callable[[Values], Sequence[Contribution]]
) -> tuple[ThemeStanding, ...]:
    """Each theme of one client beside the past files other than his own."""
    others = [_by_theme(terms(values)) for values in past if values is not own]
    everybody = [_by_theme(terms(values)) for values in past]
    return tuple(
        ThemeStanding(
            theme,
            weight,
            *quantiles((sums[theme] for sums in everybody), n=4, method="inclusive"),
            rank=sum((sums[theme] < weight) + (sums[theme] == weight) / 2 for sums in others) / len(others),
        )
        for theme, weight in _by_theme(terms(own)).items()
    )


def invent_effect(
    client_id: int, own: Values, recipe: Recipe, past: Sequence[Values], probability: Callable[[Values], float]
) -> FeatureEffect:
    """The client's probability with other values of one feature."""
    name = recipe.feature.name
    found = [values[name] for values in past]
    tried = _values_to_try(recipe, own[name])
    nearest = [None if value is None else _nearest(value, tried) for value in found]

    def point(value: FeatureValue) -> EffectPoint:
        return EffectPoint(value, probability({**own, name: value}), nearest.count(value) / len(nearest))

    points = [point(value) for value in tried]
    if recipe.categories:
        points.sort(key=lambda item: (-item.share, str(item.value)))
    lacks = None in found or own[name] is None
    return FeatureEffect(client_id, name, own[name], probability(own), tuple(points), point(None) if lacks else None)


def _by_theme(terms: Sequence[Contribution]) -> dict[Theme, float]:
    sums = {theme: [term.contribution for term in terms if term.theme is theme] for theme in Theme}
    return {theme: sum(values) for theme, values in sums.items() if values}


def _values_to_try(recipe: Recipe, own: FeatureValue) -> list[FeatureValue]:
    if recipe.categories:
        return list(recipe.categories)
    if recipe.feature.unit is Unit.FLAG:
        return [0.0, 1.0]
    low = max(recipe.least, recipe.centre - 3 * recipe.width)
    values = {round(low + recipe.width / 2 * step, 0 if recipe.whole else 3) for step in range(_STEPS + 1)}
    return sorted(values | ({own} if isinstance(own, float) else set()))


def _nearest(value: FeatureValue, tried: Sequence[FeatureValue]) -> FeatureValue:
    if isinstance(value, str):
        return value
    assert value is not None
    return min(tried, key=lambda other: abs(float(other or 0.0) - value))
