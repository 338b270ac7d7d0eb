"""Histories of the real sample against plain Python, and the same bytes on one thread and on two."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest
from support.history_reference import expected_history

from scoring_dash.core.words import Book, TableName
from scoring_dash.data.histories.build import build_histories
from scoring_dash.data.histories.layout import LAYOUTS
from scoring_dash.data.histories.store import Histories
from scoring_dash.data.read import RawTables, read_tables

pytestmark = pytest.mark.quality

APPLICATIONS = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)


def past_clients(raw: RawTables) -> np.ndarray:
    numbers = raw.tables[TableName.APPLICATION_TRAIN].select("SK_ID_CURR").to_pyarrow()["SK_ID_CURR"]
    return np.sort(numbers.to_numpy())


def build(raw: RawTables) -> Histories:
    return build_histories(raw.tables, {Book.PAST: past_clients(raw), Book.CURRENT: np.empty(0, dtype=np.int64)})


def rows_of(raw: RawTables, client: int) -> dict[TableName, list[dict[str, Any]]]:
    """All rows of a client; his applications are of no use here."""
    rows: dict[TableName, list[dict[str, Any]]] = {}
    for name, table in raw.tables.items():
        if name in APPLICATIONS:
            rows[name] = []
        elif name is TableName.BUREAU_BALANCE:
            credits = [row["SK_ID_BUREAU"] for row in rows[TableName.BUREAU]]
            rows[name] = table.filter(table.SK_ID_BUREAU.isin([*credits, -1])).to_pyarrow().to_pylist()
        else:
            rows[name] = table.filter(table.SK_ID_CURR.isin([client])).to_pyarrow().to_pylist()
    return rows


@pytest.mark.parametrize("folder", ["histories", "instalments"])
def test_real_clients_have_the_history_of_plain_python(real_data: Path, folder: str) -> None:
    raw = read_tables(real_data / folder, ibis.duckdb.connect(threads=2))
    stored, clients = build(raw), past_clients(raw)
    for place in random.Random(1).sample(range(len(clients)), 25):
        client = int(clients[place])
        assert stored.of(client, Book.PAST, place) == expected_history(rows_of(raw, client), client)
    again = build(read_tables(real_data / folder, ibis.duckdb.connect(threads=1)))
    for kind in LAYOUTS:
        one, other = stored.books[Book.PAST][kind], again.books[Book.PAST][kind]
        assert one.rows.tobytes() == other.rows.tobytes()
        assert one.starts.tobytes() == other.starts.tobytes()
