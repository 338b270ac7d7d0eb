"""The page of the work list and the steps from file to file, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.components import of_type, text_of, with_id
from support.fake_services import FakeServices

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.population.work_list import WorkSummary
from scoring_dash.population.work_query import WorkListQuery, WorkView
from scoring_dash.web.address import CLIENT_SECTIONS, Address, Section, read_address
from scoring_dash.web.app import create_dash
from scoring_dash.web.page import Page, render_page

ASSETS = Path(__file__).resolve().parents[4] / "assets"
SERVICES = FakeServices()
FRENCH = load_texts(Language.FRENCH)
ALL = [row.client_id for row in SERVICES.work_list(WorkListQuery(WorkView.ALL), offset=0, limit=200).rows]


def page_of(search: str) -> Page:
    address = read_address(search)
    return render_page(address, SERVICES, load_texts(address.language), library="/grid.js")


def test_every_view_has_a_link_with_the_number_of_its_files() -> None:
    page = page_of("?section=portfolio&list=all~number.1000")
    counts = SERVICES.work_summary(WorkListQuery.parse("all~number.1000")).counts
    for view in WorkView:
        link = with_id(page.content, f"work-view-{view}")
        assert link.href == f"?section=portfolio&list={view}~number.1000"
        assert text_of(link).endswith(f" {counts[view]}")


def test_the_grid_is_told_of_the_list_and_of_the_row_of_the_client() -> None:
    grid = page_of(f"?section=portfolio&list=all&client={ALL[7]}").grid
    assert grid is not None
    assert (grid["list"], grid["total"], grid["library"]) == ("all", 100, "/grid.js")
    assert grid["marked"] == {"id": ALL[7], "position": 7}
    sorted_by = {column["field"]: column["initialSort"] for column in grid["columns"] if column["initialSort"]}
    assert sorted_by == {"distance": "asc"}
    stranger = page_of("?section=portfolio&list=all&client=42").grid
    assert stranger is not None
    assert stranger["marked"] is None


@pytest.mark.parametrize("search", ["?section=portfolio&list=everything", "?section=portfolio&list=all~contract.gold"])
def test_a_list_that_cannot_be_read_is_named_and_another_one_shown(search: str) -> None:
    page = page_of(search)
    assert "n’est pas lisible" in text_of(page.content)
    assert page.grid is not None
    assert page.grid["total"] > 0


def test_no_earlier_scoring_is_said() -> None:
    class First(FakeServices):
        def work_summary(self, query: WorkListQuery) -> WorkSummary:
            found = super().work_summary(query)
            return WorkSummary({**found.counts, WorkView.CHANGED: 0}, found.contracts, found.near_distance, False)

    address = Address(section=Section.PORTFOLIO, work_list=WorkListQuery(WorkView.CHANGED))
    told = text_of(render_page(address, First(), FRENCH).content)
    assert "Il n’y a pas de notation antérieure à laquelle comparer." in told


def test_other_pages_show_no_grid() -> None:
    assert page_of("?client=100009").grid is None
    assert page_of("").grid is None


@pytest.mark.parametrize("section", CLIENT_SECTIONS)
def test_previous_and_next_file_keep_the_section_and_the_list(section: Section) -> None:
    content = page_of(f"?client={ALL[2]}&section={section}&list=all&lang=en").content
    here = "" if section is Section.DECISION else f"&section={section}"
    before, after = (with_id(content, f"work-list-{step}") for step in ("previous", "next"))
    assert before.href == f"?client={ALL[1]}{here}&list=all&lang=en"
    assert after.href == f"?client={ALL[3]}{here}&list=all&lang=en"
    assert "3 of 100" in text_of(content)
    keys = [link.to_plotly_json()["props"]["aria-keyshortcuts"] for link in (before, after)]
    assert keys == ["Alt+PageUp", "Alt+PageDown"]
    back = with_id(content, "work-list-back")
    assert back.href == f"?client={ALL[2]}&section=portfolio&list=all&lang=en"
    assert "list=all" in with_id(content, "section-why").href


def test_the_ends_of_a_list_have_one_step_only() -> None:
    first, last = page_of(f"?client={ALL[0]}&list=all").content, page_of(f"?client={ALL[-1]}&list=all").content
    assert {link.id for link in of_type(first, "A") if "work-list" in str(getattr(link, "id", ""))} == {
        "work-list-back",
        "work-list-next",
    }
    assert {link.id for link in of_type(last, "A") if "work-list" in str(getattr(link, "id", ""))} == {
        "work-list-back",
        "work-list-previous",
    }


@pytest.mark.parametrize("text", ["all~number.9", "all~contract.gold"])
def test_a_client_outside_the_list_is_said_to_be(text: str) -> None:
    told = text_of(page_of(f"?client=100009&list={text}").content)
    assert "Ce dossier n’est pas dans la liste." in told


def test_the_library_of_the_grid_is_served_but_loaded_by_no_page() -> None:
    browser = create_dash(SERVICES, assets=ASSETS).server.test_client()
    scripts = re.findall(r'src="([^"]+)"', browser.get("/").text)
    assert any("dash_html_components" in address or "/html/" in address for address in scripts)
    assert not any("dash_ag_grid" in address for address in scripts)
    dependencies = browser.get("/_dash-component-suites/dash_ag_grid/async-community.js")
    assert dependencies.status_code == 200
    paid = browser.get("/_dash-component-suites/dash_ag_grid/async-enterprise.js")
    assert paid.status_code >= 400
