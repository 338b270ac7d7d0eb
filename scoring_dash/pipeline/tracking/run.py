"""One run of a command, written to the tracking store; a trained model becomes a version of the registry."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scoring_dash import __version__
from scoring_dash.model.artifact import Artifact, write_artifact
from scoring_dash.pipeline.tracking.registry import ARTIFACT_FOLDER, register
from scoring_dash.pipeline.tracking.store import StoreAddress, TrackingError, open_store

_MOST_CHARACTERS: Final = 6000
"""MLflow's limit for the text of a parameter."""
_MOST_METRICS: Final = 1000
"""MLflow's limit for one message."""
_DIGEST: Final = 36
"""MLflow's limit for the digest of a data set."""


@dataclass(frozen=True)
class TrackedRun:
    """What a run leaves behind.

    Attributes
    ----------
    command : str
        ``train``, ``compare`` or ``tune``.
    started : float
        Seconds since 1970, UTC.
    data_sha256 : str
        Digest of the clients, outcomes and features that the run saw.
    parameters : mapping of str to object
        Written as text.
    metrics : mapping of str to float
    series : mapping of str to sequence of float
        A metric with one value a step: a fold, a trial.
    tags : mapping of str to str
    tables : mapping of str to str
        Text of each file, by file name.
    figures : mapping of str to bytes
        SVG of each figure, by file name.
    artifact : Artifact or None
        The trained version, to be registered.
    """

    command: str
    started: float
    data_sha256: str
    parameters: Mapping[str, object]
    metrics: Mapping[str, float]
    series: Mapping[str, Sequence[float]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, bytes] = field(default_factory=dict)
    artifact: Artifact | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a run went.

    Attributes
    ----------
    version : int or None
        Number in the registry, if the run trained a model.
    """

    run_id: str
    version: int | None


def track(run: TrackedRun, address: StoreAddress) -> Tracked:
    """Write a run; if it has an artifact, register it as the new candidate.

    Raises
    ------
    TrackingError
        If the store fails; a run that was begun is then marked as failed.
    """
    with open_store(address, recording=True) as client:
        run_id = _create(client, run, address)
        try:
            _write(client, run_id, run)
            version = None if run.artifact is None else _register(client, run_id, run)
        except BaseException:
            with suppress(Exception):  # the reason is on its way up already
                client.set_terminated(run_id, "FAILED")
            raise
        client.set_terminated(run_id, "FINISHED")
    return Tracked(run_id, version)


def _create(client: Any, run: TrackedRun, address: StoreAddress) -> str:
    tags = {
        "mlflow.source.name": f"scoring_dash {run.command}",
        "mlflow.source.type": "LOCAL",
        "command": run.command,
        "program_version": __version__,
        "data_sha256": run.data_sha256,
        **run.tags,
    }
    created = client.create_run(
        _experiment(client, address),
        start_time=int(run.started * 1000),
        tags=tags,
        run_name=f"{run.command} {run.artifact.version}" if run.artifact else run.command,
    )
    return str(created.info.run_id)


def _experiment(client: Any, address: StoreAddress) -> str:
    from mlflow.exceptions import MlflowException

    found = client.get_experiment_by_name(address.experiment)
    if found is None:
        try:
            return str(client.create_experiment(address.experiment, artifact_location=address.files))
        except MlflowException:
            found = client.get_experiment_by_name(address.experiment)
            if found is None:
                raise  # it was not another run that made it meanwhile
    return str(found.experiment_id)


def _write(client: Any, run_id: str, run: TrackedRun) -> None:
    from mlflow.entities import Dataset, DatasetInput, InputTag, Param

    client.log_batch(
        run_id, params=[Param(name, str(value)[:_MOST_CHARACTERS]) for name, value in run.parameters.items()]
    )
    metrics = list(_measured(run))
    for start in range(0, len(metrics), _MOST_METRICS):
        client.log_batch(run_id, metrics=metrics[start : start + _MOST_METRICS])
    data = Dataset("clients", run.data_sha256[:_DIGEST], "local", "{}")
    client.log_inputs(run_id, [DatasetInput(data, [InputTag("mlflow.data.context", run.command)])])
    _write_files(client, run_id, run)


def _measured(run: TrackedRun) -> Iterator[Any]:
    from mlflow.entities import Metric

    now = int(time.time() * 1000)
    yield from (Metric(name, float(value), now, 0) for name, value in run.metrics.items())
    for name, values in run.series.items():
        yield from (Metric(name, float(value), now, step) for step, value in enumerate(values))


def _write_files(client: Any, run_id: str, run: TrackedRun) -> None:
    with tempfile.TemporaryDirectory(prefix="scoring-dash-") as scratch:
        files = {f"tables/{name}": text.encode() for name, text in run.tables.items()}
        files |= {f"figures/{name}": content for name, content in run.figures.items()}
        for name, content in files.items():
            path = Path(scratch) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        client.log_artifacts(run_id, scratch)


def _register(client: Any, run_id: str, run: TrackedRun) -> int:
    """Upload the version as a directory that ``serve --artifacts`` reads, and register it."""
    artifact = run.artifact
    if artifact is None:
        raise ValueError("a run without an artifact has nothing to register")
    with tempfile.TemporaryDirectory(prefix="scoring-dash-") as scratch:
        # Written anew rather than linked: the hashes are taken again from the very bytes that go to the store, and
        # another training that has put its own version in service meanwhile cannot slip in.
        copy = write_artifact(Path(scratch), lambda directory: _copy_files(artifact.root, directory))
        if copy.version != artifact.version:
            raise TrackingError(
                f"{artifact.root}: its files have changed since they were written (now {copy.version}); the version "
                "is not registered. Train again."
            )
        manifest = hashlib.sha256((copy.root / "manifest.json").read_bytes()).hexdigest()
        client.log_artifacts(run_id, scratch, ARTIFACT_FOLDER)
    return register(client, run_id, model_version=artifact.version, manifest_sha256=manifest, metrics=run.metrics)


def _copy_files(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=lambda folder, names: _manifest(source, folder, names))


def _manifest(source: Path, folder: str, names: list[str]) -> set[str]:
    return {"manifest.json"} & set(names) if Path(folder) == source else set()
