"""What the grid asks for is read strictly, by the guard too; what it gets is that of the list, written for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from support.fake_services import FakeServices

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.web.app import create_dash
from scoring_dash.web.portfolio.rows import RowsRequest, read_rows_request, rows_answer

ASSETS = Path(__file__).resolve().parents[4] / "assets"
SERVICES = FakeServices()
ASKED: dict[str, Any] = {"turn": 1, "list": "all", "language": "fr", "startRow": 0, "endRow": 100}
WRONG: list[object] = [
    None,
    [],
    "all",
    {},
    {**ASKED, "more": 1},
    {key: value for key, value in ASKED.items() if key != "list"},
    {**ASKED, "startRow": -1},
    {**ASKED, "startRow": 1.5},
    {**ASKED, "startRow": True},
    {**ASKED, "startRow": "0"},
    {**ASKED, "startRow": 10**12, "endRow": 10**12 + 1},
    {**ASKED, "endRow": 0},
    {**ASKED, "endRow": 201},
    {**ASKED, "turn": None},
    {**ASKED, "list": None},
    {**ASKED, "list": "everything"},
    {**ASKED, "list": "all~sort.amount"},
    {**ASKED, "language": "de"},
    {**ASKED, "language": ["fr"]},
]


@pytest.fixture(scope="module")
def browser() -> FlaskClient:
    client: FlaskClient = create_dash(FakeServices(), assets=ASSETS).server.test_client()
    return client


def body(value: object) -> dict[str, Any]:
    """What the grid's page sends."""
    return {
        "output": "work-list.getRowsResponse",
        "outputs": {"id": "work-list", "property": "getRowsResponse"},
        "inputs": [{"id": "work-list", "property": "getRowsRequest", "value": value}],
        "changedPropIds": ["work-list.getRowsRequest"],
        "parsedChangedPropsIds": ["work-list.getRowsRequest"],
    }


def test_a_request_of_the_grid_is_answered_with_its_number(browser: FlaskClient) -> None:
    answer = browser.post("/_dash-update-component", json=body({**ASKED, "turn": 7}))
    assert answer.status_code == 200
    found = answer.get_json()["response"]["work-list"]["getRowsResponse"]
    assert (found["turn"], found["rowCount"], len(found["rowData"])) == (7, 100, 100)
    expected = SERVICES.work_list(WorkListQuery.parse("all"), offset=0, limit=200).rows
    assert [row["id"] for row in found["rowData"]] == [row.client_id for row in expected]


@pytest.mark.parametrize("value", [*WRONG, {**ASKED, "list": "all~contract.leasing"}])
def test_a_malformed_request_is_refused_before_it_is_dispatched(browser: FlaskClient, value: object) -> None:
    answer = browser.post("/_dash-update-component", json=body(value))
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("value", WRONG)
def test_what_is_wrong_is_named(value: object) -> None:
    with pytest.raises(InvalidRequestError, match="allowed: "):
        read_rows_request(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.dictionaries(
    st.sampled_from([*ASKED, "other"]), inner
)))  # fmt: skip
def test_any_value_is_a_request_or_an_error(value: object) -> None:
    try:
        read_rows_request(value)
    except InvalidRequestError:
        return
    assert isinstance(value, dict)


@pytest.mark.parametrize("language", Language)
def test_rows_link_to_their_file_and_keep_the_list(language: Language) -> None:
    query = WorkListQuery.parse("refused~sort.amount.desc")
    answer = rows_answer(RowsRequest(3, query, 0, 5, language), SERVICES, load_texts(language))
    first = answer["rowData"][0]
    more = "" if language is Language.FRENCH else "&lang=en"
    assert first["href"] == f"?client={first['id']}&list=refused~sort.amount.desc{more}"
    assert first["sign"] == "✕"
    assert first["distance"].startswith("▲ +")
    assert {"client", "risk", "amount", "instalment", "contract", "theme", "change"} <= first.keys()


def test_rows_beyond_the_last_one_are_none() -> None:
    request = RowsRequest(1, WorkListQuery.parse("all"), 5000, 5100, Language.FRENCH)
    assert rows_answer(request, SERVICES, load_texts(Language.FRENCH))["rowData"] == []
