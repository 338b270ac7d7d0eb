"""New applications get the very bits that the batch command gives the same rows."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import urllib3
from flask import Flask
from support.new_applications import GOOD, as_csv, as_json, good_rows, read
from support.serving import serving
from support.tiny_tables import write_tiny_tables

from scoring_dash.api.routes import register_api
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.cli import main
from scoring_dash.core.new_application import ApplicationFaultsError, FaultCode
from scoring_dash.core.words import Direction, TableName
from scoring_dash.data.new_application.read import FileForm
from scoring_dash.data.new_application.sent import read_files, read_object
from scoring_dash.data.schema import TABLES, ColumnKind

BUREAU_HEADER = ",".join(TABLES[TableName.BUREAU].column_names).encode() + b"\n"
SHIPPED = Path(__file__).resolve().parents[2] / "artifacts"
HISTORIES = [name for name in TableName if name not in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("data") / "tables", clients=300)


@pytest.fixture(scope="module")
def artifacts(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("model") / "artifacts"
    assert main(["train", "--data", str(tables), "--artifacts", str(directory), "--no-tracking"]) == 0
    return directory


@pytest.fixture(scope="module")
def services(artifacts: Path) -> LoadedServices:
    return load_services(artifacts)


def without_history(tables: Path, directory: Path) -> Path:
    """The same applications beside history tables that hold no row."""
    directory.mkdir()
    for name in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST):
        (directory / f"{name}.csv").write_bytes((tables / f"{name}.csv").read_bytes())
    for name in HISTORIES:
        (directory / f"{name}.csv").write_text(",".join(TABLES[name].column_names) + "\n")
    return directory


@pytest.mark.parametrize("book", [TableName.APPLICATION_TEST, TableName.APPLICATION_TRAIN])
def test_the_batch_and_the_new_applications_agree_to_the_last_bit(
    tables: Path, artifacts: Path, services: LoadedServices, tmp_path: Path, book: TableName
) -> None:
    directory = without_history(tables, tmp_path / "tables")
    if book is TableName.APPLICATION_TRAIN:  # past clients, whom the batch scores out of fold
        (directory / f"{TableName.APPLICATION_TEST}.csv").unlink()
    out = tmp_path / "scores.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(directory), "--out", str(out)]) == 0
    with out.open() as stream:
        batch = {int(row["SK_ID_CURR"]): row for row in csv.DictReader(stream)}
    applications = read((directory / f"{book}.csv").read_bytes())
    found = list(services.assess_new(applications))
    assert [item.client_id for item in found] == list(applications.numbers)
    assert len(found) == len(batch) >= 75
    for item in found:
        row = batch[item.client_id]
        assert item.probability_of_default == float(row["probability_of_default"])
        assert item.recommendation == row["recommendation"]
        codes = [reason.code for reason in item.reasons_of(Direction.RAISES)]
        assert codes == [row[f"reason_{place}"] for place in range(1, 5) if row[f"reason_{place}"]]


def test_one_alone_gets_the_bits_that_he_gets_among_many(tables: Path, services: LoadedServices) -> None:
    lines = (tables / f"{TableName.APPLICATION_TEST}.csv").read_bytes().splitlines(keepends=True)
    together = list(services.assess_new(read(b"".join(lines))))
    for line, expected in zip(lines[1:12], together, strict=False):
        (alone,) = services.assess_new(read(lines[0] + line))
        assert alone == expected


def test_what_a_missing_score_would_tell_is_what_scoring_it_gives() -> None:
    shipped = load_services(SHIPPED)
    row = {**GOOD, "EXT_SOURCE_2": None}
    gaps = {gap.feature: gap for gap in shipped.gaps_of_new(read(as_json(row), FileForm.JSON))}
    gap = gaps["external_score_2"]
    assert gap.low is not None and gap.high is not None and gap.low < gap.high
    for usual in (0.3, 0.5, 0.65):  # between the 10th and the 90th percentile of the past files
        (item,) = shipped.assess_new(read(as_json({**row, "EXT_SOURCE_2": usual}), FileForm.JSON))
        assert gap.low <= item.probability_of_default <= gap.high


def as_typed(rows: list[dict[str, str]], name: TableName) -> list[dict[str, object]]:
    """Rows as JSON has them: numbers are numbers, what is missing is null."""
    kinds = {column.name: column.kind for column in TABLES[name].columns}
    return [
        {key: (cell if kinds[key] is ColumnKind.TEXT else float(cell)) if cell else None for key, cell in row.items()}
        for row in rows
    ]


def rows_of(tables: Path, name: TableName) -> list[dict[str, str]]:
    with (tables / f"{name}.csv").open() as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def batch(tables: Path, artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, float]:
    """What the batch gives the current files with all they bring of the past."""
    out = tmp_path_factory.mktemp("batch") / "scores.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(tables), "--out", str(out)]) == 0
    with out.open() as stream:
        return {int(row["SK_ID_CURR"]): float(row["probability_of_default"]) for row in csv.DictReader(stream)}


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_files_with_the_past_get_the_bits_of_the_batch(
    tables: Path, services: LoadedServices, batch: dict[int, float], tmp_path: Path, delimiter: str
) -> None:
    files = []
    for name in (*HISTORIES, TableName.APPLICATION_TEST):
        rows = rows_of(tables, name)
        if delimiter == ";":  # as a French spreadsheet writes it
            rows = [
                {key: cell.replace(".", ",") if is_number(cell) else cell for key, cell in row.items()} for row in rows
            ]
        if name is TableName.APPLICATION_TEST:
            rows = rows[::-1]
        files.append((f"{name}.csv", io.BytesIO(as_csv(rows, delimiter=delimiter, names=TABLES[name].column_names))))
    found = list(services.assess_new(read_files(files, tmp_path)))
    assert [item.client_id for item in found] == sorted(batch, reverse=True)
    assert {item.client_id: item.probability_of_default for item in found} == batch


def is_number(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").isdigit()


def test_one_object_with_tables_gets_the_same(
    tables: Path, services: LoadedServices, batch: dict[int, float], tmp_path: Path
) -> None:
    server = Flask("test")
    register_api(server, services)
    content = {name: as_typed(rows_of(tables, name), name) for name in HISTORIES}
    applications = as_typed(rows_of(tables, TableName.APPLICATION_TEST), TableName.APPLICATION_TEST)
    body = as_json({"application": applications, **content})
    answer = server.test_client().post("/api/v1/assessments", data=body, content_type="application/json")
    assert answer.status_code == 200, answer.text[:500]
    items = json.loads(answer.text)["items"]
    assert {item["client_id"]: item["probability_of_default"] for item in items} == batch


def test_the_faults_of_all_tables_are_told_together(tables: Path, tmp_path: Path) -> None:
    applications = rows_of(tables, TableName.APPLICATION_TEST)[:3]
    bureau = [dict(row) for row in rows_of(tables, TableName.BUREAU)[:3]]
    applications[1]["AMT_CREDIT"] = "x"
    bureau[0]["AMT_CREDIT_SUM"] = "=1"
    bureau[2]["SK_ID_BUREAU"] = bureau[1]["SK_ID_BUREAU"]
    files = [
        ("mes demandes.csv", io.BytesIO(as_csv(applications))),
        ("bureau.csv", io.BytesIO(as_csv(bureau))),
        ("POS_CASH_balance.csv", io.BytesIO(b"SK_ID_PREV\n1\n")),
        ("previous_application.csv", io.BytesIO(b"\x1f\x8b")),
    ]
    with pytest.raises(ApplicationFaultsError) as refused:
        read_files(files, tmp_path)
    found = {(fault.table, fault.row, fault.code) for fault in refused.value.faults}
    assert {
        (TableName.APPLICATION_TEST, 3, FaultCode.NOT_A_NUMBER),
        (TableName.BUREAU, 2, FaultCode.FORMULA),
        (TableName.BUREAU, 4, FaultCode.REPEATED_NUMBER),
        (TableName.POS_CASH_BALANCE, None, FaultCode.MISSING_COLUMN),
        (TableName.PREVIOUS_APPLICATION, None, FaultCode.WRONG_FORMAT),
    } <= found


def test_a_file_named_like_no_table_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    files = [(name, io.BytesIO(b"")) for name in ("application_test.csv", "bureaus.csv")]
    with pytest.raises(ApplicationFaultsError) as refused:
        read_files(files, tmp_path)
    (fault,) = refused.value.faults
    assert (fault.code, fault.value, fault.candidates[0]) == (FaultCode.UNKNOWN_TABLE, "bureaus", "bureau")


def test_a_past_without_a_client_number_is_refused(tmp_path: Path) -> None:
    row = {name: value for name, value in GOOD.items() if name != "SK_ID_CURR"}
    with pytest.raises(ApplicationFaultsError) as refused:
        read_object({"application": row, "bureau": []}, tmp_path)
    assert [(fault.code, fault.column) for fault in refused.value.faults] == [(FaultCode.MISSING_COLUMN, "SK_ID_CURR")]


def test_the_server_loads_no_data_library_for_a_past(tables: Path, services: LoadedServices, tmp_path: Path) -> None:
    """The recipes run in a process of their own: the one that asks has neither Ibis nor DuckDB before nor after."""
    script = (
        "import sys, io, pathlib\n"
        "from scoring_dash.assessment.history_features import history_feature_rows\n"
        "from scoring_dash.data.new_application.sent import read_object\n"
        f"found = read_object({{'application': {dict(GOOD)!r}, 'bureau': []}}, pathlib.Path({str(tmp_path)!r}))\n"
        f"print(history_feature_rows(found, pathlib.Path({str(services.artifact.root)!r}), found.directory).shape)\n"
        "print(sorted({'ibis', 'duckdb', 'pyarrow', 'pandas'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    shape, loaded = done.stdout.splitlines()
    assert shape == f"(1, {len(services.model.features)})"
    assert loaded == "[]"


@pytest.mark.server
def test_a_real_server_answers_whoever_sends_too_much_and_streams_the_rest(artifacts: Path, tmp_path: Path) -> None:
    pool = urllib3.PoolManager(retries=False)
    headers = {"Content-Type": "text/csv", "Accept-Encoding": "gzip"}
    with serving(artifacts, tmp_path / "log", worker_count=1) as (base, _):
        path = f"{base}/api/v1/assessments"
        refused = pool.request("POST", path, body=as_csv(good_rows(150_000)), headers=headers, timeout=60)
        assert (refused.status, json.loads(refused.data)["faults"][0]["code"]) == (413, FaultCode.TOO_MANY_ROWS)
        answer = pool.request("POST", path, body=as_csv(good_rows(40)), headers=headers, timeout=60)
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Encoding" not in answer.headers
        assert len(json.loads(answer.data)["items"]) == 40
        files = [("files", ("rows.csv", as_csv(good_rows(3)))), ("files", ("bureau.csv", BUREAU_HEADER))]
        several = pool.request("POST", f"{base}/new-application/file?lang=en", fields=files, timeout=60)
        last = json.loads(several.data.splitlines()[-1])
        assert len(last["csv"].splitlines()) == 4
        assert "past were taken into account" in several.data.decode()
