"""What was measured, as lines of docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.click_to_paint.browser import Opening
from benchmarks.click_to_paint.measure import PeerVisit, Results, Visit
from benchmarks.click_to_paint.portfolio import FULL, SMALL
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import Section
from scoring_dash.web.wording import section_name

Line = tuple[str, str, str, str]
"""A line of the report: what, ours, peer, ratio."""


def lines(results: Results) -> list[Line]:
    """Everything in lines; the ratio is that of the better peer."""
    heaviest = max(results.small.values(), key=lambda visit: visit.first.bytes)
    return [
        *(_choice(section, visit, results.peers) for section, visit in results.small.items()),
        *(_larger(section, visit, results.small[section]) for section, visit in results.full.items()),
        _first_page(heaviest, results.peers),
        _return_visit(heaviest, results.peers),
        *([_peers_start(results.peers)] if results.peers else []),
    ]


def _choice(section: Section, visit: Visit, peers: tuple[PeerVisit, ...]) -> Line:
    what = f"choose a client → last panel painted, {_name(section)}, {SMALL:,} clients"
    return what, _times(visit), _of_peers(peers, _times), _ratio(peers, lambda one: one.median, visit)


def _larger(section: Section, visit: Visit, small: Visit) -> Line:
    what = f"the same, {_name(section)}, {FULL:,} clients (the shipped ones, repeated under new numbers)"
    return what, f"{_times(visit)}: {visit.median / small.median:.2f} × that of {SMALL:,}", "", ""


def _first_page(visit: Visit, peers: tuple[PeerVisit, ...]) -> Line:
    what = f"first page of an empty browser, {SMALL:,} clients"
    told = _of_peers(peers, lambda one: _opening(one.first))
    return what, _opening(visit.first), told, _ratio(peers, lambda one: one.first.bytes, visit)


def _return_visit(visit: Visit, peers: tuple[PeerVisit, ...]) -> Line:
    told = _of_peers(peers, lambda one: _opening(one.again))
    return "the same page in a new tab", _opening(visit.again), told, _ratio(peers, lambda one: one.again.bytes, visit)


def _peers_start(peers: tuple[PeerVisit, ...]) -> Line:
    told = "; ".join(f"{peer.name}: {peer.start:.0f} s" for peer in peers)
    return f"start to first answer, {SMALL:,} clients", "above", told, ""


def _name(section: Section) -> str:
    return section_name(section, load_texts(Language.FRENCH))


def _times(visit: Visit) -> str:
    return f"{visit.median:.0f} ms (p95 {visit.p95:.0f})"


def _opening(opening: Opening) -> str:
    size = opening.bytes / 1000
    volume = f"{size / 1000:.2f} MB" if size >= 1000 else f"{size:.0f} kB"
    return f"{volume}, {opening.requests} requests, at rest after {opening.seconds:.1f} s"


def _of_peers(peers: tuple[PeerVisit, ...], say: Callable[[Visit], str]) -> str:
    return "; ".join(f"{peer.name}: {say(peer.visit)}" for peer in peers)


def _ratio(peers: tuple[PeerVisit, ...], figure: Callable[[Visit], float], visit: Visit) -> str:
    """Of the better peer to ours."""
    return f"{min(figure(peer.visit) for peer in peers) / figure(visit):.1f} ×" if peers else ""
