"""``compare``: families of models, and what each exclusion costs."""

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
    """Compare families of models on the same folds, and measure what excluding columns costs."""
    parser.add_argument("--data", type=Path, required=True, help="directory of the tables")
    parser.add_argument(
        "--families",
        default="dummy,logistic,forest,xgboost,lightgbm",
        help="separated by commas (default: %(default)s)",
    )
    parser.add_argument("--class-weights", action="store_true", help="logistic and lightgbm with class weights too")
    parser.add_argument("--smote", action="store_true", help="logistic and lightgbm with SMOTE too")
    parser.add_argument("--exclusions", action="store_true", help="LightGBM with and without groups of columns")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="file that receives every figure, .json")
    add_tracking_option(parser)


def run(options: argparse.Namespace) -> None:
    """Compare, print the tables, and write the report if asked."""
    share_processors()
    from scoring_dash.pipeline.compare.exclusions import load_forbidden_features
    from scoring_dash.pipeline.compare.report import as_json
    from scoring_dash.pipeline.compare.run import ComparisonOptions, compare, read_families
    from scoring_dash.pipeline.compare.summary import comparison_summary
    from scoring_dash.pipeline.training_data import load_training_data

    chosen = ComparisonOptions(read_families(options.families), options.class_weights, options.smote)
    out = checked_report_file(options.out)
    progress, started = timed_progress(), time.time()
    with labelled_tables(options.data, progress) as raw:
        data = load_training_data(raw)
        forbidden = load_forbidden_features(raw.tables, data.past.client_ids) if options.exclusions else None
    report = compare(data, chosen, seed=options.seed, forbidden=forbidden, progress=progress)
    print(comparison_summary(report))
    write_report(as_json(report), out)
    if options.tracking:
        from scoring_dash.pipeline.tracking.comparison import comparison_run

        record(comparison_run(report, data=options.data, started=started), progress)
