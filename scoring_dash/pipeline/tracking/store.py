"""Where runs are kept, and the one door to MLflow: quiet, without requests to third parties, errors as sentences."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scoring_dash.core.errors import ScoringError

TRACKING_VARIABLE: Final = "MLFLOW_TRACKING_URI"
REGISTRY_VARIABLE: Final = "MLFLOW_REGISTRY_URI"
EXPERIMENT_VARIABLE: Final = "MLFLOW_EXPERIMENT_NAME"
_FOLDER = "tracking"
_SQLITE = "sqlite:///"
_REMOTE = ("http://", "https://", "databricks", "uc")
_DEFAULTS: Final = {
    # MLflow reports its use to its makers unless told not to.
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    # MLflow's own 7 tries take four minutes to find that a server is down; these take a few seconds.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_LOGGING_LEVEL": "WARNING",
}

_logger = logging.getLogger(__name__)


class TrackingError(ScoringError):
    """The tracking store or its registry cannot be used, or does not hold what was asked for."""

    exit_code = 69  # EX_UNAVAILABLE of sysexits.h.


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where runs and registered versions are.

    Attributes
    ----------
    tracking, registry : str
        Addresses as MLflow writes them, such as ``sqlite:////srv/tracking/mlflow.db`` or ``https://mlflow.example``.
    experiment : str
        Name under which runs are grouped.
    files : str or None
        Directory of the files of a new experiment; None where a server decides.
    database : Path or None
        File of a SQLite store.
    """

    tracking: str
    registry: str
    experiment: str
    files: str | None
    database: Path | None

    def __str__(self) -> str:
        return _without_password(self.tracking)


def store_address(environment: Mapping[str, str], directory: Path) -> StoreAddress:
    """Address from MLflow's standard variables, or a SQLite store in ``directory``.

    Parameters
    ----------
    environment : mapping of str to str
        ``MLFLOW_TRACKING_URI``, ``MLFLOW_REGISTRY_URI`` and ``MLFLOW_EXPERIMENT_NAME`` count; an empty one does not.
    directory : Path
        The working directory.
    """
    folder = directory.resolve() / _FOLDER
    tracking = environment.get(TRACKING_VARIABLE) or f"{_SQLITE}{folder / 'mlflow.db'}"
    database = _database(tracking, directory)
    return StoreAddress(
        tracking=tracking,
        registry=environment.get(REGISTRY_VARIABLE) or tracking,
        experiment=environment.get(EXPERIMENT_VARIABLE) or "scoring-dash",
        # Without this, MLflow would put the files of a database store into ./mlruns, wherever one happens to be.
        files=None if tracking.startswith(_REMOTE) else str((database.parent if database else folder) / "artifacts"),
        database=database,
    )


@contextmanager
def open_store(address: StoreAddress, *, recording: bool = False) -> Iterator[Any]:
    """Give MLflow's client; whatever goes wrong with it inside the block becomes one sentence.

    Parameters
    ----------
    recording : bool
        A run is to be written: make a SQLite store that is not there yet, and let no other run in meanwhile.

    Raises
    ------
    TrackingError
        If the store is missing or cannot be reached, read or written.
    """
    try:
        _prepare(address, create=recording)
        with _alone(address.database):
            client = _client(address)
            if recording:
                yield client
        if not recording:
            yield client
    except ScoringError:
        raise
    except Exception as error:
        # MLflow lets through the errors of every driver that it stands on (SQLAlchemy, requests, the system, cloud
        # clients that are not installed); no narrower class holds them, and none of them may cost a trained model.
        _logger.debug("tracking store failed", exc_info=True)
        raise TrackingError(
            f"The tracking store {address} cannot be used ({_first_line(error)}). Check {TRACKING_VARIABLE} and "
            f"{REGISTRY_VARIABLE}, and that the store is running and may be written."
        ) from error


def _prepare(address: StoreAddress, *, create: bool) -> None:
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each step of a new database
    logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)  # each retry; the last error is ours to tell
    if address.database is None:
        return
    if create:
        address.database.parent.mkdir(parents=True, exist_ok=True)
    elif not address.database.is_file():
        raise TrackingError(
            f"There is no tracking store at {address.database}. Train a model first, or name another store in "
            f"{TRACKING_VARIABLE}."
        )


def _client(address: StoreAddress) -> Any:
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=address.tracking, registry_uri=address.registry)


@contextmanager
def _alone(database: Path | None) -> Iterator[None]:
    """Let one run at a time into a SQLite store; a server sees to that itself.

    MLflow looks whether the tables, or a data set, are there and then makes them: of two trainings that end together
    one would find them made meanwhile, and fail.
    """
    if database is None:
        yield
        return
    with database.with_name(f"{database.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed, even by a process that dies
        yield


def _database(tracking: str, directory: Path) -> Path | None:
    if not tracking.startswith(_SQLITE):
        return None
    path = tracking.removeprefix(_SQLITE).partition("?")[0]
    return (directory / path).resolve()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _without_password(textwrap.shorten(lines[0], 200, placeholder=" …"))


def _without_password(text: str) -> str:
    return re.sub(r"://[^/@\s]+@", "://…@", text)
