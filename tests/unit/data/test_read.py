from __future__ import annotations

import json
import shutil
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from support.raw_files import content, convert, edit_cell, edit_text, faults, the_fault, write_some
from support.tiny_tables import FIRST_CLIENT, tiny_rows, write_rows, write_tiny_tables

from scoring_dash.core.words import TableName
from scoring_dash.data.read import MAXIMUM_FAULTS_PER_FILE, read_tables
from scoring_dash.data.schema import TABLES

TRAIN, TEST, BUREAU, BALANCE, PREVIOUS = (
    TableName.APPLICATION_TRAIN,
    TableName.APPLICATION_TEST,
    TableName.BUREAU,
    TableName.BUREAU_BALANCE,
    TableName.PREVIOUS_APPLICATION,
)


def test_all_eight_tables_with_the_columns_and_types_of_the_schema(
    tmp_path: Path, connection: ibis.BaseBackend
) -> None:
    raw = read_tables(write_tiny_tables(tmp_path), connection)
    expected = {"integer": "int64", "decimal": "float64", "text": "string"}
    for name, table in raw.tables.items():
        types = {column: str(kind) for column, kind in table.schema().items()}
        assert types == {column.name: expected[column.kind] for column in TABLES[name].columns}
    assert set(raw.tables) == set(TableName)
    assert raw.notices == ()
    assert raw.simulated is False


