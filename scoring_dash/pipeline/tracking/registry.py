"""Versions of the registered model: candidates, the one in production, archived ones.

MLflow's stages are deprecated in favour of aliases. An alias names one version, so ``candidate`` is the newest
candidate, ``production`` the one in production and ``archived`` the last one put away; the tag ``stage`` tells the
stage of each.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from scoring_dash.core.errors import ArtifactError, ConfigurationError
from scoring_dash.model.artifact import Artifact, open_artifact, put_in_service
from scoring_dash.pipeline.tracking.store import StoreAddress, TrackingError, open_store

MODEL_NAME: Final = "scoring-dash"
ARTIFACT_FOLDER: Final = "artifact"
_SHOWN_METRICS = ("auc", "cost")


class Stage(StrEnum):
    """What a version is for."""

    CANDIDATE = "candidate"
    PRODUCTION = "production"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    """A version of the registered model.

    Attributes
    ----------
    number : int
        Given by the registry: 1, 2, …
    model_version : str
        Name of the artifact, a digest of its content.
    stage : str
    aliases : tuple of str
    registered : datetime
        UTC.
    metrics : mapping of str to str
        ``auc`` and ``cost`` as registered; what is not known is left out.
    """

    number: int
    model_version: str
    stage: str
    aliases: tuple[str, ...]
    run_id: str
    registered: datetime
    metrics: Mapping[str, str]


def register(
    client: Any, run_id: str, *, model_version: str, manifest_sha256: str, metrics: Mapping[str, float]
) -> int:
    """Make the artifact of a run the newest version and the candidate; give its number."""
    from mlflow.exceptions import MlflowException

    try:
        client.create_registered_model(MODEL_NAME)
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
    source = f"{client.get_run(run_id).info.artifact_uri}/{ARTIFACT_FOLDER}"
    shown = {name: f"{metrics[name]:.4f}" for name in _SHOWN_METRICS if name in metrics}
    tags = {
        "stage": Stage.CANDIDATE.value,
        "model_version": model_version,
        "manifest_sha256": manifest_sha256,
        **shown,
    }
    version = client.create_model_version(MODEL_NAME, source, run_id, tags=tags)
    client.set_registered_model_alias(MODEL_NAME, Stage.CANDIDATE.value, version.version)
    return int(version.version)


def list_versions(address: StoreAddress) -> tuple[RegisteredVersion, ...]:
    """All registered versions, the newest first.

    Raises
    ------
    TrackingError
        If the store is missing or cannot be read.
    """
    with open_store(address) as client:
        aliases = _aliases(client)
        found = client.search_model_versions(f"name='{MODEL_NAME}'", max_results=1000)
        return tuple(sorted((_read(item, aliases) for item in found), key=lambda item: -item.number))


def promote(reference: str, stage: Stage, address: StoreAddress) -> RegisteredVersion:
    """Move a version to a stage; the version that was in production until then is archived.

    Parameters
    ----------
    reference : str
        Number or alias of a version.

    Raises
    ------
    TrackingError
        If there is no such version, or the store fails.
    """
    with open_store(address) as client:
        number, aliases = int(_find(client, reference).version), _aliases(client)
        replaced = aliases.get(Stage.PRODUCTION.value)
        # The alias first: from that instant `fetch production` gives the new version, and never none.
        _move(client, number, stage, aliases)
        if stage is Stage.PRODUCTION and replaced not in (None, number):
            _move(client, replaced, Stage.ARCHIVED, {})
        return _read(client.get_model_version(MODEL_NAME, str(number)), _aliases(client))


def fetch(reference: str, artifacts: Path, address: StoreAddress) -> Artifact:
    """Download a version, check every hash, and only then put it in service in ``artifacts``.

    Parameters
    ----------
    reference : str
        Number or alias of a version.
    artifacts : Path
        Directory for ``serve --artifacts``; created if missing, other versions in it are kept.

    Raises
    ------
    TrackingError
        If there is no such version, or the store fails.
    ArtifactError
        If what arrived is not what was registered.
    ConfigurationError
        If ``artifacts`` cannot be written.
    """
    with _scratch_in(artifacts) as scratch:
        with open_store(address) as client:
            version = _find(client, reference)
            downloaded = _download(client, version, scratch, address)
        _check_registered(open_artifact(downloaded), version)
        return _put_in_service(downloaded, version.tags["model_version"], artifacts)


def _find(client: Any, reference: str) -> Any:
    from mlflow.exceptions import MlflowException

    try:
        if reference.isdecimal():
            version = client.get_model_version(MODEL_NAME, reference)
        else:
            version = client.get_model_version_by_alias(MODEL_NAME, reference)
    except MlflowException as error:
        if error.error_code not in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            raise
        raise TrackingError(
            f"The registry holds no version {reference!r} of {MODEL_NAME}; allowed: a number or an alias of "
            "`python -m scoring_dash registry list`."
        ) from error
    if not {"model_version", "manifest_sha256"} <= set(version.tags):
        raise TrackingError(
            f"Version {version.version} of {MODEL_NAME} does not say which artifact it is; it was not registered by "
            "`python -m scoring_dash train`. Choose another one of `python -m scoring_dash registry list`."
        )
    return version


def _aliases(client: Any) -> dict[str, int]:
    from mlflow.exceptions import MlflowException

    try:
        found = client.get_registered_model(MODEL_NAME).aliases
    except MlflowException as error:
        if error.error_code != "RESOURCE_DOES_NOT_EXIST":
            raise
        return {}
    return {alias: int(number) for alias, number in found.items()}


def _read(version: Any, aliases: Mapping[str, int]) -> RegisteredVersion:
    number = int(version.version)
    return RegisteredVersion(
        number=number,
        model_version=version.tags.get("model_version", ""),
        stage=version.tags.get("stage", ""),
        aliases=tuple(sorted(alias for alias, place in aliases.items() if place == number)),
        run_id=version.run_id or "",
        registered=datetime.fromtimestamp(version.creation_timestamp / 1000, UTC),
        metrics={name: version.tags[name] for name in _SHOWN_METRICS if name in version.tags},
    )


def _move(client: Any, number: int, stage: Stage, aliases: Mapping[str, int]) -> None:
    client.set_registered_model_alias(MODEL_NAME, stage.value, str(number))
    client.set_model_version_tag(MODEL_NAME, str(number), "stage", stage.value)
    for other in Stage:
        if other is not stage and aliases.get(other.value) == number:
            client.delete_registered_model_alias(MODEL_NAME, other.value)


def _download(client: Any, version: Any, scratch: Path, address: StoreAddress) -> Path:
    from mlflow.artifacts import download_artifacts

    source = client.get_model_version_download_uri(MODEL_NAME, version.version)
    return Path(download_artifacts(artifact_uri=source, dst_path=str(scratch), tracking_uri=address.tracking))


def _check_registered(found: Artifact, version: Any) -> None:
    """The registry's own record decides, so that files exchanged together with their manifest are noticed too."""
    manifest = hashlib.sha256((found.root / "manifest.json").read_bytes()).hexdigest()
    if manifest != version.tags["manifest_sha256"] or found.version != version.tags["model_version"]:
        raise ArtifactError(
            f"Version {version.version} of {MODEL_NAME} is registered as {version.tags['model_version']} with manifest "
            f"{version.tags['manifest_sha256']}; the store gave {found.version} with {manifest}. Nothing was put in "
            "service; train and register again."
        )


@contextmanager
def _scratch_in(artifacts: Path) -> Iterator[Path]:
    """A directory on the same disk, so that a version takes its place in one step; nothing stays of a failure."""
    created = not artifacts.exists()
    try:
        artifacts.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".fetching-", dir=artifacts))
    except OSError as error:
        raise ConfigurationError(
            f"--artifacts is {str(artifacts)!r}: {error.strerror}. Name a directory you may write."
        ) from error
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if created:
            with suppress(OSError):  # it holds the new version, if all went well
                artifacts.rmdir()


def _put_in_service(downloaded: Path, model_version: str, artifacts: Path) -> Artifact:
    """``current.json`` last: until then the version in service stays the old one."""
    target = artifacts / "versions" / model_version
    target.parent.mkdir(exist_ok=True)
    if target.exists():  # the same content, or a damaged copy of it
        target.rename(downloaded.parent / "replaced")
    (downloaded / "versions" / model_version).rename(target)
    put_in_service(artifacts, model_version, hashlib.sha256((target / "manifest.json").read_bytes()).hexdigest())
    return Artifact(target, model_version)
