"""The row formulas on arrays: features of a new application, or of a stored one with other raw values.

It needs NumPy alone. The recipes are those that built the store, so rebuilding an unchanged client gives his stored
values to the last bit; a test asserts it on real clients.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import TypicalIncomes
from scoring_dash.core.words import TableName
from scoring_dash.data.features import application, cross
from scoring_dash.data.features.registry import FeatureDefinition, raw_columns

ROW_FORMULAS: Final[tuple[FeatureDefinition, ...]] = (*application.DEFINITIONS, *cross.DEFINITIONS)


def formulas_reading(columns: Collection[str], available: Collection[str]) -> tuple[FeatureDefinition, ...]:
    """The formulas to run again when some raw application columns change.

    Parameters
    ----------
    columns : collection of str
        Raw application columns that may change, e.g. ``{"AMT_CREDIT", "AMT_ANNUITY"}``.
    available : collection of str
        Names of the features that the model knows; others are left out.
    """
    return tuple(
        formula
        for formula in ROW_FORMULAS
        if formula.name in available
        and any(
            table is TableName.APPLICATION_TRAIN and column in columns for table, column in raw_columns(formula.feature)
        )
    )


def needed_raw_columns(formulas: Collection[FeatureDefinition]) -> tuple[str, ...]:
    """The raw application columns that some formulas read, each once, in order of first use."""
    pairs = (pair for formula in formulas for pair in raw_columns(formula.feature))
    return tuple(dict.fromkeys(column for table, column in pairs if table is TableName.APPLICATION_TRAIN))


def rebuild(
    formulas: Collection[FeatureDefinition],
    raw: Mapping[str, NDArray[Any]],
    stored: Mapping[str, NDArray[np.float32]],
    typical_incomes: TypicalIncomes,
) -> dict[str, NDArray[Any]]:
    """Run row formulas on arrays of the same length, one element a case.

    Parameters
    ----------
    formulas : collection of FeatureDefinition
        What to compute; members of ``ROW_FORMULAS``.
    raw : mapping of str to array
        Cleaned raw application columns (``needed_raw_columns``): numbers in float64 with NaN where missing, text as
        objects with None where missing.
    stored : mapping of str to (n,) float32
        The features that the formulas read besides (``FeatureDefinition.inputs``), as stored.
    typical_incomes : TypicalIncomes
        As stored with the model.

    Returns
    -------
    dict of str to array
        float32 with NaN where missing, or objects with None for a category.

    Raises
    ------
    AttributeError
        If a raw column or a stored feature that a formula reads was not given.
    """
    inputs = {name: values.astype(np.float64) for name, values in stored.items()}
    row = SimpleNamespace(**raw, **inputs, typical_incomes=typical_incomes)
    return {formula.name: _as_stored(formula.expression(row)) for formula in formulas}


def _as_stored(values: NDArray[Any]) -> NDArray[Any]:
    # Adding zero turns -0.0 into 0.0, as the matrix does: equal numbers must have equal bits.
    return values if values.dtype.kind == "O" else values.astype(np.float32) + np.float32(0)
