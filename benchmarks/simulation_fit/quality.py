"""How close a simulated portfolio is to the real sample: distances of columns, rows per client, AUC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.schema import TABLES, ColumnKind

EXTERNAL = ["EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3"]
DECILES = tuple(round(0.1 * i, 1) for i in range(1, 10))


@dataclass(frozen=True)
class Distance:
    """One column, simulated against real.

    Attributes
    ----------
    missing_real, missing_simulated : float
        Shares of empty cells.
    distance : float
        Largest difference of the distribution functions of a number (Kolmogorov-Smirnov), or half the
        summed differences of the shares of a category (total variation); in [0, 1].
    """

    table: str
    column: str
    missing_real: float
    missing_simulated: float
    distance: float

    @property
    def worst(self) -> float:
        """The larger of the distance and the difference in missing share."""
        return max(self.distance, abs(self.missing_real - self.missing_simulated))


def distances(table: str, real: pd.DataFrame, simulated: pd.DataFrame) -> list[Distance]:
    """Distance of every column that is not a number of a client or a credit."""
    columns = [column for column in real.columns if not column.startswith("SK_ID")]
    return [
        Distance(
            table,
            column,
            float(real[column].isna().mean()),
            float(simulated[column].isna().mean()),
            _distance(real[column].dropna(), simulated[column].dropna()),
        )
        for column in columns
    ]


def _distance(real: pd.Series, simulated: pd.Series) -> float:
    if real.empty or simulated.empty:
        return 0.0 if real.empty and simulated.empty else 1.0
    if pd.api.types.is_numeric_dtype(real):
        values = [_four_digits(part.to_numpy(dtype=float)) for part in (real, simulated)]
        grid = np.union1d(*values)
        parts = [np.searchsorted(np.sort(part), grid, side="right") / len(part) for part in values]
        return float(np.abs(parts[0] - parts[1]).max())
    shares = [part.value_counts(normalize=True) for part in (real, simulated)]
    return float(shares[0].sub(shares[1], fill_value=0.0).abs().sum() / 2)


def _four_digits(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values at four significant digits, as the parameters are: 0.8351 against 0.835095 is no deviation."""
    step = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(values), 1e-12))) - 3)
    return np.asarray(np.round(values / step) * step)


def deciles(column: pd.Series) -> list[float]:
    """Nine deciles of the known values."""
    return [float(value) for value in column.dropna().quantile(list(DECILES))]


def model_inputs(*applications: pd.DataFrame) -> list[pd.DataFrame]:
    """Lawful application columns with a few ratios, categories aligned between the frames."""
    columns = [
        column
        for column in TABLES[TableName.APPLICATION_TEST].columns
        if column.use is not ColumnUse.FORBIDDEN and column.name != "SK_ID_CURR"
    ]
    frames = [frame[[column.name for column in columns]].copy() for frame in applications]
    for column in columns:
        if column.kind is ColumnKind.TEXT:
            levels = sorted(set().union(*(frame[column.name].dropna() for frame in frames)))
            for frame in frames:
                frame[column.name] = pd.Categorical(frame[column.name], levels)
    for frame in frames:
        frame["credit_to_annuity"] = frame.AMT_CREDIT / frame.AMT_ANNUITY
        frame["credit_to_goods"] = frame.AMT_CREDIT / frame.AMT_GOODS_PRICE
        frame["external_mean"] = frame[EXTERNAL].mean(axis=1)
    return frames


def auc(train: tuple[pd.DataFrame, pd.Series], test: tuple[pd.DataFrame, pd.Series], seed: int = 0) -> float:
    """AUC of a LightGBM of depth 4, trained on one set of inputs and outcomes and judged on another."""
    import lightgbm
    from sklearn.metrics import roc_auc_score

    options = {
        "objective": "binary", "learning_rate": 0.05, "max_depth": 4, "num_leaves": 16, "min_data_in_leaf": 100,
        "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 10.0, "seed": seed,
        "num_threads": 2, "deterministic": True, "force_col_wise": True, "verbosity": -1,
    }  # fmt: skip
    booster = lightgbm.train(options, lightgbm.Dataset(train[0], train[1]), num_boost_round=300)
    return float(roc_auc_score(test[1], np.asarray(booster.predict(test[0]))))
