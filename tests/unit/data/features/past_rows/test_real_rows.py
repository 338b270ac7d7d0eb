"""The rows of the real sample: nothing infinite, look-back only, the same bits on one thread and on two."""

from __future__ import annotations

from pathlib import Path

import ibis
import numpy as np
import pytest

from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.read import read_rows
from scoring_dash.data.features.past_rows.scores import SOURCES
from scoring_dash.data.features.past_rows.source import PastRows
from scoring_dash.data.read import read_tables

pytestmark = pytest.mark.quality


def rows(directory: Path, table: TableName, threads: int) -> PastRows:
    raw = read_tables(directory, ibis.duckdb.connect(threads=threads))
    return read_rows(SOURCES[table], raw.tables, SOURCES[table].available_inputs(raw.tables))


@pytest.mark.parametrize(
    ("folder", "table"),
    [
        ("histories", TableName.PREVIOUS_APPLICATION),
        ("histories", TableName.BUREAU),
        ("instalments", TableName.INSTALLMENTS_PAYMENTS),
    ],
)
def test_real_rows_are_finite_past_and_exact(real_data: Path, folder: str, table: TableName) -> None:
    found, again = rows(real_data / folder, table, 2), rows(real_data / folder, table, 1)
    assert not np.isinf(found.values).any()
    assert (found.days_ago >= 0).all() and len(found.days_ago) > 20_000
    assert (np.diff(found.client_ids) >= 0).all()
    assert not np.isnan(found.values).all(axis=0).any()
    assert found.values.tobytes() == again.values.tobytes()
    assert found.client_ids.tobytes() == again.client_ids.tobytes()
