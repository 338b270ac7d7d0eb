"""``tune``: search the parameters of LightGBM."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from scoring_dash.commands.progress import timed_progress
from scoring_dash.commands.report_file import checked_report_file, write_report
from scoring_dash.commands.tables import labelled_tables
from scoring_dash.commands.tracked import add_tracking_option, record
from scoring_dash.model.openmp import share_processors


def add_options(parser: argparse.ArgumentParser) -> None:
    """Search LightGBM's parameters by random search, grid search and Optuna on the same budget."""
    parser.add_argument("--data", type=Path, required=True, help="directory of the tables")
    parser.add_argument("--method", choices=["random", "grid", "optuna", "all"], default="all")
    parser.add_argument("--trials", type=int, default=20, help="allowed to each method (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="file that receives every trial, .json")
    add_tracking_option(parser)


def run(options: argparse.Namespace) -> None:
    """Search, print the ranked trials, and write the report if asked."""
    share_processors()
    from scoring_dash.pipeline.compare.report import as_json
    from scoring_dash.pipeline.training_data import load_training_data
    from scoring_dash.pipeline.tune import Method, tune
    from scoring_dash.pipeline.tuning_summary import tuning_summary

    out = checked_report_file(options.out)
    methods = tuple(Method) if options.method == "all" else (Method(options.method),)
    progress, started = timed_progress(), time.time()
    with labelled_tables(options.data, progress) as raw:
        data = load_training_data(raw)
    report = tune(data, methods, trials=options.trials, seed=options.seed, progress=progress)
    print(tuning_summary(report))
    write_report(as_json(report), out)
    if options.tracking:
        from scoring_dash.pipeline.tracking.tuning import tuning_run

        record(tuning_run(report, data=options.data, started=started), progress)
