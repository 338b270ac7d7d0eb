"""Measure the way from raw tables to the feature matrix, beside the same features in plain pandas.

``python -m benchmarks.feature_building`` prints the lines that ``make bench`` writes. Each side runs in a process of
its own on the same simulated tables, one after the other, so that neither has the other's memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

SLICE: Final = 30_000
FULL: Final = 356_255
"""Clients of the original, past and current."""

_SEED: Final = 1
_STATUS: Final = Path("/proc/self/status")

Line = tuple[str, str, str, str]
"""A line of the report: what, ours, peer, ratio."""

Side = Callable[[Path], tuple[float, int, int]]
"""Folder of the tables → when they stood typed in memory or in the engine, number of features, number of clients."""


@dataclass(frozen=True)
class Cost:
    """What one run took, from the first file opened to the last feature computed.

    Attributes
    ----------
    wall, processor : float
        Seconds; ``processor`` adds up all threads.
    reading : float
        Of ``wall``, the part until the tables stood typed (ours: and checked) in memory or in the engine.
    peak : int
        Most memory the process held, in bytes.
    features, clients : int
        Size of the result.
    """

    wall: float
    processor: float
    reading: float
    peak: int
    features: int
    clients: int

    def __str__(self) -> str:
        """As the report shows it."""
        parts = f"reading {self.reading:.1f} s"
        return f"{self.wall:.1f} s ({parts}); CPU {self.processor:.1f} s; {self.peak / 2**20:.0f} MiB at most"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=SLICE, help="clients of the slice that both sides compute")
    parser.add_argument("--full", action="store_true", help=f"measure {FULL:,} clients too: 6 GB of disk, minutes")
    parser.add_argument("--side", choices=_SIDES, help="measure one side alone, in this process, and print JSON")
    parser.add_argument("--data", type=Path, help="with --side: folder of the tables")
    options = parser.parse_args()
    if options.side:
        print(json.dumps(asdict(_measured(_SIDES[options.side](), options.data))))
        return
    for line in lines(clients=options.clients, full=options.full):
        print(" | ".join(line))


def lines(*, clients: int = SLICE, full: bool = False) -> list[Line]:
    """Simulate tables, measure, and say what came out.

    Parameters
    ----------
    clients : int
        Size of the slice that both sides compute, in [200, 2,000,000].
    full : bool
        Whether to measure the size of the original as well, ours alone: some minutes and 6 GB of temporary disk.
    """
    return [_slice(clients), *([_full()] if full else [])]


def _slice(clients: int) -> Line:
    with tempfile.TemporaryDirectory(prefix="scoring-bench-") as scratch:
        tables = _simulated(clients, Path(scratch))
        ours, peer = _in_a_process_of_its_own("ours", tables), _in_a_process_of_its_own("pandas", tables)
    assert (ours.features, ours.clients) == (peer.features, peer.clients)
    return (
        f"{ours.features} features of {clients:,} simulated clients, from the eight CSV files",
        str(ours),
        f"the same features in pandas (needed columns only, group-by and merge): {peer}",
        f"{peer.wall / ours.wall:.1f} × (CPU {peer.processor / ours.processor:.1f} ×)",
    )


def _full() -> Line:
    with tempfile.TemporaryDirectory(prefix="scoring-bench-") as scratch:
        ours = _in_a_process_of_its_own("ours", _simulated(FULL, Path(scratch)))
    return f"{ours.features} features of {FULL:,} simulated clients, from the eight CSV files", str(ours), "", ""


def _simulated(clients: int, scratch: Path) -> Path:
    from scoring_dash.data.simulate import simulate

    folder = scratch / "tables"
    simulate(clients, folder, seed=_SEED)
    return folder


def _in_a_process_of_its_own(side: str, tables: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks.feature_building"]
    done = subprocess.run(
        [*command, "--side", side, "--data", str(tables)], check=True, stdout=subprocess.PIPE, text=True
    )
    return Cost(**json.loads(done.stdout))


def _measured(side: Side, tables: Path) -> Cost:
    wall, processor = time.perf_counter(), time.process_time()
    read_at, features, clients = side(tables)
    return Cost(
        time.perf_counter() - wall, time.process_time() - processor, read_at - wall, _peak_bytes(), features, clients
    )


def _load_ours() -> Side:
    from scoring_dash.core.words import TableName
    from scoring_dash.data.assemble import available_definitions, build_features, to_matrix
    from scoring_dash.data.clean import clean
    from scoring_dash.data.features.typical_income import learn_typical_incomes
    from scoring_dash.pipeline.training_data import open_tables

    def ours(tables: Path) -> tuple[float, int, int]:
        past = TableName.APPLICATION_TRAIN
        with open_tables(tables, labelled=True) as raw:
            read_at = time.perf_counter()
            features = [definition.feature for definition in available_definitions(raw.tables)]
            incomes = learn_typical_incomes(clean(raw.tables[past], past))
            matrix = to_matrix(build_features(raw.tables, typical_incomes=incomes), features)
        return read_at, *matrix.values.shape

    return ours


def _load_pandas() -> Side:
    from benchmarks.pandas_features.build import build
    from benchmarks.pandas_features.frames import read

    def with_pandas(tables: Path) -> tuple[float, int, int]:
        raw = read(tables)
        read_at = time.perf_counter()
        clients, features = build(raw).shape
        return read_at, features, clients

    return with_pandas


# Libraries are loaded before the clock starts, and only those of the side that is measured.
_SIDES: Final = {"ours": _load_ours, "pandas": _load_pandas}


def _peak_bytes() -> int:
    if _STATUS.exists():
        # Not ru_maxrss: on Linux a process inherits that of the one that started it.
        found = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(found.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