def test_a_portfolio_in_parquet_is_the_same_portfolio(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    written = write_tiny_tables(tmp_path / "csv")
    (tmp_path / "parquet").mkdir()
    for path in written.iterdir():
        convert(path, tmp_path / "parquet", "parquet")
    assert content(read_tables(tmp_path / "parquet", connection)) == content(read_tables(written, connection))


def test_two_directories_can_be_read_into_one_connection(
    directory: Path, tmp_path: Path, connection: ibis.BaseBackend
) -> None:
    first = read_tables(directory, connection)
    second = read_tables(write_some(tmp_path / "more", TRAIN, clients=20), connection)
    assert first.tables[TRAIN].count().to_pyarrow().as_py() == 10
    assert second.tables[TRAIN].count().to_pyarrow().as_py() == 20


def test_files_are_not_needed_afterwards(directory: Path, tmp_path: Path, connection: ibis.BaseBackend) -> None:
    packed = tmp_path / "packed"
    packed.mkdir()
    for path in directory.iterdir():
        convert(path, packed, "zip")
    raw = read_tables(packed, connection)
    shutil.rmtree(packed)
    assert len(raw.tables[TRAIN].to_pyarrow()) == 10


def test_the_mark_of_a_simulated_portfolio(directory: Path, connection: ibis.BaseBackend) -> None:
    (directory / "SIMULATED.json").write_text(json.dumps({"simulated": True}), encoding="utf-8")
    assert read_tables(directory, connection).simulated is True


def test_without_labels_current_files_are_enough(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    raw = read_tables(write_some(tmp_path, TEST), connection, labelled=False)
    assert set(raw.tables) == {TEST}


def test_without_labels_outcomes_may_be_absent(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    names = [name for name in TABLES[TRAIN].column_names if name != "TARGET"]
    write_rows(tmp_path / f"{TRAIN}.csv", names, tiny_rows(clients=4)[TRAIN])
    outcomes = read_tables(tmp_path, connection, labelled=False).tables[TRAIN].TARGET.to_pyarrow()
    assert outcomes.to_pylist() == [None] * 4
    assert outcomes.type == pa.int64()


@pytest.mark.parametrize("kind", ["absent", "file"])
def test_a_directory_that_is_none(kind: str, tmp_path: Path, connection: ibis.BaseBackend) -> None:
    directory = tmp_path / "data"
    if kind == "file":
        directory.write_text("x", encoding="utf-8")
    fault = the_fault(directory, connection)
    assert str(directory) in fault
    assert ("does not exist" if kind == "absent" else "is not a directory") in fault
    assert "Give the directory" in fault


def test_no_past_files(directory: Path, connection: ibis.BaseBackend) -> None:
    (directory / "application_train.csv").rename(directory / "Application_Train.CSV")
    fault = the_fault(directory, connection)
    assert "application_train.csv: is missing" in fault
    assert ".csv.gz" in fault and ".parquet" in fault
    assert "found there: Application_Train.CSV" in fault


def test_no_application_table_at_all(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    write_some(tmp_path, BUREAU)
    (fault,) = faults(tmp_path, connection, labelled=False)
    assert "application_train" in fault and "application_test" in fault


@pytest.mark.parametrize(("held", "name"), [(BALANCE, BUREAU), (BUREAU, PREVIOUS), (TEST, TRAIN), (TRAIN, BALANCE)])
def test_another_table_in_the_file(
    held: TableName, name: TableName, tmp_path: Path, connection: ibis.BaseBackend
) -> None:
    write_some(tmp_path, TRAIN)
    write_rows(tmp_path / f"{name}.csv", TABLES[held].column_names, tiny_rows(clients=10)[held])
    fault = the_fault(tmp_path, connection)
    assert f"{name}.csv" in fault
    assert f"Its columns are those of {held}: is it the right file?" in fault


def test_unexpected_columns_are_told_and_ignored(directory: Path, connection: ibis.BaseBackend) -> None:
    expected = content(read_tables(directory, connection))
    strange = 'it\'s "odd"'
    rows = [{**row, strange: "x", "": "y"} for row in tiny_rows(clients=10)[BUREAU]]
    write_rows(directory / "bureau.csv", [strange, *TABLES[BUREAU].column_names, ""], rows)
    raw = read_tables(directory, connection)
    assert content(raw) == expected
    assert any("bureau.csv has columns that the table does not know" in notice for notice in raw.notices)


def test_several_faults_of_several_files_come_together(directory: Path, connection: ibis.BaseBackend) -> None:
    edit_cell(directory, BUREAU, "AMT_CREDIT_SUM", "much")
    edit_cell(directory, BUREAU, "DAYS_CREDIT", "5", row=1)
    edit_cell(directory, TRAIN, "AMT_CREDIT", "-7")
    edit_cell(directory, TRAIN, "FLAG_MOBIL", "2", row=1)
    (directory / "application_test.csv").touch()
    found = faults(directory, connection)
    assert len(found) == 5
    for words in ("AMT_CREDIT_SUM", "DAYS_CREDIT", "AMT_CREDIT:", "FLAG_MOBIL", "application_test.csv: is empty"):
        assert any(words in fault for fault in found), words


def test_a_file_full_of_faults_is_cut_short(directory: Path, connection: ibis.BaseBackend) -> None:
    rows = [dict.fromkeys(row, "?") for row in tiny_rows(clients=10)[TRAIN]]
    write_rows(directory / f"{TRAIN}.csv", TABLES[TRAIN].column_names, rows)
    found = faults(directory, connection)
    assert len(found) == MAXIMUM_FAULTS_PER_FILE + 1
    assert "more faults; Correct those above first" in found[-1]


@pytest.mark.parametrize("name", [TRAIN, TEST])
def test_application_tables_without_rows(name: TableName, directory: Path, connection: ibis.BaseBackend) -> None:
    write_rows(directory / f"{name}.csv", TABLES[name].column_names, [])
    assert f"{name}.csv: has a header but no rows" in the_fault(directory, connection)


def test_a_repeated_client(directory: Path, connection: ibis.BaseBackend) -> None:
    edit_cell(directory, TRAIN, "SK_ID_CURR", str(FIRST_CLIENT), row=3)
    fault = the_fault(directory, connection)
    assert f"column SK_ID_CURR: repeats 1 identifier; found '{FIRST_CLIENT}'; allowed: each identifier once" in fault


def test_a_repeated_credit(directory: Path, connection: ibis.BaseBackend) -> None:
    edit_text(directory, BUREAU, lambda text: text + text.splitlines()[1] + "\n")
    assert "bureau.csv, column SK_ID_BUREAU: repeats 1 identifier" in the_fault(directory, connection)


def test_repeated_rows_are_normal_where_nothing_identifies_them(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    write_some(tmp_path, TRAIN, TableName.INSTALLMENTS_PAYMENTS)
    edit_text(tmp_path, TableName.INSTALLMENTS_PAYMENTS, lambda text: text + text.splitlines()[1] + "\n")
    assert TableName.INSTALLMENTS_PAYMENTS in read_tables(tmp_path, connection).tables


@pytest.mark.parametrize("value", ["2", "-1", "", "yes"])
def test_an_outcome_that_is_none(value: str, directory: Path, connection: ibis.BaseBackend) -> None:
    edit_cell(directory, TRAIN, "TARGET", value, row=1)
    fault = the_fault(directory, connection)
    assert "column TARGET" in fault and "at line 3" in fault and "a whole number from 0 to 1" in fault


@pytest.mark.parametrize("outcome", ["0", "1"])
def test_a_single_outcome(outcome: str, directory: Path, connection: ibis.BaseBackend) -> None:
    for row in range(10):
        edit_cell(directory, TRAIN, "TARGET", outcome, row=row)
    fault = the_fault(directory, connection)
    assert f"has the same outcome in every row (10 rows); found '{outcome}'" in fault
    assert "Add past files of both outcomes" in fault
    assert read_tables(directory, connection, labelled=False).tables[TRAIN] is not None


def test_a_client_both_past_and_current(directory: Path, connection: ibis.BaseBackend) -> None:
    write_some(directory, TEST)
    edit_cell(directory, TEST, "SK_ID_CURR", str(FIRST_CLIENT))
    fault = the_fault(directory, connection)
    assert "application_test.csv, column SK_ID_CURR: holds 1 client also in application_train" in fault


def test_history_of_unknown_clients_is_normal(directory: Path, connection: ibis.BaseBackend) -> None:
    edit_cell(directory, BUREAU, "SK_ID_CURR", "999999")
    assert not any("bureau.csv" in notice for notice in read_tables(directory, connection).notices)


def test_mostly_unknown_clients_are_told(directory: Path, connection: ibis.BaseBackend) -> None:
    rows = tiny_rows(clients=10)[BUREAU]
    for row in rows:
        row["SK_ID_CURR"] = "999999"
    write_rows(directory / "bureau.csv", TABLES[BUREAU].column_names, rows)
    notices = read_tables(directory, connection).notices
    assert any(f"{len(rows)} of {len(rows)} rows concern clients" in notice for notice in notices)


def test_months_without_their_credits_are_told(tmp_path: Path, connection: ibis.BaseBackend) -> None:
    notices = read_tables(write_some(tmp_path, TRAIN, BALANCE), connection).notices
    assert any("bureau_balance.csv cannot be linked" in notice for notice in notices)


def test_nothing_stays_in_the_engine_after_a_refusal(directory: Path) -> None:
    engine = ibis.duckdb.connect(threads=1)
    edit_cell(directory, BUREAU, "AMT_CREDIT_SUM", "much")
    faults(directory, engine)
    left = engine.raw_sql("SELECT table_name FROM information_schema.tables").fetchall()
    assert left == []


@pytest.mark.parametrize("folder", ["applications", "histories", "instalments"])
def test_the_real_tables_have_no_fault(folder: str, real_data: Path, connection: ibis.BaseBackend) -> None:
    raw = read_tables(real_data / folder, connection)
    assert raw.tables
    assert [notice for notice in raw.notices if not notice.startswith("No file for")] == []
