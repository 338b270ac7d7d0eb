"""The exported list: all of it, in the language of the spreadsheet, harmless when opened."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from support.fake_services import FakeServices

from scoring_dash.core.words import Recommendation, Theme
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.population.work_list import Change, WorkRow
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.web.app import create_dash
from scoring_dash.web.portfolio.export import csv_parts, export_cells, harmless, plain_number

ASSETS = Path(__file__).resolve().parents[4] / "assets"
FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
ROW = WorkRow(
    100_002, Recommendation.REVIEW, 0.0873, -0.0042, 406_597.5, None, "Cash loans", Theme.LOAN_SIZE,
    Change(Recommendation.ACCEPT),
)  # fmt: skip
SERVICES = FakeServices()


@pytest.fixture(scope="module")
def browser() -> FlaskClient:
    app = create_dash(SERVICES, assets=ASSETS, now=lambda: datetime(2026, 11, 28, 23, 59, tzinfo=UTC))
    client: FlaskClient = app.server.test_client()
    return client


def test_a_row_in_each_language() -> None:
    assert export_cells(ROW, FRENCH) == [
        "100002", "À examiner", "8,73", "-0,42", "406597,5", "", "Prêt personnel", "Taille du crédit",
        "accord → examen",
    ]  # fmt: skip
    assert export_cells(ROW, ENGLISH)[2:6] == ["8.73", "-0.42", "406597.5", ""]
    bare = replace(ROW, amount=None, contract=None, theme=None, change=None)
    assert export_cells(bare, FRENCH)[4:] == ["", "", "", "", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_starts_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    contract = replace(ROW, contract=f"{start}HYPERLINK()")
    assert export_cells(contract, FRENCH)[6] == f"'{start}HYPERLINK()"


@given(st.text())
def test_no_text_is_left_as_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@given(st.floats(-1e12, 1e12))
def test_a_number_stays_one_and_is_nothing_else(value: float) -> None:
    written = plain_number(value, FRENCH)
    assert set(written) <= set("-0123456789,")
    assert float(written.replace(",", ".")) == pytest.approx(value, abs=0.00501)
    assert written != "-0"
    assert plain_number(value, ENGLISH) == written.replace(",", ".")


def test_the_file_is_read_back_row_by_row() -> None:
    class Quoted(FakeServices):
        """A kind of credit that holds all that a table of commas could stumble over."""

        def work_list(self, query: WorkListQuery, *, offset: int, limit: int) -> object:
            page = super().work_list(query, offset=offset, limit=limit)
            return replace(page, rows=tuple(replace(row, contract='a;b,"c"\r\nd') for row in page.rows))

    text = "".join(csv_parts(WorkListQuery.parse("all"), Quoted(), FRENCH))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert len(rows) == 101
    assert {len(row) for row in rows} == {9}
    assert rows[1][6] == 'a;b,"c"\r\nd'


def test_more_rows_than_a_page_holds_are_all_there() -> None:
    class Many(FakeServices):
        """Five times as many files."""

        def work_list(self, query: WorkListQuery, *, offset: int, limit: int) -> object:
            rows = tuple(replace(ROW, client_id=number) for number in range(1, 502))
            page = super().work_list(query, offset=0, limit=1)
            return replace(page, rows=rows[offset : offset + limit], total=len(rows))

    lines = "".join(csv_parts(WorkListQuery(), Many(), ENGLISH)).splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == [str(number) for number in range(1, 502)]


@pytest.mark.parametrize(("language", "name"), [("fr", "portefeuille"), ("en", "portfolio")])
def test_the_route_names_the_file_by_date(browser: FlaskClient, language: str, name: str) -> None:
    answer = browser.get(f"/work-list.csv?list=refused&lang={language}", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-2026-11-28.csv"'
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("query", ["list=everything", "list=all~contract.leasing", "list=all&lang=de"])
def test_what_cannot_be_exported_is_refused(browser: FlaskClient, query: str) -> None:
    answer = browser.get(f"/work-list.csv?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_pages_of_other_servers_get_no_list(browser: FlaskClient, headers: dict[str, str]) -> None:
    assert browser.get("/work-list.csv", headers=headers).status_code == 403
