"""Vectorised draws: quantile knots on a normal latent, levels by shares, coded text columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int64]
Generator: TypeAlias = np.random.Generator

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as codes into names; -1 is an empty cell.

    Attributes
    ----------
    codes : ndarray (n_rows,)
    names : tuple of str
    """

    codes: Codes
    names: tuple[str, ...]

    def at(self, rows: NDArray[Any]) -> Coded:
        """The same column for some rows (indices or a mask)."""
        return Coded(self.codes[rows], self.names)

    def equals(self, name: str) -> NDArray[np.bool_]:
        """Which rows hold this name."""
        return self.codes == (self.names.index(name) if name in self.names else -2)

    def texts(self) -> NDArray[np.object_]:
        """The names row by row, None where empty."""
        return np.array([*self.names, None], dtype=object)[self.codes]


Column: TypeAlias = NDArray[Any] | Coded
"""Numbers (NaN is an empty cell) or a coded text."""


def normal_knots(probabilities: Sequence[float]) -> Floats:
    """Standard normal quantiles of some probabilities, in (0, 1)."""
    return np.array([_NORMAL.inv_cdf(p) for p in probabilities])


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A distribution as values at standard normal quantiles; equal neighbours are an atom.

    Attributes
    ----------
    latent : ndarray (n_knots,)
        Rising.
    values : ndarray (n_knots,)
        Not falling.
    """

    latent: Floats
    values: Floats

    def at(self, latent: Floats) -> Floats:
        """Values whose rank is that of the latents; beyond the last knot the last value."""
        return np.interp(latent, self.latent, self.values)

    def latent_of(self, values: Floats) -> Floats:
        """Latents of some values: the inverse of `at` where the distribution is continuous."""
        return np.interp(values, self.values, self.latent)


def nearest(values: Floats, grid: Floats) -> Codes:
    """Index of the grid point nearest to each value."""
    return np.searchsorted((grid[1:] + grid[:-1]) / 2, values).astype(np.int64)


def level_of(latent: Floats, shares: Sequence[float]) -> Codes:
    """Rank of the level that a standard normal latent falls into, given the share of each level."""
    cumulative = np.cumsum(shares)[:-1] / np.sum(shares)
    bounds = normal_knots(np.clip(cumulative, 1e-9, 1 - 1e-9).tolist())
    return np.searchsorted(bounds, latent, side="right").astype(np.int64)


def choose(shares: Floats, cells: Codes, generator: Generator) -> Codes:
    """Draw a level for each row.

    Parameters
    ----------
    shares : ndarray (n_cells, n_levels)
        Not negative; rows need not sum to 1.
    cells : ndarray (n_rows,)
        Row of ``shares`` that applies.
    """
    cumulative = np.cumsum(shares, axis=1)
    cumulative /= cumulative[:, -1:]
    uniforms = generator.random(len(cells))
    return np.asarray((uniforms[:, None] >= cumulative[cells][:, :-1]).sum(axis=1), dtype=np.int64)


def share_table(table: Mapping[str, Sequence[float]], *keys: Sequence[str]) -> Floats:
    """Conditional shares as a matrix, one row for each combination of keys (the last one fastest).

    A combination that the table does not hold gets the mean of those it holds.
    """
    mean = np.mean(list(table.values()), axis=0)
    names = [""]
    for part in keys:
        names = [f"{name}|{value}" if name else str(value) for name in names for value in part]
    return np.array([table.get(name, mean) for name in names])


def to_grid(values: Floats, step: float) -> Floats:
    """Values rounded to multiples of a step."""
    return np.round(values / step) * step


def bernoulli(generator: Generator, probability: float | Floats, size: int) -> NDArray[np.bool_]:
    """Independent events."""
    return generator.random(size) < probability


def coded_bands(days: Floats, edges: Sequence[float]) -> Coded:
    """Band of each number of days, 0 the oldest, as the parameters name them."""
    codes = np.searchsorted(np.array(edges), days).astype(np.int64)
    return Coded(codes, tuple(str(i) for i in range(len(edges) + 1)))


def coded_flag(flag: NDArray[np.bool_]) -> Coded:
    """A condition as the parameters name its two cells."""
    return Coded(flag.astype(np.int64), ("False", "True"))


def cells_of(keys: Sequence[Coded]) -> Codes:
    """Number of the combination of keys of each row, the last key fastest."""
    codes = np.zeros(len(keys[0].codes), dtype=np.int64)
    for key in keys:
        codes = codes * len(key.names) + key.codes
    return codes


def draw_in(table: Mapping[str, Any], keys: Sequence[Coded], generator: Generator) -> Coded:
    """Draw a level for each row, by the shares of its cell; the level ``""`` is an empty cell."""
    levels = tuple(table["levels"])
    shares = share_table(table["cells"], *[key.names for key in keys])
    codes = choose(shares, cells_of(keys), generator)
    return Coded(np.where(codes == levels.index(""), -1, codes), levels) if "" in levels else Coded(codes, levels)


def quantiles_in(table: Mapping[str, Sequence[float]], knots: Floats, keys: Sequence[Coded], latent: Floats) -> Floats:
    """Value of each row's latent, by the distribution of its cell (``"all"`` where the cell has none)."""
    names = [""]
    for key in keys:
        names = [f"{name}|{value}" if name else value for name in names for value in key.names]
    cells = cells_of(keys)
    result = np.empty(len(latent))
    for cell in np.unique(cells):
        rows = cells == cell
        result[rows] = np.interp(latent[rows], knots, np.array(table.get(names[cell], table["all"])))
    return result


def rates_of(table: Mapping[str, float], keys: Sequence[Coded]) -> Floats:
    """Rate of each row's cell; the mean of all cells where the cell has none."""
    return share_table({name: [rate] for name, rate in table.items()}, *[key.names for key in keys])[cells_of(keys), 0]


def happens(rates: Floats, trait: Floats, weight: float, generator: Generator) -> NDArray[np.bool_]:
    """Events with given rates that lean on a standard normal trait.

    Parameters
    ----------
    rates : ndarray (n_rows,)
        Probability of the event among all rows.
    trait : ndarray (n_rows,)
        A higher value makes the event more likely.
    weight : float
        Correlation of the event's latent with the trait, in (-1, 1).
    """
    distinct, index = np.unique(np.clip(rates, 1e-6, 1 - 1e-6), return_inverse=True)
    bounds = normal_knots(distinct.tolist())[index]
    return np.asarray(blend([(-weight, trait)], generator) < bounds)


def blend(parts: Sequence[tuple[float, Floats]], generator: Generator) -> Floats:
    """Standard normal latent with given correlations to independent standard normals."""
    rest = 1.0 - sum(weight**2 for weight, _ in parts)
    latent = np.sqrt(max(rest, 0.0)) * generator.standard_normal(len(parts[0][1]))
    for weight, part in parts:
        latent += weight * part
    return latent


def spread_rows(counts: Codes) -> tuple[Codes, Codes]:
    """Parent and rank of each row when parents have given numbers of rows."""
    parent = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return parent, np.arange(len(parent)) - starts[parent]
