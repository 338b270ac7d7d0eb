"""``simulate``: write a simulated portfolio."""

from __future__ import annotations

import argparse
from pathlib import Path

from scoring_dash.commands.progress import timed_progress


def add_options(parser: argparse.ArgumentParser) -> None:
    """Write a simulated portfolio as eight CSV files."""
    parser.add_argument("--clients", type=int, required=True, help="number of applications, past and current")
    parser.add_argument("--out", type=Path, required=True, help="directory to create")
    parser.add_argument("--seed", type=int, default=0)


def run(options: argparse.Namespace) -> None:
    """Write the eight files."""
    from scoring_dash.data.simulate import simulate

    simulate(options.clients, options.out, options.seed, progress=timed_progress())
