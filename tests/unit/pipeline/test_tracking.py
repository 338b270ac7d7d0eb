"""Runs in a SQLite store, the registry from candidate to service, and stores that fail."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.tiny_model import tiny_data, train_tiny

from scoring_dash.bootstrap import load_services
from scoring_dash.cli import main
from scoring_dash.commands.tracked import record
from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.tracking import (
    Stage,
    StoreAddress,
    TrackedRun,
    TrackingError,
    fetch,
    list_versions,
    promote,
    store_address,
    track,
)
from scoring_dash.pipeline.tracking.training import training_run
from scoring_dash.pipeline.train import TrainingReport


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> TrainingReport:
    return train_tiny(tmp_path_factory.mktemp("trained") / "artifacts")


@pytest.fixture(scope="module")
def run(report: TrainingReport) -> TrackedRun:
    return training_run(report, data=Path("tables"), started=1_700_000_000.0)


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables and nothing in them: making the tables takes seconds, copying them does not."""
    folder = tmp_path_factory.mktemp("empty")
    address = store_address({"MLFLOW_TRACKING_URI": f"sqlite:///{folder / 'mlflow.db'}"}, folder)
    track(TrackedRun("compare", 0.0, "0" * 64, {}, {}), address)
    return folder / "mlflow.db"


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> StoreAddress:
    shutil.copy(empty_database, tmp_path / "mlflow.db")
    environment = {"MLFLOW_TRACKING_URI": f"sqlite:///{tmp_path / 'mlflow.db'}", "MLFLOW_EXPERIMENT_NAME": "tried"}
    return store_address(environment, tmp_path)


