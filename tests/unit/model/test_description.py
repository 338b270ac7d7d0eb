"""A description is read whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.description import read_description, write_description


@pytest.fixture
def written(tiny_artifacts: Path, tmp_path: Path) -> Path:
    (source,) = tiny_artifacts.glob("versions/*/model/model.json")
    path = tmp_path / "model.json"
    path.write_bytes(source.read_bytes())
    return path


def test_what_was_written_is_read(written: Path) -> None:
    before = written.read_bytes()
    write_description(read_description(written), written)
    assert written.read_bytes() == before


@pytest.mark.parametrize("entry", ["novelty_bound", "ranges", "typical_values"])
def test_a_description_without_an_entry_is_refused_by_name(written: Path, entry: str) -> None:
    content = json.loads(written.read_text())
    del content[entry]
    written.write_text(json.dumps(content))
    with pytest.raises(ArtifactError, match=f"{entry}.*Train again"):
        read_description(written)
