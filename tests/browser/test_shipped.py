"""The shipped portfolio behind real gunicorn, read in a real browser: the screen says what the API says."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.serving import serving

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent

pytestmark = [pytest.mark.browser, pytest.mark.server]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(ROOT / "artifacts", log) as (base, _):
        yield base


def ask(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_decision_of_several_clients_reads_as_the_api_says(
    visit: Callable[..., object], shipped: str, width: int
) -> None:
    one = visit(width, at=shipped)
    items = ask(f"{shipped}/api/v1/clients?limit=60")["items"]
    for client_id in [item["client_id"] for item in items if item["book"] == "current"][:3]:
        answer = ask(f"{shipped}/api/v1/clients/{client_id}/assessment")
        page = one.open(f"?client={client_id}")
        panel = page.locator("[data-probability]")
        expect(panel).to_have_attribute("data-client", str(client_id))
        assert float(panel.get_attribute("data-probability")) == answer["probability_of_default"]
        expect(panel).to_contain_text(percent(answer["probability_of_default"], load_texts(Language.FRENCH)))
        for section in ("why", "compare"):
            one.open(f"?client={client_id}&section={section}")
            marked = page.eval_on_selector_all("[data-client]", "items => items.map(item => item.dataset.client)")
            assert set(marked) == {str(client_id)}
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_search_language_and_a_shared_address(visit: Callable[..., object], shipped: str) -> None:
    one = visit(at=shipped)
    page = one.open()
    expect(page.locator(".simulated")).to_be_visible()
    box = page.get_by_label("Numéro de client")
    box.fill("100001")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f001")
    page.locator("#language-en").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    shared = visit(at=shipped)
    shared.page.goto(page.url)
    expect(shared.page.locator("h1")).to_have_text(page.locator("h1").inner_text())
    expect(shared.page.locator("[data-probability]")).to_have_text(
        page.locator("[data-probability]").inner_text(), use_inner_text=True
    )


def test_an_unknown_client_gets_a_page_that_says_so(visit: Callable[..., object], shipped: str) -> None:
    page = visit(at=shipped).open("?client=999999999")
    expect(page.locator("main")).to_contain_text("999")
    expect(page.locator("[data-probability]")).to_have_count(0)
