"""What an auditor looks for on every state of the page: accessibility, layout, languages, charts that stay at home."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from support.fake_services import FakeServices
from support.serve_fake import BROKEN_CLIENT

from scoring_dash.i18n.catalogue import Language
from scoring_dash.web.address import CLIENT_SECTIONS, Section

pytestmark = pytest.mark.browser

SERVICES = FakeServices()
# Whoever lacks most of what the model asks for.
MISSING_CLIENT = max(
    (item.client_id for item in SERVICES.search_clients("", limit=100).items),
    key=lambda client: sum(value is None for value in SERVICES.facts(client).features.values()),
)
CLIENTS = {"accepted": 100_012, "review": 100_009, "refused": 100_003, "past": 100_004, "missing": MISSING_CLIENT}
SECTIONS = {
    f"{section} {kind}": f"client={client}&section={section}"
    for section in CLIENT_SECTIONS
    for kind, client in CLIENTS.items()
    # Only the decision looks different for each recommendation.
    if section is Section.DECISION or kind in ("review", "missing")
}
LISTS = {
    "portfolio": "section=portfolio",
    "portfolio filtered": "section=portfolio&list=refused~number.100~amount.0-9000000~sort.amount.desc",
    "portfolio changed at a client": "section=portfolio&client=100003&list=changed",
    "portfolio without a file": "section=portfolio&list=all~number.9",
}
STATES = {
    "start": "",
    **SECTIONS,
    **LISTS,
    "file of a list": "client=100009&list=all&section=why",
    "file outside its list": "client=100009&list=all~number.9",
    "portfolio ignored": "section=portfolio&list=everything",
    "why of a theme": "client=100009&section=why&theme=debts_elsewhere",
    "why of a category": "client=100009&section=why&feature=organization_type",
    "why for analysts": "client=100009&section=why&measure=margin",
    "file of a theme": "client=100009&section=file&theme=income_job",
    "file searched": "client=100009&section=file&search=total",
    "file searched in vain": "client=100009&section=file&search=zzz",
    "compare by category": "client=100009&section=compare&feature=organization_type&group=similar",
    "compare in a group": "client=100009&section=compare&group=similar;age_band~1;income~50%25;organization_type~",
    "compare in too small a group": "client=100009&section=compare&group=income~1%25;age_band~",
    "compare two facts": "client=100009&section=compare&feature=income&by=organization_type&log=xy&with=100010,100011",
    "compare with nonsense": "client=100009&section=compare&group=nope~&by=nope&log=z&with=abc,42",
    "simulate a change": "client=100003&section=simulate&change=amount:90000;duration:36",
    "simulate with faults": "client=100003&section=simulate&change=amount:abc;duration:7,5;contract:x",
    "simulate scenarios": "client=100003&section=simulate&scenario=A%3Damount:90000%7CB%3Dduration:60%7CC%3Damount:1",
    "unknown": "client=42",
    "no number": "client=abc&section=why",
    "ignored": "client=100009&section=nowhere&group=none&theme=none&measure=none",
    "unknown feature": "client=100009&section=compare&feature=nonsense",
    "failure": f"client={BROKEN_CLIENT}",
}
FOR_ANALYSTS = {"why for analysts"}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described
}
RAW = re.compile(
    r"\b(?:[A-Z][A-Z0-9]+_)+[A-Z0-9]+\b|\b[a-z]+_[a-z_]+\b|SHAP|\bNaN\b|\bNone\b|undefined|\[object|\binf\b"
)
JARGON = re.compile(r"log-odds|log-cotes|logit|\bmarge?n?\b|SHAP", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|and|with|of|file|files|threshold|loan|risk|refused|accepted|income|working|secondary|married|unknown|"
    r"raises|lowers|typically|client's|closed|active|consumer|credit card|last|days|yes|approved|canceled)\b",
    re.IGNORECASE,
)
FRENCH = re.compile(
    r"\b(le|la|les|des|du|une|dossiers?|seuil|risque|crédits?|échéances?|est|pour|avec|sans|moins|plus|ans|mois|oui|non)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"Prêt à dépenser|Français")
WIDTHS = (1280, 640, 320)


def violations(page: Page) -> dict[str, list[str]]:
    """Rules of WCAG 2.2 AA that the page breaks, with the elements."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return {item["id"]: [node["html"][:120] for node in item["nodes"]] for item in found}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_fits_and_speaks_its_language(
    visit: Callable[..., object], state: str, language: Language
) -> None:
    page = visit().open(f"?{STATES[state]}&lang={language}")
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == {}
    text = NAMES.sub("", everything_said(page))
    assert RAW.findall(text) == []
    assert (ENGLISH if language is Language.FRENCH else FRENCH).findall(text) == []
    assert state in FOR_ANALYSTS or JARGON.findall(text) == []


def everything_said(page: Page) -> str:
    """All text of a page: what is read, what a list offers, what a screen reader is told."""
    options = page.eval_on_selector_all("option, optgroup", "items => items.map(item => item.label)")
    labels = page.eval_on_selector_all("[aria-label]", "items => items.map(item => item.ariaLabel)")
    titles = page.eval_on_selector_all("[title]", "items => items.map(item => item.title)")
    return " ".join([page.inner_text("body"), *options, *labels, *titles])


@pytest.mark.parametrize("state", [*SECTIONS, *LISTS, "unknown"])
def test_every_section_is_accessible_in_the_dark(visit: Callable[..., object], state: str) -> None:
    page = visit(color_scheme="dark").open(f"?{STATES[state]}")
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    assert violations(page) == {}


@pytest.mark.parametrize("state", [*SECTIONS, "why of a category", "why for analysts", "compare by category"])
def test_charts_have_a_name_a_table_and_no_way_out(visit: Callable[..., object], state: str) -> None:
    page = visit().open(f"?{STATES[state]}")
    assert page.locator(".modebar, [data-title*='hare'], .modebar-btn").count() == 0
    for chart in page.locator(".chart").all():
        assert chart.get_attribute("role") == "img"
        assert len(chart.get_attribute("aria-label") or "") > 30
        assert chart.locator("xpath=..").locator("details table caption").count() >= 1


def test_every_link_and_field_shows_the_focus(visit: Callable[..., object]) -> None:
    page = visit().open(f"?{STATES['decision review']}")
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
    page = visit().open(f"?{STATES['decision review']}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_reduced_motion_and_forced_colours_keep_the_page_whole(visit: Callable[..., object]) -> None:
    page = visit(reduced_motion="reduce", forced_colors="active").open(f"?{STATES['decision review']}")
    assert page.locator(".reason").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
