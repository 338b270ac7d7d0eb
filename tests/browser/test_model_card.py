"""The model card in a real browser: accessible, fits a telephone and a sheet, silent console."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from scoring_dash.i18n.catalogue import Language
from scoring_dash.reports.model_card import write_model_card
from scoring_dash.reports.sources import read_sources

pytestmark = pytest.mark.browser

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described
}


@pytest.mark.parametrize("language", Language)
def test_the_card_is_accessible_and_fits(
    browser: Browser, tiny_artifacts: Path, tmp_path: Path, language: Language
) -> None:
    page_file, _ = write_model_card(read_sources(tiny_artifacts), tmp_path, (language,))
    page = browser.new_page()
    complaints: list[str] = []
    fetched: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(page_file.as_uri())
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page, options=WCAG).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg[role=img]").count() == 3
    assert page.locator("html").get_attribute("lang") == str(language)
    # On paper nothing scrolls: what is wider than the sheet would be cut. 182 mm are 688 px.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    assert complaints == []
    assert fetched == [page_file.as_uri()]
    page.close()
