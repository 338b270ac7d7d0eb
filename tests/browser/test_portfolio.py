"""The work list in a real browser: find, filter, sort, open, step from file to file, come back, export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.fake_services import FakeServices

from scoring_dash.i18n.numbers import client_number
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView

pytestmark = pytest.mark.browser

SERVICES = FakeServices()
LANGUAGES = ("fr", "en")
FILE = {"fr": "Dossier", "en": "File"}
LIBRARY = "dash_ag_grid"


def numbers(query: WorkListQuery) -> list[int]:
    """Clients of a list, in its order."""
    return [row.client_id for row in SERVICES.work_list(query, offset=0, limit=200).rows]


def expect_rows(page: Page, query: WorkListQuery) -> None:
    """Wait until the grid shows the start of a list."""
    for place, number in enumerate(numbers(query)[:6]):
        expect(page.locator(f".work-grid .ag-row[row-index='{place}'] a")).to_have_text(client_number(number))


@pytest.mark.parametrize("language", LANGUAGES)
def test_find_filter_sort_open_step_and_come_back(visit: Callable[..., object], language: str) -> None:
    one = visit()
    page = one.open(f"?lang={language}")
    assert not any(LIBRARY in address for address in one.requests)
    page.locator("#work-list-link").click()
    one.wait_for_rows()
    expect_rows(page, WorkListQuery())
    page.locator("#work-view-refused").click()
    expect_rows(page, WorkListQuery(WorkView.REFUSED))
    expect(page.locator("#work-view-refused")).to_be_focused()
    page.locator(".ag-header-cell[col-id=amount]").click()
    query = WorkListQuery(WorkView.REFUSED, sort=WorkColumn.AMOUNT)
    expect_rows(page, query)
    expect(page.locator("#work-list-sort")).to_have_value(query.text)
    page.locator(".ag-header-cell[col-id=amount]").click()
    query = query.sorted_by(WorkColumn.AMOUNT, SortDirection.DESCENDING)
    expect_rows(page, query)
    assert f"list={query.text}" in page.url
    expect(page.locator(".ag-header-cell[col-id=amount]")).to_have_attribute("aria-sort", "descending")
    files = numbers(query)
    page.locator(".work-grid .ag-row [col-id=risk]").first.click()
    expect_file(page, files[0], language)
    page.locator("#section-why").click()
    expect(page.locator("#section-why")).to_have_attribute("aria-current", "page")
    for number in files[1:11]:
        page.keyboard.press("Alt+PageDown")
        expect_file(page, number, language)
        expect(page.locator("#section-why")).to_have_attribute("aria-current", "page")
    expect(page.locator(".steps .position")).to_contain_text("11")
    page.keyboard.press("Alt+PageUp")
    expect_file(page, files[9], language)
    page.locator("#work-list-back").click()
    marked = page.locator(".work-grid .ag-row a[aria-current=true]")
    expect(marked).to_have_text(client_number(files[9]))
    expect(page.locator(".work-grid .ag-cell-focus")).to_contain_text(client_number(files[9]))


def expect_file(page: Page, number: int, language: str) -> None:
    expect(page.locator("h1")).to_have_text(f"{FILE[language]} {client_number(number)}")


def test_the_way_back_of_the_browser_leads_to_the_row_that_was_opened(visit: Callable[..., object]) -> None:
    query = WorkListQuery(WorkView.ALL)
    one = visit()
    page = one.open(f"?section=portfolio&list={query.text}")
    last = numbers(query)[-1]
    page.locator(".ag-body-viewport").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    row = page.locator(".work-grid .ag-row a", has_text=client_number(last))
    expect(row).to_be_visible()
    row.click()
    expect_file(page, last, "fr")
    page.go_back()
    one.wait_for_rows()
    expect(page.locator(".work-grid .ag-row a[aria-current=true]")).to_have_text(client_number(last))
    expect(page.locator(".work-grid .ag-row a[aria-current=true]")).to_be_in_viewport()
    assert f"list={query.text}" in page.url


def test_the_list_by_keyboard_alone(visit: Callable[..., object]) -> None:
    page = visit().open("?section=portfolio&list=to_review")
    query = WorkListQuery(WorkView.TO_REVIEW)
    page.locator("#work-list-sort").focus()
    page.keyboard.press("Tab")  # the export
    page.keyboard.press("Tab")  # the headings
    expect(page.locator(".ag-header-cell:focus")).to_have_attribute("col-id", "client")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ag-cell-focus")).to_contain_text(client_number(numbers(query)[1]))
    page.keyboard.press("Enter")
    expect_file(page, numbers(query)[1], "fr")
    assert "list=to_review" in page.url


def test_another_order_keeps_the_grid_and_its_focus(visit: Callable[..., object]) -> None:
    query = WorkListQuery(WorkView.ALL)
    page = visit().open(f"?section=portfolio&list={query.text}&client={numbers(query)[3]}")
    expect(page.locator(".work-grid .ag-cell-focus")).to_contain_text(client_number(numbers(query)[3]))
    page.locator(".work-grid").evaluate("grid => { grid.querySelector('.ag-root').dataset.same = 'yes'; }")
    heading = page.locator(".ag-header-cell[col-id=risk]")
    heading.click()
    expect_rows(page, query.sorted_by(WorkColumn.RISK, SortDirection.ASCENDING))
    expect(page.locator("#work-list-sort")).to_have_value("all~sort.risk.asc")
    expect(page.locator(".work-grid .ag-root")).to_have_attribute("data-same", "yes")
    assert "client=" not in page.url


def test_number_and_amount_are_searched_and_shared_by_the_address(visit: Callable[..., object]) -> None:
    page = visit().open("?section=portfolio&list=all")
    page.locator("#work-list-number").fill("1000")
    page.locator("#work-list-least").fill("300 000")
    page.keyboard.press("Enter")
    query = WorkListQuery(WorkView.ALL, "1000", 300_000)
    expect_rows(page, query)
    address = page.url
    assert "number.1000" in address
    assert "amount.300000-" in address
    other = visit().open(address.partition("/?")[2].join(["?", ""]))
    expect_rows(other, query)
    expect(other.locator("#work-list-least")).to_have_value("300000")
    other.locator("#work-clear").click()
    expect_rows(other, WorkListQuery(WorkView.ALL))
    expect(other.locator("#work-list-number")).to_have_value("")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_is_exported(visit: Callable[..., object], language: str, tmp_path: Path) -> None:
    query = WorkListQuery(WorkView.REFUSED, sort=WorkColumn.AMOUNT)
    page = visit().open(f"?section=portfolio&list={query.text}&lang={language}")
    headings = page.locator(".ag-header-cell-text").all_inner_texts()
    with page.expect_download() as waited:
        page.locator(".work-links a[download]").click()
    name = waited.value.suggested_filename
    assert name.startswith({"fr": "portefeuille-", "en": "portfolio-"}[language])
    waited.value.save_as(tmp_path / name)
    text = (tmp_path / name).read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter={"fr": ";", "en": ","}[language])
    assert [title.partition(" (")[0] for title in head] == headings
    assert [int(row[0]) for row in rows] == numbers(query)
    decimal = {"fr": ",", "en": "."}[language]
    assert all(float(row[3].replace(decimal, ".")) > 0 for row in rows)  # all refused lie above the threshold


def test_on_a_telephone_files_are_cards(visit: Callable[..., object]) -> None:
    page = visit(390).open("?section=portfolio&list=all")
    card = page.locator(".work-card").first
    expect(card).to_be_visible()
    for text in card.locator("a, b, .tag").all():
        clipped = text.evaluate("e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'")
        assert not clipped
    box, cell = card.bounding_box(), page.locator(".ag-row .ag-cell").first.bounding_box()
    assert box["y"] + box["height"] <= cell["y"] + cell["height"]
    card.click()
    expect_file(page, numbers(WorkListQuery(WorkView.ALL))[0], "fr")


def test_a_client_opened_from_no_list_has_no_steps(visit: Callable[..., object]) -> None:
    page = visit().open("?client=100009")
    expect(page.locator(".steps")).to_have_count(0)
    page.keyboard.press("Alt+PageDown")
    expect_file(page, 100_009, "fr")


def test_every_recommendation_is_told_by_sign_and_word(visit: Callable[..., object]) -> None:
    signs = {"accept": "✓", "review": "!", "refuse": "✕"}
    for recommendation, view in (("accept", "accepted"), ("review", "to_review"), ("refuse", "refused")):
        page = visit().open(f"?section=portfolio&list={view}")
        sign, *words = page.locator(f".work-grid .tag-{recommendation}").first.inner_text().split()
        assert sign == signs[recommendation]
        assert words
