"""``GET work-list``: the rows of the grid, in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.fake_services import FakeServices

from scoring_dash.api.routes import register_api
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import client_number, number, percent
from scoring_dash.population.work_query import WorkListQuery, WorkView
from scoring_dash.web.app import create_dash

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FRENCH = load_texts(Language.FRENCH)


@pytest.fixture(scope="module")
def browser() -> FlaskClient:
    services = FakeServices()
    server: Flask = create_dash(services, assets=ASSETS).server
    register_api(server, services)
    return server.test_client()


def grid_rows(browser: FlaskClient, text: str, start: int, end: int) -> list[dict[str, str]]:
    """What the grid gets, through the callback that its page calls."""
    value = {"turn": 1, "list": text, "language": "fr", "startRow": start, "endRow": end}
    body = {
        "output": "work-list.getRowsResponse",
        "outputs": {"id": "work-list", "property": "getRowsResponse"},
        "inputs": [{"id": "work-list", "property": "getRowsRequest", "value": value}],
        "changedPropIds": ["work-list.getRowsRequest"],
    }
    answer = browser.post("/_dash-update-component", json=body).get_json()
    rows: list[dict[str, str]] = answer["response"]["work-list"]["getRowsResponse"]["rowData"]
    return rows


@pytest.mark.parametrize("view", WorkView)
def test_rows_are_those_of_the_grid(browser: FlaskClient, view: WorkView) -> None:
    text = f"{view}~sort.amount.desc"
    answer = browser.get(f"/api/v1/work-list?list={text}&offset=3&limit=20")
    assert answer.status_code == 200
    document, rows = answer.get_json(), grid_rows(browser, text, 3, 23)
    assert len(document["items"]) == len(rows)
    for item, row in zip(document["items"], rows, strict=True):
        assert client_number(item["client_id"]) == row["client"]
        assert item["recommendation"] == row["kind"]
        assert percent(item["probability_of_default"], FRENCH) == row["risk"]
        assert ("non renseigné" if item["amount"] is None else number(item["amount"], FRENCH)) == row["amount"]
        assert (item["change"] is None) == (row["change"] == "inchangé")


def test_without_a_list_it_is_that_of_the_page(browser: FlaskClient) -> None:
    document = browser.get("/api/v1/work-list").get_json()
    assert (document["list"], document["offset"]) == ("near_threshold", 0)
    assert document["total"] == FakeServices().work_summary(WorkListQuery()).counts[WorkView.NEAR_THRESHOLD]
    item = document["items"][0]
    assessment = browser.get(f"/api/v1/clients/{item['client_id']}/assessment").get_json()
    for name in ("recommendation", "probability_of_default", "distance_to_threshold"):
        assert item[name] == assessment[name]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("list=everything", "view is 'everything'"),
        ("list=all~contract.gold", "contract is 'gold'"),
        ("offset=-1", "offset is '-1'"),
        ("offset=1e3", "offset is '1e3'"),
        ("limit=0", "limit is 0"),
        ("limit=201", "1 to 200"),
        ("limit=٣", "a whole number"),
    ],
)
def test_what_is_wrong_is_a_problem(browser: FlaskClient, query: str, said: str) -> None:
    answer = browser.get(f"/api/v1/work-list?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert said in answer.get_json()["detail"]
