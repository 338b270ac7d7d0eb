"""What a source of row scores is, and the rows that come out of it.

A *row model* scores one row of the past (an application, a credit elsewhere, an instalment) by how its client fared
later. Its inputs are described here as the features are: by the raw columns that they read, so that the law's class of
a score follows from what went into it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.schema import TABLES

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True)
class RowInput:
    """One input of a row model.

    Attributes
    ----------
    name : str
        Column of the prepared table.
    columns : tuple of str
        Raw columns that it is computed from, as ``table.COLUMN`` where another table than the source's is meant.
    is_categorical : bool
        Whether its values are names rather than numbers.
    """

    name: str
    columns: tuple[str, ...]
    is_categorical: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """A table whose rows are scored.

    Attributes
    ----------
    prepare : callable
        From cleaned tables to one row a thing: ``SK_ID_CURR``, ``days_ago`` (whole days before the application, never
        negative), ``recency`` (1 is the client's latest row, without ties), and one column an available input.
    """

    table: TableName
    prepare: Callable[[Mapping[TableName, ibis.Table]], ibis.Table]
    inputs: tuple[RowInput, ...]

    def available_inputs(self, tables: Collection[TableName]) -> tuple[RowInput, ...]:
        """Inputs that can be computed from these tables and may take part in a decision; none without the source."""
        if self.table not in tables:
            return ()
        return tuple(item for item in self.inputs if self._is_usable(item, tables))

    def raw_columns(self, item: RowInput) -> tuple[tuple[TableName, str], ...]:
        """The raw columns of an input as pairs (table, column)."""
        pairs = (reference.rpartition(".") for reference in item.columns)
        return tuple((TableName(table) if table else self.table, column) for table, _, column in pairs)

    def _is_usable(self, item: RowInput, tables: Collection[TableName]) -> bool:
        pairs = self.raw_columns(item)
        return all(
            table in tables and TABLES[table].column(column).use is not ColumnUse.FORBIDDEN for table, column in pairs
        )


@dataclass(frozen=True)
class PastRows:
    """Rows of one source, sorted by client and then from the latest to the oldest.

    Attributes
    ----------
    client_ids : (n,) int64, ascending, repeated
    days_ago : (n,) int64, not negative
    values : (n, n_inputs) float32, C order
        NaN where missing; a category is its place in ``categories``, NaN where missing or unknown.
    inputs : tuple of str
        Names of the columns of ``values``.
    categories : mapping of str to tuple of str
        Of each categorical input, its known values.
    """

    client_ids: NDArray[np.int64]
    days_ago: NDArray[np.int64]
    values: NDArray[np.float32]
    inputs: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
