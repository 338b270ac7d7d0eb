"""What the page of new applications sends and gets back: own pages only, strict bodies, the engine's bits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.components import everything_told, of_type
from support.fake_services import FakeServices
from support.new_applications import GOOD, as_csv, as_json, good_rows, read

from scoring_dash.assessment.table import COLUMNS
from scoring_dash.assessment.table import as_csv as written
from scoring_dash.core.new_application import MOST_BYTES
from scoring_dash.data.new_application.form import read_form
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.app import create_dash
from scoring_dash.web.new_application.routes import LARGEST_FORM, file_steps, form_content

ASSETS = Path(__file__).resolve().parents[4] / "assets"
SERVICES = FakeServices()
LEAST = {"contract": "Cash loans", "amount": "450 000", "instalment": "22500", "income": "180000"}
FORM, FILE = "/new-application/form", "/new-application/file"


@pytest.fixture(scope="module")
def pages() -> FlaskClient:
    return create_dash(SERVICES, assets=ASSETS).server.test_client()


def in_json(content: object, wanted: str) -> list[Any]:
    """Every value of a property in components written as JSON."""
    if isinstance(content, list):
        return [found for item in content for found in in_json(item, wanted)]
    if not isinstance(content, dict):
        return []
    own = [content[wanted]] if wanted in content else []
    return own + [found for item in content.values() for found in in_json(item, wanted)]


def test_a_form_is_answered_with_the_bits_of_the_engine(pages: FlaskClient) -> None:
    answer = pages.post(FORM, data=as_json(LEAST), content_type="application/json")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    (expected,) = SERVICES.assess_new(read_form(LEAST))
    assert in_json(json.loads(answer.text), "data-probability") == [repr(expected.probability_of_default)]


@pytest.mark.parametrize("language", Language)
def test_what_is_wrong_stands_beside_the_answer_and_the_answer_stays(language: Language) -> None:
    content = form_content({**LEAST, "amount": "-5", "income": ""}, SERVICES, load_texts(language))
    boxes = {item.name: item for item in of_type(content, "Input") if hasattr(item, "name")}
    assert boxes["amount"].defaultValue == "-5"
    assert getattr(boxes["amount"], "aria-invalid") == "true"
    assert "new-answer-amount-fault" in getattr(boxes["amount"], "aria-describedby")
    assert not hasattr(boxes["instalment"], "aria-invalid")
    assert load_texts(language).say("Enter a value.") in everything_told(content)
    assert not of_type(content, "Img")  # no result beside faults


def test_a_file_is_answered_step_by_step_and_then_with_all_results(pages: FlaskClient) -> None:
    rows = good_rows(250)
    answer = pages.post(FILE, data=as_csv(rows), content_type="text/csv")
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    *steps, last = [json.loads(line) for line in answer.text.splitlines()]
    assert steps == [{"done": 100, "all": 250}, {"done": 200, "all": 250}]
    saved = list(csv.DictReader(io.StringIO(last["csv"])))
    expected = list(SERVICES.assess_new(read(as_csv(rows))))
    assert tuple(saved[0]) == COLUMNS
    assert [float(row["probability_of_default"]) for row in saved] == [item.probability_of_default for item in expected]
    assert in_json(last["content"], "data-probability") == [repr(item.probability_of_default) for item in expected[:20]]


def test_a_file_with_faults_is_estimated_in_no_part(pages: FlaskClient) -> None:
    rows = [GOOD, {**GOOD, "SK_ID_CURR": 5, "AMT_CREDIT": "x"}]
    answer = pages.post(FILE, data=as_json(rows), content_type="application/json")
    document = json.loads(answer.text)
    assert document.keys() == {"content"}
    assert in_json(document, "data-probability") == []
    assert "AMT_CREDIT" in answer.text


def test_what_was_not_read_is_said() -> None:
    applications = read(as_csv([{**GOOD, "CODE_GENDER": "F"}]))
    found = SERVICES.assess_new(applications)
    *_, last = file_steps(applications, found, SERVICES.model, load_texts(Language.ENGLISH))
    told = everything_told(last["content"])
    assert "Client’s sex" in told
    assert "count as unknown" in told


@pytest.mark.parametrize("path", [FORM, FILE])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_another_site_gets_no_answer(pages: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = pages.post(path, data=as_json(LEAST), content_type="application/json", headers=headers)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b'{"amount": 5}', "application/json"),
        (b'{"amount": "1", "amount": "2"}', "application/json"),
        (b'{"sex": "F"}', "application/json"),
        (b"amount=5", "application/x-www-form-urlencoded"),
        (b'{"amount": "' + b"1" * LARGEST_FORM + b'"}', "application/json"),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused(pages: FlaskClient, body: bytes, kind: str) -> None:
    answer = pages.post(FORM, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_file_of_another_kind_or_too_large_is_refused(pages: FlaskClient) -> None:
    assert pages.post(FILE, data=b"x", content_type="text/plain").status_code == 415
    sizes = {"CONTENT_LENGTH": str(MOST_BYTES + 1)}
    answer = pages.post(FILE, environ_overrides=sizes, content_type="text/csv")
    assert "50" in answer.text and "data-probability" not in answer.text
    assert pages.get(FILE).status_code == 404


def test_the_empty_file_names_the_columns_that_are_read(pages: FlaskClient) -> None:
    header = pages.get("/new-application/columns.csv").text
    names = header.strip().split(",")
    assert "AMT_CREDIT" in names and "CODE_GENDER" not in names
    row = ",".join(str(GOOD.get(name, "")) for name in names)
    assert read(f"{header}{row}\n".encode()).absent == frozenset()


def test_no_cell_of_the_results_is_run_by_a_spreadsheet() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "plain", -0.5, None]
    (row,) = csv.reader(io.StringIO(written([cells])))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain", "-0.5", ""]
