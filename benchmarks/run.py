"""Measure the program beside its peers and write docs/benchmarks.md: `make bench`."""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks import groups
from benchmarks.click_to_paint.measure import PEERS_PYTHON, measure
from benchmarks.click_to_paint.report import lines as lines_of_choices
from benchmarks.feature_building import SLICE, lines
from benchmarks.serving import our_command, serving
from benchmarks.work_list import lines as lines_of_work_list
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.simulation import NO_CHANGES
from scoring_dash.model.openmp import stay_single

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Figure:
    """One measured line of the report."""

    what: str
    ours: str
    peer: str
    ratio: str


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifacts", type=Path, default=ROOT / "artifacts")
    parser.add_argument("--real", type=Path, help="folder of the real tables: adds the training run")
    parser.add_argument("--clients", type=int, default=SLICE, help="simulated clients whose features are built")
    parser.add_argument("--full", action="store_true", help="build features of as many clients as the original too")
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone, without .venv-peers")
    options = parser.parse_args()
    # First of all: no library has been loaded yet, and no setting of ours reaches the peers.
    choices = lines_of_choices(measure(options.artifacts, None if options.no_peers else PEERS_PYTHON))
    stay_single()
    services = load_services(options.artifacts)
    figures = [_start(options.artifacts), *(Figure(*line) for line in choices)]
    figures += [*_requests(services), *_simulations(services), *_store(services)]
    figures += [Figure(*line) for line in groups.lines(services)]
    figures += [Figure(*line) for line in lines_of_work_list()]
    figures += [Figure(*line) for line in lines(clients=options.clients, full=options.full)]
    if options.real:
        figures.append(_training(options.real))
    text = _report(services, figures)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def _start(artifacts: Path) -> Figure:
    with serving(our_command(artifacts)) as server:
        workers = [server.process, *server.process.children()]
        memory = sum(worker.memory_full_info().pss for worker in workers) / 2**20
    told = f"{server.seconds:.1f} s; {memory:.0f} MiB (PSS, parent and 2 workers)"
    return Figure("start to ready, every hash checked", told, "", "")


def _requests(services: LoadedServices) -> list[Figure]:
    import shap

    ids = [int(number) for number in services.portfolio.current.client_ids[:200]]
    ours = _median_ms(services.assess, ids)
    explainer = shap.TreeExplainer(services.package.scorer._boosters[-1])
    rows = {number: services._row(number).features for number in ids}
    peer = _median_ms(lambda number: explainer.shap_values(rows[number]), ids)
    return [
        Figure(
            "one assessment: score, spread of the fold models, exact contributions, reasons (CPU)",
            f"{ours:.2f} ms",
            f"shap.TreeExplainer, contributions alone: {peer:.2f} ms",
            f"{peer / ours:.1f} ×",
        ),
        _ten_thousand_rows(services, explainer),
    ]


def _simulations(services: LoadedServices) -> list[Figure]:
    """A change entered and everything that could be offered instead, each client once."""
    ids = [int(number) for number in services.portfolio.current.client_ids[:100]]

    def simulate(number: int) -> object:
        asked = services.facts(number).application["AMT_CREDIT"]
        return services.simulate(number, services.read_changes(number, [("amount", asked), ("duration", 24)]))

    simulation = _median_ms(simulate, ids)
    offers = _median_ms(lambda number: services.offers(number, NO_CHANGES), ids)
    return [
        Figure("simulation of another duration, before and after, reasons and facts that moved (CPU)",
               f"{simulation:.1f} ms", "", ""),
        Figure("offers: the map of amounts and durations, the frontier, the smallest changes (CPU)",
               f"{offers:.0f} ms", "", ""),
    ]  # fmt: skip


def _ten_thousand_rows(services: LoadedServices, explainer: Any) -> Figure:
    """Contributions of many clients in one pass, as a batch and a training ask for them."""
    past, scorer = services.portfolio.past, services.package.scorer
    rows = np.ascontiguousarray(past.features[:, np.resize(np.arange(len(past.client_ids)), 10_000)].T)
    ours = _cpu_seconds(lambda: scorer.contributions(rows, scorer.final, threads=2))
    peer = _cpu_seconds(lambda: explainer.shap_values(rows))
    return Figure(
        "exact contributions of 10,000 clients in one pass (CPU)",
        f"{ours:.1f} s",
        f"shap.TreeExplainer: {peer:.1f} s",
        f"{peer / ours:.1f} ×",
    )


def _cpu_seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _store(services: LoadedServices) -> list[Figure]:
    rng = np.random.default_rng(0)
    ids = [int(number) for number in rng.choice(services.portfolio.all_ids, 2000)]
    row = _median_ms(services._row, ids)
    return [Figure("one client's row from the store (CPU)", f"{1000 * row:.0f} µs", "", "")]


def _training(real: Path) -> Figure:
    command = [
        sys.executable,
        "-m",
        "scoring_dash",
        "train",
        "--data",
        str(real),
        "--artifacts",
        "build/bench",
        "--no-tracking",
    ]
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
            process.wait(0.2)
        except (psutil.TimeoutExpired, psutil.NoSuchProcess):
            continue
    seconds = time.perf_counter() - start
    return Figure("train on 40,973 real applications", f"{seconds:.0f} s; {peak / 2**20:.0f} MiB at most", "", "")


def _median_ms(call: Callable[[int], object], ids: list[int]) -> float:
    for number in ids[:5]:
        call(number)
    durations = []
    for number in ids:
        start = time.process_time()
        call(number)
        durations.append(time.process_time() - start)
    return 1000 * statistics.median(durations)


def _report(services: LoadedServices, figures: list[Figure]) -> str:
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{psutil.cpu_count()} processors, {memory:.0f} GiB, Python {platform.python_version()}"
    model = services.model
    size = f"{len(model.features)} features, {model.past_clients} past and {model.current_clients} current clients"
    head = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {date.today().isoformat()}; {machine}.",
        f"Compare the ratios: the milliseconds are this machine's. Model {model.version}: {size}.",
        "",
        "| what | ours | peer, same run | peer / ours |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *(f"| {f.what} | {f.ours} | {f.peer} | {f.ratio} |" for f in figures), ""])


if __name__ == "__main__":
    main()
