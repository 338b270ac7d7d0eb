"""``compare`` and ``tune`` as their users type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.tiny_tables import write_tiny_tables

from scoring_dash.cli import main


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("data") / "tables", clients=60)


def test_compare_prints_the_tables_and_writes_the_report(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "comparison.json"
    arguments = ["compare", "--data", str(tables), "--families", "dummy,lightgbm", "--exclusions", "--out", str(out)]
    assert main([*arguments, "--no-tracking"]) == 0
    printed = capsys.readouterr().out
    for word in ("dummy", "lightgbm", "lawful + age", "lawful + social circle", "PR-AUC", "slope"):
        assert word in printed
    report = json.loads(out.read_text(encoding="utf-8"))
    assert [result["name"] for result in report["families"]] == ["dummy", "lightgbm"]
    groups = [result["group"] for result in report["exclusions"] if result["group"]]
    assert groups == [
        "sex", "age", "family", "residence", "building", "social_circle", "companion", "moment", "contact",
    ]  # fmt: skip


def test_tune_prints_the_ranking_and_writes_the_report(
    tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tuning.json"
    arguments = ["tune", "--data", str(tables), "--method", "optuna", "--trials", "2", "--out", str(out)]
    assert main([*arguments, "--no-tracking"]) == 0
    assert "optuna 2" in capsys.readouterr().out
    assert len(json.loads(out.read_text(encoding="utf-8"))["trials"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "--families", "boost"], "--families is 'boost'; allowed: dummy"),
        (["compare", "--out", "report.txt"], "--out is 'report.txt'; allowed: a file whose name ends with .json"),
        (["tune", "--out", "nowhere/report.json"], "'nowhere/report.json'; its directory does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_tables_are_read(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data", str(tmp_path / "absent")]) == 78
    assert message in capsys.readouterr().err
