"""New applications get the very bits that the batch command gives the same rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support.new_applications import GOOD, as_json, read
from support.tiny_tables import write_tiny_tables

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.cli import main
from scoring_dash.core.words import Direction, TableName
from scoring_dash.data.new_application.read import FileForm
from scoring_dash.data.schema import TABLES

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
