"""What a relationship manager does, from the search to the comparison, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.fake_services import FakeServices

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent

pytestmark = pytest.mark.browser

SERVICES = FakeServices()
CLIENT, OTHER = 100_009, 100_012
FRENCH = load_texts(Language.FRENCH)


def shown_client(page: Page) -> set[str]:
    """Clients that the panels on screen say they were computed for."""
    return set(page.eval_on_selector_all("[data-client]", "items => items.map(item => item.dataset.client)"))


def test_start_page_offers_clients_and_opens_one(visit: Callable[..., object]) -> None:
    page = visit().open()
    expect(page.locator("h1")).to_have_text("Ouvrir le dossier d’un client")
    expect(page.locator(".simulated")).to_have_text("Portefeuille simulé : ces clients n’existent pas.")
    page.locator(".clients a").first.click()
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f003")
    assert page.url.endswith("?client=100003")


def test_search_suggests_while_typing_and_enter_opens(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open()
    box = page.get_by_label("Numéro de client")
    box.press_sequentially("1002")
    links = page.locator("#search-suggestions a")
    expect(links).to_have_count(8)
    expect(links.first).to_contain_text("100\u202f200")
    box.fill(str(CLIENT))
    expect(links).to_have_count(1)
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f009")
    expect(page.locator("h1")).to_be_focused()
    expect(box).to_have_value("")
    expect(page.locator("#search-suggestions")).to_be_hidden()


def test_suggestions_are_reached_from_the_keyboard(visit: Callable[..., object]) -> None:
    page = visit().open()
    box = page.get_by_label("Numéro de client")
    box.fill("10001")  # one question, one answer: no later one takes the place of the list
    expect(page.locator("#search-suggestions a")).to_have_count(8)
    expect(page.locator("#search-suggestions a").first).to_contain_text("100\u202f010")
    box.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-suggestions a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f011")


def test_choosing_a_client_is_one_round_trip(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open(f"?client={CLIENT}")
    box = page.get_by_label("Numéro de client")
    box.fill(str(OTHER))
    expect(page.locator("#search-suggestions a")).to_have_count(1)
    before = len([url for url in one.requests if "_dash-update-component" in url])
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f012")
    one.wait_for_drawings()
    assert len([url for url in one.requests if "_dash-update-component" in url]) - before == 1
    assert shown_client(page) == {str(OTHER)}


def test_first_page_needs_few_callbacks_and_bytes(visit: Callable[..., object]) -> None:
    one = visit()
    sizes: list[int] = []
    one.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page = one.open(f"?client={CLIENT}")
    page.wait_for_load_state("networkidle")
    assert len([url for url in one.requests if "_dash-update-component" in url]) <= 10
    assert len([url for url in one.requests if "plotly" in url and url.endswith(".js")]) == 1
    assert sum(sizes) <= 2_200_000


def test_decision_says_what_the_model_says(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}")
    assessment = SERVICES.assess(CLIENT)
    risk = percent(assessment.probability_of_default, FRENCH)
    expect(page.locator("#verdict")).to_contain_text(f"Risque estimé de {risk}")
    expect(page.locator(".tag")).to_contain_text("À examiner")
    expect(page.locator(".big-number")).to_have_text(risk)
    assert page.locator(".reason").count() == len(assessment.reasons)
    assert f"{round(100 * assessment.observed.rate)} ont eu des difficultés" in (
        page.get_attribute(".dots", "alt") or ""
    )
    assert shown_client(page) == {str(CLIENT)}


def test_language_changes_everything_and_the_document(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=why")
    assert page.get_attribute("html", "lang") == "fr"
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.locator("h1")).to_have_text("File 100\u202f009")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("File 100\u202f009 · Why · Prêt à dépenser")
    assert "lang=en" in page.url and "section=why" in page.url
    expect(page.get_by_label("Client number")).to_be_visible()
    expect(page.locator("#language-en")).to_be_focused()


def test_a_shared_address_shows_the_same_to_somebody_else(visit: Callable[..., object]) -> None:
    first, second = visit(), visit()
    page = first.open(f"?client={CLIENT}")
    page.get_by_role("link", name="Comparer").click()
    expect(page.locator("#comparison-title")).to_be_visible()
    page.get_by_label("Thème", exact=True).select_option("Revenus et emploi")
    expect(page.locator("#comparison-title")).to_have_text("Revenu annuel déclaré")
    page.get_by_label("Élément à comparer").select_option("employed_days")
    expect(page.locator("#comparison-title")).to_have_text("Ancienneté dans l’emploi")
    page.get_by_label("Élément à comparer").select_option("income")
    expect(page.locator("#comparison-title")).to_have_text("Revenu annuel déclaré")
    page.get_by_role("link", name="Dossiers semblables").click()
    expect(page.locator("#compare-group-similar")).to_have_attribute("aria-current", "true")
    other = second.open(page.url.removeprefix(first.server + "/"))
    assert other.inner_text("main") == page.inner_text("main")


def test_visitors_do_not_share_a_client(visit: Callable[..., object]) -> None:
    first, second = visit(), visit()
    one, two = first.open(f"?client={CLIENT}"), second.open(f"?client={OTHER}&lang=en")
    one.get_by_role("link", name="Pourquoi").click()
    expect(one.locator("#waterfall-title")).to_be_visible()
    two.get_by_role("link", name="Why").click()
    expect(two.locator("#waterfall-title")).to_be_visible()
    assert shown_client(one) == {str(CLIENT)}
    assert shown_client(two) == {str(OTHER)}


def test_back_forward_and_reload_keep_the_place(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}")
    page.get_by_role("link", name="Pourquoi").click()
    expect(page.locator("#waterfall-title")).to_be_visible()
    page.get_by_label("Numéro de client").fill(str(OTHER))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f012")
    expect(page.locator("#waterfall-title")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Dossier 100\u202f009")
    page.go_back()
    expect(page.locator("#verdict")).to_be_visible()
    page.go_forward()
    expect(page.locator("#waterfall-title")).to_be_visible()
    page.reload()
    expect(page.locator("#waterfall-title")).to_be_visible()
    assert shown_client(page) == {str(CLIENT)}


@pytest.mark.parametrize("typed", ["999999", "abc", "1e5", "'; drop", "<script>alert(1)</script>"])
def test_unknown_clients_get_a_clear_page(visit: Callable[..., object], typed: str) -> None:
    page = visit().open()
    page.get_by_label("Numéro de client").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Aucun dossier")
    expect(page).to_have_title("Dossier inconnu · Prêt à dépenser")
    expect(page.locator(".clients a")).not_to_have_count(0)


def test_words_that_mean_nothing_are_named_and_replaced(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=compare&feature=nonsense&group=nobody&lang=xx")
    expect(page.locator(".notice")).to_have_count(3)
    expect(page.locator("#comparison-title")).to_be_visible()


def test_chosen_feature_keeps_the_focus(visit: Callable[..., object]) -> None:
    page = visit().open(f"?client={CLIENT}&section=compare&feature=income")
    box = page.get_by_label("Élément à comparer")
    box.focus()
    box.select_option("organization_type")
    expect(page.locator("#comparison-title")).to_have_text("Secteur de l’employeur")
    expect(page.get_by_label("Élément à comparer")).to_be_focused()
    expect(page.get_by_label("Élément à comparer")).to_have_value("organization_type")


def test_unknown_paths_are_not_found(visit: Callable[..., object]) -> None:
    one = visit()
    answer = one.page.request.get(f"{one.server}/anything?lang=en")
    assert answer.status == 404
    assert re.search(r'<html lang="en">', answer.text())
