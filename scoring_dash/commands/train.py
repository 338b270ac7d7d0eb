"""``train``: from raw tables to a versioned artifact."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from scoring_dash.commands.progress import timed_progress
from scoring_dash.commands.tables import labelled_tables
from scoring_dash.commands.tracked import add_tracking_option, record
from scoring_dash.model.openmp import share_processors


def add_options(parser: argparse.ArgumentParser) -> None:
    """Train a model and write it with its portfolio."""
    parser.add_argument("--data", type=Path, required=True, help="directory of the tables")
    parser.add_argument("--artifacts", type=Path, required=True, help="directory that receives the new version")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--row-scores",
        action="store_true",
        help="also learn scores of past applications, credits elsewhere and instalments one by one",
    )
    add_tracking_option(parser)


def run(options: argparse.Namespace) -> None:
    """Read, check, train, write, and print the figures."""
    share_processors()
    from scoring_dash.pipeline.row_training import add_row_scores
    from scoring_dash.pipeline.summary import training_summary
    from scoring_dash.pipeline.train import train
    from scoring_dash.pipeline.training_data import load_training_data

    progress, started = timed_progress(), time.time()
    with labelled_tables(options.data, progress) as raw:
        data = load_training_data(raw)
        if options.row_scores:
            data = add_row_scores(data, raw.tables, seed=options.seed, progress=progress)
    report = train(data, options.artifacts, seed=options.seed, progress=progress)
    print(training_summary(report))
    if options.tracking:
        from scoring_dash.pipeline.tracking.training import training_run

        record(training_run(report, data=options.data, started=started), progress)
