"""Measure and print, without writing docs/benchmarks.md: ``python -m benchmarks.click_to_paint``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.click_to_paint.measure import PEERS_PYTHON, measure
from benchmarks.click_to_paint.report import lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifacts", type=Path, default=Path("artifacts"))
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    options = parser.parse_args()
    for line in lines(measure(options.artifacts, None if options.no_peers else PEERS_PYTHON)):
        print(" | ".join(line))


if __name__ == "__main__":
    main()
