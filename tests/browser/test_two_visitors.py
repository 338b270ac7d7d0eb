"""Clients never mix: not between visitors, not between panels, whatever way a page was reached."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from scoring_dash.i18n.numbers import client_number
from scoring_dash.web.address import CLIENT_SECTIONS, Section

pytestmark = pytest.mark.browser

CLIENT, OTHER = 100_009, 100_012


def shown_clients(page: Page) -> set[str]:
    """Clients that the panels on screen say they were computed for."""
    return set(page.eval_on_selector_all("[data-client]", "items => items.map(item => item.dataset.client)"))


def expect_everywhere(page: Page, client: int, section: Section) -> None:
    """Every panel, the heading, the link of the section and the address name one client and one section."""
    expect(page.locator("h1")).to_have_text(f"Dossier {client_number(client)}")
    expect(page.locator(f"#section-{section}")).to_have_attribute("aria-current", "page")
    assert shown_clients(page) == {str(client)}
    assert f"client={client}" in page.url


def type_client(page: Page, client: int) -> None:
    page.get_by_label("Numéro de client").fill(str(client))
    page.keyboard.press("Enter")


@pytest.mark.parametrize("section", CLIENT_SECTIONS)
def test_typing_back_forward_and_reload_keep_every_panel_on_one_client(
    visit: Callable[..., object], section: Section
) -> None:
    page = visit().open(f"?client={CLIENT}&section={section}")
    expect_everywhere(page, CLIENT, section)
    type_client(page, OTHER)
    expect_everywhere(page, OTHER, section)
    page.go_back()
    expect_everywhere(page, CLIENT, section)
    page.go_forward()
    expect_everywhere(page, OTHER, section)
    page.reload()
    expect_everywhere(page, OTHER, section)


def test_two_visitors_on_two_clients_never_mix(visit: Callable[..., object]) -> None:
    visitors = [(visit().open(f"?client={client}"), client) for client in (CLIENT, OTHER)]
    for section in (*CLIENT_SECTIONS, *reversed(CLIENT_SECTIONS)):
        for page, _ in visitors:
            page.locator(f"#section-{section}").click()
        for page, client in visitors:
            expect_everywhere(page, client, section)


def test_the_last_of_many_quick_choices_is_the_one_shown(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=why")
    clients = [client for client, _ in zip(cycle((OTHER, CLIENT, 100_003)), range(8), strict=False)]
    for client in clients:
        type_client(page, client)
    expect_everywhere(page, clients[-1], Section.WHY)
    page.wait_for_load_state("networkidle")
    expect_everywhere(page, clients[-1], Section.WHY)


def test_two_tabs_of_one_visitor_stay_apart(visit: Callable[..., object]) -> None:
    one = visit()
    first = one.open(f"?client={CLIENT}")
    second = first.context.new_page()
    second.goto(f"{one.server}/?client={OTHER}&section=why")
    expect_everywhere(second, OTHER, Section.WHY)
    first.locator("#section-why").click()
    expect_everywhere(first, CLIENT, Section.WHY)
    expect_everywhere(second, OTHER, Section.WHY)
