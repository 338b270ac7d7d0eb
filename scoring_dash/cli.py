"""The command line: one module of ``commands`` a command."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from inspect import getdoc
from typing import Final

from scoring_dash.commands import compare, evaluate, registry, report, score, serve, simulate, train, tune
from scoring_dash.core.errors import ScoringError

_INTERRUPTED = 130
_COMMANDS: Final = (simulate, train, evaluate, compare, tune, registry, report, score, serve)


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
        options.run(options)
    except ScoringError as error:
        print(f"scoring_dash {options.name}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"scoring_dash {options.name}: stopped; nothing half-written is left.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scoring_dash", description="Credit decisions that can be explained.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        name = command.__name__.rpartition(".")[2]
        described = getdoc(command.add_options)
        options = commands.add_parser(name, help=described, description=described)
        command.add_options(options)
        options.set_defaults(run=command.run)
    return parser
