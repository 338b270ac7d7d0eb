"""``evaluate``: the figures of a model, stored or on labelled applications that it never saw."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scoring_dash.commands.progress import timed_progress
from scoring_dash.commands.report_file import checked_report_file, write_report
from scoring_dash.model.openmp import share_processors


def add_options(parser: argparse.ArgumentParser) -> None:
    """Print the evaluation of the model in service, or check it on labelled applications."""
    parser.add_argument("--artifacts", type=Path, required=True)
    parser.add_argument(
        "--data", type=Path, help="directory with a labelled application_train; default: the evaluation of the training"
    )
    parser.add_argument("--out", type=Path, help="JSON file that receives the figures")
    parser.add_argument("--seed", type=int, default=0, help="of the intervals, with --data")


def run(options: argparse.Namespace) -> None:
    """Print the tables, and write the figures if a file is named."""
    share_processors()
    out = checked_report_file(options.out)
    figures, tables = _stored(options) if options.data is None else _checked(options)
    print(tables)
    write_report(figures, out)


def _stored(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from scoring_dash.model.artifact import open_artifact
    from scoring_dash.model.evaluation.document import as_document, read_evaluation
    from scoring_dash.pipeline.evaluation_tables import stored_tables

    artifact = open_artifact(options.artifacts)
    evaluation = read_evaluation(artifact.root / "model")
    return as_document(evaluation), stored_tables(artifact.version, evaluation)


def _checked(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from scoring_dash.bootstrap import load_services
    from scoring_dash.model.evaluation.document import as_document
    from scoring_dash.pipeline.evaluate import evaluate_directory
    from scoring_dash.pipeline.evaluation_tables import directory_tables

    progress = timed_progress()
    found = evaluate_directory(load_services(options.artifacts), options.data, seed=options.seed, progress=progress)
    for notice in found.notices:
        progress(f"note: {notice}")
    return as_document(found), directory_tables(found)
