"""The chance of default of a simulated application: an additive model of log-odds fitted on real ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.data.simulate.draws import Coded, Column, Floats

NUMERIC = (
    "EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3", "external_mean", "AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE",
    "AMT_INCOME_TOTAL", "credit_to_annuity", "credit_to_goods", "annuity_to_income", "DAYS_BIRTH", "DAYS_EMPLOYED",
    "DAYS_REGISTRATION", "DAYS_ID_PUBLISH", "DAYS_LAST_PHONE_CHANGE", "OWN_CAR_AGE", "REGION_POPULATION_RELATIVE",
    "REGION_RATING_CLIENT_W_CITY", "DEF_30_CNT_SOCIAL_CIRCLE", "AMT_REQ_CREDIT_BUREAU_YEAR",
    "AMT_REQ_CREDIT_BUREAU_QRT", "TOTALAREA_MODE", "REG_CITY_NOT_LIVE_CITY", "REG_CITY_NOT_WORK_CITY",
    "FLAG_WORK_PHONE", "FLAG_PHONE", "FLAG_DOCUMENT_3", "CNT_CHILDREN", "HOUR_APPR_PROCESS_START",
)  # fmt: skip
CATEGORIES = (
    "NAME_CONTRACT_TYPE", "CODE_GENDER", "FLAG_OWN_REALTY", "NAME_INCOME_TYPE", "NAME_EDUCATION_TYPE",
    "NAME_FAMILY_STATUS", "NAME_HOUSING_TYPE", "OCCUPATION_TYPE", "ORGANIZATION_TYPE",
)  # fmt: skip


def outcome_features(columns: Mapping[str, Column]) -> dict[str, Floats]:
    """Numeric inputs of the outcome model, NaN where unknown.

    Parameters
    ----------
    columns : mapping of str to Column (n_clients,)
        Columns of the application table, under Kaggle's names.
    """
    features = {name: np.asarray(columns[name], dtype=np.float64) for name in NUMERIC if name in columns}
    external = np.column_stack([features[f"EXT_SOURCE_{i}"] for i in (1, 2, 3)])
    known = ~np.isnan(external)
    count = known.sum(axis=1)
    total = np.where(known, external, 0.0).sum(axis=1)
    features["external_mean"] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    features["credit_to_annuity"] = features["AMT_CREDIT"] / features["AMT_ANNUITY"]
    features["credit_to_goods"] = features["AMT_CREDIT"] / features["AMT_GOODS_PRICE"]
    features["annuity_to_income"] = features["AMT_ANNUITY"] / features["AMT_INCOME_TOTAL"]
    features["DAYS_EMPLOYED"] = np.where(features["DAYS_EMPLOYED"] > 0, np.nan, features["DAYS_EMPLOYED"])
    return features


@dataclass(frozen=True, slots=True)
class OutcomeModel:
    """Additive log-odds: one effect for each interval of each number and each level of each category.

    Attributes
    ----------
    intercept : float
        In log-odds.
    edges : mapping of str to ndarray
        Inner bounds of the intervals of a number, rising.
    effects : mapping of str to ndarray
        One effect an interval, and last the effect of a missing value.
    levels : mapping of str to mapping of str to float
        Effect of each level; ``""`` is a missing value; unknown levels count 0.
    """

    intercept: float
    edges: Mapping[str, Floats]
    effects: Mapping[str, Floats]
    levels: Mapping[str, Mapping[str, float]]

    def margin(self, columns: Mapping[str, Column]) -> Floats:
        """Log-odds of default of each application, (n_clients,)."""
        features = outcome_features(columns)
        total = np.full(len(features["AMT_CREDIT"]), self.intercept)
        for name, edges in self.edges.items():
            total += self.effects[name][interval(features[name], edges)]
        for name, effects in self.levels.items():
            column = columns[name]
            if isinstance(column, Coded):
                total += np.array([effects.get(level, 0.0) for level in (*column.names, "")])[column.codes]
        return total

    @classmethod
    def from_parameters(cls, section: Mapping[str, Any]) -> OutcomeModel:
        """The model stored under ``outcome`` of the parameters."""
        numbers = section["numbers"]
        return cls(
            section["intercept"],
            {name: np.array(values["edges"], dtype=np.float64) for name, values in numbers.items()},
            {name: np.array(values["effects"], dtype=np.float64) for name, values in numbers.items()},
            section["levels"],
        )


def interval(values: Floats, edges: Floats) -> NDArray[np.intp]:
    """Index of the interval that holds each value; a missing value comes after the last interval."""
    index = np.searchsorted(edges, values, side="right")
    return np.where(np.isnan(values), len(edges) + 1, index)
