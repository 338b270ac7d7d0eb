from __future__ import annotations

import shutil
from pathlib import Path

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.raw_files import convert, edit_cell, read_rows, refusal, write_some
from support.tiny_tables import tiny_rows, write_rows

from scoring_dash.core.errors import DataError
from scoring_dash.core.words import TableName
from scoring_dash.data.read import read_table
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.reading.sources import find_sources
from scoring_dash.data.schema import TABLES

TRAIN, BUREAU = TableName.APPLICATION_TRAIN, TableName.BUREAU


def test_values_are_those_of_the_file_in_its_order(tmp_path: Path, destination: Destination) -> None:
    read = read_rows(write_some(tmp_path / "past", TRAIN), destination)
    for row, written in zip(read, tiny_rows(clients=10)[TRAIN], strict=True):
        for column in TABLES[TRAIN].columns:
            text = written[column.name]
            expected = None if text == "" else text if column.categories else float(text)
            assert row[column.name] == expected, column.name


def test_sentinels_are_left_in_the_raw_table(tmp_path: Path, destination: Destination) -> None:
    directory = write_some(tmp_path / "past", TRAIN)
    edit_cell(directory, TRAIN, "DAYS_EMPLOYED", "365243")
    assert read_rows(directory, destination)[0]["DAYS_EMPLOYED"] == 365243


def test_reordered_columns_give_the_same_table(credits_only: Path, destination: Destination) -> None:
    expected = read_rows(credits_only, destination)
    write_rows(credits_only / "bureau.csv", reversed(TABLES[BUREAU].column_names), tiny_rows(clients=10)[BUREAU])
    assert read_rows(credits_only, destination) == expected


@pytest.mark.parametrize("form", ["gz", "zip", "parquet", "crlf", "bom", "quoted", "no final newline"])
def test_every_accepted_form_gives_the_same_table(
    form: str, credits_only: Path, tmp_path: Path, destination: Destination
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    convert(credits_only / "bureau.csv", other, form)
    assert read_rows(other, destination) == read_rows(credits_only, destination)


def test_a_directory_whose_name_looks_like_a_pattern(tmp_path: Path, destination: Destination) -> None:
    assert len(read_rows(write_some(tmp_path / "a[b]*'{c}", TRAIN), destination)) == 10


def test_unpacked_files_do_not_stay_in_the_workspace(
    credits_only: Path, tmp_path: Path, destination: Destination
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    convert(credits_only / "bureau.csv", other, "zip")
    read_rows(other, destination)
    assert list(destination.workspace.iterdir()) == []


def test_an_engine_without_memory_is_not_blamed_on_the_file(credits_only: Path, tmp_path: Path) -> None:
    small = ibis.duckdb.connect(threads=1, memory_limit="1MB", temp_directory="")
    small.create_database("raw")
    fault = refusal(credits_only, Destination(small, "raw", tmp_path))
    assert "does not fit into the engine" in fault and "Give the engine more memory" in fault


@st.composite
def damage(draw: st.DrawFn, original: bytes) -> bytes:
    """Truncate, flip bytes, insert, delete a slice, or delete a column of a CSV."""
    raw = bytearray(original)
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["truncate", "flip", "insert", "delete", "column"]))
        place = draw(st.integers(0, max(0, len(raw) - 1)))
        if kind == "truncate":
            del raw[place:]
        elif kind == "flip" and raw:
            raw[place] = draw(st.integers(0, 255))
        elif kind == "insert":
            raw[place:place] = draw(
                st.sampled_from([b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"nan", b"''", b"-", b"1e999"])
            )
        elif kind == "delete":
            del raw[place : place + draw(st.integers(1, 40))]
        elif kind == "column":
            lines = bytes(raw).split(b"\n")
            number = draw(st.integers(0, 16))
            raw = bytearray(
                b"\n".join(b",".join(p for i, p in enumerate(line.split(b",")) if i != number) for line in lines)
            )
    return bytes(raw)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_some(tmp_path_factory.mktemp("original"), BUREAU, clients=4)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data())
def test_a_damaged_file_gives_its_table_or_a_data_error_but_nothing_else(
    data: st.DataObject, original: Path, tmp_path: Path, destination: Destination
) -> None:
    directory = tmp_path / "mutant"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    destination.connection.raw_sql(f"DROP TABLE IF EXISTS {destination.database}.bureau").fetchall()
    form = data.draw(st.sampled_from(["no final newline", "gz", "zip", "parquet"]), label="form")
    convert(original / "bureau.csv", directory, form)
    (path,) = directory.glob("bureau*")
    path.write_bytes(data.draw(damage(path.read_bytes()), label="bytes"))
    sources, found = find_sources(directory)
    try:
        for source in sources:
            table, _ = read_table(source, destination)
            assert table.columns == TABLES[BUREAU].column_names
    except DataError as error:
        found += error.faults
    assert all("bureau" in fault.file for fault in found)
