"""An artifact is all or nothing, and nothing damaged is ever loaded."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.tiny_model import train_tiny

from scoring_dash.bootstrap import load_services
from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.artifact import open_artifact, write_artifact
from scoring_dash.model.trial import Trial, on_trial


@pytest.fixture
def copy(tiny_artifacts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))


def passes_trial(artifacts: Path) -> None:
    """Accept whatever the files hold now, then try it: as if their hashes had been forged too."""
    root = next((artifacts / "versions").iterdir())
    manifest = root / "manifest.json"
    described = json.loads(manifest.read_text())
    for name, entry in described["files"].items():
        content = (root / name).read_bytes()
        entry |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    manifest.write_text(json.dumps(described))
    pointer = json.loads((artifacts / "current.json").read_text())
    pointer["manifest_sha256"] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    (artifacts / "current.json").write_text(json.dumps(pointer))
    with on_trial(artifacts) as trial:
        trial.passed()


def link_elsewhere(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def version_root(artifacts: Path) -> Path:
    return open_artifact(artifacts).root


def test_same_data_and_seed_give_the_same_bytes(tiny_artifacts: Path, tmp_path: Path) -> None:
    train_tiny(tmp_path / "again")
    assert open_artifact(tmp_path / "again").version == open_artifact(tiny_artifacts).version


def test_another_seed_gives_another_version(tiny_artifacts: Path, tmp_path: Path) -> None:
    train_tiny(tmp_path / "other", seed=1)
    assert open_artifact(tmp_path / "other").version != open_artifact(tiny_artifacts).version


def test_a_failed_write_leaves_the_version_in_service(tiny_artifacts: Path, tmp_path: Path) -> None:
    artifacts = Path(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))
    before = open_artifact(artifacts).version

    def fail(directory: Path) -> None:
        (directory / "half.txt").write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_artifact(artifacts, fail)
    assert open_artifact(artifacts).version == before
    assert sorted(path.name for path in artifacts.iterdir()) == ["current.json", "versions"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_in_any_file_is_refused(copy: Path, data: st.DataObject) -> None:
    root = version_root(copy)
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size)
    path = data.draw(st.sampled_from(files))
    original = path.read_bytes()
    place = data.draw(st.integers(0, len(original) - 1))
    changed = bytearray(original)
    changed[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(changed)
    try:
        with pytest.raises(ArtifactError) as caught:
            open_artifact(copy)
    finally:
        path.write_bytes(original)
    assert path.name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("model/booster_00.txt", lambda path: path.write_bytes(path.read_bytes()[:1000]), "has 1000 bytes; expected"),
        ("model/booster_00.txt", lambda path: path.write_bytes(b""), "has 0 bytes; expected"),
        ("model/model.json", lambda path: path.unlink(), "is missing"),
        ("portfolio/past/features.npy", link_elsewhere, "not a regular file"),
        ("manifest.json", lambda path: path.write_text("{}"), "sha256 is"),
    ],
)  # fmt: skip
def test_damage_is_named_with_a_remedy(copy: Path, name: str, damage: object, said: str) -> None:
    damage(version_root(copy) / name)  # type: ignore[operator]
    with pytest.raises(ArtifactError, match=said) as caught:
        load_services(copy)
    assert Path(name).name in str(caught.value)
    assert "restore" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read as JSON"),
        ("[]", "format is 'list'"),
        ('{"format": 9}', "format is 9"),
        ('{"format": 1}', "version is None"),
        ('{"format": 1, "version": "../../x", "manifest_sha256": ""}', "version is '../../x'"),
    ],
)
def test_a_bad_pointer_to_the_version_is_refused(copy: Path, text: str, said: str) -> None:
    (copy / "current.json").write_text(text)
    with pytest.raises(ArtifactError, match=said):
        open_artifact(copy)


def test_no_artifacts_at_all(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="no such directory"):
        open_artifact(tmp_path / "none")
    with pytest.raises(ArtifactError, match="no version is in service"):
        open_artifact(tmp_path)


def test_swapped_models_are_refused(copy: Path) -> None:
    model = version_root(copy) / "model"
    first, second = model / "booster_00.txt", model / "booster_01.txt"
    text = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(text)
    with pytest.raises(ArtifactError, match="booster_0"):
        open_artifact(copy)


def test_the_trial_scoring_survives_a_model_that_kills_its_process(copy: Path) -> None:
    """Even with matching hashes, a model that LightGBM cannot bear only ends the trial's process."""
    model = version_root(copy) / "model"
    text = (model / "booster_00.txt").read_text()
    (model / "booster_00.txt").write_text(text[: len(text) // 2])
    with pytest.raises(ArtifactError, match="trial scoring ended with code"):
        passes_trial(copy)


def test_the_trial_scoring_may_end_with_words_that_are_no_text(copy: Path) -> None:
    """LightGBM quotes the memory where it expected a tree: any bytes at all."""
    dying = "import sys; sys.stderr.buffer.write(b'expected a tree, met \\xc0\\xff'); sys.exit(3)"
    with subprocess.Popen([sys.executable, "-c", dying], stderr=subprocess.PIPE) as process:
        trial = Trial(open_artifact(copy), process)
        with pytest.raises(ArtifactError, match="code 3 \\(expected a tree, met \ufffd\ufffd\\)"):
            trial.passed()


def test_the_trial_scoring_notices_other_scores(copy: Path) -> None:
    model = version_root(copy) / "model"
    margins = np.load(model / "golden_margins.npy")
    margins[3, 1] += 1e-6
    np.save(model / "golden_margins.npy", margins)
    with pytest.raises(ArtifactError, match="other scores"):
        passes_trial(copy)


def test_the_manifest_cannot_point_outside(copy: Path, tmp_path: Path) -> None:
    def fill(directory: Path) -> None:
        (directory / "a.txt").write_text("a")

    artifact = write_artifact(tmp_path / "new", fill)
    manifest = artifact.root / "manifest.json"
    content = json.loads(manifest.read_text())
    content["files"]["../../secret"] = content["files"]["a.txt"]
    manifest.write_text(json.dumps(content))
    current = tmp_path / "new" / "current.json"
    pointer = json.loads(current.read_text())
    pointer["manifest_sha256"] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    current.write_text(json.dumps(pointer))
    with pytest.raises(ArtifactError, match="leaves the directory"):
        open_artifact(tmp_path / "new")
