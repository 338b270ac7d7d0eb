from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import ibis
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.tiny_tables import FIRST_CLIENT, tiny_rows, write_rows, write_tiny_tables

from scoring_dash.core.errors import DataError
from scoring_dash.core.words import TableName
from scoring_dash.data.read import MAXIMUM_FAULTS_PER_FILE, RawTables, read_table, read_tables
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.reading.sources import FileForm, Source, find_sources, unpack
from scoring_dash.data.schema import TABLES

TRAIN, TEST, BUREAU, BALANCE, PREVIOUS = (
    TableName.APPLICATION_TRAIN,
    TableName.APPLICATION_TEST,
    TableName.BUREAU,
    TableName.BUREAU_BALANCE,
    TableName.PREVIOUS_APPLICATION,
)


@pytest.fixture(scope="module")
def connection() -> ibis.BaseBackend:
    return ibis.duckdb.connect(threads=1)


@pytest.fixture
def destination(connection: ibis.BaseBackend, tmp_path: Path) -> Destination:
    """A schema and a workspace of the test's own."""
    database = f"test_{uuid4().hex}"
    connection.create_database(database)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    return Destination(connection, database, workspace)


@pytest.fixture
def credits_only(tmp_path: Path) -> Path:
    """Directory of a tiny bureau table, alone."""
    return write_some(tmp_path / "credits", BUREAU)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The past files of a tiny portfolio and their credits elsewhere."""
    return write_some(tmp_path / "data", TRAIN, BUREAU)


def write_some(directory: Path, *names: TableName, clients: int = 10) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    rows = tiny_rows(clients=clients)
    for name in names:
        write_rows(directory / f"{name}.csv", TABLES[name].column_names, rows[name])
    return directory


def faults(directory: Path, connection: ibis.BaseBackend, *, labelled: bool = True) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_tables(directory, connection, labelled=labelled)
    return [str(fault) for fault in caught.value.faults]


def the_fault(directory: Path, connection: ibis.BaseBackend) -> str:
    (fault,) = faults(directory, connection)
    return fault


def refusal(credits_only: Path, destination: Destination) -> str:
    """Read the one table of a directory by itself; the one fault that it must have."""
    sources, found = find_sources(credits_only)
    if not found:
        (source,) = sources
        with pytest.raises(DataError) as caught:
            read_table(source, destination)
        found = list(caught.value.faults)
    (fault,) = found
    return str(fault)


def content(raw: RawTables) -> dict[str, list[dict[str, object]]]:
    return {str(name): table.to_pyarrow().to_pylist() for name, table in raw.tables.items()}


def edit_cell(directory: Path, name: TableName, column: str, value: str, *, row: int = 0) -> None:
    """Replace one cell; row 0 is line 2 of the file."""
    path = directory / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    rows = [dict(zip(header, _cells(line), strict=True)) for line in lines[1:]]
    rows[row][column] = value
    write_rows(path, header, rows)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]))


def edit_text(directory: Path, name: TableName, change: Callable[[str], str]) -> None:
    path = directory / f"{name}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


class TestWhatIsRead:
    def test_all_eight_tables_with_the_columns_and_types_of_the_schema(
        self, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        raw = read_tables(write_tiny_tables(tmp_path), connection)
        expected = {"integer": "int64", "decimal": "float64", "text": "string"}
        for name, table in raw.tables.items():
            types = {column: str(kind) for column, kind in table.schema().items()}
            assert types == {column.name: expected[column.kind] for column in TABLES[name].columns}
        assert set(raw.tables) == set(TableName)
        assert raw.notices == ()
        assert raw.simulated is False

    def test_values_are_those_of_the_file_in_its_order(self, directory: Path, connection: ibis.BaseBackend) -> None:
        rows = read_tables(directory, connection).tables[TRAIN].to_pyarrow().to_pylist()
        for read, written in zip(rows, tiny_rows(clients=10)[TRAIN], strict=True):
            for column in TABLES[TRAIN].columns:
                text = written[column.name]
                value = read[column.name]
                assert value == (None if text == "" else text if column.categories else float(text)), column.name

    def test_sentinels_are_left_in_the_raw_tables(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, TRAIN, "DAYS_EMPLOYED", "365243")
        rows = read_tables(directory, connection).tables[TRAIN].to_pyarrow().to_pylist()
        assert rows[0]["DAYS_EMPLOYED"] == 365243

    def test_reordered_columns_give_the_same_tables(
        self, directory: Path, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        other = tmp_path / "reordered"
        other.mkdir()
        rows = tiny_rows(clients=10)
        for name in (TRAIN, BUREAU):
            write_rows(other / f"{name}.csv", reversed(TABLES[name].column_names), rows[name])
        assert content(read_tables(other, connection)) == content(read_tables(directory, connection))

    @pytest.mark.parametrize("form", ["gz", "zip", "parquet", "crlf", "bom", "quoted", "no final newline"])
    def test_every_accepted_form_gives_the_same_tables(
        self, form: str, directory: Path, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        for path in directory.iterdir():
            convert(path, other, form)
        assert content(read_tables(other, connection)) == content(read_tables(directory, connection))

    def test_two_directories_can_be_read_into_one_connection(
        self, directory: Path, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        first = read_tables(directory, connection)
        second = read_tables(write_some(tmp_path / "more", TRAIN, clients=20), connection)
        assert first.tables[TRAIN].count().to_pyarrow().as_py() == 10
        assert second.tables[TRAIN].count().to_pyarrow().as_py() == 20

    def test_files_are_not_needed_afterwards(
        self, directory: Path, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        packed = tmp_path / "packed"
        packed.mkdir()
        for path in directory.iterdir():
            convert(path, packed, "zip")
        raw = read_tables(packed, connection)
        shutil.rmtree(packed)
        assert len(raw.tables[TRAIN].to_pyarrow()) == 10

    def test_a_directory_whose_name_looks_like_a_pattern(self, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        raw = read_tables(write_some(tmp_path / "a[b]*'{c}", TRAIN), connection)
        assert len(raw.tables[TRAIN].to_pyarrow()) == 10

    def test_the_mark_of_a_simulated_portfolio(self, directory: Path, connection: ibis.BaseBackend) -> None:
        (directory / "SIMULATED.json").write_text(json.dumps({"simulated": True}), encoding="utf-8")
        assert read_tables(directory, connection).simulated is True

    def test_without_labels_current_files_are_enough(self, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        raw = read_tables(write_some(tmp_path, TEST), connection, labelled=False)
        assert set(raw.tables) == {TEST}

    def test_without_labels_outcomes_may_be_absent(self, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        names = [name for name in TABLES[TRAIN].column_names if name != "TARGET"]
        write_rows(tmp_path / f"{TRAIN}.csv", names, tiny_rows(clients=4)[TRAIN])
        outcomes = read_tables(tmp_path, connection, labelled=False).tables[TRAIN].TARGET.to_pyarrow()
        assert outcomes.to_pylist() == [None] * 4
        assert outcomes.type == pa.int64()


def convert(path: Path, directory: Path, form: str) -> None:
    raw = path.read_bytes()
    if form == "gz":
        (directory / f"{path.name}.gz").write_bytes(gzip.compress(raw))
    elif form == "zip":
        with zipfile.ZipFile(directory / f"{path.name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"some folder/{path.name}", raw)
            archive.writestr(f"__MACOSX/{path.name}", b"junk")
    elif form == "parquet":
        table = TABLES[TableName(path.stem)]
        types = {"integer": pa.int32(), "decimal": pa.float64(), "text": pa.string()}
        kinds = {column.name: types[column.kind] for column in table.columns}
        options = pa.csv.ConvertOptions(column_types=kinds, strings_can_be_null=True)
        pq.write_table(pa.csv.read_csv(path, convert_options=options), directory / f"{path.stem}.parquet")
    elif form == "crlf":
        (directory / path.name).write_bytes(raw.replace(b"\n", b"\r\n"))
    elif form == "bom":
        (directory / path.name).write_bytes(b"\xef\xbb\xbf" + raw)
    elif form == "quoted":
        lines = [",".join(f'"{cell}"' for cell in _cells(line)) for line in raw.decode().splitlines()]
        (directory / path.name).write_text("\n".join(lines), encoding="utf-8")
    else:
        (directory / path.name).write_bytes(raw.rstrip(b"\n"))


class TestFilesThatCannotBeUsed:
    @pytest.mark.parametrize("kind", ["absent", "file"])
    def test_a_directory_that_is_none(self, kind: str, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        directory = tmp_path / "data"
        if kind == "file":
            directory.write_text("x", encoding="utf-8")
        fault = the_fault(directory, connection)
        assert str(directory) in fault
        assert ("does not exist" if kind == "absent" else "is not a directory") in fault
        assert "Give the directory" in fault

    def test_no_past_files(self, directory: Path, connection: ibis.BaseBackend) -> None:
        (directory / "application_train.csv").rename(directory / "Application_Train.CSV")
        fault = the_fault(directory, connection)
        assert "application_train.csv: is missing" in fault
        assert ".csv.gz" in fault and ".parquet" in fault
        assert "found there: Application_Train.CSV" in fault

    def test_no_application_table_at_all(self, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        write_some(tmp_path, BUREAU)
        (fault,) = faults(tmp_path, connection, labelled=False)
        assert "application_train" in fault and "application_test" in fault

    def test_two_files_for_one_table(self, credits_only: Path, destination: Destination) -> None:
        convert(credits_only / "bureau.csv", credits_only, "gz")
        fault = refusal(credits_only, destination)
        assert "2 files for the table bureau" in fault
        assert "bureau.csv, bureau.csv.gz" in fault
        assert "Keep one of them" in fault

    @pytest.mark.parametrize("kind", ["directory", "pipe", "dangling link"])
    def test_what_is_no_file(self, kind: str, credits_only: Path, destination: Destination) -> None:
        path = credits_only / "bureau.csv"
        path.unlink()
        if kind == "directory":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(credits_only / "nowhere.csv")
        assert "bureau.csv: is not a regular file" in refusal(credits_only, destination)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_without_permission(self, directory: Path, connection: ibis.BaseBackend) -> None:
        (directory / "bureau.csv").chmod(0)
        assert "bureau.csv: cannot be read (Permission denied); Check the permissions" in the_fault(
            directory, connection
        )

    @pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".csv.zip", ".parquet"])
    def test_an_empty_file(self, suffix: str, credits_only: Path, destination: Destination) -> None:
        (credits_only / "bureau.csv").unlink()
        (credits_only / f"bureau{suffix}").touch()
        assert f"bureau{suffix}: is empty; Copy or download" in refusal(credits_only, destination)

    @pytest.mark.parametrize("form", ["gz", "zip", "parquet"])
    @pytest.mark.parametrize("damage", ["truncated", "not at all"])
    def test_a_damaged_packed_file(self, form: str, damage: str, credits_only: Path, destination: Destination) -> None:
        plain = credits_only / "bureau.csv"
        convert(plain, credits_only, form)
        plain.unlink()
        (path,) = credits_only.glob("bureau*")
        raw = path.read_bytes()
        path.write_bytes(raw[: len(raw) // 2] if damage == "truncated" else b"no such format" * 20)
        fault = refusal(credits_only, destination)
        assert path.name in fault
        assert "damaged or truncated archive" in fault or "not a readable Parquet file" in fault
        assert "again" in fault

    @pytest.mark.parametrize("members", [[], ["a.csv", "b.csv"], ["readme.txt"]])
    def test_a_zip_without_exactly_one_csv(
        self, members: list[str], credits_only: Path, destination: Destination
    ) -> None:
        (credits_only / "bureau.csv").unlink()
        with zipfile.ZipFile(credits_only / "bureau.csv.zip", "w") as archive:
            for member in members:
                archive.writestr(member, "x")
        fault = refusal(credits_only, destination)
        assert "bureau.csv.zip: holds" in fault and "exactly one" in fault and "Pack bureau.csv alone" in fault

    @pytest.mark.parametrize("form", ["gz", "zip"])
    def test_an_archive_that_unpacks_to_an_absurd_size(self, form: str, directory: Path, tmp_path: Path) -> None:
        convert(directory / "bureau.csv", tmp_path, form)
        source = Source(BUREAU, tmp_path / f"bureau.csv.{form}", FileForm(f".csv.{form}"))
        workspace = tmp_path / "workspace"
        workspace.mkdir()
        with pytest.raises(DataError, match=r"unpacks to more than .* At most 100 bytes are accepted"):
            unpack(source, workspace, maximum_bytes=100)

    @pytest.mark.parametrize("form", ["gz", "zip", "parquet"])
    def test_a_packed_file_under_the_name_of_a_plain_one(
        self, form: str, credits_only: Path, destination: Destination
    ) -> None:
        plain = credits_only / "bureau.csv"
        convert(plain, credits_only, form)
        plain.unlink()
        (packed,) = credits_only.glob("bureau*")
        packed.rename(plain)
        assert "not CSV text; Give it the extension ." in refusal(credits_only, destination)


class TestTextThatIsNotCsv:
    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
    def test_wide_encodings(self, encoding: str, credits_only: Path, destination: Destination) -> None:
        path = credits_only / "bureau.csv"
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        fault = refusal(credits_only, destination)
        assert "bureau.csv: is not UTF-8 text" in fault and "Save the file as UTF-8" in fault

    def test_latin_1_in_a_row(self, credits_only: Path, destination: Destination) -> None:
        path = credits_only / "bureau.csv"
        lines = path.read_bytes().split(b"\n")
        lines[2] = lines[2].replace(b"currency", b"monnaie \xe9trang\xe8re", 1)
        path.write_bytes(b"\n".join(lines))
        fault = refusal(credits_only, destination)
        assert "is not UTF-8 text (it looks like Latin-1) at line 3" in fault

    def test_latin_1_in_the_header(self, credits_only: Path, destination: Destination) -> None:
        path = credits_only / "bureau.csv"
        path.write_bytes(b"\xe9t\xe9," + path.read_bytes())
        assert "it looks like Latin-1) at line 1" in refusal(credits_only, destination)

    @pytest.mark.parametrize(("separator", "name"), [(";", "a semicolon"), ("\t", "a tab"), ("|", "a vertical bar")])
    def test_another_separator(self, separator: str, name: str, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace(",", separator))
        fault = refusal(credits_only, destination)
        assert f"bureau.csv: separates its columns with {name}" in fault
        assert "allowed: a comma" in fault and "comma-separated" in fault

    def test_old_mac_line_ends(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace("\n", "\r"))
        assert "lone carriage return" in refusal(credits_only, destination)

    def test_mixed_line_ends_are_told_or_read(self, credits_only: Path, destination: Destination) -> None:
        path = credits_only / "bureau.csv"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 2))
        assert "mixes Windows and Unix line ends" in refusal(credits_only, destination)

    def test_a_quotation_mark_that_is_never_closed(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace("\n", '\n"', 3).replace('\n"', "\n", 2))
        fault = refusal(credits_only, destination)
        assert "quotation mark that is never closed, at line 4" in fault

    def test_a_row_with_too_few_values(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text[: text.rindex(",", 0, text.rindex(","))])
        fault = refusal(credits_only, destination)
        lines = (credits_only / "bureau.csv").read_text(encoding="utf-8").splitlines()
        assert f"at line {len(lines)}" in fault
        assert "allowed: 17 values" in fault and "cut off" in fault

    def test_a_row_with_too_many_values(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace("\n", "\n1,2,", 2).replace("\n1,2,", "\n", 1))
        assert "has 19 values at line 3; allowed: 17 values" in refusal(credits_only, destination)

    def test_a_line_of_a_million_values(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text + ",".join("1" * 1_000_000) + "\n")
        assert "has 1000000 values at line" in refusal(credits_only, destination)

    @pytest.mark.parametrize(("columns", "words"), [(5_000, "has 5,000 columns"), (700_000, "first line of more than")])
    def test_a_header_without_measure(
        self, columns: int, words: str, credits_only: Path, destination: Destination
    ) -> None:
        (credits_only / "bureau.csv").write_text(",".join("a" * columns) + "\n", encoding="utf-8")
        assert words in refusal(credits_only, destination)


class TestColumns:
    def test_missing_columns(self, credits_only: Path, destination: Destination) -> None:
        names = [name for name in TABLES[BUREAU].column_names if name not in {"AMT_ANNUITY", "CREDIT_TYPE"}]
        write_rows(credits_only / "bureau.csv", names, tiny_rows(clients=10)[BUREAU])
        fault = refusal(credits_only, destination)
        assert "lacks 2 of the 17 columns of bureau: CREDIT_TYPE, AMT_ANNUITY" in fault
        assert "the order of the columns is free" in fault

    def test_columns_in_small_letters(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace("CREDIT_TYPE", "credit_type"))
        assert "The file has credit_type: write the names in capitals" in refusal(credits_only, destination)

    def test_no_header(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.split("\n", 1)[1])
        fault = refusal(credits_only, destination)
        assert "lacks 17 of the 17 columns" in fault and "The first line must name the columns" in fault

    @pytest.mark.parametrize(("held", "name"), [(BALANCE, BUREAU), (BUREAU, PREVIOUS), (TEST, TRAIN), (TRAIN, BALANCE)])
    def test_another_table_in_the_file(
        self, held: TableName, name: TableName, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        write_some(tmp_path, TRAIN)
        write_rows(tmp_path / f"{name}.csv", TABLES[held].column_names, tiny_rows(clients=10)[held])
        fault = the_fault(tmp_path, connection)
        assert f"{name}.csv" in fault
        assert f"Its columns are those of {held}: is it the right file?" in fault

    def test_duplicate_names(self, credits_only: Path, destination: Destination) -> None:
        edit_text(credits_only, BUREAU, lambda text: text.replace("AMT_ANNUITY", "AMT_ANNUITY,AMT_ANNUITY", 1))
        fault = refusal(credits_only, destination)
        assert "column AMT_ANNUITY: has several columns of the same name" in fault and "each column once" in fault

    def test_unexpected_columns_are_told_and_ignored(self, directory: Path, connection: ibis.BaseBackend) -> None:
        expected = content(read_tables(directory, connection))
        strange = 'it\'s "odd"'
        rows = [{**row, strange: "x", "": "y"} for row in tiny_rows(clients=10)[BUREAU]]
        write_rows(directory / "bureau.csv", [strange, *TABLES[BUREAU].column_names, ""], rows)
        raw = read_tables(directory, connection)
        assert content(raw) == expected
        assert any("bureau.csv has columns that the table does not know" in notice for notice in raw.notices)


class TestValues:
    @pytest.mark.parametrize(
        ("column", "value", "problem", "found", "allowed", "remedy"),
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
        self,
        column: str,
        value: str,
        problem: str,
        found: str,
        allowed: str,
        remedy: str,
        credits_only: Path,
        destination: Destination,
    ) -> None:
        edit_cell(credits_only, BUREAU, column, value, row=2)
        fault = refusal(credits_only, destination)
        assert f"bureau.csv, column {column}: {problem} at line 4" in fault
        assert found in fault
        assert allowed in fault.split("allowed: ")[1]
        assert remedy in fault

    def test_several_faults_of_several_files_come_together(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, BUREAU, "AMT_CREDIT_SUM", "much")
        edit_cell(directory, BUREAU, "DAYS_CREDIT", "5", row=1)
        edit_cell(directory, TRAIN, "AMT_CREDIT", "-7")
        edit_cell(directory, TRAIN, "FLAG_MOBIL", "2", row=1)
        (directory / "application_test.csv").touch()
        found = faults(directory, connection)
        assert len(found) == 5
        for words in ("AMT_CREDIT_SUM", "DAYS_CREDIT", "AMT_CREDIT:", "FLAG_MOBIL", "application_test.csv: is empty"):
            assert any(words in fault for fault in found), words

    def test_a_file_full_of_faults_is_cut_short(self, directory: Path, connection: ibis.BaseBackend) -> None:
        rows = [dict.fromkeys(row, "?") for row in tiny_rows(clients=10)[TRAIN]]
        write_rows(directory / f"{TRAIN}.csv", TABLES[TRAIN].column_names, rows)
        found = faults(directory, connection)
        assert len(found) == MAXIMUM_FAULTS_PER_FILE + 1
        assert "more faults; Correct those above first" in found[-1]

    def test_the_same_fault_in_many_rows_is_told_once(self, directory: Path, connection: ibis.BaseBackend) -> None:
        for row in (1, 2, 3):
            edit_cell(directory, TRAIN, "AMT_CREDIT", str(-row), row=row)
        assert "is out of range at line 3 and 2 more; found '-1'" in the_fault(directory, connection)

    @pytest.mark.parametrize("name", [TRAIN, TEST])
    def test_application_tables_without_rows(
        self, name: TableName, directory: Path, connection: ibis.BaseBackend
    ) -> None:
        write_rows(directory / f"{name}.csv", TABLES[name].column_names, [])
        assert f"{name}.csv: has a header but no rows" in the_fault(directory, connection)

    def test_a_history_table_without_rows_is_only_told(self, directory: Path, connection: ibis.BaseBackend) -> None:
        write_rows(directory / "bureau.csv", TABLES[BUREAU].column_names, [])
        raw = read_tables(directory, connection)
        assert raw.tables[BUREAU].to_pyarrow().num_rows == 0
        assert any("bureau.csv has a header but no rows" in notice for notice in raw.notices)

    def test_unknown_categories_are_told_and_kept(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, TRAIN, "NAME_INCOME_TYPE", "Juggler")
        raw = read_tables(directory, connection)
        assert raw.tables[TRAIN].to_pyarrow().to_pylist()[0]["NAME_INCOME_TYPE"] == "Juggler"
        assert any("NAME_INCOME_TYPE: unknown categories 'Juggler' (1 rows)" in notice for notice in raw.notices)

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
        self, column: str, kind: pa.DataType, words: str, credits_only: Path, destination: Destination
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

    def test_a_value_out_of_range_in_parquet(self, credits_only: Path, destination: Destination) -> None:
        edit_cell(credits_only, BUREAU, "AMT_CREDIT_SUM", "-3", row=1)
        convert(credits_only / "bureau.csv", credits_only, "parquet")
        (credits_only / "bureau.csv").unlink()
        assert "column AMT_CREDIT_SUM: is out of range at row 2; found '-3'" in refusal(credits_only, destination)


class TestHowTablesFitTogether:
    def test_a_repeated_client(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, TRAIN, "SK_ID_CURR", str(FIRST_CLIENT), row=3)
        fault = the_fault(directory, connection)
        assert (
            f"column SK_ID_CURR: repeats 1 identifiers; found '{FIRST_CLIENT}'; allowed: each identifier once" in fault
        )

    def test_a_repeated_credit(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_text(directory, BUREAU, lambda text: text + text.splitlines()[1] + "\n")
        assert "bureau.csv, column SK_ID_BUREAU: repeats 1 identifiers" in the_fault(directory, connection)

    def test_repeated_rows_are_normal_where_nothing_identifies_them(
        self, tmp_path: Path, connection: ibis.BaseBackend
    ) -> None:
        write_some(tmp_path, TRAIN, TableName.INSTALLMENTS_PAYMENTS)
        edit_text(tmp_path, TableName.INSTALLMENTS_PAYMENTS, lambda text: text + text.splitlines()[1] + "\n")
        assert TableName.INSTALLMENTS_PAYMENTS in read_tables(tmp_path, connection).tables

    @pytest.mark.parametrize("value", ["2", "-1", "", "yes"])
    def test_an_outcome_that_is_none(self, value: str, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, TRAIN, "TARGET", value, row=1)
        fault = the_fault(directory, connection)
        assert "column TARGET" in fault and "at line 3" in fault and "a whole number from 0 to 1" in fault

    @pytest.mark.parametrize("outcome", ["0", "1"])
    def test_a_single_outcome(self, outcome: str, directory: Path, connection: ibis.BaseBackend) -> None:
        for row in range(10):
            edit_cell(directory, TRAIN, "TARGET", outcome, row=row)
        fault = the_fault(directory, connection)
        assert f"has the same outcome in every row (10 rows); found '{outcome}'" in fault
        assert "Add past files of both outcomes" in fault
        assert read_tables(directory, connection, labelled=False).tables[TRAIN] is not None

    def test_a_client_both_past_and_current(self, directory: Path, connection: ibis.BaseBackend) -> None:
        write_some(directory, TEST)
        edit_cell(directory, TEST, "SK_ID_CURR", str(FIRST_CLIENT))
        fault = the_fault(directory, connection)
        assert "application_test.csv, column SK_ID_CURR: holds 1 clients who are also in application_train" in fault

    def test_history_of_unknown_clients_is_normal(self, directory: Path, connection: ibis.BaseBackend) -> None:
        edit_cell(directory, BUREAU, "SK_ID_CURR", "999999")
        assert not any("bureau.csv" in notice for notice in read_tables(directory, connection).notices)

    def test_mostly_unknown_clients_are_told(self, directory: Path, connection: ibis.BaseBackend) -> None:
        rows = tiny_rows(clients=10)[BUREAU]
        for row in rows:
            row["SK_ID_CURR"] = "999999"
        write_rows(directory / "bureau.csv", TABLES[BUREAU].column_names, rows)
        notices = read_tables(directory, connection).notices
        assert any(f"{len(rows)} of {len(rows)} rows concern clients" in notice for notice in notices)

    def test_months_without_their_credits_are_told(self, tmp_path: Path, connection: ibis.BaseBackend) -> None:
        notices = read_tables(write_some(tmp_path, TRAIN, BALANCE), connection).notices
        assert any("bureau_balance.csv cannot be linked" in notice for notice in notices)

    def test_nothing_stays_in_the_engine_after_a_refusal(self, directory: Path) -> None:
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
