"""The scoring before: recorded, checked, compared with; whatever is wrong with it never stops the start."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support.tiny_model import load_tiny, train_tiny

from scoring_dash.assessment.earlier import EarlierScoring, changes_since, read_earlier
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.words import Recommendation
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.recommendation import RECOMMENDATIONS
from scoring_dash.population.work_list import NEW_FILE, UNKNOWN
from scoring_dash.population.work_query import WorkListQuery, WorkView

CHANGED = WorkListQuery(WorkView.CHANGED)
ACCEPT, REVIEW, REFUSE = (RECOMMENDATIONS.index(word) for word in Recommendation)


@pytest.fixture
def twice(tiny_artifacts: Path, tmp_path: Path) -> Path:
    """Artifacts of which another version was in service before."""
    artifacts = Path(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))
    train_tiny(artifacts, seed=1)
    return artifacts


def previous_root(artifacts: Path) -> Path:
    return artifacts / "versions" / json.loads((artifacts / "current.json").read_text())["previous"]["version"]


def recommendations(services: LoadedServices) -> dict[int, Recommendation]:
    """Slow reference: the engine, client by client."""
    return {int(one): services.assess(int(one)).recommendation for one in services.portfolio.current.client_ids}


def test_changes_are_those_between_what_the_two_engines_say(tiny_artifacts: Path, twice: Path) -> None:
    before, now = recommendations(load_services(tiny_artifacts)), recommendations(load_services(twice))
    services = load_services(twice)
    expected = {number: before[number] for number in now if before[number] is not now[number]}
    rows = services.work_list(CHANGED, offset=0, limit=200).rows
    assert {row.client_id: row.change.before for row in rows if row.change} == expected
    assert expected, "the two trainings agree on everybody: the test shows nothing"
    assert services.work_summary(CHANGED).has_earlier


def test_the_version_does_not_depend_on_the_one_before(tiny_artifacts: Path, twice: Path, tmp_path: Path) -> None:
    train_tiny(tmp_path / "alone", seed=1)
    assert open_artifact(tmp_path / "alone").version == open_artifact(twice).version
    train_tiny(twice, seed=1)  # once more: what was before stays before
    assert previous_root(twice).name == open_artifact(tiny_artifacts).version


def test_a_first_version_has_nothing_to_compare_with(tiny_artifacts: Path) -> None:
    assert read_earlier(tiny_artifacts) is None
    services = load_services(tiny_artifacts)
    assert not services.work_summary(CHANGED).has_earlier
    assert services.work_list(CHANGED, offset=0, limit=10).total == 0


def damage(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        content = bytearray((root / name).read_bytes())
        content[-1] ^= 1
        (root / name).write_bytes(content)

    return change


@pytest.mark.parametrize(
    ("harm", "is_told"),
    [
        (shutil.rmtree, False),
        (damage("portfolio/current/probabilities.npy"), True),
        (damage("portfolio/current/spreads.npy"), True),
        (damage("model/model.json"), True),
        (damage("manifest.json"), True),
        (lambda root: (root / "portfolio/current/client_ids.npy").unlink(), True),
    ],
)
def test_an_earlier_version_that_is_gone_or_damaged_counts_as_none(
    twice: Path, harm: Callable[[Path], None], is_told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    harm(previous_root(twice))
    with caplog.at_level(logging.WARNING):
        services = load_services(twice)
    assert not services.work_summary(CHANGED).has_earlier
    assert ("no earlier scoring to compare with" in caplog.text) == is_told


def test_files_of_the_earlier_version_that_are_not_needed_are_not_read(twice: Path) -> None:
    (previous_root(twice) / "portfolio/past/features.npy").unlink()
    assert read_earlier(twice) is not None


@pytest.mark.parametrize(
    "entry", ["text", {}, {"version": "../../x", "manifest_sha256": "0"}, {"version": 3, "manifest_sha256": "0"}]
)
def test_a_record_of_the_version_before_that_makes_no_sense_is_told(
    twice: Path, entry: object, caplog: pytest.LogCaptureFixture
) -> None:
    pointer = json.loads((twice / "current.json").read_text())
    (twice / "current.json").write_text(json.dumps(pointer | {"previous": entry}))
    assert read_earlier(twice) is None
    assert "previous is" in caplog.text


def test_a_version_too_old_to_tell_is_told(twice: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Versions of an older program hold no spreads."""
    root = previous_root(twice)
    manifest = json.loads((root / "manifest.json").read_text())
    del manifest["files"]["portfolio/current/spreads.npy"]
    text = json.dumps(manifest)
    (root / "manifest.json").write_text(text)
    pointer = json.loads((twice / "current.json").read_text())
    pointer["previous"]["manifest_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (twice / "current.json").write_text(json.dumps(pointer))
    assert read_earlier(twice) is None
    assert "older program" in caplog.text


def test_changes_by_hand() -> None:
    earlier = EarlierScoring("1", np.array([10, 20, 40]), np.array([ACCEPT, REVIEW, REFUSE], dtype=np.int8))
    ids = np.array([5, 10, 20, 30, 40, 50])
    now = np.array([ACCEPT, ACCEPT, REFUSE, REVIEW, REVIEW, ACCEPT], dtype=np.int8)
    expected = [NEW_FILE, UNKNOWN, REVIEW, NEW_FILE, REFUSE, NEW_FILE]
    assert changes_since(earlier, ids, now).tolist() == expected
    assert changes_since(None, ids, now).tolist() == [UNKNOWN] * 6
    nobody = EarlierScoring("1", np.array([], dtype=np.int64), np.array([], dtype=np.int8))
    assert changes_since(nobody, ids, now).tolist() == [NEW_FILE] * 6


def test_the_list_says_what_the_engine_says_of_everybody(tmp_path: Path) -> None:
    """Slow reference: assess every current client; spreads to the last bit."""
    services = load_tiny(tmp_path / "artifacts")
    current = services.portfolio.current
    rows = services.work_list(WorkListQuery(WorkView.ALL), offset=0, limit=200).rows
    assert sorted(row.client_id for row in rows) == current.client_ids.tolist()
    for row in rows:
        assessment = services.assess(row.client_id)
        spread = current.spreads[current.position(row.client_id)]
        assert spread.tolist() == [assessment.spread_low, assessment.spread_high]
        assert row.recommendation is assessment.recommendation
        assert row.probability == assessment.probability_of_default
        assert row.distance == assessment.distance_to_threshold
        against = [reason.theme for reason in assessment.reasons if reason.contribution > 0]
        assert row.theme is (against[0] if against else None)


def test_a_past_client_has_his_own_probability_twice(tmp_path: Path) -> None:
    past = load_tiny(tmp_path / "artifacts").portfolio.past
    assert (past.spreads == past.probabilities[:, None]).all()
