from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from support.raw_files import convert, refusal

from scoring_dash.core.errors import DataError
from scoring_dash.core.words import TableName
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.reading.sources import FileForm, Source, unpacked

BUREAU = TableName.BUREAU


def test_two_files_for_one_table(credits_only: Path, destination: Destination) -> None:
    convert(credits_only / "bureau.csv", credits_only, "gz")
    fault = refusal(credits_only, destination)
    assert "2 files for the table bureau" in fault
    assert "bureau.csv, bureau.csv.gz" in fault
    assert "Keep one of them" in fault


@pytest.mark.parametrize("kind", ["directory", "pipe", "dangling link"])
def test_what_is_no_file(kind: str, credits_only: Path, destination: Destination) -> None:
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
def test_a_file_without_permission(credits_only: Path, destination: Destination) -> None:
    (credits_only / "bureau.csv").chmod(0)
    fault = refusal(credits_only, destination)
    assert "bureau.csv: cannot be read (Permission denied); Check the permissions" in fault


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".csv.zip", ".parquet"])
def test_an_empty_file(suffix: str, credits_only: Path, destination: Destination) -> None:
    (credits_only / "bureau.csv").unlink()
    (credits_only / f"bureau{suffix}").touch()
    assert f"bureau{suffix}: is empty; Copy or download" in refusal(credits_only, destination)


@pytest.mark.parametrize("form", ["gz", "zip", "parquet"])
@pytest.mark.parametrize("damage", ["truncated", "not at all"])
def test_a_damaged_packed_file(form: str, damage: str, credits_only: Path, destination: Destination) -> None:
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
def test_a_zip_without_exactly_one_csv(members: list[str], credits_only: Path, destination: Destination) -> None:
    (credits_only / "bureau.csv").unlink()
    with zipfile.ZipFile(credits_only / "bureau.csv.zip", "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    fault = refusal(credits_only, destination)
    assert "bureau.csv.zip: holds" in fault and "exactly one" in fault and "Pack bureau.csv alone" in fault


@pytest.mark.parametrize("form", ["gz", "zip"])
def test_an_archive_that_unpacks_to_an_absurd_size(form: str, credits_only: Path, tmp_path: Path) -> None:
    convert(credits_only / "bureau.csv", tmp_path, form)
    source = Source(BUREAU, tmp_path / f"bureau.csv.{form}", FileForm(f".csv.{form}"))
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    refused = pytest.raises(DataError, match=r"unpacks to more than .* At most 100 bytes are accepted")
    with refused, unpacked(source, workspace, maximum_bytes=100):
        pass
    assert list(workspace.iterdir()) == []


@pytest.mark.parametrize("form", ["gz", "zip", "parquet"])
def test_a_packed_file_under_the_name_of_a_plain_one(form: str, credits_only: Path, destination: Destination) -> None:
    plain = credits_only / "bureau.csv"
    convert(plain, credits_only, form)
    plain.unlink()
    (packed,) = credits_only.glob("bureau*")
    packed.rename(plain)
    assert "not CSV text; Give it the extension ." in refusal(credits_only, destination)
