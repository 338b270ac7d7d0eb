"""``evaluate`` as its users type it: stored figures, new labelled files, and a JSON of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.tiny_tables import write_tiny_tables

from scoring_dash.cli import main


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("data") / "tables", clients=60)


@pytest.fixture(scope="module")
def artifacts(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("model") / "artifacts"
    assert main(["train", "--data", str(tables), "--artifacts", str(directory), "--no-tracking"]) == 0
    return directory


def test_the_stored_evaluation_is_printed(artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"
    assert main(["evaluate", "--artifacts", str(artifacts), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    for words in ("60 past files", "calibration: bins", "by contract type", "by fold", "audit by sex", "self-check"):
        assert words in printed
    (stored,) = artifacts.glob("versions/*/model/evaluation.json")
    assert json.loads(out.read_text()) == json.loads(stored.read_text())


def test_labelled_files_are_checked(artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    others = write_tiny_tables(tmp_path / "others", clients=110, seed=5)  # the first 60 + 15 numbers are known
    out = tmp_path / "figures.json"
    arguments = ["evaluate", "--artifacts", str(artifacts), "--data", str(others), "--out", str(out)]
    assert main(arguments) == 0
    assert "50 labelled files that took no part in its training, 60 that did" in capsys.readouterr().out
    figures = json.loads(out.read_text())
    assert (figures["unseen"]["files"], figures["known"]["files"]) == (50, 60)


@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        (["--data", "none"], 65, "none"),
        (["--out", "figures.txt"], 78, "ends with .json"),
    ],
)
def test_wrong_arguments(
    artifacts: Path, capsys: pytest.CaptureFixture[str], extra: list[str], code: int, said: str
) -> None:
    assert main(["evaluate", "--artifacts", str(artifacts), *extra]) == code
    assert said in capsys.readouterr().err


def test_files_without_outcomes_are_refused(
    artifacts: Path, tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in tables.iterdir():
        if path.stem != "application_train":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    assert main(["evaluate", "--artifacts", str(artifacts), "--data", str(tmp_path)]) == 65
    assert "application_train" in capsys.readouterr().err
