"""From prepared tables to the arrays that the row models work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scoring_dash.core.words import TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.features.past_rows.source import PastRows, RowInput, RowSource
from scoring_dash.data.features.registry import CLIENT_KEY

_APPLICATIONS: Final = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)


def read_rows(
    source: RowSource,
    tables: Mapping[TableName, ibis.Table],
    inputs: Sequence[RowInput],
    categories: Mapping[str, tuple[str, ...]] | None = None,
) -> PastRows:
    """Compute the rows of the clients of the application tables.

    A row has the same bits whatever the order of the tables and the company of other clients, and the rows have one
    order: by client, the latest first.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read; they are cleaned here. The source's table and an application table at least.
    inputs : sequence of RowInput
        The columns of the result, in order; computable from ``tables``.
    categories : mapping of str to tuple of str, optional
        The stored values of each categorical input; without it they are learnt from the rows.
    """
    cleaned = {name: clean(table, name) for name, table in tables.items()}
    rows = source.prepare(cleaned).semi_join(_clients(cleaned), CLIENT_KEY)
    # Numbers of days and ranks stay whole; what only the model reads is float32 from here on.
    columns = {item.name: _as_stored(rows, item) for item in inputs}
    keys = {"row_days_ago": rows.days_ago.cast("int64"), "row_recency": rows.recency.cast("int64")}
    return _sorted_rows(rows.select(CLIENT_KEY, **keys, **columns).to_pyarrow(), inputs, categories)


def _clients(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    books = [tables[name].select(CLIENT_KEY) for name in _APPLICATIONS if name in tables]
    return reduce(lambda left, right: left.union(right), books)


def _as_stored(rows: ibis.Table, item: RowInput) -> ibis.Value:
    return rows[item.name] if item.is_categorical else rows[item.name].cast("float32")


def _sorted_rows(
    table: pa.Table, inputs: Sequence[RowInput], categories: Mapping[str, tuple[str, ...]] | None
) -> PastRows:
    client_ids = table[CLIENT_KEY].to_numpy().astype(np.int64, copy=False)
    order = np.lexsort((table["row_recency"].to_numpy(), client_ids))
    values = np.empty((len(client_ids), len(inputs)), dtype=np.float32)
    known: dict[str, tuple[str, ...]] = {}
    for place, item in enumerate(inputs):
        column = table[item.name]
        if item.is_categorical:
            found = tuple(sorted(column.unique().drop_null().to_pylist()))
            known[item.name] = found if categories is None else categories[item.name]
            codes = pc.index_in(column, value_set=pa.array(known[item.name], pa.string()))
            column = pc.cast(codes, pa.float32())
        # Arrow writes NaN for null. Adding zero turns -0.0 into 0.0: equal numbers must have equal bits.
        np.add(column.to_numpy()[order], np.float32(0), out=values[:, place])
    days_ago = table["row_days_ago"].to_numpy().astype(np.int64, copy=False)[order]
    return PastRows(client_ids[order], days_ago, values, tuple(item.name for item in inputs), known)
