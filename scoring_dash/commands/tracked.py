"""The option and the last step that commands with a tracked run share."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from scoring_dash.pipeline.tracking import TrackedRun, TrackingError, store_address, track


def add_tracking_option(parser: argparse.ArgumentParser) -> None:
    """``--no-tracking``."""
    parser.add_argument(
        "--no-tracking",
        dest="tracking",
        action="store_false",
        help="do not write the run to MLflow (default store: tracking/, or MLFLOW_TRACKING_URI)",
    )


def record(run: TrackedRun, progress: Callable[[str], None]) -> None:
    """Write the run to the tracking store; a store that fails costs a warning, never the result of the command."""
    address = store_address(os.environ, Path.cwd())
    try:
        tracked = track(run, address)
    except TrackingError as error:
        progress(f"warning: the results are complete, but the run was not tracked. {error}")
        return
    progress(f"tracked as run {tracked.run_id} in {address}")
    if tracked.version is not None:
        progress(f"registered as version {tracked.version}, the new candidate")
