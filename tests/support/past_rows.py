"""Rows of the past for the row models: out of hand-written tables, or invented with a known signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from support.feature_tables import APPLICATION, Rows, raw_table

from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.read import read_rows
from scoring_dash.data.features.past_rows.scores import SOURCES
from scoring_dash.data.features.past_rows.source import PastRows
from scoring_dash.model.row_scores import LabelledClients, RowScorePlan

TABLE = TableName.BUREAU
QUICK = RowScorePlan(rounds=12, parameters={"learning_rate": 0.3, "num_leaves": 4, "min_child_samples": 5})


def rows_of(source: TableName, tables: Rows, categories: Mapping[str, tuple[str, ...]] | None = None) -> PastRows:
    """The rows of one source, as training and batch read them."""
    raw = {name: raw_table(name, rows) for name, rows in tables.items()}
    clients = sorted({row["SK_ID_CURR"] for rows in tables.values() for row in rows if "SK_ID_CURR" in row})
    raw.setdefault(APPLICATION, raw_table(APPLICATION, [{"SK_ID_CURR": client} for client in clients]))
    return read_rows(SOURCES[source], raw, SOURCES[source].available_inputs(raw), categories)


def shown(rows: PastRows) -> list[dict[str, Any]]:
    """The rows as a person would read them: names for codes, None where missing."""
    return [
        {name: _shown(value, rows.categories.get(name)) for name, value in zip(rows.inputs, line, strict=True)}
        for line in rows.values.tolist()
    ]


def invented(*, clients: int = 60, each: int = 4, seed: int = 0) -> tuple[PastRows, LabelledClients]:
    """Rows whose first input tells of the outcome, and their clients in three folds; the last five clients have none.

    Every client has an odd number, so that even numbers are clients unknown to the models.
    """
    random = np.random.default_rng(seed)
    ids = np.arange(1, 2 * clients, 2, dtype=np.int64)
    outcomes = (random.random(clients) < 0.4).astype(np.int8)
    fold_of = (np.arange(clients) % 3).astype(np.int8)
    owner = np.repeat(np.arange(clients - 5), each)
    signal = outcomes[owner] + random.normal(0, 1, len(owner))
    values = np.column_stack([signal, random.normal(0, 1, len(owner)), random.integers(0, 3, len(owner))])
    days_ago = np.tile(np.arange(each) * 300, clients - 5)
    rows = PastRows(
        ids[owner],
        days_ago.astype(np.int64),
        values.astype(np.float32),
        ("signal", "noise", "kind"),
        {"kind": ("a", "b", "c")},
    )
    return rows, LabelledClients(ids, outcomes, fold_of)


def take(rows: PastRows, chosen: Sequence[int] | np.ndarray) -> PastRows:
    """Some of the rows."""
    return PastRows(rows.client_ids[chosen], rows.days_ago[chosen], rows.values[chosen], rows.inputs, rows.categories)


def _shown(value: float, names: tuple[str, ...] | None) -> float | str | None:
    if np.isnan(value):
        return None
    return value if names is None else names[int(value)]
