"""A refused client and what he could ask for instead, on the shipped portfolio: by mouse and by keyboard alone."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from support.serving import serving
from support.shipped import shipped_clients, shipped_services

from scoring_dash.core.simulation import NO_CHANGES, Changes
from scoring_dash.core.words import Book, Recommendation
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import number

pytestmark = [pytest.mark.browser, pytest.mark.server]
ROOT = Path(__file__).resolve().parents[2]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(ROOT / "artifacts", log) as (base, _):
        yield base


@pytest.fixture(scope="module")
def refused() -> int:
    """A client to decide on whom the model would refuse, and accept for less at the same duration."""
    services = shipped_services()
    return next(
        client
        for client in shipped_clients(Book.CURRENT, every=1)
        if services.assess(client).recommendation is Recommendation.REFUSE
        and services.simulate(client, Changes(amount=50_000.0)).after.recommendation is Recommendation.ACCEPT
        and len(services.offers(client, NO_CHANGES).changes) > 1
    )


def ask(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def shown_risk(page: Page) -> float:
    return float(page.get_attribute("#simulate-result", "data-probability") or "nan")


def violations(page: Page) -> list[str]:
    return [item["id"] for item in Axe().run(page, options=WCAG).response["violations"]]


@pytest.mark.parametrize("language", Language)
def test_from_a_refusal_to_two_scenarios_on_paper(
    visit: Callable[..., object], shipped: str, refused: int, language: Language
) -> None:
    texts = load_texts(language)
    offers = ask(f"{shipped}/api/v1/clients/{refused}/offers")
    one = visit(at=shipped)
    page = one.open(f"?client={refused}&lang={language}")
    page.locator("#section-simulate").click()
    result = page.locator("#simulate-result")
    expect(result).to_have_attribute("data-recommendation", "refuse")
    assert shown_risk(page) == ask(f"{shipped}/api/v1/clients/{refused}/assessment")["probability_of_default"]

    # The largest accepted amount, as the page says it, entered by hand.
    amount = offers["largest"]["amount"]
    expect(page.locator("#simulate-offers-title + .lead")).to_contain_text(number(amount, texts))
    page.locator("#simulate-field-amount").fill(number(amount, texts))
    page.locator("#simulate-submit").click()
    expect(result).to_have_attribute("data-recommendation", "accept")
    assert shown_risk(page) == offers["largest"]["probability_of_default"]
    expect(page.locator("#simulate-submit")).to_be_focused()
    expect(page.locator("#simulate-field-amount")).to_have_value(number(amount, texts))

    # Kept under a name, then another offer tried and kept under the name proposed.
    page.locator("#simulate-scenario-name").fill("Moins ~ | ; & : %")
    page.locator("#simulate-scenario-save").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(3)
    expect(page.locator(".side-by-side thead th").last).to_have_text("Moins ~ | ; & : %")
    page.locator("#simulate-reset").click()
    expect(result).to_have_attribute("data-recommendation", "refuse")
    page.locator(".offers a").last.click()
    expect(result).not_to_have_attribute("data-probability", repr(shown_risk_of(offers)))
    page.locator("#simulate-scenario-save").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(4)

    # Another look at the file does not lose them, nor does the other language; the address holds it all.
    page.locator("#section-decision").click()
    expect(page.locator("#verdict")).to_be_visible()
    page.locator("#section-simulate").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(4)
    one.wait_for_drawings()
    assert violations(page) == []
    again = visit(at=shipped).open(urllib.parse.urlparse(page.url).query.join(["?", ""]))
    expect(again.locator(".side-by-side thead th")).to_have_count(4)

    # On paper: what was simulated and the scenarios, without the form.
    page.emulate_media(media="print")
    expect(page.locator(".side-by-side")).to_be_visible()
    expect(page.locator("#simulate-result")).to_be_visible()
    for hidden in ("#simulate-form", "#simulate-scenario-save", ".kept", "nav.sections"):
        expect(page.locator(hidden)).to_be_hidden()


def shown_risk_of(offers: dict[str, object]) -> object:
    return offers["asked"]["probability_of_default"]


def test_the_same_by_the_keyboard_alone(visit: Callable[..., object], shipped: str, refused: int) -> None:
    page = visit(at=shipped).open(f"?client={refused}&section=simulate")
    tab_to(page, "simulate-field-amount")
    page.keyboard.press("Control+A")
    page.keyboard.type("100 000,50")
    page.keyboard.press("Enter")
    result = page.locator("#simulate-result")
    expect(page.locator("#simulate-field-amount")).to_have_value("100\u202f000,50")
    expect(page.locator("#simulate-field-amount")).to_be_focused()
    expect(result).to_contain_text("Avec ces changements")
    tab_to(page, "simulate-field-contract")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#simulate-result .caption").first).to_contain_text("Crédit renouvelable")
    expect(page.locator("#simulate-field-contract")).to_be_focused()
    expect(page.locator("#simulate-field-duration")).to_have_count(0)
    tab_to(page, "simulate-scenario-name")
    page.keyboard.press("Control+A")
    page.keyboard.type("Au clavier")
    page.keyboard.press("Enter")
    expect(page.locator(".side-by-side thead th").last).to_have_text("Au clavier")
    tab_to(page, "simulate-remove-0")
    page.keyboard.press("Enter")
    expect(page.locator(".side-by-side")).to_have_count(0)


def test_what_is_typed_while_an_answer_is_under_way_is_not_lost(
    visit: Callable[..., object], shipped: str, refused: int
) -> None:
    page = visit(at=shipped).open(f"?client={refused}&section=simulate")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/_dash-update-component*", hold, times=1)
    page.locator("#simulate-field-amount").fill("100000")
    with page.expect_request("**/_dash-update-component*"):
        page.locator("#simulate-submit").click()
    page.locator("#simulate-field-price").fill("200000")
    for route in waiting:
        route.continue_()
    expect(page.locator("#simulate-result")).to_contain_text("Avec ces changements")
    expect(page.locator("#simulate-field-price")).to_have_value("200000")
    expect(page.locator("#simulate-field-price")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#simulate-field-price")).to_have_value("200\u202f000")


def tab_to(page: Page, id: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == id:
            return
    raise AssertionError(f"Tab never reaches {id}")


@pytest.mark.parametrize("language", Language)
def test_what_cannot_be_entered_is_told_beside_its_field(
    visit: Callable[..., object], shipped: str, refused: int, language: Language
) -> None:
    page = visit(at=shipped).open(f"?client={refused}&section=simulate&lang={language}")
    for text in ("-5", "0", "abc", "NaN", "1e308", "=1+1", "<b>1</b>", "99999999999", "a;b:c&d=e"):
        page.locator("#simulate-field-amount").fill(text)
        page.locator("#simulate-field-duration").fill("7,5")
        page.locator("#simulate-submit").click()
        expect(page.locator("#simulate-field-amount-fault")).to_have_text(
            re.compile(rf"^[«“]?\s*{re.escape(text)}[\s»”]")
        )
        expect(page.locator("#simulate-field-duration-fault")).to_be_visible()
        expect(page.locator("#simulate-field-amount")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#simulate-field-amount")).to_have_value(text)
        assert page.locator("#simulate-result").get_attribute("data-probability") is None
    assert violations(page) == []
    page.locator("#simulate-field-amount").fill("250000,5" if language is Language.FRENCH else "250,000.5")
    page.locator("#simulate-field-duration").fill("24")
    page.locator("#simulate-submit").click()
    expect(page.locator("#simulate-result .tag")).to_be_visible()
    expect(page.locator(".fault")).to_have_count(0)
