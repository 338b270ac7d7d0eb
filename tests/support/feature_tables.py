"""Raw tables of a few lines written in a test, and the features that come out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import ibis
import numpy as np
import pyarrow as pa
from support.tiny_tables import tiny_rows

from scoring_dash.core.feature import TypicalIncomes
from scoring_dash.core.words import TableName
from scoring_dash.data.assemble import ALL_DEFINITIONS, available_definitions, build_features
from scoring_dash.data.features.registry import FeatureDefinition
from scoring_dash.data.schema import TABLES, ColumnKind

CLIENT = 100_001
OTHER = 100_002
APPLICATION = TableName.APPLICATION_TRAIN
TYPICAL_INCOMES: TypicalIncomes = {
    "OCCUPATION_TYPE": {"Managers": 150_000.0, "Laborers": 135_000.0},
    "ORGANIZATION_TYPE": {"Bank": 200_000.0, "School": 120_000.0},
}

Row = Mapping[str, Any]
Rows = Mapping[TableName, Sequence[Row]]
Values = dict[str, float | str | None]

_TYPES = {ColumnKind.INTEGER: pa.int64(), ColumnKind.DECIMAL: pa.float64(), ColumnKind.TEXT: pa.string()}


def raw_rows(name: TableName, rows: Sequence[Row]) -> pa.Table:
    """A raw table with these rows; columns that a row does not name are null, the client is ``CLIENT``."""
    table = TABLES[name]
    names = table.column_names
    unknown = {key for row in rows for key in row} - set(names)
    assert not unknown, f"{name} has no column {unknown}"
    filled = [{"SK_ID_CURR": CLIENT, **row} if "SK_ID_CURR" in names else row for row in rows]
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
    return pa.Table.from_pylist([{name: row.get(name) for name in names} for row in filled], schema)


def raw_table(name: TableName, rows: Sequence[Row]) -> ibis.Table:
    """The same as a table that needs no connection."""
    return ibis.memtable(raw_rows(name, rows))


def features_of(tables: Rows, client: int = CLIENT) -> Values:
    """The features of one client by name, as the catalogue gives them; None where missing."""
    return features_by_client(tables)[client]


def features_by_client(tables: Rows) -> dict[int, Values]:
    """The features of every client that come from these tables.

    Without application rows each client met has an empty application, and only the other tables' features are given.
    """
    rows = dict(tables)
    if APPLICATION not in rows and TableName.APPLICATION_TEST not in rows:
        clients = {row.get("SK_ID_CURR", CLIENT) for table in tables.values() for row in table} | {CLIENT}
        rows[APPLICATION] = [{"SK_ID_CURR": client} for client in sorted(clients)]
    engine = _engine()
    for name, table in rows.items():
        engine.register(str(name), raw_rows(name, table))
    query = _query(
        tuple(sorted(rows)), with_application=any(name in tables for name in (APPLICATION, "application_test"))
    )
    found = engine.sql(query).to_arrow_table().to_pylist()
    assert len({row["SK_ID_CURR"] for row in found}) == len(found)
    return {row.pop("SK_ID_CURR"): row for row in found}


def tiny_raw(*, clients: int = 30, seed: int = 0) -> dict[TableName, list[dict[str, Any]]]:
    """Rows of all eight tables with random values, missing ones and codes among them, typed as the schema says."""
    parsers = {ColumnKind.INTEGER: int, ColumnKind.DECIMAL: float, ColumnKind.TEXT: str}
    text = tiny_rows(clients=clients, seed=seed)
    return {
        name: [
            {key: parsers[TABLES[name].column(key).kind](cell) if cell else None for key, cell in row.items()}
            for row in rows
        ]
        for name, rows in text.items()
    }


def bits_of(values: Values) -> dict[str, int | str | None]:
    """Each number by its bits: what compares equal is identical."""
    return {
        name: int(np.float32(value).view(np.int32)) if isinstance(value, float) else value
        for name, value in values.items()
    }


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 2})


@cache
def _query(names: tuple[TableName, ...], *, with_application: bool) -> str:
    """The query of a set of tables, compiled once: compiling takes longer than running it."""
    tables = {name: ibis.table(_schema(name), name=str(name)) for name in names}
    return str(ibis.to_sql(build_features(tables, _wanted(names, with_application), TYPICAL_INCOMES), dialect="duckdb"))


def _wanted(names: tuple[TableName, ...], with_application: bool) -> tuple[FeatureDefinition, ...]:
    definitions = available_definitions(names, ALL_DEFINITIONS)
    return tuple(item for item in definitions if with_application or item.feature.table is not APPLICATION)


def _schema(name: TableName) -> dict[str, str]:
    kinds = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}
    return {column.name: kinds[column.kind] for column in TABLES[name].columns}
