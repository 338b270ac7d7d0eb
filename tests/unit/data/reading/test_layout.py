from __future__ import annotations

from pathlib import Path

import pytest
from support.raw_files import edit_text, refusal
from support.tiny_tables import tiny_rows, write_rows

from scoring_dash.core.words import TableName
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.schema import TABLES

BUREAU = TableName.BUREAU


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings(encoding: str, credits_only: Path, destination: Destination) -> None:
    path = credits_only / "bureau.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    fault = refusal(credits_only, destination)
    assert "bureau.csv: is not UTF-8 text" in fault and "Save the file as UTF-8" in fault


def test_latin_1_in_a_row(credits_only: Path, destination: Destination) -> None:
    path = credits_only / "bureau.csv"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"currency", b"monnaie \xe9trang\xe8re", 1)
    path.write_bytes(b"\n".join(lines))
    fault = refusal(credits_only, destination)
    assert "is not UTF-8 text (it looks like Latin-1) at line 3" in fault


def test_latin_1_in_the_header(credits_only: Path, destination: Destination) -> None:
    path = credits_only / "bureau.csv"
    path.write_bytes(b"\xe9t\xe9," + path.read_bytes())
    assert "it looks like Latin-1) at line 1" in refusal(credits_only, destination)


@pytest.mark.parametrize(("separator", "name"), [(";", "a semicolon"), ("\t", "a tab"), ("|", "a vertical bar")])
def test_another_separator(separator: str, name: str, credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace(",", separator))
    fault = refusal(credits_only, destination)
    assert f"bureau.csv: separates its columns with {name}" in fault
    assert "allowed: a comma" in fault and "comma-separated" in fault


def test_old_mac_line_ends(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace("\n", "\r"))
    assert "lone carriage return" in refusal(credits_only, destination)


def test_mixed_line_ends_are_told_or_read(credits_only: Path, destination: Destination) -> None:
    path = credits_only / "bureau.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 2))
    assert "mixes Windows and Unix line ends" in refusal(credits_only, destination)


def test_a_quotation_mark_that_is_never_closed(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace("\n", '\n"', 3).replace('\n"', "\n", 2))
    fault = refusal(credits_only, destination)
    assert "quotation mark that is never closed, at line 4" in fault


def test_a_row_with_too_few_values(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text[: text.rindex(",", 0, text.rindex(","))])
    fault = refusal(credits_only, destination)
    lines = (credits_only / "bureau.csv").read_text(encoding="utf-8").splitlines()
    assert f"at line {len(lines)}" in fault
    assert "allowed: 17 values" in fault and "cut off" in fault


def test_a_row_with_too_many_values(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace("\n", "\n1,2,", 2).replace("\n1,2,", "\n", 1))
    assert "has 19 values at line 3; allowed: 17 values" in refusal(credits_only, destination)


def test_a_line_of_a_million_values(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text + ",".join("1" * 1_000_000) + "\n")
    assert "has 1000000 values at line" in refusal(credits_only, destination)


@pytest.mark.parametrize(("columns", "words"), [(5_000, "has 5,000 columns"), (700_000, "first line of more than")])
def test_a_header_without_measure(columns: int, words: str, credits_only: Path, destination: Destination) -> None:
    (credits_only / "bureau.csv").write_text(",".join("a" * columns) + "\n", encoding="utf-8")
    assert words in refusal(credits_only, destination)


def test_missing_columns(credits_only: Path, destination: Destination) -> None:
    names = [name for name in TABLES[BUREAU].column_names if name not in {"AMT_ANNUITY", "CREDIT_TYPE"}]
    write_rows(credits_only / "bureau.csv", names, tiny_rows(clients=10)[BUREAU])
    fault = refusal(credits_only, destination)
    assert "lacks 2 of the 17 columns of bureau: CREDIT_TYPE, AMT_ANNUITY" in fault
    assert "the order of the columns is free" in fault


def test_columns_in_small_letters(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace("CREDIT_TYPE", "credit_type"))
    assert "The file has credit_type: write the names in capitals" in refusal(credits_only, destination)


def test_no_header(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.split("\n", 1)[1])
    fault = refusal(credits_only, destination)
    assert "lacks 17 of the 17 columns" in fault and "The first line must name the columns" in fault


def test_duplicate_names(credits_only: Path, destination: Destination) -> None:
    edit_text(credits_only, BUREAU, lambda text: text.replace("AMT_ANNUITY", "AMT_ANNUITY,AMT_ANNUITY", 1))
    fault = refusal(credits_only, destination)
    assert "column AMT_ANNUITY: has several columns of the same name" in fault and "each column once" in fault
