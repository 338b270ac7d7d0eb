"""``score``: a batch through the engine of the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from scoring_dash.commands.progress import timed_progress
from scoring_dash.model.openmp import share_processors


def add_options(parser: argparse.ArgumentParser) -> None:
    """Score every application of a directory."""
    parser.add_argument("--artifacts", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="directory of the tables")
    parser.add_argument("--out", type=Path, required=True, help="file to write, .csv or .parquet")


def run(options: argparse.Namespace) -> None:
    """Score the applications into the file."""
    share_processors()
    from scoring_dash.bootstrap import load_services
    from scoring_dash.pipeline.score import score

    progress = timed_progress()
    report = score(load_services(options.artifacts), options.data, options.out, progress=progress)
    for notice in report.notices:
        progress(f"note: {notice}")
    print(f"{report.rows} applications scored into {options.out}")
