from __future__ import annotations

from collections.abc import Mapping

import ibis
import pytest

from scoring_dash.core.words import TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.schema import TABLES, ColumnKind

TYPES = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}


def cleaned(name: TableName, column: str, values: list[object], connection: ibis.BaseBackend) -> list[object]:
    kind = TYPES[TABLES[name].column(column).kind]
    raw = ibis.memtable({column: values}, schema={column: kind})
    return list(connection.to_pyarrow(clean(raw, name)).column(column).to_pylist())


@pytest.mark.parametrize(
    ("name", "column", "values", "expected"),
    [
        (TableName.APPLICATION_TEST, "DAYS_EMPLOYED", [365243, -1, 0, None], [None, -1, 0, None]),
        (TableName.APPLICATION_TRAIN, "ORGANIZATION_TYPE", ["XNA", "Bank", None], [None, "Bank", None]),
        (TableName.APPLICATION_TRAIN, "DAYS_LAST_PHONE_CHANGE", [0.0, -3.0], [None, -3.0]),
        (TableName.BUREAU, "DAYS_CREDIT_ENDDATE", [-40001.0, -40000.0, 900.0], [None, -40000.0, 900.0]),
        (TableName.BUREAU, "AMT_CREDIT_SUM_DEBT", [-5.0, 0.0], [-5.0, 0.0]),
        (TableName.PREVIOUS_APPLICATION, "CODE_REJECT_REASON", ["XAP", "XNA", "HC"], [None, None, "HC"]),
        (TableName.PREVIOUS_APPLICATION, "DAYS_LAST_DUE", [365243.0, -10.0], [None, -10.0]),
        (TableName.PREVIOUS_APPLICATION, "AMT_CREDIT", [0.0, 1.0], [None, 1.0]),
        (TableName.PREVIOUS_APPLICATION, "CNT_PAYMENT", [0.0, 12.0], [None, 12.0]),
        (TableName.CREDIT_CARD_BALANCE, "AMT_DRAWINGS_ATM_CURRENT", [-1.0, 0.0], [None, 0.0]),
        (TableName.CREDIT_CARD_BALANCE, "AMT_BALANCE", [-1.0, 0.0], [-1.0, 0.0]),
    ],
)
def test_codes_and_implausible_values_become_missing(
    name: TableName, column: str, values: list[object], expected: list[object], connection: ibis.BaseBackend
) -> None:
    assert cleaned(name, column, values, connection) == expected


@pytest.mark.parametrize("name", TableName)
def test_columns_and_types_stay(name: TableName) -> None:
    columns: Mapping[str, str] = {column.name: TYPES[column.kind] for column in TABLES[name].columns}
    raw = ibis.table({**columns, "added": "float64"}, name="raw")
    assert clean(raw, name).schema() == raw.schema()


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_it_can_be_said_to_each_engine(dialect: str) -> None:
    raw = ibis.table({"DAYS_EMPLOYED": "int64", "ORGANIZATION_TYPE": "string"}, name="raw")
    sql = ibis.to_sql(clean(raw, TableName.APPLICATION_TRAIN), dialect=dialect)
    assert "365243" in sql and "XNA" in sql
