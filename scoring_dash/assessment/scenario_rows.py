"""Rows for the model of one client with other raw values: everything that follows from them is rebuilt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.engine import ClientRow
from scoring_dash.core.results import FeatureValue
from scoring_dash.data.features.rebuild import formulas_reading, needed_raw_columns, rebuild
from scoring_dash.data.features.registry import FeatureDefinition
from scoring_dash.model.description import ModelDescription

Application: TypeAlias = Mapping[str, FeatureValue]
"""The raw application of one client by column, None where missing."""


class ScenarioRows:
    """Computes rows with the formulas of the store, those that read what changes.

    Parameters
    ----------
    description : ModelDescription
    text_columns : collection of str
        Raw columns that hold text.
    """

    def __init__(self, description: ModelDescription, text_columns: Collection[str]) -> None:
        self._description = description
        self._text_columns = frozenset(text_columns)
        self._codes = {
            feature: {name: float(code) for code, name in enumerate(names)}
            for feature, names in description.categories.items()
        }

    def formulas(self, columns: Collection[str]) -> tuple[FeatureDefinition, ...]:
        """The formulas of this model's features that read some raw columns."""
        return formulas_reading(columns, self._description.index)

    def rows(
        self, client: ClientRow, application: Application, changed: Mapping[str, Sequence[FeatureValue]]
    ) -> NDArray[np.float32]:
        """The client in several scenarios.

        Parameters
        ----------
        changed : mapping of str to sequence of FeatureValue
            At least one raw column, with one value a scenario, all of one length.

        Returns
        -------
        (n, n_features) float32, NaN where missing
        """
        count = len(next(iter(changed.values())))
        formulas, index = self.formulas(changed), self._description.index
        raw = {
            column: self._raw(column, changed.get(column, [application.get(column)] * count))
            for column in needed_raw_columns(formulas)
        }
        inputs = {name for formula in formulas for name in formula.inputs}
        stored = {name: np.repeat(client.features[0, index[name]], count) for name in inputs}
        rows = np.repeat(client.features, count, axis=0)
        for name, values in rebuild(formulas, raw, stored, self._description.typical_incomes).items():
            rows[:, index[name]] = self._as_stored(name, values)
        return rows

    def _raw(self, column: str, values: Sequence[FeatureValue]) -> NDArray[Any]:
        """A raw column as the formulas want it: text as objects with None, numbers with NaN where missing."""
        if column in self._text_columns:
            return np.array(values, dtype=object)
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    def _as_stored(self, feature: str, values: NDArray[Any]) -> NDArray[np.float32]:
        """Numbers for the model: a category by its code, one that it does not know as missing."""
        codes = self._codes.get(feature)
        return values if codes is None else np.array([codes.get(value, np.nan) for value in values], dtype=np.float32)