@pytest.fixture
def in_store(store: StoreAddress) -> Iterator[StoreAddress]:
    """The command line reads its store from the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLFLOW_TRACKING_URI", store.tracking)
        yield store


def mlflow_client(store: StoreAddress) -> Any:
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=store.tracking, registry_uri=store.registry)


def test_a_training_leaves_parameters_metrics_figures_and_the_hash_of_its_data(
    report: TrainingReport, run: TrackedRun, store: StoreAddress
) -> None:
    tracked = track(run, store)
    found = mlflow_client(store).get_run(tracked.run_id)
    assert found.info.status == "FINISHED"
    assert found.info.start_time == 1_700_000_000_000
    assert found.data.params["parameters.max_depth"] == str(TrainingPlan().parameters["max_depth"])
    assert (found.data.params["seed"], found.data.params["folds"]) == ("0", "3")
    assert found.data.metrics["auc"] == report.metrics["auc"].value
    assert found.data.metrics["cost_low"] == report.metrics["cost"].low
    assert found.data.metrics["threshold"] == report.rule.threshold
    described = json.loads((report.artifact.root / "model" / "model.json").read_text())
    assert found.data.tags["data_sha256"] == described["training"]["features_sha256"]
    assert found.inputs.dataset_inputs[0].dataset.digest == found.data.tags["data_sha256"][:36]
    folds = mlflow_client(store).get_metric_history(tracked.run_id, "fold_auc")
    assert [point.value for point in folds] == [fold.auc for fold in report.evaluation.folds]
    files = Path(found.info.artifact_uri)
    for name in ("reliability", "roc", "cost", "importance"):
        drawn = (files / "figures" / f"{name}.svg").read_text()
        assert "<svg" in drawn and drawn.count("<text") > 5
    stored = files / "tables" / "evaluation.json"
    assert stored.read_bytes() == (report.artifact.root / "model" / "evaluation.json").read_bytes()


def test_the_same_training_draws_the_same_figures(report: TrainingReport, run: TrackedRun) -> None:
    again = training_run(report, data=Path("tables"), started=0.0)
    assert again.figures == run.figures


def test_a_registered_version_is_served_with_the_same_scores_to_the_last_bit(
    report: TrainingReport, run: TrackedRun, in_store: StoreAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert track(run, in_store).version == 1
    served = tmp_path / "served"
    assert main(["registry", "promote", "candidate", "--to", "production"]) == 0
    assert main(["registry", "fetch", "production", "--artifacts", str(served)]) == 0
    assert main(["registry", "list"]) == 0
    line = capsys.readouterr().out.splitlines()[-1].split()
    assert line[:4] == ["1", report.artifact.version, "production", "production"]
    trained, fetched = load_services(report.artifact.root.parents[1]), load_services(served)
    assert [path.name for path in served.iterdir() if path.name.startswith(".")] == []
    for number in trained.portfolio.all_ids[::100]:
        expected, found = trained.assess(int(number)), fetched.assess(int(number))
        assert found == expected
    assert fetched.model.version == report.artifact.version


def test_promoting_archives_the_version_that_was_in_production(run: TrackedRun, store: StoreAddress) -> None:
    for _ in range(3):
        track(run, store)
    promote("1", Stage.PRODUCTION, store)
    promote("2", Stage.PRODUCTION, store)
    found = {item.number: (item.stage, item.aliases) for item in list_versions(store)}
    assert found == {
        3: ("candidate", ("candidate",)),
        2: ("production", ("production",)),
        1: ("archived", ("archived",)),
    }
    promote("1", Stage.PRODUCTION, store)  # back to the earlier one
    found = {item.number: (item.stage, item.aliases) for item in list_versions(store)}
    assert found[1] == ("production", ("production",))
    assert found[2] == ("archived", ("archived",))
    assert promote("production", Stage.ARCHIVED, store).number == 1
    assert "production" not in {alias for item in list_versions(store) for alias in item.aliases}


def test_the_store_may_not_exchange_a_version(
    report: TrainingReport, run: TrackedRun, store: StoreAddress, tmp_path: Path
) -> None:
    """One changed byte, and a whole other version that is consistent in itself: both are refused, nothing is left."""
    tracked = track(run, store)
    kept = Path(mlflow_client(store).get_run(tracked.run_id).info.artifact_uri) / "artifact"
    model = kept / "versions" / report.artifact.version / "model" / "model.json"
    original = model.read_bytes()
    model.write_bytes(original.replace(b"0", b"1", 1))
    with pytest.raises(ArtifactError, match="sha256"):
        fetch("1", tmp_path / "served", store)
    shutil.rmtree(kept)
    other = train_tiny(kept, seed=1).artifact
    with pytest.raises(ArtifactError, match=f"registered as {report.artifact.version}.*gave {other.version}"):
        fetch("1", tmp_path / "served", store)
    assert not (tmp_path / "served").exists()


def test_a_failed_fetch_leaves_the_version_in_service(
    report: TrainingReport, run: TrackedRun, store: StoreAddress, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    shutil.copytree(report.artifact.root.parents[1], served)
    before = sorted(served.rglob("*"))
    tracked = track(run, store)
    kept = Path(mlflow_client(store).get_run(tracked.run_id).info.artifact_uri) / "artifact"
    next(kept.glob("versions/*/portfolio/past/probabilities.npy")).unlink()
    with pytest.raises(ArtifactError, match="missing"):
        fetch("candidate", served, store)
    assert sorted(served.rglob("*")) == before
    assert open_artifact(served).version == report.artifact.version


def test_fetching_repairs_a_damaged_copy_of_the_same_version(
    report: TrainingReport, run: TrackedRun, store: StoreAddress, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    shutil.copytree(report.artifact.root.parents[1], served)
    next(served.glob("versions/*/model/model.json")).write_text("{}")
    track(run, store)
    fetch("candidate", served, store)
    assert open_artifact(served).version == report.artifact.version


@pytest.mark.parametrize("reference", ["7", "champion", "0", ""])
def test_an_unknown_version_is_named(run: TrackedRun, store: StoreAddress, tmp_path: Path, reference: str) -> None:
    track(run, store)
    with pytest.raises(TrackingError, match=f"holds no version {reference!r} of scoring-dash; allowed"):
        fetch(reference, tmp_path / "served", store)
    with pytest.raises(TrackingError, match="holds no version"):
        promote(reference, Stage.PRODUCTION, store)
    assert not (tmp_path / "served").exists()


def test_without_a_store_or_a_version_the_registry_says_so(store: StoreAddress, tmp_path: Path) -> None:
    assert list_versions(store) == ()
    nowhere = store_address({}, tmp_path / "elsewhere")
    with pytest.raises(TrackingError, match=r"There is no tracking store at .*Train a model first"):
        list_versions(nowhere)
    assert not (tmp_path / "elsewhere").exists()


def damaged_database(folder: Path) -> str:
    (folder / "damaged.db").write_text("this is no database")
    return f"sqlite:///{folder / 'damaged.db'}"


def closed_port(folder: Path) -> str:
    return "http://clerk:secret@127.0.0.1:9"


def unknown_kind(folder: Path) -> str:
    return "carrierpigeon://loft"


@pytest.mark.parametrize("broken", [damaged_database, closed_port, unknown_kind])
def test_a_store_that_fails_costs_one_warning_and_no_result(
    run: TrackedRun,
    report: TrainingReport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Any,
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", broken(tmp_path))
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    said: list[str] = []
    record(run, said.append)
    assert len(said) == 1
    assert said[0].startswith("warning: the results are complete, but the run was not tracked. The tracking store ")
    assert "Check MLFLOW_TRACKING_URI" in said[0]
    assert "secret" not in said[0]
    assert [entry for entry in caplog.records if entry.levelno >= logging.WARNING] == []
    assert open_artifact(report.artifact.root.parents[1]).version == report.artifact.version


def test_a_run_that_cannot_be_finished_is_marked_as_failed(
    report: TrainingReport, run: TrackedRun, store: StoreAddress, tmp_path: Path
) -> None:
    """A version whose files changed since they were written is not registered under its name."""
    copy = tmp_path / "copy"
    shutil.copytree(report.artifact.root, copy)
    (copy / "model" / "golden_rows.npy").write_bytes(b"")
    with pytest.raises(TrackingError, match="have changed since they were written"):
        track(replace(run, artifact=replace(report.artifact, root=copy)), store)
    client = mlflow_client(store)
    experiment = client.get_experiment_by_name("tried")
    assert [item.info.status for item in client.search_runs([experiment.experiment_id])] == ["FAILED"]
    assert list_versions(store) == ()


def test_runs_at_the_same_time_all_arrive(run: TrackedRun, store: StoreAddress) -> None:
    with ThreadPoolExecutor(4) as pool:
        tracked = list(pool.map(lambda _: track(run, store), range(4)))
    assert sorted(item.version or 0 for item in tracked) == [1, 2, 3, 4]
    assert len({item.run_id for item in tracked}) == 4
    assert sum("candidate" in item.aliases for item in list_versions(store)) == 1


def test_the_address_follows_the_standard_variables(tmp_path: Path) -> None:
    default = store_address({"MLFLOW_TRACKING_URI": ""}, tmp_path)
    assert default.tracking == default.registry == f"sqlite:///{tmp_path / 'tracking' / 'mlflow.db'}"
    assert default.files == str(tmp_path / "tracking" / "artifacts")
    beside = store_address({"MLFLOW_TRACKING_URI": "sqlite:///kept/runs.db"}, tmp_path)
    assert (beside.database, beside.files) == (tmp_path / "kept" / "runs.db", str(tmp_path / "kept" / "artifacts"))
    server = store_address({"MLFLOW_TRACKING_URI": "https://a:b@host", "MLFLOW_REGISTRY_URI": "https://c"}, tmp_path)
    assert (server.registry, server.files, server.database) == ("https://c", None, None)
    assert str(server) == "https://…@host"


def test_mlflow_reports_to_nobody(store: StoreAddress) -> None:
    list_versions(store)
    assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == os.environ["DO_NOT_TRACK"] == "true"


def test_a_comparison_leaves_each_family_and_its_figures(store: StoreAddress) -> None:
    from scoring_dash.model.families import Family
    from scoring_dash.pipeline.compare.run import ComparisonOptions, compare
    from scoring_dash.pipeline.tracking.comparison import comparison_run

    options = ComparisonOptions((Family.DUMMY, Family.LOGISTIC))
    report = compare(tiny_data(), options, seed=0, plan=TrainingPlan(folds=3, most_rounds=10))
    tracked = track(comparison_run(report, data=Path("tables"), started=0.0), store)
    found = mlflow_client(store).get_run(tracked.run_id)
    assert tracked.version is None
    for family in report.families:
        assert found.data.metrics[f"{family.name}.auc"] == family.metrics["auc"].value
    written = {path.name for path in (Path(found.info.artifact_uri) / "figures").iterdir()}
    assert written == {"reliability.svg", "families_auc.svg", "families_cost.svg"}


def test_a_search_leaves_its_trials_in_the_order_in_which_they_ran(store: StoreAddress) -> None:
    from scoring_dash.pipeline.tracking.tuning import tuning_run
    from scoring_dash.pipeline.tune import Method, Trial, TuningReport

    def trial(method: str, number: int, log_loss: float) -> Trial:
        return Trial(method, number, {"max_depth": 3}, 0.7, log_loss, 0.5, 0.1, 10, 1.0)

    ranked = (trial("random", 2, 0.3), trial("grid", 1, 0.35), trial("random", 1, 0.4), trial("random", 3, 0.5))
    report = TuningReport(0, 3, 900, 6, 0.1, "0" * 64, True, trial("plan", 1, 0.38), ranked, TrainingPlan())
    assert tuple(Method) == ("random", "grid", "optuna")
    tracked = track(tuning_run(report, data=Path("tables"), started=0.0), store)
    client = mlflow_client(store)
    series = client.get_metric_history(tracked.run_id, "random.log_loss")
    assert [(point.step, point.value) for point in series] == [(0, 0.4), (1, 0.3), (2, 0.5)]
    metrics = client.get_run(tracked.run_id).data.metrics
    assert (metrics["best.log_loss"], metrics["baseline.log_loss"]) == (0.3, 0.38)
    assert np.isclose(metrics["best.cost"], 0.5)
