from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.raw_files import convert, edit_cell, refusal
from support.tiny_tables import write_rows

from scoring_dash.core.words import TableName
from scoring_dash.data.read import read_table
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.reading.sources import find_sources
from scoring_dash.data.schema import TABLES

BUREAU = TableName.BUREAU


@pytest.mark.parametrize(
    "case",
    [
        ("CREDIT_DAY_OVERDUE", "abc", "is not a number", "'abc'", "a whole number", "Correct the value"),
        ("CREDIT_DAY_OVERDUE", "1.5", "is not a whole number", "'1.5'", "a whole number", "Correct the value"),
        ("CREDIT_DAY_OVERDUE", "-1", "is out of range", "'-1'", "from 0 to 44000", "Correct the value"),
        ("AMT_CREDIT_SUM", "NaN", "is not a finite number", "'nan'", "or an empty cell", "Leave the cell empty"),
        ("AMT_CREDIT_SUM", "-inf", "is not a finite number", "'-inf'", "a number", "Leave the cell empty"),
        ("AMT_CREDIT_SUM", "1e400", "is not a finite number", "'inf'", "a number", "Leave the cell empty"),
        ("AMT_CREDIT_SUM", "-0.5", "is out of range", "'-0.5'", "from 0 to", "Correct the value"),
        ("AMT_CREDIT_SUM", "NA", "is not a number", "'NA'", "or an empty cell", "Leave the cell empty"),
        ("AMT_CREDIT_SUM", "1,5", "is not a number", "'1,5'", "a number", "Write decimals with a point"),
        ("AMT_CREDIT_SUM", "1 000", "is not a number", "'1 000'", "a number", "Correct the value"),
        ("AMT_CREDIT_SUM", "\u0663", "is not a number", "'\u0663'", "a number", "Correct the value"),
        ("AMT_CREDIT_SUM", "1\x002", "is not a number", "'1\\x002'", "a number", "Correct the value"),
        ("DAYS_CREDIT", "400", "is out of range", "'400'", "from -44000 to 0", "Correct the value"),
        ("DAYS_CREDIT", "", "is empty", "", "a whole number from -44000 to 0", "Fill in the value"),
        ("SK_ID_BUREAU", "", "is empty", "", "a whole number from 1", "Fill in the value"),
        ("SK_ID_BUREAU", "0", "is out of range", "'0'", "from 1 to", "Correct the value"),
        ("SK_ID_BUREAU", "1e18", "is out of range", "'1000000000000000000'", "from 1 to", "Correct the value"),
    ],
)
def test_each_wrong_value_is_shown_with_its_place(
    case: tuple[str, ...], credits_only: Path, destination: Destination
) -> None:
    column, value, problem, found, allowed, remedy = case
    edit_cell(credits_only, BUREAU, column, value, row=2)
    fault = refusal(credits_only, destination)
    assert f"bureau.csv, column {column}: {problem} at line 4" in fault
    assert found in fault
    assert allowed in fault.split("allowed: ")[1]
    assert remedy in fault


def test_the_same_fault_in_many_rows_is_told_once(credits_only: Path, destination: Destination) -> None:
    for row in (1, 2, 3):
        edit_cell(credits_only, BUREAU, "AMT_CREDIT_SUM", str(-row), row=row)
    assert "is out of range at line 3 and 2 more; found '-1'" in refusal(credits_only, destination)


def test_a_history_table_without_rows_is_only_told(credits_only: Path, destination: Destination) -> None:
    write_rows(credits_only / "bureau.csv", TABLES[BUREAU].column_names, [])
    (source,), _ = find_sources(credits_only)
    table, notices = read_table(source, destination)
    assert table.to_pyarrow().num_rows == 0
    assert notices == [f"{source.shown} has a header but no rows."]


def test_unknown_categories_are_told_and_kept(credits_only: Path, destination: Destination) -> None:
    edit_cell(credits_only, BUREAU, "CREDIT_TYPE", "Pawn")
    (source,), _ = find_sources(credits_only)
    table, notices = read_table(source, destination)
    assert table.to_pyarrow().to_pylist()[0]["CREDIT_TYPE"] == "Pawn"
    assert notices == [f"{source.shown}, column CREDIT_TYPE: unknown categories 'Pawn' (1 row); they are kept."]


@pytest.mark.parametrize(
    ("column", "kind", "words"),
    [
        ("AMT_CREDIT_SUM", pa.string(), "is stored as string"),
        ("CREDIT_TYPE", pa.int64(), "is stored as int64"),
        ("CREDIT_DAY_OVERDUE", pa.float64(), "is not a whole number; found '0.5'"),
        ("DAYS_CREDIT", pa.timestamp("us"), "is stored as timestamp"),
    ],
)
def test_wrong_types_in_parquet(
    column: str, kind: pa.DataType, words: str, credits_only: Path, destination: Destination
) -> None:
    convert(credits_only / "bureau.csv", credits_only, "parquet")
    (credits_only / "bureau.csv").unlink()
    path = credits_only / "bureau.parquet"
    table = pq.read_table(path)
    values = {pa.string(): "1", pa.int64(): 1, pa.float64(): 0.5}.get(kind, 0)
    place = table.column_names.index(column)
    changed = table.set_column(place, column, pa.array([values] * len(table), kind))
    pq.write_table(changed, path)
    fault = refusal(credits_only, destination)
    assert f"bureau.parquet, column {column}: {words}" in fault and "allowed: " in fault


def test_a_value_out_of_range_in_parquet(credits_only: Path, destination: Destination) -> None:
    edit_cell(credits_only, BUREAU, "AMT_CREDIT_SUM", "-3", row=1)
    convert(credits_only / "bureau.csv", credits_only, "parquet")
    (credits_only / "bureau.csv").unlink()
    assert "column AMT_CREDIT_SUM: is out of range at row 2; found '-3'" in refusal(credits_only, destination)
