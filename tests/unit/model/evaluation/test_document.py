"""An evaluation written and read back; a damaged one is refused with a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.evaluation.document import FILE_NAME, as_document, read_evaluation, to_json, write_evaluation


def test_it_reads_back_as_it_was_written(tiny_artifacts: Path, tmp_path: Path) -> None:
    stored = open_artifact(tiny_artifacts).root / "model"
    evaluation = read_evaluation(stored)
    write_evaluation(evaluation, tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == (stored / FILE_NAME).read_bytes()
    assert read_evaluation(tmp_path) == evaluation
    assert evaluation.folds[0].fold == 0
    assert evaluation.importance is not None


def test_numbers_have_six_decimals_and_are_finite(tiny_artifacts: Path) -> None:
    evaluation = read_evaluation(open_artifact(tiny_artifacts).root / "model")
    assert as_document(replace(evaluation.cost, cost=0.12345678))["cost"] == 0.123457
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(as_document(replace(evaluation.cost, cost=float("nan"))))


@pytest.mark.parametrize(("key", "value"), [("files", "many"), ("folds", 3), ("metrics", None), ("self_check", {})])
def test_a_wrong_entry_is_refused(tiny_artifacts: Path, tmp_path: Path, key: str, value: object) -> None:
    content = json.loads((open_artifact(tiny_artifacts).root / "model" / FILE_NAME).read_text())
    (tmp_path / FILE_NAME).write_text(json.dumps({**content, key: value}))
    with pytest.raises(ArtifactError, match="missing or of the wrong kind"):
        read_evaluation(tmp_path)


def test_a_model_of_an_older_program_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="Train again"):
        read_evaluation(tmp_path)
