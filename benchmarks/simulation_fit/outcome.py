"""Fit the additive outcome model by penalised logistic regression on binned real columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from benchmarks.simulation_fit.scores import Array, significant
from scoring_dash.data.simulate.draws import Coded, Column
from scoring_dash.data.simulate.outcome import CATEGORIES, NUMERIC, interval, outcome_features

PENALTY = 0.03  # of 0.01, 0.03 and 0.1 the one with the best cross-validated AUC (0.747, 0.748, 0.747)
SCORES = ("EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3", "external_mean", "credit_to_annuity", "credit_to_goods")
RARE = 150


def columns_of(frame: pd.DataFrame) -> dict[str, Column]:
    """Columns as the simulation holds them: floats with NaN, coded texts."""
    result: dict[str, Column] = {}
    for name in frame.columns:
        if pd.api.types.is_numeric_dtype(frame[name]):
            result[name] = frame[name].to_numpy(dtype=float)
        else:
            codes, names = pd.factorize(frame[name], sort=True)
            result[name] = Coded(codes.astype(np.int64), tuple(str(level) for level in names))
    return result


def fit(train: pd.DataFrame, penalty: float = PENALTY) -> dict[str, Any]:
    """Parameters of the outcome model.

    Parameters
    ----------
    train : DataFrame
        Real labelled applications, Kaggle's columns.
    """
    columns = columns_of(train)
    features = outcome_features(columns)
    edges = {name: _edges(features[name], 20 if name in SCORES else 10) for name in NUMERIC}
    levels = {name: _levels(columns[name]) for name in CATEGORIES}
    blocks = [np.eye(len(edges[name]) + 2)[interval(features[name], edges[name])] for name in NUMERIC]
    for name in CATEGORIES:
        filled = _filled(columns[name])
        blocks.append(np.column_stack([filled == level for level in levels[name]]).astype(float))
    model = LogisticRegression(C=penalty, max_iter=2000).fit(np.hstack(blocks), train.TARGET)
    return _parameters(model, edges, levels)


def _edges(values: Array, count: int) -> Array:
    known = values[~np.isnan(values)]
    edges = np.unique(significant(np.quantile(known, np.linspace(0, 1, count + 1)[1:-1])))
    return np.asarray(edges[edges > known.min()], dtype=float)


def _filled(column: Column) -> Any:
    if not isinstance(column, Coded):
        raise TypeError("a category must be coded")
    return np.array([*column.names, ""], dtype=object)[column.codes]


def _levels(column: Column) -> list[str]:
    found = pd.Series(_filled(column)).value_counts()
    return [str(level) for level in found[found >= RARE].index]


def _parameters(model: LogisticRegression, edges: dict[str, Array], levels: dict[str, list[str]]) -> dict[str, Any]:
    effects = [round(float(value), 3) for value in model.coef_[0]]
    numbers: dict[str, Any] = {}
    named: dict[str, Any] = {}
    for name in NUMERIC:
        size = len(edges[name]) + 2
        numbers[name] = {"edges": significant(edges[name]), "effects": effects[:size]}
        effects = effects[size:]
    for name in CATEGORIES:
        size = len(levels[name])
        named[name] = dict(zip(levels[name], effects[:size], strict=True))
        effects = effects[size:]
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "numbers": numbers,
        "levels": named,
    }
