"""Features of new applications whose clients have no row in the history tables; NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature, TypicalIncomes
from scoring_dash.data.features.rebuild import ROW_FORMULAS, needed_raw_columns, rebuild
from scoring_dash.data.new_application.applications import NewApplications

_NO_TYPICAL_INCOMES: Final[TypicalIncomes] = {"OCCUPATION_TYPE": {}, "ORGANIZATION_TYPE": {}}
"""What a model learnt that compares no income with them."""


def feature_rows(
    applications: NewApplications,
    features: Sequence[Feature],
    categories: Mapping[str, tuple[str, ...]],
    typical_incomes: TypicalIncomes,
) -> NDArray[np.float32]:
    """Features as the batch computes them from the same rows beside empty history tables, to the last bit.

    Parameters
    ----------
    features : sequence of Feature
        Of the model, in its order, among them every feature that one of its row formulas reads.
    categories : mapping of str to tuple of str
        Values behind the codes of each categorical feature.
    typical_incomes : TypicalIncomes
        As stored with the model.

    Returns
    -------
    (n, n_features) float32
        C order; NaN where missing. Counts over the history are 0, all else that it would tell is missing.
    """
    n = len(applications)
    rows = np.empty((n, len(features)), dtype=np.float32)
    stored = {}
    for place, feature in enumerate(features):
        rows[:, place] = 0.0 if feature.zero_when_no_rows else np.nan
        stored[feature.name] = rows[:, place]
    formulas = [formula for formula in ROW_FORMULAS if formula.name in stored]
    inputs = {name: stored[name].copy() for formula in formulas for name in formula.inputs}
    raw = {name: applications.column(name) for name in needed_raw_columns(formulas)}
    for name, values in rebuild(formulas, raw, inputs, {**_NO_TYPICAL_INCOMES, **typical_incomes}).items():
        stored[name][:] = _codes(values, categories.get(name))
    return rows


def _codes(values: NDArray[Any], names: tuple[str, ...] | None) -> NDArray[np.float32]:
    """Numbers for the model: a category by its code, one that it does not know as missing."""
    if names is None:
        return values
    codes = {name: float(code) for code, name in enumerate(names)}
    return np.array([codes.get(value, np.nan) for value in values], dtype=np.float32)
