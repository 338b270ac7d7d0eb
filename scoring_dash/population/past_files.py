"""All past files as a comparison reads them, and the client who is compared with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.words import Book, Recommendation
from scoring_dash.data.store import Portfolio
from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.description import ModelDescription
from scoring_dash.model.recommendation import RECOMMENDATIONS, recommendation_codes
from scoring_dash.population.columns import Column, Columns


@dataclass(frozen=True)
class PastFiles:
    """Past files, by client number.

    Attributes
    ----------
    client_ids : (n,) int64, ascending
    outcomes : (n,) int8, 1 in default, 0 repaid
    probabilities : (n,) float64
        Out of fold.
    themes : (n, n_themes) float32
        Contributions by theme, in log-odds.
    columns : Columns
    rule : DecisionRule
        Which probabilities lead to which recommendation.
    """

    client_ids: NDArray[np.int64]
    outcomes: NDArray[np.int8]
    probabilities: NDArray[np.float64]
    themes: NDArray[np.float32]
    columns: Columns
    rule: DecisionRule

    @classmethod
    def of(cls, portfolio: Portfolio, description: ModelDescription) -> PastFiles:
        """The past files of a portfolio, as views of what is mapped: nothing is copied."""
        past, fields = portfolio.past, portfolio.fields
        categories = {**description.categories, **fields.categories}
        edges = {**description.bin_edges, **fields.bin_edges}
        features = (*description.features, *fields.features)
        values = (*np.asarray(past.features), *fields.values[Book.PAST])
        columns = [
            Column(
                feature=feature,
                is_in_model=place < len(description.features),
                categories=categories.get(feature.name, ()),
                edges=edges.get(feature.name, ()),
                values=line,
                bars=bars,
            )
            for place, (feature, line, bars) in enumerate(zip(features, values, fields.bars, strict=True))
        ]
        return cls(
            client_ids=np.asarray(past.client_ids),
            outcomes=np.asarray(past.outcomes),
            probabilities=np.asarray(past.probabilities),
            themes=np.asarray(past.theme_contributions),
            columns=Columns.of(columns),
            rule=description.rule,
        )

    def __len__(self) -> int:
        return len(self.client_ids)

    @cached_property
    def is_default(self) -> NDArray[np.bool_]:
        """(n,) bool: whether each file ended in default."""
        return np.asarray(self.outcomes) == 1

    @cached_property
    def by_risk(self) -> NDArray[np.int32]:
        """(n,) int32: places of the files, the lowest probability first; equal ones by client number."""
        return np.argsort(self.probabilities, kind="stable").astype(np.int32)

    @cached_property
    def recommendations(self) -> NDArray[np.int8]:
        """(n,) int8: places in ``RECOMMENDATIONS``; one model alone scored each file, so there is no spread."""
        alone = np.column_stack([self.probabilities, self.probabilities])
        return recommendation_codes(np.asarray(self.probabilities), self.rule, alone)

    def recommended(self, recommendation: Recommendation) -> NDArray[np.bool_]:
        """(n,) bool: files with this recommendation."""
        return np.asarray(self.recommendations == RECOMMENDATIONS.index(recommendation))


@dataclass(frozen=True)
class Subject:
    """A client as he is compared.

    Attributes
    ----------
    values : (n_columns,) float32, NaN where missing
        In the order of the columns.
    themes : (n_themes,) float32
        Contributions by theme, in log-odds.
    probability : float
    recommendation : Recommendation or None
        None where no group asks for it: it takes the models to tell.
    past_place : int or None
        Place among the past files if he is one of them.
    """

    client_id: int
    values: NDArray[np.float32]
    themes: NDArray[np.float32]
    probability: float
    recommendation: Recommendation | None
    past_place: int | None

    def stored(self, columns: Columns, name: str) -> float:
        """The stored number of one fact, NaN where missing."""
        return float(self.values[columns.place(name)])
