"""Measure the way from a choice to the last panel painted, client after client."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from playwright.sync_api import Browser

from benchmarks.chromium import chromium
from benchmarks.click_to_paint.browser import Opening, choose, new_visitor, open_page
from benchmarks.click_to_paint.portfolio import SameClients, write_same_clients
from benchmarks.click_to_paint.subjects import Subject, explainerdashboard, ours, peer_command, shapash
from benchmarks.serving import our_command, serving
from scoring_dash.web.address import CLIENT_SECTIONS, Section

_WARM_UPS: Final = 3
_CHOICES: Final = 20
_SEED: Final = 2026

PEERS_PYTHON: Final = Path(__file__).resolve().parents[2] / ".venv-peers" / "bin" / "python"
"""Made by ``make bench``."""

_PEERS: Final[dict[str, Callable[[str, SameClients], Subject]]] = {
    "explainerdashboard": explainerdashboard,
    "shapash": shapash,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What one page costs its visitor.

    Attributes
    ----------
    first, again : Opening
        With an empty browser, and in a new tab later.
    choices : (n,) tuple of float
        Milliseconds from the key that chooses a client to the last panel painted.
    """

    first: Opening
    again: Opening
    choices: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median of the choices, in milliseconds."""
        return float(np.median(self.choices))

    @property
    def p95(self) -> float:
        """Nineteen choices of twenty take no longer, in milliseconds."""
        return float(np.percentile(self.choices, 95))


@dataclass(frozen=True, slots=True)
class PeerVisit:
    """A peer's visit, and the seconds from its start to its first answer."""

    name: str
    start: float
    visit: Visit


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured in one run.

    Attributes
    ----------
    small, full : dict of Section to Visit
        Ours on 10,000 and on 356,255 clients.
    """

    small: dict[Section, Visit]
    full: dict[Section, Visit]
    peers: tuple[PeerVisit, ...]


def measure(artifacts: Path, python: Path | None, *, say: Callable[[str], None] = print) -> Results:
    """Measure ours, and the peers if there is an interpreter for them.

    Parameters
    ----------
    artifacts : Path
        Whose clients and model everybody gets.
    python : Path or None
        Interpreter of the peers' environment; None measures ours alone.
    say : callable
        Told what is going on: the run takes minutes.

    Raises
    ------
    SystemExit
        If there is no browser, a server does not start, or a page shows another client than the one chosen.
    """
    with tempfile.TemporaryDirectory(prefix="scoring-bench-") as scratch, chromium() as browser:
        same = write_same_clients(artifacts, Path(scratch))
        small, full = _measure_ours(browser, same, say)
        peers = () if python is None else tuple(_measure_peer(browser, same, python, name, say) for name in _PEERS)
    return Results(small, full, peers)


def _measure_ours(
    browser: Browser, same: SameClients, say: Callable[[str], None]
) -> tuple[dict[Section, Visit], dict[Section, Visit]]:
    """Both sizes in turn, section by section, so that a busy moment of the machine does not fall on one of them."""
    clients = _draw(same.client_ids.tolist())
    small: dict[Section, Visit] = {}
    full: dict[Section, Visit] = {}
    with (
        serving(our_command(same.small)) as little,
        serving(our_command(same.full)) as large,
    ):
        for section in CLIENT_SECTIONS:
            for server, found in ((little, small), (large, full)):
                found[section] = _visit(browser, ours(server.address, section, clients))
                say(f"{section}: {found[section].median:.0f} ms")
    return small, full


def _measure_peer(
    browser: Browser, same: SameClients, python: Path, name: str, say: Callable[[str], None]
) -> PeerVisit:
    say(f"{name}: starting, which takes a minute")
    with serving(peer_command(python, name, same), ready="/") as server:
        visit = _visit(browser, _PEERS[name](server.address, same))
        say(f"{name}: {visit.median:.0f} ms")
        return PeerVisit(name, server.seconds, visit)


def _visit(browser: Browser, subject: Subject) -> Visit:
    visitor = new_visitor(browser)
    page, first = open_page(visitor, subject.address)
    choices = []
    for client in _draw(subject.clients):
        choices.append(choose(page, subject.box, client))
        if not subject.shows(page, client):
            raise SystemExit(f"{subject.address}: client {client} was chosen, but not every panel shows it.")
    again = open_page(visitor, subject.address)[1]
    visitor.close()
    return Visit(first, again, tuple(choices[_WARM_UPS:]))


def _draw(clients: Sequence[int]) -> list[int]:
    """Different clients in an order of chance, always the same."""
    chosen: Iterable[int] = np.random.default_rng(_SEED).choice(clients, _WARM_UPS + _CHOICES, replace=False)
    return [int(client) for client in chosen]
