"""Features of new applications whose clients' past was sent with them, by the recipes of training.

The recipes need an engine for tables, which the server does not load: a child loads it and ends with its answer, so
that the server's own processes stay small. Where that engine is not installed, such applications are refused.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ScoringError
from scoring_dash.core.new_application import FaultCode
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.faults import refusal

FEATURES_FILE: Final = "features.npy"
_MODULE: Final = "scoring_dash.pipeline.new_histories"
_LIBRARIES: Final = ("ibis", "duckdb", "pyarrow")
_SECONDS: Final = 120


def history_feature_rows(applications: NewApplications, artifact: Path, directory: Path) -> NDArray[np.float32]:
    """Features of applications and histories that stand in a directory.

    Parameters
    ----------
    artifact : Path
        Root of the model's version.
    directory : Path
        As :func:`~scoring_dash.data.new_application.histories.read_with_histories` wrote it.

    Returns
    -------
    (n, n_features) float32
        In the order of the applications.

    Raises
    ------
    ApplicationFaultsError
        If the engine for tables is not installed.
    ScoringError
        If the child failed or took too long.
    """
    if not all(importlib.util.find_spec(name) for name in _LIBRARIES):
        raise refusal(FaultCode.NO_TABLE_ENGINE)
    command = [sys.executable, "-m", _MODULE, str(artifact), str(directory)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own interpreter and module
    except subprocess.TimeoutExpired as error:
        raise ScoringError(f"The tables of the past took over {_SECONDS} s. Send fewer rows at once.") from error
    if done.returncode != 0:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no message"])[-1][:300]
        raise ScoringError(f"The features of the past could not be computed ({last}). Tell the administrator.")
    values = np.load(directory / FEATURES_FILE, allow_pickle=False)
    order = np.argsort(np.argsort(np.array(applications.numbers, dtype=np.int64)))  # the child's rows stand by number
    return np.ascontiguousarray(values[order])
