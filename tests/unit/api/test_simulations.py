"""Simulations and offers through the interface: the engine's numbers to the last bit, and every fault at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.shipped import shipped_clients, shipped_services

from scoring_dash.api.bodies import LARGEST_BODY
from scoring_dash.api.routes import register_api
from scoring_dash.core.simulation import NO_CHANGES, Changes
from scoring_dash.core.words import Book

CLIENTS = shipped_clients(Book.CURRENT, every=300) + shipped_clients(Book.PAST, every=3_000)


@pytest.fixture(scope="module")
def api() -> FlaskClient:
    server = Flask("test")
    register_api(server, shipped_services())
    return server.test_client()


def simulated(api: FlaskClient, client: int, changes: dict[str, Any], *, query: str = "") -> Any:
    return api.post(f"/api/v1/clients/{client}/simulations{query}", json={"changes": changes})


def test_a_simulation_has_the_bits_of_the_engine(api: FlaskClient) -> None:
    services = shipped_services()
    for client in CLIENTS:
        asked = services.facts(client).application["AMT_CREDIT"]
        answer = simulated(api, client, {"amount": asked * 0.75 + 15_000, "income": 200_000})
        assert answer.status_code == 200, answer.text
        document = json.loads(answer.text)
        expected = services.simulate(client, Changes(amount=asked * 0.75 + 15_000, income=200_000.0))
        assert document["after"]["probability_of_default"] == expected.after.probability_of_default
        assert document["after"]["recommendation"] == expected.after.recommendation
        assert document["before"]["probability_of_default"] == services.assess(client).probability_of_default
        assert document["affordability"]["after"]["effort"] == expected.affordability_after.effort
        assert [item["feature"] for item in document["facts"]] == [fact.feature for fact in expected.facts]


def test_no_change_is_the_assessment(api: FlaskClient) -> None:
    document = json.loads(simulated(api, CLIENTS[0], {}).text)
    assessment = json.loads(api.get(f"/api/v1/clients/{CLIENTS[0]}/assessment").text)
    assert document["before"] == document["after"] == assessment
    assert document["changes"] == {}


def test_offers_are_those_of_the_engine(api: FlaskClient) -> None:
    services = shipped_services()
    for client in CLIENTS[:4]:
        document = json.loads(api.get(f"/api/v1/clients/{client}/offers").text)
        expected = services.offers(client, NO_CHANGES)
        assert document["asked"]["probability_of_default"] == expected.asked.probability
        assert len(document["changes"]) == len(expected.changes)
        if expected.map is not None:
            assert document["map"]["probabilities"] == [list(row) for row in expected.map.probabilities]
            assert document["map"]["frontier"] == list(expected.map.frontier())


def test_what_offers_print_can_be_sent_back(api: FlaskClient) -> None:
    for client in CLIENTS[:6]:
        document = json.loads(api.get(f"/api/v1/clients/{client}/offers").text)
        for offer in document["changes"]:
            again = json.loads(simulated(api, client, offer["changes"]).text)["after"]
            assert again["probability_of_default"] == offer["probability_of_default"]
            assert again["recommendation"] == offer["recommendation"]
            text = offer["change_text"].replace("%", "%25")
            started = json.loads(api.get(f"/api/v1/clients/{client}/offers?change={text}").text)
            assert started["asked"]["probability_of_default"] == offer["probability_of_default"]


def test_every_fault_is_told_in_the_language_asked_for(api: FlaskClient) -> None:
    wrong = {"amount": "250 000", "duration": 7.5, "income": -1, "colour": 1, "occupation": "Astronaut"}
    for language, word in (("fr", "nombre"), ("en", "number")):
        answer = simulated(api, CLIENTS[0], wrong, query=f"?lang={language}")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        faults = {fault["field"]: fault for fault in json.loads(answer.text)["faults"]}
        assert set(faults) == set(wrong)
        assert word in faults["amount"]["text"]
        assert faults["duration"]["kind"] == "not_whole"
        assert "Drivers" in faults["occupation"]["allowed"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b'{"changes": []}', 400), (b'{"changes": {}, "more": 1}', 400),
        (b'{"changes": {"amount": NaN}}', 400), (b'{"changes": {"amount": 1e999}}', 400),
        (b'{"changes": {"amount": 1e308}}', 400), (b'{"changes": {"amount": 1, "amount": 2}}', 400),
        (b'{"changes": {"amount": ' + b"9" * 5_000 + b"}}", 400), (b"\xff\xfe", 400),
        (b'{"changes": {"amount": ' + b"[" * 50 + b"]" * 50 + b"}}", 400),
        (b" " * (LARGEST_BODY + 1), 413),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(api: FlaskClient, body: bytes, status: int) -> None:
    path = f"/api/v1/clients/{CLIENTS[0]}/simulations"
    answer = api.post(path, data=body, content_type="application/json")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_the_same_protections_as_for_the_page(api: FlaskClient) -> None:
    path, body = f"/api/v1/clients/{CLIENTS[0]}/simulations", json.dumps({"changes": {}})
    assert api.post(path, data=body, content_type="text/plain").status_code == 415
    foreign = {"Origin": "https://elsewhere.example"}
    assert api.post(path, data=body, content_type="application/json", headers=foreign).status_code == 403
    site = {"Sec-Fetch-Site": "cross-site"}
    assert api.post(path, data=body, content_type="application/json", headers=site).status_code == 403
    assert api.post("/api/v1/clients/999999999/simulations", json={"changes": {}}).status_code == 404
    assert api.get(path).status_code in (404, 405)
    assert api.get(f"/api/v1/clients/{CLIENTS[0]}/offers?lang=de&change=amount:1").status_code == 400
