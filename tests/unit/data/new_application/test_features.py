"""Features of new applications: bit for bit what training computes from the same rows beside empty history tables."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.feature_tables import TYPICAL_INCOMES, features_by_client, tiny_raw
from support.new_applications import as_json, read

from scoring_dash.core.words import TableName
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.new_application.columns import COLUMNS, NEEDED, POSITIVE
from scoring_dash.data.new_application.features import feature_rows
from scoring_dash.data.new_application.read import FileForm
from scoring_dash.data.schema import TABLES, Column, ColumnKind

FEATURES = tuple(definition.feature for definition in ALL_DEFINITIONS)
HISTORIES = [name for name in TableName if name not in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)]


def as_training_computes(rows: list[dict[str, Any]]) -> np.ndarray:
    """The slow way: the recipes of the catalogue on the engine of training, with history tables that hold no row."""
    found = features_by_client({TableName.APPLICATION_TEST: rows, **{name: [] for name in HISTORIES}})
    clients = [row["SK_ID_CURR"] for row in rows]
    values = [[found[client][feature.name] for feature in FEATURES] for client in clients]
    return np.array([[coded(value) for value in row] for row in values], dtype=np.float32)


def coded(value: float | str | None) -> float:
    """A category by its place among all that the schema knows."""
    if isinstance(value, str):
        return float(NAMES.index(value))
    return np.nan if value is None else value + 0.0


NAMES = tuple(sorted({label.value for column in COLUMNS.values() for label in column.labels}))
CATEGORIES = {feature.name: NAMES for feature in FEATURES if feature.is_categorical}


def computed(rows: list[dict[str, Any]]) -> np.ndarray:
    kept = [{name: value for name, value in row.items() if name in COLUMNS} for row in rows]
    return feature_rows(read(as_json(kept), FileForm.JSON), FEATURES, CATEGORIES, TYPICAL_INCOMES)


def assert_same_bits(found: np.ndarray, expected: np.ndarray) -> None:
    known = ~np.isnan(expected)
    assert np.array_equal(~np.isnan(found), known)
    differ = (found.view(np.int32) != expected.view(np.int32)) & known
    assert not differ.any(), [FEATURES[place].name for place in np.flatnonzero(differ.any(axis=0))]


def test_a_thousand_rows_with_codes_and_missing_values() -> None:
    rows = tiny_raw(clients=4_000, seed=5)[TableName.APPLICATION_TEST]
    assert len(rows) == 1_000
    assert_same_bits(computed(rows), as_training_computes(rows))


def _values(column: Column) -> st.SearchStrategy[Any]:
    optional = st.none() if column.nullable else st.nothing()
    codes = st.sampled_from(column.sentinels) if column.sentinels else st.nothing()
    if column.kind is ColumnKind.TEXT:
        return optional | codes | st.sampled_from([label.value for label in column.labels])
    low, high = column.minimum, column.maximum
    assert low is not None and high is not None
    if column.kind is ColumnKind.INTEGER:
        return optional | codes.map(int) | st.integers(int(low), int(high))
    low = 0.01 if column.name in POSITIVE else low
    return optional | codes.map(float) | st.floats(low, high, allow_subnormal=False)


_READ = [column for column in COLUMNS.values() if column.name != "SK_ID_CURR"]
_ROW = st.fixed_dictionaries(
    {column.name: _values(column) for column in _READ if column.name in NEEDED},
    optional={column.name: _values(column) for column in _READ if column.name not in NEEDED},
)


@settings(max_examples=20, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=12))
def test_any_row_that_the_schema_allows(rows: list[dict[str, Any]]) -> None:
    numbered = [{"SK_ID_CURR": 100_001 + place, **row} for place, row in enumerate(rows)]
    assert_same_bits(computed(numbered), as_training_computes(numbered))


def test_a_category_that_the_model_has_never_met_is_missing() -> None:
    (row, *_) = tiny_raw(clients=4, seed=5)[TableName.APPLICATION_TEST]
    kept = {name: value for name, value in {**row, "OCCUPATION_TYPE": "Managers"}.items() if name in COLUMNS}
    applications = read(as_json(kept), FileForm.JSON)
    place = [feature.name for feature in FEATURES].index("occupation")
    for known, expected in ((("Drivers", "Managers"), 1.0), (("Drivers",), np.nan)):
        rows = feature_rows(applications, FEATURES, {**CATEGORIES, "occupation": known}, TYPICAL_INCOMES)
        assert np.array_equal(rows[0, place], np.float32(expected), equal_nan=True)


@pytest.mark.parametrize("incomes", [{}, TYPICAL_INCOMES])
def test_a_model_that_learnt_no_incomes_compares_with_none(incomes: dict[str, dict[str, float]]) -> None:
    (row, *_) = tiny_raw(clients=4, seed=5)[TableName.APPLICATION_TEST]
    kept = {name: value for name, value in {**row, "OCCUPATION_TYPE": "Managers"}.items() if name in COLUMNS}
    rows = feature_rows(read(as_json(kept), FileForm.JSON), FEATURES, CATEGORIES, incomes)
    place = [feature.name for feature in FEATURES].index("income_to_occupation_ratio")
    assert np.isnan(rows[0, place]) == (not incomes)


def test_real_applications_have_no_fault_and_the_bits_of_training(real_data: Path) -> None:
    path = real_data / "applications" / "application_test.csv"
    with path.open("rb") as stream:
        head = b"".join(itertools.islice(stream, 1_501))
    applications = read(head)
    assert len(applications) == 1_500
    found = feature_rows(applications, FEATURES, CATEGORIES, TYPICAL_INCOMES)
    kinds = {column.name: column.kind for column in TABLES[TableName.APPLICATION_TEST].columns}
    parsers = {ColumnKind.INTEGER: int, ColumnKind.DECIMAL: float, ColumnKind.TEXT: str}
    rows = [
        {name: parsers[kinds[name]](cell) if cell else None for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(head.decode()))
    ]
    assert_same_bits(found, as_training_computes(rows))
