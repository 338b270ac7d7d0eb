"""Tables of the past beside the applications: whatever their form, the recipes get the same rows, or every fault."""

from __future__ import annotations

import csv
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.new_applications import GOOD, as_csv, as_json
from support.tiny_tables import tiny_rows

from scoring_dash.core.new_application import ApplicationFaultsError, FaultCode
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.histories import HISTORY_TABLES
from scoring_dash.data.new_application.sent import read_files, read_json_sent, read_object
from scoring_dash.data.schema import TABLES, ColumnKind

ROWS = tiny_rows(clients=40, seed=9)
APPLICATIONS = ROWS[TableName.APPLICATION_TEST]


def written(directory: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted(directory.glob("*.csv"))}


def typed(name: TableName) -> list[dict[str, object]]:
    kinds = {column.name: column.kind for column in TABLES[name].columns}
    return [
        {key: (cell if kinds[key] is ColumnKind.TEXT else float(cell)) if cell else None for key, cell in row.items()}
        for row in ROWS[name]
    ]


def test_every_form_gives_the_recipes_the_same_rows(tmp_path: Path) -> None:
    as_files, as_object = tmp_path / "files", tmp_path / "object"
    as_files.mkdir()
    as_object.mkdir()
    files = [
        (f"{name.upper()}.csv", io.BytesIO(as_csv(ROWS[name], delimiter="\t", names=TABLES[name].column_names)))
        for name in HISTORY_TABLES
    ]
    read_files([*files, ("nouvelles.json", io.BytesIO(as_json(typed(TableName.APPLICATION_TEST))))], as_files)
    tables = {name: typed(name) for name in HISTORY_TABLES}
    body = as_json({**tables, "application": typed(TableName.APPLICATION_TEST)})
    found = read_json_sent(io.BytesIO(body), as_object)
    assert found.directory == as_object
    assert written(as_files) == written(as_object)
    assert written(as_files).keys() == {*map(str, HISTORY_TABLES), "application_test"}


def test_what_is_written_reads_back_to_the_values_sent(tmp_path: Path) -> None:
    read_object({"application": typed(TableName.APPLICATION_TEST), "bureau": typed(TableName.BUREAU)}, tmp_path)
    with (tmp_path / "bureau.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    kinds = {column.name: column.kind for column in TABLES[TableName.BUREAU].columns}
    for row, sent in zip(rows, ROWS[TableName.BUREAU], strict=True):
        for name, cell in row.items():
            same = (
                cell == sent[name] if kinds[name] is ColumnKind.TEXT or not cell else float(cell) == float(sent[name])
            )
            assert same, name


def test_a_table_that_was_not_sent_has_a_header_alone(tmp_path: Path) -> None:
    read_object({"application": dict(GOOD)}, tmp_path)
    for name in HISTORY_TABLES:
        assert written(tmp_path)[name] == ",".join(TABLES[name].column_names) + "\n"


def test_columns_that_may_not_decide_are_written_empty(tmp_path: Path) -> None:
    read_object({"application": {**GOOD, "CODE_GENDER": "F", "DAYS_BIRTH": -9_000}}, tmp_path)
    (row,) = csv.DictReader(io.StringIO(written(tmp_path)["application_test"]))
    assert (row["CODE_GENDER"], row["DAYS_BIRTH"], row["AMT_CREDIT"]) == ("", "", "450000.0")


def test_zero_is_an_amount_of_the_past(tmp_path: Path) -> None:
    past = {"SK_ID_PREV": 1, "SK_ID_CURR": GOOD["SK_ID_CURR"], "AMT_CREDIT": 0, "AMT_ANNUITY": 0}
    faults = faults_of({"application": dict(GOOD), "previous_application": past}, tmp_path)
    assert not {"AMT_CREDIT", "AMT_ANNUITY"} & {column for _, column in faults}


def faults_of(tables: dict[str, object], directory: Path) -> set[tuple[FaultCode, str | None]]:
    try:
        read_object(tables, directory)
    except ApplicationFaultsError as error:
        return {(fault.code, fault.column) for fault in error.faults}
    return set()


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"bureau": [{"SK_ID_CURR": 1}]}, FaultCode.EMPTY_CELL),
        ({"bureau": [5]}, FaultCode.NOT_AN_OBJECT),
        ({"bureau": [{"SK_ID_BUREAUX": 1}]}, FaultCode.UNKNOWN_COLUMN),
        ({"bureaus": []}, FaultCode.UNKNOWN_TABLE),
        ({"SK_ID_CURR": 5}, FaultCode.UNKNOWN_TABLE),
    ],
)
def test_what_is_wrong_with_tables(tables: dict[str, object], code: FaultCode, tmp_path: Path) -> None:
    assert code in {found for found, _ in faults_of({"application": dict(GOOD), **tables}, tmp_path)}


@given(st.binary(max_size=300), st.sampled_from([*HISTORY_TABLES]), st.sampled_from([".csv", ".json"]))
def test_no_bytes_of_a_table_make_the_reader_fail_otherwise(content: bytes, name: TableName, ending: str) -> None:
    files = [("application.csv", io.BytesIO(as_csv([GOOD]))), (f"{name}{ending}", io.BytesIO(content))]
    with tempfile.TemporaryDirectory() as directory, suppress(ApplicationFaultsError):
        read_files(files, Path(directory))


_ITEMS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*map(str, HISTORY_TABLES), "x"]), _ITEMS, max_size=3), _ITEMS)
def test_no_object_makes_the_reader_fail_otherwise(tables: dict[str, object], application: object) -> None:
    body = as_json({**tables, "application": application})
    with tempfile.TemporaryDirectory() as directory, suppress(ApplicationFaultsError):
        read_json_sent(io.BytesIO(body), Path(directory))
