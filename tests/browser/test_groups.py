"""A manager builds a group, shares it, and compares in it, in a real browser and in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CLIENT = 100_009
WORDS = {
    "fr": {
        "size": "dossiers passés dans ce groupe",
        "wrong": "Tapez des nombres",
    },
    "en": {"size": "past files in this group", "wrong": "Type numbers"},
}


def group_of(page: Page) -> str:
    """The group that the address names."""
    return parse_qs(urlparse(page.url).query).get("group", [""])[0]


@pytest.mark.parametrize("language", WORDS)
def test_a_group_is_built_shared_and_opened_again(visit: Callable[..., object], language: str) -> None:
    first, second = visit(), visit()
    words = WORDS[language]
    page = first.open(f"?client={CLIENT}&section=compare&feature=income&lang={language}")
    expect(page.locator("#group-size")).to_contain_text(f"200 {words['size']}")
    page.locator("#compare-add-age_band").click()
    expect(page.locator("#compare-remove-age_band")).to_be_visible()
    page.locator("#compare-age_band-1").check()
    expect(page.locator(".asked .caption")).to_have_text(re.compile(r"\bou\b" if language == "fr" else r"\bor\b"))
    page.locator("#compare-add-shown").click()
    expect(page.locator("#compare-income-near-2")).to_have_attribute("aria-current", "true")
    page.locator("#compare-income-near-3").click()
    expect(page.locator("#compare-income-near-3")).to_have_attribute("aria-current", "true")
    assert group_of(page).startswith("age_band:") and group_of(page).endswith(";income~50%")
    first.wait_for_drawings()
    other = second.open(page.url.removeprefix(first.server + "/"))
    assert other.inner_text("main") == page.inner_text("main")


@pytest.mark.parametrize("language", WORDS)
def test_typed_ends_are_read_as_people_write_them(visit: Callable[..., object], language: str) -> None:
    page = visit().open(f"?client={CLIENT}&section=compare&group=income~50%25&lang={language}")
    low, high = page.locator("#compare-income-low"), page.locator("#compare-income-high")
    low.fill("many")
    high.fill("1e308")
    high.press("Enter")
    expect(page.locator("#compare-income-fault")).to_contain_text(WORDS[language]["wrong"])
    expect(low).to_be_focused()
    expect(low).to_have_attribute("aria-invalid", "true")
    low.fill("250 000,5" if language == "fr" else "250,000.5")
    high.fill("90000")
    high.press("Enter")
    page.wait_for_url("**group=income%3A90000..250000.5**")
    expect(low).to_have_value("90\u202f000" if language == "fr" else "90,000")
    assert group_of(page) == "income:90000..250000.5"
    # What the boxes show is read back as what it means.
    page.locator("#compare-income-high").press("Enter")
    expect(page.locator("#compare-income-fault")).to_be_hidden()
    assert group_of(page) == "income:90000..250000.5"


def test_three_facts_are_compared_in_one_group(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open(f"?client={CLIENT}&section=compare&group=same_risk")
    size = page.locator("#group-size").inner_text()
    for fact in ("income", "organization_type", "age_band"):
        theme = "Hors du score" if fact == "age_band" else "Revenus et emploi"
        page.get_by_label("Thème", exact=True).select_option(theme)
        if fact != "age_band":
            page.get_by_label("Élément à comparer").select_option(fact)
        page.wait_for_url(f"**feature={fact}**")
        expect(page.locator("#compare-feature")).to_have_value(fact)
        one.wait_for_drawings()
        assert page.locator("#group-size").inner_text() == size
        assert group_of(page) == "same_risk"


def test_two_facts_at_once_and_growing_steps(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open(f"?client={CLIENT}&section=compare&feature=ext_source_mean&lang=en")
    page.get_by_label("Theme of the second fact").select_option("Income and job")
    page.get_by_label("Second fact", exact=True).select_option("income")
    expect(page.locator("#cross-title")).to_contain_text("yearly income")
    one.wait_for_drawings()
    page.locator("#cross summary").click()
    expect(page.locator("#cross tr.marked")).to_have_count(1)
    expect(page.locator("#cross tr.marked th")).to_contain_text("this client")


def test_clients_stand_side_by_side(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=compare&lang=en")
    box = page.get_by_label("Numbers of one or two other clients, divided by a comma")
    box.fill("100 010, 100011")
    box.press("Enter")
    head = page.locator("section[aria-labelledby=beside-title] thead th")
    expect(head).to_have_text(["Fact", "File 100\u202f009", "File 100\u202f010", "File 100\u202f011"])
    page.locator("a[id^=compare-beside-]").first.click()
    expect(head).to_have_count(3)


def test_too_small_a_group_says_so_and_shows_no_figure(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=compare&group=income~1%25;age_band~")
    expect(page.locator(".group .notice")).to_contain_text("Moins de 30 dossiers")
    expect(page.locator("#comparison-graph")).to_have_count(0)
    expect(page.locator("#cross-graph")).to_have_count(0)
    page.locator("#compare-remove-income").click()
    expect(page.locator("#comparison-graph")).to_have_count(1)
