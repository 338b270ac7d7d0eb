"""A server that does not answer: the page asks once more, then says so, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser

UPDATE = "**/_dash-update-component*"


def test_a_lost_answer_is_asked_for_once_more(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open("?client=100009")
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        refused.append(route.request.url)
        route.continue_() if len(refused) > 1 else route.abort()

    page.route(UPDATE, refuse_once)
    page.locator("#section-why").click()
    expect(page.locator("#section-why")).to_have_attribute("aria-current", "page")
    expect(page.locator("#connection")).to_be_empty()
    assert len(refused) == 2
    one.complaints.clear()  # the browser reports the refused request, as it should


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_server_that_is_gone_is_told_and_the_page_comes_back(visit: Callable[..., object], language: str) -> None:
    one = visit()
    page = one.open(f"?client=100009&lang={language}")
    page.route(UPDATE, lambda route: route.abort())
    page.locator("#section-why").click()
    told = {"fr": "La connexion au programme est perdue", "en": "The connection to the program is lost"}
    expect(page.get_by_role("alert")).to_contain_text(told[language])
    page.unroute(UPDATE)
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator("#section-why")).to_have_attribute("aria-current", "page")
    expect(page.locator("#connection")).to_be_empty()
    one.complaints.clear()


def test_a_failing_server_is_told(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open("?client=100009")
    page.route(UPDATE, lambda route: route.fulfill(status=502, body="bad gateway"))
    with page.expect_console_message(lambda message: "bad gateway" in message.text):
        page.locator("#section-why").click()
    expect(page.get_by_role("alert")).to_contain_text("La connexion au programme est perdue")
    one.complaints.clear()
