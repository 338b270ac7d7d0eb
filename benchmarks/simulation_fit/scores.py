"""Turn columns into normal scores and estimate a Gaussian copula with additive category effects.

Only aggregates leave this module: quantile knots, level shares, regression coefficients and
correlations, all rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

Array = NDArray[np.float64]

PROBABILITIES = np.round(
    np.concatenate([[0.0005, 0.002, 0.005], np.linspace(0.01, 0.99, 99), [0.995, 0.998, 0.9995]]), 4
)
"""Cumulative shares at which marginal distributions are stored; the extremes belong to single rows and are left out."""

COARSE = np.round(np.concatenate([[0.002, 0.01], np.linspace(0.04, 0.96, 24), [0.99, 0.998]]), 4)
"""The same for distributions of lesser importance."""


@dataclass(frozen=True)
class Score:
    """Normal score of one column.

    Attributes
    ----------
    values : ndarray (n_rows,)
        Expected standard normal latent given the observed value; NaN where it is missing.
    variance : float
        Variance of ``values``: 1 for a continuous column, less for one with few levels.
    """

    values: Array
    variance: float


def significant(values: Any, digits: int = 4) -> Any:
    """Round a number, or every number of a nested list, to significant digits."""
    if isinstance(values, dict):
        return {key: significant(value, digits) for key, value in values.items()}
    if isinstance(values, list | tuple | np.ndarray | pd.Series):
        return [significant(value, digits) for value in values]
    number = float(f"{float(values):.{digits}g}")
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def normal_score(column: pd.Series) -> Score:
    """Expected latent of each value: (density at the lower bound - at the upper) / share of the value."""
    known = column.notna()
    codes, _ = pd.factorize(column[known], sort=True)
    shares = np.bincount(codes) / len(codes)
    bounds = norm.ppf(np.clip(np.concatenate([[0.0], np.cumsum(shares)]), 0.0, 1.0))
    density = norm.pdf(bounds)
    levels = (density[:-1] - density[1:]) / shares
    values = np.full(len(column), np.nan)
    values[known.to_numpy()] = levels[codes]
    return Score(values, float(np.sum(shares * levels**2)))


def knots(column: pd.Series, probabilities: Array = PROBABILITIES, digits: int = 4) -> list[float]:
    """Rounded quantiles at the stored probabilities; five rows or more lie beyond the outermost.

    Columns whose values come from a short list need the digits of the list.
    """
    observed = column.dropna().to_numpy(dtype=float)
    margin = min(5.0 / len(observed), 0.5)
    return list(
        significant(np.quantile(observed, np.clip(probabilities, margin, 1 - margin), method="inverted_cdf"), digits)
    )


def shares(column: pd.Series, levels: list[Any]) -> list[float]:
    """Share of each level, in their order, at three significant digits."""
    found = column.value_counts(normalize=True)
    return list(significant([found.get(level, 0.0) for level in levels], 3))


def design(frame: pd.DataFrame, age_score: Array, levels: dict[str, list[str]]) -> tuple[Array, list[tuple[str, str]]]:
    """Regressors: intercept, age and its square, one indicator for each level after the first."""
    columns = [np.ones(len(frame)), age_score, age_score**2 - 1.0]
    names = [("", "intercept"), ("", "age"), ("", "age_squared")]
    for column, values in levels.items():
        filled = frame[column].fillna("")
        for value in values[1:]:
            columns.append(np.asarray(filled == value, dtype=np.float64))
            names.append((column, value))
    return np.column_stack(columns), names


@dataclass(frozen=True)
class Copula:
    """Latent normals as a regression on categories plus correlated residuals.

    Attributes
    ----------
    coefficients : ndarray (n_terms, n_latents)
    residual : ndarray (n_latents, n_latents)
        Covariance of the residuals, so that every latent has variance 1 in all.
    innovations : ndarray (n_rows, n_latents)
        Residual of each row on the latent's scale (shrunk for columns with few levels), 0 where missing.
    """

    coefficients: Array
    residual: Array
    innovations: Array


def fit_copula(
    scores: list[Score], regressors: Array, ridge: float = 20.0, latent_covariance: Array | None = None
) -> Copula:
    """Estimate effects and residual covariance column by column, correcting for columns with few levels.

    Parameters
    ----------
    latent_covariance : ndarray, optional
        Covariance, on the latents' own scale, of the last regressors where these are the shrunk
        innovations of another copula; the variance that they explain is that of the latents.
    """
    split = regressors.shape[1] - (0 if latent_covariance is None else len(latent_covariance))
    coefficients = np.zeros((regressors.shape[1], len(scores)))
    residuals = np.full((regressors.shape[0], len(scores)), np.nan)
    penalty = ridge * np.eye(regressors.shape[1])
    penalty[0, 0] = 0.0
    explained = np.zeros(len(scores))
    for j, score in enumerate(scores):
        known = ~np.isnan(score.values)
        x, y = regressors[known], score.values[known]
        beta = np.linalg.solve(x.T @ x + penalty, x.T @ y)
        residuals[known, j] = (y - x @ beta) / score.variance
        coefficients[:, j] = beta / score.variance
        slopes = beta / score.variance
        explained[j] = np.var(x[:, :split] @ slopes[:split])
        if latent_covariance is not None:
            explained[j] += slopes[split:] @ latent_covariance @ slopes[split:]
        explained[j] = min(explained[j], 0.9)
    residual = _pairwise_covariance(residuals)
    residual = _with_diagonal(residual, 1.0 - explained)
    attenuation = np.array([score.variance for score in scores])
    return Copula(coefficients, residual, np.nan_to_num(residuals) * attenuation)


def _pairwise_covariance(residuals: Array) -> Array:
    known = (~np.isnan(residuals)).astype(float)
    filled = np.nan_to_num(residuals)
    pairs = known.T @ known
    covariance = (filled.T @ filled) / np.maximum(pairs, 1.0)
    covariance[pairs < 500] = 0.0
    return np.asarray(covariance)


def _with_diagonal(covariance: Array, diagonal: Array) -> Array:
    """Nearest covariance (by clipped eigenvalues) whose variances are as given."""
    scale = np.sqrt(diagonal)
    correlation = np.clip(covariance / np.outer(scale, scale), -0.97, 0.97)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    fixed = (vectors * np.clip(values, 0.02, None)) @ vectors.T
    fixed /= np.sqrt(np.outer(np.diag(fixed), np.diag(fixed)))
    return np.asarray(fixed * np.outer(scale, scale))


def lower_triangle(matrix: Array) -> list[list[float]]:
    """Rows of the lower triangle, at three decimals."""
    return [[round(float(value), 3) for value in row[: i + 1]] for i, row in enumerate(matrix)]


def effects_by_level(coefficients: Array, names: list[tuple[str, str]]) -> dict[str, Any]:
    """Coefficients as ``{column: {level: [one a latent]}}``; intercept and age stand under ``"common"``."""
    effects: dict[str, Any] = {}
    for (column, level), row in zip(names, coefficients, strict=True):
        effects.setdefault(column or "common", {})[level] = [round(float(value), 3) for value in row]
    return effects
