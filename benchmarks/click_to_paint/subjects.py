"""Who is measured: where a client number is typed, which clients may be chosen, and what must then be on screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import urllib3
from playwright.sync_api import Page

from benchmarks.click_to_paint.portfolio import SameClients
from scoring_dash.web.address import Address, Section

_PEER_SERVER: Final = Path(__file__).with_name("peer_server.py")


@dataclass(frozen=True, slots=True)
class Subject:
    """A page whose client is chosen.

    Attributes
    ----------
    box : str
        Selector of the field that takes a client number.
    shows : callable
        Whether every panel of a page shows a client.
    """

    address: str
    box: str
    clients: Sequence[int]
    shows: Callable[[Page, int], bool]


def ours(server: str, section: Section, clients: Sequence[int]) -> Subject:
    """One section of our page, opened on the client that is chosen last."""
    query = Address(str(clients[-1]), section).href()
    return Subject(f"{server}/{query}", "#search-input", clients, _all_panels_are_of)


def _all_panels_are_of(page: Page, client: int) -> bool:
    shown = page.eval_on_selector_all("[data-client]", "panels => panels.map(panel => panel.dataset.client)")
    return len(shown) > 1 and set(shown) == {str(client)}


def peer_command(python: Path, name: str, same: SameClients) -> list[str]:
    """Starts a peer; ``{port}`` stands for the port."""
    return [str(python), str(_PEER_SERVER), name, str(same.peers), "{port}"]


def explainerdashboard(server: str, same: SameClients) -> Subject:
    """Its tab of one client, all 10,000 to choose from."""
    margins = dict(zip(same.client_ids.tolist(), same.margins.tolist(), strict=True))

    def shows(page: Page, client: int) -> bool:
        boxes = page.eval_on_selector_all("input[id*='-index-']", "boxes => boxes.map(box => box.value)")
        said = f"logodds = {round(margins[client], 2)}"
        return set(boxes) == {str(client)} and any(said in title for title in _titles(page))

    return Subject(f"{server}/", "[id^='random-index-clas-index-']", same.client_ids.tolist(), shows)


def shapash(server: str, same: SameClients) -> Subject:
    """Its only page; of 10,000 clients it lets one choose the 1,000 that it sends to the browser."""
    risks = dict(zip(same.client_ids.tolist(), (1 / (1 + np.exp(-same.margins))).tolist(), strict=True))

    def shows(page: Page, client: int) -> bool:
        said = (f"Id: {client}", f"Proba: {risks[client]:.4f}")
        return any(all(words in title for words in said) for title in _titles(page))

    return Subject(f"{server}/", "#index_id", _clients_of_table(server), shows)


def _titles(page: Page) -> list[str]:
    """Titles of the charts, as drawn."""
    return [str(text) for text in page.eval_on_selector_all(".gtitle", "titles => titles.map(one => one.textContent)")]


def _clients_of_table(server: str) -> list[int]:
    layout = json.loads(urllib3.request("GET", f"{server}/_dash-layout").data)
    table = next(props for props in _components(layout) if props.get("id") == "dataset")
    return [int(row["_index_"]) for row in table["data"]]


def _components(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if "props" in tree:
            yield tree["props"]
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from _components(branch)
