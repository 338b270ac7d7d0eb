"""New applications as arrays, cleaned: what the row formulas read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.results import FeatureValue
from scoring_dash.data.new_application.columns import CLIENT_NUMBER, COLUMNS
from scoring_dash.data.schema import Column, ColumnKind


@dataclass(frozen=True)
class NewApplications:
    """Checked applications that no portfolio holds, in the order of their file.

    Attributes
    ----------
    numbers : tuple of (int or None)
        Client numbers, each once; None for a single application without one.
    given : mapping of str to array
        By raw column: (n,) float64 with NaN, or (n,) objects with None, where missing. Codes for "unknown" and
        implausible values are missing already. Columns that the file did not hold are left out.
    ignored : tuple of str
        Columns of the file that may not decide on a loan, or tell an outcome; they were not read.
    directory : Path or None
        Where applications and the tables of the clients' past stand for the recipes; None where no past was sent.
    """

    numbers: tuple[int | None, ...]
    given: Mapping[str, NDArray[Any]]
    ignored: tuple[str, ...] = ()
    directory: Path | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> NDArray[Any]:
        """A raw column, whether the file held it or not."""
        return self.given[name] if name in self.given else missing(COLUMNS[name], len(self))

    def application(self, row: int) -> dict[str, FeatureValue]:
        """One application by raw column, every column that may be read; None where missing."""
        return {name: _plain(self.column(name)[row]) for name in COLUMNS if name != CLIENT_NUMBER}

    @cached_property
    def absent(self) -> frozenset[str]:
        """Columns that may be read and that the file did not hold."""
        return frozenset(COLUMNS) - self.given.keys() - {CLIENT_NUMBER}


def missing(column: Column, rows: int) -> NDArray[Any]:
    """A column without a single value."""
    return np.full(rows, None, dtype=object) if column.kind is ColumnKind.TEXT else np.full(rows, np.nan)


def clean(values: NDArray[Any], column: Column) -> NDArray[Any]:
    """Codes and implausible values become missing: what ``data.clean`` does to a table."""
    if column.kind is ColumnKind.TEXT:
        return np.array([None if value in column.sentinels else value for value in values], dtype=object)
    unknown = np.isin(values, np.array(column.sentinels, dtype=np.float64))
    if column.implausible_below is not None:
        unknown |= values < column.implausible_below
    return np.where(unknown, np.nan, values)


def _plain(value: Any) -> FeatureValue:
    if value is None or isinstance(value, str):
        return value
    return None if np.isnan(value) else float(value)
