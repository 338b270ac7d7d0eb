"""Applications over the REST interface: the engine's numbers to the last bit, and faults by row and column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.new_applications import GOOD, as_csv, as_json, good_rows, read

from scoring_dash.api.routes import register_api
from scoring_dash.api.serialise import assessment_document
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.new_application import MOST_BYTES, FaultCode
from scoring_dash.core.words import Book
from scoring_dash.data.new_application.read import FileForm
from scoring_dash.i18n.catalogue import Language, load_texts

PATH = "/api/v1/assessments"


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@pytest.fixture(scope="module")
def api(services: LoadedServices) -> FlaskClient:
    server = Flask("test")
    register_api(server, services)
    return server.test_client()


def post(api: FlaskClient, content: object, *, query: str = "", status: int = 200) -> dict[str, Any]:
    answer = api.post(PATH + query, data=as_json(content), content_type="application/json")
    assert answer.status_code == status, answer.text
    return json.loads(answer.text)


def test_one_application_without_a_number(api: FlaskClient, services: LoadedServices) -> None:
    row = {name: value for name, value in GOOD.items() if name != "SK_ID_CURR"}
    document = post(api, row, query="?lang=en")
    (item,) = document["items"]
    (assessment,) = services.assess_new(read(as_json(row), FileForm.JSON))
    expected = assessment_document(assessment, services.model, load_texts(Language.ENGLISH))
    assert item == json.loads(json.dumps({**expected, "client_id": None}))
    assert document["model_version"] == services.artifact.version
    assert "EXT_SOURCE_1" in document["absent_columns"]


def test_a_list_in_its_order_as_json_and_as_csv(api: FlaskClient) -> None:
    rows = good_rows(30)[::-1]
    document = post(api, rows)
    assert [item["client_id"] for item in document["items"]] == [row["SK_ID_CURR"] for row in rows]
    answer = api.post(PATH, data=as_csv(rows, delimiter=";"), content_type="text/csv; charset=utf-8")
    assert json.loads(answer.text) == document


def test_one_by_one_or_together_the_bits_are_the_same(api: FlaskClient) -> None:
    rows = good_rows(7)
    assert post(api, rows)["items"] == [post(api, row)["items"][0] for row in rows]


def test_a_past_client_is_scored_by_the_model_that_has_not_seen_his_outcome(
    api: FlaskClient, services: LoadedServices
) -> None:
    client = int(services.portfolio.past.client_ids[0])
    (item,) = post(api, {**GOOD, "SK_ID_CURR": client})["items"]
    assert item["book"] == Book.PAST
    assert item["warnings"][0]["code"] == "out_of_fold"
    assert item["spread"]["low"] == item["spread"]["high"] == item["probability_of_default"]


def test_columns_that_may_not_decide_change_nothing_and_are_named(api: FlaskClient) -> None:
    plain = post(api, GOOD)
    document = post(api, {**GOOD, "CODE_GENDER": "F", "DAYS_BIRTH": -9_000, "NAME_FAMILY_STATUS": "Married"})
    assert document["items"] == plain["items"]
    assert set(document["ignored_columns"]) == {"CODE_GENDER", "DAYS_BIRTH", "NAME_FAMILY_STATUS"}


@pytest.mark.parametrize(("language", "said"), [("fr", "n’est pas un nombre"), ("en", "is not a number")])
def test_faults_by_row_and_column_in_the_language_asked_for(api: FlaskClient, language: str, said: str) -> None:
    rows = [GOOD, {**GOOD, "SK_ID_CURR": 5, "AMT_CREDIT": "much", "NAME_INCOME_TYPE": "Pensionar"}]
    problem = post(api, rows, query=f"?lang={language}", status=422)
    assert problem["status"] == 422
    faults = {item["column"]: item for item in problem["faults"]}
    assert faults.keys() == {"AMT_CREDIT", "NAME_INCOME_TYPE"}
    assert all(item["row"] == 2 and item["label"] for item in faults.values())
    assert said in faults["AMT_CREDIT"]["text"]
    assert faults["NAME_INCOME_TYPE"]["allowed"][0] == "Pensioner"
    assert problem["more_faults"] == 0


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", "application/json", 400, FaultCode.EMPTY_FILE),
        (b"{", "application/json", 400, FaultCode.DAMAGED),
        (b"[NaN]", "application/json", 422, FaultCode.NOT_AN_OBJECT),
        (as_json({**GOOD, "AMT_CREDIT": float("nan")}), "application/json", 422, FaultCode.NOT_FINITE),
        (as_json({**GOOD, "AMT_CREDIT": 1e308}), "application/json", 422, FaultCode.OUT_OF_RANGE),
        (as_json(GOOD)[:-1] + b',"AMT_CREDIT":1}', "application/json", 422, FaultCode.REPEATED_COLUMN),
        (as_json({**GOOD, "AMT_CREDITS": 1}), "application/json", 422, FaultCode.UNKNOWN_COLUMN),
        (as_json({"AMT_CREDIT": 1}), "application/json", 422, FaultCode.MISSING_COLUMN),
        (as_json([GOOD, GOOD]), "application/json", 422, FaultCode.REPEATED_NUMBER),
        ("é".encode("latin-1"), "text/csv", 400, FaultCode.WRONG_ENCODING),
        (as_json(good_rows(10_001)), "application/json", 413, FaultCode.TOO_MANY_ROWS),
    ],
)
def test_bad_bodies_are_problems_with_their_faults(
    api: FlaskClient, body: bytes, kind: str, status: int, code: FaultCode
) -> None:
    answer = api.post(PATH, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert code in {fault["code"] for fault in json.loads(answer.text)["faults"]}
    assert "Traceback" not in answer.text


def test_a_body_that_says_it_is_too_large_is_not_read(api: FlaskClient) -> None:
    sizes = {"CONTENT_LENGTH": str(MOST_BYTES + 1)}
    answer = api.post(PATH, environ_overrides=sizes, content_type="application/json")
    assert answer.status_code == 413
    assert json.loads(answer.text)["faults"][0]["code"] == FaultCode.TOO_LARGE


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_kind_of_body_is_refused(api: FlaskClient, kind: str) -> None:
    answer = api.post(PATH, data=b"{}", content_type=kind)
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")
    assert "application/json or text/csv" in answer.text


def test_an_unknown_language_and_another_verb(api: FlaskClient) -> None:
    assert api.post(f"{PATH}?lang=de", data=b"{}", content_type="application/json").status_code == 400
    assert api.delete(PATH).status_code == 405
