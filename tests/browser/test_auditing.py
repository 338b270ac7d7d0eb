"""What an auditor looks for on every state of the page: accessibility, layout, languages, charts that stay at home."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STATES = {
    "start": "",
    "accepted": "?client=100012",
    "review": "?client=100009",
    "refused": "?client=100003",
    "past": "?client=100004",
    "why": "?client=100009&section=why",
    "compare": "?client=100009&section=compare&feature=income",
    "categories": "?client=100009&section=compare&feature=organization_type&group=similar",
    "unknown": "?client=42",
    "ignored": "?client=100009&section=nowhere&lang=xx",
}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
RAW = re.compile(
    r"\b(?:[A-Z][A-Z0-9]+_)+[A-Z0-9]+\b|\b[a-z]+_[a-z_]+\b|log-odds|SHAP|\bNaN\b|\bNone\b|undefined|\[object"
)
ENGLISH = re.compile(
    r"\b(the|and|with|of|file|files|threshold|loan|risk|refused|accepted|income|working|secondary|married|unknown|"
    r"raises|lowers|typically|client's)\b",
    re.IGNORECASE,
)


WIDTHS = (1280, 768, 390, 320)


def violations(page: Page) -> dict[str, list[str]]:
    """Rules of WCAG 2.2 AA that the page breaks, with the elements."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return {item["id"]: [node["html"][:120] for node in item["nodes"]] for item in found}


@pytest.mark.parametrize("state", STATES)
def test_page_is_accessible_fits_and_speaks_french(visit: Callable[..., object], state: str) -> None:
    page = visit().open(STATES[state])
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == {}
    text = everything_said(page)
    assert RAW.findall(text) == []
    assert ENGLISH.findall(text) == []


def everything_said(page: Page) -> str:
    """All text of a page: what is read, what a list offers, what a screen reader is told."""
    options = page.eval_on_selector_all("option, optgroup", "items => items.map(item => item.label)")
    labels = page.eval_on_selector_all("[aria-label]", "items => items.map(item => item.ariaLabel)")
    titles = page.eval_on_selector_all("[title]", "items => items.map(item => item.title)")
    return " ".join([page.inner_text("body"), *options, *labels, *titles])


@pytest.mark.parametrize("state", ["review", "why", "compare", "unknown"])
def test_page_is_accessible_in_the_dark_and_in_english(visit: Callable[..., object], state: str) -> None:
    query = STATES[state]
    page = visit(color_scheme="dark").open(f"{query}&lang=en")
    assert violations(page) == {}


@pytest.mark.parametrize("state", ["review", "why", "compare", "categories"])
def test_charts_have_a_name_a_table_and_no_way_out(visit: Callable[..., object], state: str) -> None:
    page = visit().open(STATES[state])
    assert page.locator(".modebar, [data-title*='hare'], .modebar-btn").count() == 0
    for chart in page.locator(".chart").all():
        assert chart.get_attribute("role") == "img"
        assert len(chart.get_attribute("aria-label") or "") > 30
        assert chart.locator("xpath=..").locator("details table caption").count() == 1


def test_every_link_and_field_shows_the_focus(visit: Callable[..., object]) -> None:
    page = visit().open(STATES["review"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.id || document.activeElement.className || document.activeElement.tagName,"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        if name == "BODY":
            break
        seen.add(name)
        assert outline != "none", f"{name} has the focus and does not show it"
    assert {"logo", "search-input", "language-en", "section-why"} <= seen


def test_skip_link_leads_to_the_content(visit: Callable[..., object]) -> None:
    page = visit().open(STATES["review"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_reduced_motion_and_forced_colours_keep_the_page_whole(visit: Callable[..., object]) -> None:
    page = visit(reduced_motion="reduce", forced_colors="active").open(STATES["review"])
    assert page.locator(".reason").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
