"""The invented clients of the fake services as past files: the real engine of groups over arrays of a few hundred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from support.fake_features import RECIPES, Recipe

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment, FeatureValue
from scoring_dash.core.words import Book, ColumnUse, TableName, Theme, Unit
from scoring_dash.data.fields import bars_of
from scoring_dash.model.cost import DecisionRule
from scoring_dash.population.columns import Column, Columns
from scoring_dash.population.distributions import choose_bin_edges
from scoring_dash.population.past_files import PastFiles, Subject
from scoring_dash.population.population import Population

LEVELS = ("29 and under", "30 to 39", "40 to 49", "50 to 59", "60 and over")
FIELDS = (
    Feature(
        "age_band", TableName.APPLICATION_TRAIN, ("DAYS_BIRTH",), "application", Unit.LEVEL, Theme.COMPLETENESS,
        "Tranche d’âge", "Age band", use=ColumnUse.FORBIDDEN, levels=LEVELS,
    ),
)  # fmt: skip
THEMES = tuple(dict.fromkeys(recipe.feature.theme for recipe in RECIPES))


class Client(Protocol):
    """What is read of an invented client."""

    client_id: int
    book: Book
    defaulted: bool | None
    values: Mapping[str, FeatureValue]


def invent_population(past: Sequence[Client], rule: DecisionRule) -> Population:
    """Groups over the invented past files."""
    columns = [_column(recipe.feature, tuple(recipe.categories), past) for recipe in RECIPES]
    columns += [_column(feature, (), past, is_in_model=False) for feature in FIELDS]
    themes = np.stack([_themes(client) for client in past])
    files = PastFiles(
        client_ids=np.array([client.client_id for client in past]),
        outcomes=np.array([bool(client.defaulted) for client in past], dtype=np.int8),
        probabilities=1 / (1 + np.exp(2.6 - themes.sum(axis=1, dtype=np.float64))),
        themes=themes,
        columns=Columns.of(columns),
        rule=rule,
    )
    return Population(files, THEMES, [recipe.feature.name for recipe in RECIPES])


def invent_subject(client: Client, past: Sequence[Client], assessment: Assessment) -> Subject:
    """An invented client as he is compared."""
    stored = [stored_number(client.values[r.feature.name], tuple(r.categories)) for r in RECIPES]
    stored += [stored_number(client.values[feature.name], ()) for feature in FIELDS]
    numbers = [item.client_id for item in past]
    return Subject(
        client_id=client.client_id,
        values=np.array(stored, dtype=np.float32),
        themes=_themes(client),
        probability=assessment.probability_of_default,
        recommendation=assessment.recommendation,
        past_place=numbers.index(client.client_id) if client.book is Book.PAST else None,
    )


def stored_number(value: FeatureValue, categories: tuple[str, ...]) -> float:
    """The number under which a value is stored."""
    if value is None:
        return float("nan")
    return float(categories.index(value)) if isinstance(value, str) else float(value)


def _column(
    feature: Feature, categories: tuple[str, ...], past: Sequence[Client], *, is_in_model: bool = True
) -> Column:
    values = np.array([stored_number(client.values[feature.name], categories) for client in past], dtype=np.float32)
    edges = () if categories else choose_bin_edges(feature, values)
    bars = bars_of(values, edges=edges, names=len(categories))
    return Column(feature, is_in_model, categories, edges, values, bars)


def _themes(client: Client) -> np.ndarray:
    weights = dict.fromkeys(THEMES, 0.0)
    for recipe in RECIPES:
        weights[recipe.feature.theme] += _weight(recipe, client.values[recipe.feature.name])
    return np.array(list(weights.values()), dtype=np.float32)


def _weight(recipe: Recipe, value: FeatureValue) -> float:
    if value is None:
        return 0.03
    return recipe.categories[value] if isinstance(value, str) else recipe.weight * (value - recipe.centre)
