"""Whatever takes longer than a glance is told, in the page's language, and every wait ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

UPDATE = "**/_dash-update-component*"
TOLD = {"fr": "La réponse est en cours de calcul", "en": "The answer is being computed"}
LOST = {"fr": "La connexion au programme est perdue", "en": "The connection to the program is lost"}


def hold(page: Page) -> list[Route]:
    """Keep every question back until the test lets it go."""
    held: list[Route] = []
    page.route(UPDATE, lambda route: held.append(route))  # noqa: PLW0108 - a method cannot be marked as a handler
    return held


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_slow_answer_is_told_until_it_is_there(visit: Callable[..., object], language: str) -> None:
    page = visit().open(f"?client=100009&lang={language}")
    line = page.locator("#progress")
    expect(line).to_be_empty()
    held = hold(page)
    page.locator("#section-why").click()
    expect(line).to_contain_text(TOLD[language])
    assert line.get_attribute("role") == "status"
    held[0].continue_()
    expect(page.locator("#section-why")).to_have_attribute("aria-current", "page")
    expect(line).to_be_empty()


def test_a_slow_failure_ends_the_line_too(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open("?client=100009")
    held: list[Route] = []
    page.route(UPDATE, lambda route: route.abort() if held else held.append(route))
    page.locator("#section-why").click()
    expect(page.locator("#progress")).to_contain_text(TOLD["fr"])
    held[0].abort()
    expect(page.get_by_role("alert")).to_contain_text(LOST["fr"])
    expect(page.locator("#progress")).to_be_empty()
    one.complaints.clear()  # the browser reports the refused requests, as it should


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_answer_that_never_comes_is_given_up(visit: Callable[..., object], language: str) -> None:
    one = visit()
    one.page.clock.install()
    page = one.open(f"?client=100009&lang={language}")
    hold(page)
    page.locator("#section-why").click()
    page.clock.run_for(400)
    expect(page.locator("#progress")).to_contain_text(TOLD[language])
    page.clock.run_for(20_000)
    expect(page.get_by_role("alert")).to_contain_text(LOST[language])
    expect(page.locator("#progress")).to_be_empty()
    one.complaints.clear()


def test_rows_of_the_list_that_are_slow_are_told(visit: Callable[..., object]) -> None:
    page = visit().open("?section=portfolio&list=all")
    held: list[Route] = []
    is_let_go: list[bool] = []
    page.route(UPDATE, lambda route: route.continue_() if is_let_go else held.append(route))
    page.locator(".ag-header-cell[col-id=risk]").click()
    expect(page.locator("#progress")).to_contain_text(TOLD["fr"])
    is_let_go.append(True)
    for route in held:
        route.continue_()
    expect(page.locator("#progress")).to_be_empty()
    expect(page.locator(".work-grid .ag-row a").first).to_be_visible()


def test_a_grid_that_cannot_be_loaded_is_told(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open("?client=100009")
    page.route("**/dash_ag_grid*", lambda route: route.abort())
    page.locator("#work-list-link").click()
    expect(page.get_by_role("alert")).to_contain_text(LOST["fr"])
    expect(page.locator("#progress")).to_be_empty()
    page.unroute("**/dash_ag_grid*")
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator(".work-grid .ag-row a").first).to_be_visible()
    one.complaints.clear()


def test_the_line_stands_still_for_whoever_wants_no_motion(visit: Callable[..., object]) -> None:
    page = visit(reduced_motion="reduce").open("?client=100009")
    held = hold(page)
    page.locator("#section-why").click()
    expect(page.locator("#progress")).to_contain_text(TOLD["fr"])
    assert page.evaluate("getComputedStyle(document.getElementById('progress'), '::before').animationName") == "none"
    held[0].continue_()
    expect(page.locator("#progress")).to_be_empty()
