"""Each command as its users type it: results, and one clear message for each thing that can be wrong."""

from __future__ import annotations

import csv
import gzip
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support.tiny_tables import write_tiny_tables

from scoring_dash.cli import main
from scoring_dash.pipeline.score import COLUMNS


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("data") / "tables", clients=60)


@pytest.fixture(scope="module")
def artifacts(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("model") / "artifacts"
    assert main(["train", "--data", str(tables), "--artifacts", str(directory), "--no-tracking"]) == 0
    return directory


@pytest.fixture
def copy(tables: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tables, tmp_path / "tables"))


def test_training_prints_the_figures_writes_one_version_and_registers_it(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--data", str(tables), "--artifacts", str(tmp_path / "a")]) == 0
    printed, progress = capsys.readouterr()
    assert "the new candidate" in progress
    for word in ("AUC", "PR-AUC", "KS", "Brier", "calibration error", "cost per client", "accepting all", "threshold"):
        assert word in printed
    assert len(list((tmp_path / "a" / "versions").iterdir())) == 1


def test_a_batch_holds_every_current_application(tables: Path, artifacts: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(tables), "--out", str(out)]) == 0
    with out.open() as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 15
    assert all(0 <= float(row["probability_of_default"]) <= 1 for row in rows)
    assert {row["recommendation"] for row in rows} <= {"accept", "review", "refuse"}


def test_csv_and_parquet_hold_the_same_bits(tables: Path, artifacts: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.parquet"):
        assert main(["score", "--artifacts", str(artifacts), "--data", str(tables), "--out", str(tmp_path / name)]) == 0
    with (tmp_path / "a.csv").open() as stream:
        texts = [float(row["probability_of_default"]) for row in csv.DictReader(stream)]
    assert pq.read_table(tmp_path / "a.parquet")["probability_of_default"].to_pylist() == texts


def test_without_a_test_table_the_past_files_are_scored_out_of_fold(
    tables: Path, artifacts: Path, tmp_path: Path
) -> None:
    from scoring_dash.bootstrap import load_services

    past_only = tmp_path / "past"
    shutil.copytree(tables, past_only)
    (past_only / "application_test.csv").unlink()
    out = tmp_path / "scores.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(past_only), "--out", str(out)]) == 0
    past = load_services(artifacts).portfolio.past
    stored = dict(zip(past.client_ids.tolist(), past.probabilities.tolist(), strict=True))
    with out.open() as stream:
        found = {int(row["SK_ID_CURR"]): float(row["probability_of_default"]) for row in csv.DictReader(stream)}
    assert found == stored


def damage_missing(directory: Path) -> None:
    (directory / "application_train.csv").unlink()


def damage_empty(directory: Path) -> None:
    (directory / "bureau.csv").write_text("")


def damage_truncated(directory: Path) -> None:
    content = gzip.compress((directory / "bureau.csv").read_bytes())
    (directory / "bureau.csv").unlink()
    (directory / "bureau.csv.gz").write_bytes(content[: len(content) // 2])


def damage_type(directory: Path) -> None:
    path = directory / "application_train.csv"
    lines = path.read_text().splitlines()
    header = lines[0].split(",")
    cells = next(csv.reader([lines[3]]))
    cells[header.index("AMT_CREDIT")] = "much"
    lines[3] = ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)
    path.write_text("\n".join(lines) + "\n")


def damage_duplicate(directory: Path) -> None:
    path = directory / "application_train.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n")


def damage_wrong_table(directory: Path) -> None:
    shutil.copy(directory / "POS_CASH_balance.csv", directory / "bureau.csv")


def damage_column(directory: Path) -> None:
    path = directory / "bureau.csv"
    path.write_text(path.read_text().replace("AMT_CREDIT_SUM_DEBT", "AMT_DEBT", 1))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damage_missing, ["application_train"]),
        (damage_empty, ["bureau.csv", "empty"]),
        (damage_truncated, ["bureau.csv.gz"]),
        (damage_type, ["application_train.csv", "AMT_CREDIT", "much", "allowed"]),
        (damage_duplicate, ["application_train.csv", "SK_ID_CURR"]),
        (damage_wrong_table, ["bureau.csv", "POS_CASH_balance"]),
        (damage_column, ["bureau.csv", "AMT_CREDIT_SUM_DEBT"]),
    ],
)
def test_bad_tables_get_one_clear_message_and_write_nothing(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: object, said: list[str]
) -> None:
    damage(copy)  # type: ignore[operator]
    target = tmp_path / "artifacts"
    assert main(["train", "--data", str(copy), "--artifacts", str(target)]) == 65
    message = capsys.readouterr().err
    for word in said:
        assert word in message
    assert "Traceback" not in message
    assert not target.exists()


def test_columns_in_another_order_give_the_same_model(copy: Path, artifacts: Path, tmp_path: Path) -> None:
    path = copy / "application_train.csv"
    with path.open() as stream:
        rows = [row[::-1] for row in csv.reader(stream)]
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert main(["train", "--data", str(copy), "--artifacts", str(tmp_path / "again"), "--no-tracking"]) == 0
    assert (tmp_path / "again" / "current.json").read_text() == (artifacts / "current.json").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["score", "--artifacts", "none", "--data", "none", "--out", "x.csv"], 78, "no such directory"),
        (["serve", "--artifacts", "none", "--port", "0"], 78, "SCORING_PORT is 0"),
        (["serve", "--artifacts", "none", "--host", "0.0.0.0"], 78, "not a loopback address"),
        (["serve", "--artifacts", "none"], 78, "no such directory"),
        (["train", "--data", "none", "--artifacts", "x"], 65, "none"),
    ],
)
def test_wrong_arguments(arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    message = capsys.readouterr().err
    assert said in message
    assert "Traceback" not in message


def test_a_batch_file_must_be_csv_or_parquet(
    tables: Path, artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["score", "--artifacts", str(artifacts), "--data", str(tables), "--out"]
    assert main([*base, str(tmp_path / "x.xlsx")]) == 78
    assert "allowed: a file name that ends in .csv or .parquet" in capsys.readouterr().err
    assert main([*base, str(tmp_path / "no" / "x.csv")]) == 78
    assert "No such file or directory" in capsys.readouterr().err


def test_a_batch_without_a_table_of_the_model_names_it(
    copy: Path, artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "bureau.csv").unlink()
    out = tmp_path / "x.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(copy), "--out", str(out)]) == 65
    assert "bureau: is missing, and the model uses it" in capsys.readouterr().err
    assert list(tmp_path.glob("*.csv")) + list(tmp_path.glob(".writing*")) == []


def test_a_batch_tells_of_a_category_that_training_never_saw(
    copy: Path, artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "application_test.csv"
    with path.open() as stream:
        rows = list(csv.reader(stream))
    rows[1][rows[0].index("OCCUPATION_TYPE")] = "Astronaut"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    out = tmp_path / "x.csv"
    assert main(["score", "--artifacts", str(artifacts), "--data", str(copy), "--out", str(out)]) == 0
    assert "Astronaut was never seen in training and is scored as missing" in capsys.readouterr().err
