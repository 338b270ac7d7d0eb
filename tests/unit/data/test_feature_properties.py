"""What must hold of every feature at once, on random rows of all tables."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from support.feature_tables import bits_of, features_by_client, raw_rows, tiny_raw

from scoring_dash.core.words import TableName
from scoring_dash.data.assemble import available_definitions, build_features, to_matrix

Rows = dict[TableName, list[dict[str, Any]]]

AFTER_THE_APPLICATION = {
    TableName.BUREAU: {"DAYS_CREDIT": 3},
    TableName.BUREAU_BALANCE: {"MONTHS_BALANCE": 1},
    TableName.PREVIOUS_APPLICATION: {"DAYS_DECISION": 1},
    TableName.POS_CASH_BALANCE: {"MONTHS_BALANCE": 2},
    TableName.INSTALLMENTS_PAYMENTS: {"DAYS_INSTALMENT": 7.0, "DAYS_ENTRY_PAYMENT": -1.0},
    TableName.CREDIT_CARD_BALANCE: {"MONTHS_BALANCE": 1},
}
NEW_NUMBERS = {TableName.BUREAU: "SK_ID_BUREAU", TableName.PREVIOUS_APPLICATION: "SK_ID_PREV"}


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_after_the_application_change_no_bit(seed: int) -> None:
    rows = tiny_raw(clients=25, seed=seed)
    later = {name: [*table, *future_rows(name, table)] for name, table in rows.items()}
    assert sum(map(len, later.values())) > 1.5 * sum(map(len, rows.values()))
    known = features_by_client(rows)
    for client, values in features_by_client(later).items():
        assert bits_of(values) == bits_of(known[client])


def future_rows(name: TableName, table: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A copy of each row from after day 0; a payment that came late is only a payment less."""
    if name in AFTER_THE_APPLICATION:
        for place, row in enumerate(table):
            number = {NEW_NUMBERS[name]: 9_000_000 + place} if name in NEW_NUMBERS else {}
            yield {**row, **AFTER_THE_APPLICATION[name], **number}
    if name is TableName.INSTALLMENTS_PAYMENTS:
        yield from ({**row, "DAYS_ENTRY_PAYMENT": 2.0} for row in table)


@pytest.mark.parametrize("seed", [3])
def test_rows_in_batches_and_out_of_order_give_the_same_bits(seed: int) -> None:
    rows, draw = tiny_raw(clients=25, seed=seed), random.Random(seed)
    whole = {name: raw_rows(name, table) for name, table in rows.items()}
    split = {name: in_batches(table, draw) for name, table in whole.items()}
    assert all(table.column(0).num_chunks > 1 for table in split.values())
    np.testing.assert_array_equal(matrix_bits(split), matrix_bits(whole))


def in_batches(table: pa.Table, draw: random.Random) -> pa.Table:
    """The same rows in batches of a few, the batches in any order."""
    batches = table.to_batches(max_chunksize=4)
    return pa.Table.from_batches(draw.sample(batches, len(batches)))


def matrix_bits(tables: Mapping[TableName, pa.Table]) -> np.ndarray:
    lazy = {name: ibis.memtable(table) for name, table in tables.items()}
    matrix = to_matrix(build_features(lazy), [item.feature for item in available_definitions(lazy)])
    return matrix.values.view(np.int32)
