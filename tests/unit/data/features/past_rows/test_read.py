from __future__ import annotations

import random

import numpy as np
import pytest
from support.feature_tables import APPLICATION, tiny_raw
from support.past_rows import rows_of

from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.scores import SOURCES
from scoring_dash.data.features.past_rows.source import PastRows

PREVIOUS = TableName.PREVIOUS_APPLICATION
EACH = pytest.mark.parametrize("table", SOURCES)


def bits(rows: PastRows, client: int | None = None) -> list[bytes]:
    """The rows by their bits, NaN included."""
    chosen = np.full(len(rows.client_ids), True) if client is None else rows.client_ids == client
    return [rows.client_ids[chosen].tobytes(), rows.days_ago[chosen].tobytes(), rows.values[chosen].tobytes()]


@EACH
def test_the_order_of_the_tables_changes_no_bit(table: TableName) -> None:
    raw = tiny_raw(clients=25, seed=1)
    draw = random.Random(1)
    shuffled = {name: draw.sample(rows, len(rows)) for name, rows in raw.items()}
    assert bits(rows_of(table, shuffled)) == bits(rows_of(table, raw))


@EACH
def test_the_company_of_other_clients_changes_no_bit(table: TableName) -> None:
    raw = tiny_raw(clients=25, seed=2)
    together = rows_of(table, raw)
    client = int(together.client_ids[0])
    alone = {
        name: [row for row in rows if row.get("SK_ID_CURR", client) == client]
        for name, rows in raw.items()
        if name is not TableName.APPLICATION_TEST
    }
    found = rows_of(table, alone, together.categories)
    assert set(found.client_ids.tolist()) == {client}
    assert bits(found) == bits(together, client)


def test_rows_are_sorted_by_client_and_from_the_latest_to_the_oldest() -> None:
    rows = [
        {"SK_ID_CURR": client, "SK_ID_PREV": number, "DAYS_DECISION": -ago, "AMT_APPLICATION": float(number)}
        for client, number, ago in ((2, 1, 30), (1, 2, 50), (1, 3, 10), (2, 4, 30), (1, 5, 20))
    ]
    found = rows_of(PREVIOUS, {PREVIOUS: [{**row, "FLAG_LAST_APPL_PER_CONTRACT": "Y"} for row in rows]})
    assert found.client_ids.tolist() == [1, 1, 1, 2, 2]
    assert found.days_ago.tolist() == [10, 20, 50, 30, 30]
    # On the same day, the larger number is the later application.
    assert found.values[:, found.inputs.index("asked")].tolist() == [3, 5, 2, 4, 1]


def test_rows_of_clients_without_an_application_are_left_out() -> None:
    rows = [
        {"SK_ID_CURR": client, "SK_ID_PREV": client, "DAYS_DECISION": -1, "FLAG_LAST_APPL_PER_CONTRACT": "Y"}
        for client in (1, 2)
    ]
    found = rows_of(PREVIOUS, {APPLICATION: [{"SK_ID_CURR": 2}], PREVIOUS: rows})
    assert found.client_ids.tolist() == [2]


def test_stored_categories_keep_their_codes_and_strangers_are_missing() -> None:
    rows = [
        {
            "SK_ID_CURR": 1,
            "SK_ID_PREV": number,
            "DAYS_DECISION": -number,
            "FLAG_LAST_APPL_PER_CONTRACT": "Y",
            "NAME_CONTRACT_STATUS": status,
        }
        for number, status in ((1, "Refused"), (2, "Approved"), (3, None), (4, "Frozen"))
    ]
    learnt = rows_of(PREVIOUS, {PREVIOUS: rows[:3]})
    place = learnt.inputs.index("status")
    assert learnt.categories["status"] == ("Approved", "Refused")
    np.testing.assert_array_equal(learnt.values[:, place], np.array([1, 0, np.nan], np.float32))
    later = rows_of(PREVIOUS, {PREVIOUS: rows}, learnt.categories)
    np.testing.assert_array_equal(later.values[:, place], np.array([1, 0, np.nan, np.nan], np.float32))
