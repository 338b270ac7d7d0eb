from __future__ import annotations

import random
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from ibis.config import Config
from support.feature_tables import (
    APPLICATION,
    CLIENT,
    OTHER,
    TYPICAL_INCOMES,
    Rows,
    bits_of,
    features_by_client,
    features_of,
    raw_table,
    tiny_raw,
)

from scoring_dash.core.errors import DataError
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS, available_definitions, build_features, to_matrix
from scoring_dash.data.schema import TABLES, ColumnKind

BUREAU = TableName.BUREAU
TEST = TableName.APPLICATION_TEST
ALL_TABLES = tuple(TableName)


def only(rows: dict[TableName, list[dict[str, Any]]], client: int) -> Rows:
    """The rows of one client; the months of his credits go with him."""
    credits = {row["SK_ID_BUREAU"] for row in rows[BUREAU] if row["SK_ID_CURR"] == client}
    return {
        name: [
            row
            for row in table
            if (row["SK_ID_BUREAU"] in credits if name is TableName.BUREAU_BALANCE else row["SK_ID_CURR"] == client)
        ]
        for name, table in rows.items()
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_and_the_company_of_others_change_no_bit(seed: int) -> None:
    rows = tiny_raw(clients=25, seed=seed)
    together = features_by_client(rows)
    draw = random.Random(seed)
    shuffled = features_by_client({name: draw.sample(table, len(table)) for name, table in rows.items()})
    for client, values in together.items():
        assert bits_of(shuffled[client]) == bits_of(values)
    for client in draw.sample(sorted(together), 3):
        assert bits_of(features_of(only(rows, client), client)) == bits_of(together[client])


def test_a_client_without_history_has_zero_counts_and_missing_values() -> None:
    values = features_of({APPLICATION: [{}], **{name: [] for name in ALL_TABLES if name not in (APPLICATION, TEST)}})
    for definition in ALL_DEFINITIONS:
        if definition.feature.table in (APPLICATION, None):
            continue
        expected = 0 if definition.feature.zero_when_no_rows else None
        assert values[definition.name] == expected, definition.name


def test_no_feature_is_infinite_or_not_a_number() -> None:
    for values in features_by_client(tiny_raw(clients=60, seed=9)).values():
        numbers = [value for value in values.values() if isinstance(value, float)]
        assert np.isfinite(numbers).all()


def test_features_of_absent_tables_are_left_out() -> None:
    tables = {APPLICATION: raw_table(APPLICATION, [{}]), BUREAU: raw_table(BUREAU, [])}
    names = build_features(tables).columns
    assert names == ("SK_ID_CURR", *(item.name for item in available_definitions(tables)))
    assert {"credit_amount", "bureau_active_debt"} <= set(names)
    assert not [name for name in names if name.startswith(("pos_", "card_", "previous_"))]


def test_a_chosen_feature_is_computed_without_showing_its_inputs() -> None:
    chosen = tuple(item for item in ALL_DEFINITIONS if item.name == "our_debt")
    frame = build_features({name: raw_table(name, rows) for name, rows in tiny_raw(clients=4).items()}, chosen)
    assert frame.columns == ("SK_ID_CURR", "our_debt")
    assert frame.to_pyarrow().num_rows == 5


def test_without_application_table_there_is_nobody_to_describe() -> None:
    with pytest.raises(DataError, match="application_train: is missing"):
        build_features({BUREAU: raw_table(BUREAU, [])})


FEATURES = (
    Feature("amount", APPLICATION, ("AMT_CREDIT",), "", Unit.CURRENCY, Theme.LOAN_SIZE, "", ""),
    Feature("word", APPLICATION, ("OCCUPATION_TYPE",), "", Unit.CATEGORY, Theme.INCOME_JOB, "", ""),
)


def frame() -> ibis.Table:
    columns = {"SK_ID_CURR": [3, 1, 2, 4], "amount": [-0.0, None, 2.5, 1.0], "word": ["tile", "clay", None, "brick"]}
    return ibis.memtable(pa.table(columns))


def test_the_matrix_is_feature_by_feature_with_ascending_clients() -> None:
    matrix = to_matrix(frame(), FEATURES)
    assert matrix.client_ids.tolist() == [1, 2, 3, 4]
    assert matrix.values.dtype == np.float32 and matrix.values.flags.c_contiguous
    assert matrix.categories == {"word": ("brick", "clay", "tile")}
    np.testing.assert_array_equal(matrix.values, np.array([[np.nan, 2.5, 0, 1], [1, np.nan, 2, 0]], np.float32))
    assert matrix.unknown_categories == {}
    assert not np.signbit(matrix.values[0, 2])


def test_stored_categories_keep_their_codes_and_strangers_are_reported_as_missing() -> None:
    matrix = to_matrix(frame(), FEATURES, {"word": ("clay", "slate", "tile")})
    np.testing.assert_array_equal(matrix.values[1], np.array([0, np.nan, 2, np.nan], np.float32))
    assert matrix.categories == {"word": ("clay", "slate", "tile")}
    assert matrix.unknown_categories == {"word": ("brick",)}


def test_the_matrix_holds_what_the_frame_holds() -> None:
    rows = tiny_raw(clients=8, seed=4)
    matrix = to_matrix(
        build_features({name: raw_table(name, table) for name, table in rows.items()}, typical_incomes=TYPICAL_INCOMES),
        [definition.feature for definition in ALL_DEFINITIONS],
    )
    expected = features_by_client(rows)
    for place, client in enumerate(matrix.client_ids.tolist()):
        for feature, value in zip(matrix.features, matrix.values[:, place].tolist(), strict=True):
            shown = None if np.isnan(value) else value
            if feature.is_categorical and shown is not None:
                shown = matrix.categories[feature.name][int(value)]
            assert shown == expected[client][feature.name], feature.name


def test_history_of_unknown_clients_is_ignored() -> None:
    credit = {"SK_ID_BUREAU": 1, "DAYS_CREDIT": -5}
    found = features_by_client(
        {APPLICATION: [{}], BUREAU: [credit, {**credit, "SK_ID_BUREAU": 2, "SK_ID_CURR": OTHER}]}
    )
    assert set(found) == {CLIENT}
    assert found[CLIENT]["bureau_credit_count"] == 1


class _PySparkOptions(Config):
    """What the Spark backend would register; only its compiler is needed here."""

    treat_nan_as_null: bool = False


def test_every_feature_can_be_said_to_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling is enough to catch an operation that the Spark backend lacks; no Spark is needed."""
    kinds = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}
    tables = {
        name: ibis.table({column.name: kinds[column.kind] for column in table.columns}, name=str(name))
        for name, table in TABLES.items()
    }
    monkeypatch.setattr(ibis.options, "pyspark", _PySparkOptions())
    assert "GROUP BY" in ibis.to_sql(build_features(tables), dialect="pyspark")
