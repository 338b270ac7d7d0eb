"""``serve``: the dashboard and the API."""

from __future__ import annotations

import argparse
from pathlib import Path

from pydantic import ValidationError

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.openmp import stay_single


def add_options(parser: argparse.ArgumentParser) -> None:
    """Serve the dashboard and the API."""
    parser.add_argument("--artifacts", type=Path, help="default: SCORING_ARTIFACTS, or artifacts")
    parser.add_argument("--host", help="default: SCORING_HOST, or 127.0.0.1")
    parser.add_argument("--port", type=int, help="default: SCORING_PORT, or 8050")
    parser.add_argument("--workers", type=int, help="default: SCORING_WORKERS, or 2")


def run(options: argparse.Namespace) -> None:
    """Serve until stopped."""
    stay_single()
    from scoring_dash.server import run as run_server
    from scoring_dash.settings import Settings

    given = {name: getattr(options, name) for name in ("artifacts", "host", "port", "workers")}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError(_settings_sentence(error)) from error
    run_server(settings)


def _settings_sentence(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        name = "_".join(str(part) for part in fault["loc"]).upper()
        faults.append(f"SCORING_{name} is {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}")
    return "; ".join(faults) + "."
