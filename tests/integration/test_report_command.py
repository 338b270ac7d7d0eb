"""``report`` as its users type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring_dash.cli import main


@pytest.mark.parametrize(
    ("language", "names"),
    [("fr", ["model_card.fr.html", "model_card.fr.md"]), ("both", ["model_card.en.html", "model_card.en.md",
                                                                    "model_card.fr.html", "model_card.fr.md"])],
)  # fmt: skip
def test_the_card_is_written_in_the_languages_asked_for(
    tiny_artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, names: list[str]
) -> None:
    out = tmp_path / "cards"
    assert main(["report", "--artifacts", str(tiny_artifacts), "--out", str(out), "--lang", language]) == 0
    assert sorted(path.name for path in out.iterdir()) == names
    assert sorted(Path(line).name for line in capsys.readouterr().out.split()) == names


@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        (["--artifacts", "nowhere"], 78, "no such directory of artifacts"),
        (["--comparison", "nowhere.json"], 78, "nowhere.json"),
        (["--out", "/dev/null/cards"], 78, "cannot be written"),
    ],
)
def test_wrong_arguments_are_refused_in_one_line(
    tiny_artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: list[str], code: int, said: str
) -> None:
    arguments = ["report", "--artifacts", str(tiny_artifacts), "--out", str(tmp_path / "cards"), *extra]
    assert main(arguments) == code
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
