"""What a feature definition is: the description of a feature together with its recipe.

Two kinds of recipe exist. Those of the history tables are aggregate expressions: they receive the prepared table
and give one value per client. Those of the application and of ``cross`` are **row formulas**: they receive a row of
raw application columns and of other features and use nothing but arithmetic and the functions of ``formulas``, so
that the same recipe runs in Ibis over 350,000 clients and in NumPy over the scenarios of one client.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.schema import TABLES

CLIENT_KEY: Final = "SK_ID_CURR"

Recipe: TypeAlias = Callable[[Any], Any]
"""From an ``ibis.Table`` (or, for a row formula, a namespace of arrays) to a value. Ibis carries no types."""

_STRICTNESS: Final = (ColumnUse.ALLOWED, ColumnUse.JUSTIFY, ColumnUse.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class FeatureDefinition:
    """One entry of the catalogue: a feature and how to compute it.

    Attributes
    ----------
    feature : Feature
        The description.
    expression : callable
        The recipe; see the module's text for what it receives.
    inputs : tuple of str
        Names of the other features that a row formula reads; they are needed to compute it.
    """

    feature: Feature
    expression: Recipe
    inputs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the feature."""
        return self.feature.name

    @property
    def tables(self) -> frozenset[TableName]:
        """Tables without which the feature cannot be computed; ``APPLICATION_TRAIN`` stands for either book."""
        return frozenset(table for table, _ in raw_columns(self.feature))


def define(feature: Feature, expression: Recipe, inputs: tuple[str, ...] = ()) -> FeatureDefinition:
    """Enter a feature in the catalogue: its class of use follows from its columns, its French is typeset.

    Raises
    ------
    KeyError
        If a column is not in the schema.
    """
    described = replace(feature, use=strictest_use(feature), label_fr=typeset_french(feature.label_fr))
    return FeatureDefinition(described, expression, inputs)


def raw_columns(feature: Feature) -> tuple[tuple[TableName, str], ...]:
    """The raw columns of a feature as pairs (table, column).

    Raises
    ------
    ValueError
        If a feature over several tables names a column without its table.
    """
    pairs = []
    for reference in feature.columns:
        table, _, column = reference.rpartition(".")
        if not table and feature.table is None:
            raise ValueError(
                f"Feature {feature.name} crosses tables but names column {reference!r} without a table; "
                "write it as table.COLUMN."
            )
        pairs.append((TableName(table) if table else feature.table, column))
    return tuple((table, column) for table, column in pairs if table is not None)


def strictest_use(feature: Feature) -> ColumnUse:
    """The strictest class of use among the columns of a feature, as the schema has them."""
    classes = [TABLES[table].column(column).use for table, column in raw_columns(feature)]
    return max(classes, key=_STRICTNESS.index)
