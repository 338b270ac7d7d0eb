"""Forged callbacks are refused before they are dispatched; no body gets a 5xx."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fake_services import FakeServices

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.web.app import create_dash
from scoring_dash.web.protection import DEEPEST_BODY, LARGEST_BODY, is_same_origin, read_body

ASSETS = Path(__file__).resolve().parents[3] / "assets"
UPDATE = "/_dash-update-component"
REFUSED = {400, 403, 413, 415}
VALID: dict[str, Any] = {
    "output": "search-suggestions.children",
    "outputs": {"id": "search-suggestions", "property": "children"},
    "inputs": [{"id": "search-query", "property": "data", "value": "1000"}],
    "state": [{"id": "shell", "property": "lang", "value": "fr"}],
    "changedPropIds": ["search-query.data"],
    "parsedChangedPropsIds": ["search-query.data"],
}


@pytest.fixture(scope="module")
def browser() -> FlaskClient:
    client: FlaskClient = create_dash(FakeServices(), assets=ASSETS).server.test_client()
    return client


def forged(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(VALID), **changes}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in VALID.items() if key != name}


def test_a_valid_body_is_answered(browser: FlaskClient) -> None:
    assert browser.post(UPDATE, json=VALID).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        forged(output="unknown.children"),
        forged(output="shell.title"),  # runs in the browser only
        forged(output=None),
        forged(output=["search-suggestions.children"]),
        forged(output={"a": 1}),
        without("output"),
        without("outputs"),
        without("inputs"),
        without("state"),
        forged(inputs=[]),
        forged(inputs=VALID["inputs"] * 2),
        forged(inputs=[{"id": "search-query", "property": "value", "value": "1"}]),
        forged(inputs=[{"id": "shell", "property": "lang", "value": "1"}]),
        forged(inputs=[{"id": {"type": "x", "index": 1}, "property": "data"}]),
        forged(inputs=[["search-query", "data"]]),
        forged(inputs=[{**VALID["inputs"][0], "extra": 1}]),
        forged(inputs={"id": "other", "property": "data"}),
        forged(inputs="search-query.data"),
        forged(state=[]),
        forged(state=None),
        forged(outputs=[]),
        forged(outputs={"id": "shell-content", "property": "content"}),
        forged(outputs=[VALID["outputs"], VALID["outputs"]]),
        forged(changedPropIds=["shell.lang"]),
        forged(changedPropIds=[{"a": 1}]),
        forged(changedPropIds="search-query.data"),
        forged(changedPropIds=None),
        forged(__proto__={"polluted": True}),
        forged(background=True),
        [],
        [VALID],
        "text",
        3,
        False,
    ],
)
def test_bodies_that_our_page_would_not_send_are_refused(browser: FlaskClient, body: object) -> None:
    answer = browser.post(UPDATE, json=body)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"{",
        b"nan",
        b"\xff\xfe",
        b'{"output": 1e999}',
        b'{"output": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 200_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"[" * 30 + b"]" * 30,
        b'{"n": ' + b"9" * 6_000 + b"}",
    ],
)
def test_what_is_not_clean_json_is_refused(browser: FlaskClient, raw: bytes) -> None:
    answer = browser.post(UPDATE, data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["title"] == "Bad Request"


def test_bodies_that_are_too_large_are_refused(browser: FlaskClient) -> None:
    body = json.dumps(forged(inputs=[{"id": "search-query", "property": "data", "value": "1" * LARGEST_BODY}]))
    answer = browser.post(UPDATE, data=body, content_type="application/json")
    assert answer.status_code == 413
    assert answer.get_json()["status"] == 413


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None]
)
def test_forms_of_other_sites_are_refused(browser: FlaskClient, content_type: str | None) -> None:
    assert browser.post(UPDATE, data=json.dumps(VALID), content_type=content_type).status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost.elsewhere.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_pages_of_other_sites_are_refused(browser: FlaskClient, headers: dict[str, str]) -> None:
    answer = browser.post(UPDATE, json=VALID, headers=headers)
    assert answer.status_code == 403
    assert answer.get_json()["status"] == 403


def test_own_pages_and_programs_are_let_in() -> None:
    assert is_same_origin(
        {"Origin": "https://score.example:8443", "Sec-Fetch-Site": "same-origin"}, "score.example:8443"
    )
    assert is_same_origin({}, "score.example")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_other_methods_are_no_server_error(browser: FlaskClient, method: str) -> None:
    assert getattr(browser, method)(UPDATE).status_code in {404, 405}


@pytest.mark.parametrize("query", ["cacheKey=x&job=1", "cancelJob=1", "oldJob=2&oldJob=3", "endId=x~y", "%00=%ff"])
def test_background_handles_are_no_server_error(browser: FlaskClient, query: str) -> None:
    assert browser.post(f"{UPDATE}?{query}", json=VALID).status_code < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
VALUES = JSON | st.sampled_from(
    ["?client=100009", "?client=abc", "1000", "search-query.data", "main.children", VALID["inputs"]]
).map(copy.deepcopy)  # a part that is put into itself could not be sent


@st.composite
def mutated(draw: st.DrawFn) -> object:
    """A valid body with some of its parts dropped, doubled, swapped or replaced."""
    body: Any = copy.deepcopy(VALID)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(VALID)))
        action = draw(st.sampled_from(["drop", "replace", "value", "double", "swap", "add"]))
        if action == "drop":
            body.pop(name, None)
        elif action == "replace":
            body[name] = draw(VALUES)
        elif action == "double" and isinstance(body.get(name), list):
            body[name] = copy.deepcopy(body[name] * 2)
        elif action == "swap":
            body[name] = copy.deepcopy(body.get(draw(st.sampled_from(sorted(VALID)))))
        elif action == "add":
            body[draw(st.text(max_size=10))] = draw(VALUES)
        elif isinstance(body.get("inputs"), list) and body["inputs"] and isinstance(body["inputs"][0], dict):
            body["inputs"][0]["value"] = draw(VALUES)
    return body


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(mutated() | JSON)
def test_no_forged_body_gets_a_server_error(browser: FlaskClient, body: object) -> None:
    answer = browser.post(UPDATE, json=body)
    assert answer.status_code in REFUSED | {200, 204}
    assert b"Traceback" not in answer.data


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_get_a_server_error(browser: FlaskClient, raw: bytes) -> None:
    assert browser.post(UPDATE, data=raw, content_type="application/json").status_code in REFUSED


def test_depth_is_counted_without_recursion() -> None:
    assert read_body(b"[" * DEEPEST_BODY + b"]" * DEEPEST_BODY)
    with pytest.raises(InvalidRequestError, match="nested too deep"):
        read_body(b"[" * (DEEPEST_BODY + 1) + b"]" * (DEEPEST_BODY + 1))
