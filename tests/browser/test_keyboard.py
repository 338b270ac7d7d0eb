"""Every journey of a manager by the keyboard alone: no click, no focus set by the test, every stop visible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MOST_STOPS = 150
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    id: element.id, text: (element.innerText || element.value || "").trim().split("\\n")[0],
    isShown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isInSight: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    isPage: element === document.body,
  };
}"""


def go_to(page: Page, *, id: str = "", text: str = "", backwards: bool = False) -> None:
    """Press Tab until something has the focus; each stop on the way shows that it has it, within sight."""
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        stop = page.evaluate(FOCUS)
        if stop["isPage"]:
            continue
        seen.append(stop["id"] or stop["text"])
        assert stop["isShown"], f"{seen[-1]} does not show the focus"
        assert stop["isInSight"], f"{seen[-1]} has the focus out of sight"
        if (id and stop["id"] == id) or (text and stop["text"].startswith(text)):
            return
    raise AssertionError(f"Tab never reaches {id or text}; it reaches {seen}")


def test_from_the_start_page_to_a_decision_and_its_figures(visit: Callable[..., object]) -> None:
    page = visit().open()
    go_to(page, id="search-input")
    page.keyboard.insert_text("10000")  # one question, one answer: no later one takes the place of the list
    expect(page.locator("#search-suggestions a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f002")
    expect(page.locator("h1")).to_be_focused()
    go_to(page, text="Voir les données")
    page.keyboard.press("Enter")
    expect(page.locator("#gauge details")).to_have_attribute("open", "")


def test_why_themes_usual_weight_and_effect_of_a_fact(visit: Callable[..., object]) -> None:
    page = visit().open("?client=100009")
    go_to(page, id="section-why")
    page.keyboard.press("Enter")
    expect(page.locator("#waterfall-title")).to_be_visible()
    expect(page.locator("#section-why")).to_be_focused()
    go_to(page, id="why-theme-debts_elsewhere")
    page.keyboard.press("Enter")
    opened = page.locator("#why-theme-debts_elsewhere")
    expect(opened).to_have_attribute("aria-expanded", "true")
    expect(opened).to_be_focused()
    go_to(page, id="why-effect-feature")
    before = page.locator("#effect").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#effect")).not_to_have_text(before, use_inner_text=True)
    expect(page.locator("#why-effect-feature")).to_be_focused()
    assert "theme=debts_elsewhere" in page.url


def test_file_search_theme_and_dictionary(visit: Callable[..., object]) -> None:
    page = visit().open("?client=100009&section=file")
    go_to(page, id="file-search")
    page.keyboard.type("retard")
    page.keyboard.press("Enter")
    expect(page.locator(".file-facts li").first).to_contain_text("retard")
    assert "search=retard" in page.url
    go_to(page, id="file-theme-income_job")
    page.keyboard.press("Enter")
    expect(page.locator("#file-theme-income_job")).to_be_focused()
    expect(page.locator("#file-theme-income_job")).to_have_attribute("aria-current", "true")
    go_to(page, text="Revenu")
    page.keyboard.press("Enter")
    expect(page.locator(".file-facts details[open]")).to_have_count(1)


def test_compare_a_fact_with_similar_files_in_english(visit: Callable[..., object]) -> None:
    page = visit().open("?client=100009")
    go_to(page, id="language-en")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    go_to(page, id="section-compare")
    page.keyboard.press("Enter")
    go_to(page, id="compare-group-similar")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-group-similar")).to_have_attribute("aria-current", "true")
    expect(page.locator("#compare-group-similar")).to_be_focused()
    go_to(page, id="compare-feature")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#compare-feature")).to_be_focused()


def test_a_group_is_built_ticked_and_typed(visit: Callable[..., object]) -> None:
    page = visit().open("?client=100009&section=compare&lang=en")
    go_to(page, id="compare-add-age_band")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-remove-age_band")).to_be_focused()
    go_to(page, id="compare-age_band-0")
    page.keyboard.press("Space")
    expect(page.locator("#compare-age_band-0")).to_be_checked()
    expect(page.locator("#compare-age_band-0")).to_be_focused()
    go_to(page, id="compare-add-income")
    page.keyboard.press("Enter")
    go_to(page, id="compare-income-low")
    page.keyboard.type("50,000.5")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-income-low")).to_have_value("50,000.5")
    assert "income%3A50000.5" in page.url
    go_to(page, id="compare-remove-age_band")
    page.keyboard.press("Enter")
    expect(page.locator("#compare-remove-age_band")).to_have_count(0)
    expect(page.locator("#compare-group-all")).to_be_focused()


def test_a_lost_number_is_mended_without_a_mouse(visit: Callable[..., object]) -> None:
    page = visit().open("?client=42")
    go_to(page, text="100\u202f003")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f003")
