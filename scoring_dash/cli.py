"""The command line: simulate, train, score, serve."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from scoring_dash.core.errors import ConfigurationError, ScoringError
from scoring_dash.model.openmp import share_processors, stay_single

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0, or the exit code of the error, whose sentence went to the standard error stream.
    """
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        options.command(options)
    except ScoringError as error:
        print(f"scoring_dash {options.name}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"scoring_dash {options.name}: stopped; nothing half-written is left.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _simulate(options: argparse.Namespace) -> None:
    from scoring_dash.data.simulate import simulate

    simulate(options.clients, options.out, options.seed, progress=_timed_progress())


def _train(options: argparse.Namespace) -> None:
    share_processors()
    from scoring_dash.pipeline.summary import training_summary
    from scoring_dash.pipeline.train import train
    from scoring_dash.pipeline.training_data import load_training_data, open_tables

    progress = _timed_progress()
    progress("reading and checking the tables")
    with open_tables(options.data, labelled=True) as raw:
        for notice in raw.notices:
            progress(f"note: {notice}")
        progress("features")
        data = load_training_data(raw)
    report = train(data, options.artifacts, seed=options.seed, progress=progress)
    print(training_summary(report))


def _score(options: argparse.Namespace) -> None:
    share_processors()
    from scoring_dash.bootstrap import load_services
    from scoring_dash.pipeline.score import score

    progress = _timed_progress()
    report = score(load_services(options.artifacts), options.data, options.out, progress=progress)
    for notice in report.notices:
        progress(f"note: {notice}")
    print(f"{report.rows} applications scored into {options.out}")


def _serve(options: argparse.Namespace) -> None:
    stay_single()
    from scoring_dash.server import run
    from scoring_dash.settings import Settings

    given = {name: getattr(options, name) for name in ("artifacts", "host", "port", "workers")}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError(_settings_sentence(error)) from error
    run(settings)


def _settings_sentence(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        name = "_".join(str(part) for part in fault["loc"]).upper()
        faults.append(f"SCORING_{name} is {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}")
    return "; ".join(faults) + "."


def _timed_progress() -> Callable[[str], None]:
    start = time.monotonic()

    def show(message: str) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {message}", file=sys.stderr, flush=True)

    return show


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scoring_dash", description="Credit decisions that can be explained.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    simulate = commands.add_parser("simulate", help="write a simulated portfolio as eight CSV files")
    simulate.add_argument("--clients", type=int, required=True, help="number of applications, past and current")
    simulate.add_argument("--out", type=Path, required=True, help="directory to create")
    simulate.add_argument("--seed", type=int, default=0)
    simulate.set_defaults(command=_simulate)

    train = commands.add_parser("train", help="train a model and write it with its portfolio")
    train.add_argument("--data", type=Path, required=True, help="directory of the tables")
    train.add_argument("--artifacts", type=Path, required=True, help="directory that receives the new version")
    train.add_argument("--seed", type=int, default=0)
    train.set_defaults(command=_train)

    score = commands.add_parser("score", help="score every application of a directory")
    score.add_argument("--artifacts", type=Path, required=True)
    score.add_argument("--data", type=Path, required=True, help="directory of the tables")
    score.add_argument("--out", type=Path, required=True, help="file to write, .csv or .parquet")
    score.set_defaults(command=_score)

    serve = commands.add_parser("serve", help="serve the dashboard and the API")
    serve.add_argument("--artifacts", type=Path, help="default: SCORING_ARTIFACTS, or artifacts")
    serve.add_argument("--host", help="default: SCORING_HOST, or 127.0.0.1")
    serve.add_argument("--port", type=int, help="default: SCORING_PORT, or 8050")
    serve.add_argument("--workers", type=int, help="default: SCORING_WORKERS, or 2")
    serve.set_defaults(command=_serve)
    return parser
