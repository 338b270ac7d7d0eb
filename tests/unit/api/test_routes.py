"""The REST interface: the engine's numbers to the last bit, and problems that say what is wrong."""

import json
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.tiny_histories import KNOWN

from scoring_dash.api.routes import register_api
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.words import Changeability


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@pytest.fixture(scope="module")
def api(services: LoadedServices) -> FlaskClient:
    server = Flask("test")
    register_api(server, services)
    return server.test_client()


def get(api: FlaskClient, path: str) -> dict[str, object]:
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def test_an_assessment_has_the_shape_and_the_bits_of_the_engine(api: FlaskClient, services: LoadedServices) -> None:
    client_id = int(services.portfolio.current.client_ids[5])
    document = get(api, f"/api/v1/clients/{client_id}/assessment")
    assessment = services.assess(client_id)
    assert document["probability_of_default"] == assessment.probability_of_default
    assert document["threshold"] == assessment.threshold
    assert document["distance_to_threshold"] == assessment.distance_to_threshold
    assert document["recommendation"] == assessment.recommendation
    assert document["model_version"] == services.artifact.version
    assert {"client_id", "reasons", "warnings"} <= document.keys()
    for reason, expected in zip(document["reasons"], assessment.reasons, strict=True):
        assert reason.keys() >= {"code", "theme", "feature", "value", "contribution", "direction", "text"}
        assert reason["changeability"] in list(Changeability)
        assert reason["contribution"] == expected.contribution
        assert reason["text"].endswith(".")


def test_texts_follow_the_language(api: FlaskClient, services: LoadedServices) -> None:
    path = f"/api/v1/clients/{services.portfolio.current.client_ids[5]}/assessment"
    french, english = (get(api, f"{path}?lang={language}")["reasons"] for language in ("fr", "en"))
    assert [item["contribution"] for item in french] == [item["contribution"] for item in english]
    assert [item["text"] for item in french] != [item["text"] for item in english]
    assert get(api, path)["reasons"] == french


def test_gaps_have_the_figures_of_the_services_and_a_sentence(api: FlaskClient, services: LoadedServices) -> None:
    seen = 0
    for client_id in map(int, services.portfolio.current.client_ids[:40]):
        document = get(api, f"/api/v1/clients/{client_id}/gaps?lang=en")
        gaps = services.gaps(client_id)
        assert len(document["items"]) == len(gaps)
        for item, gap in zip(document["items"], gaps, strict=True):
            assert {**item["observed"]} == asdict(gap.observed)
            assert (item["feature"], item["table"], item["low"], item["high"]) == (
                gap.feature, gap.table, gap.low, gap.high,
            )  # fmt: skip
            assert item["text"].endswith(".")
            seen += 1
    assert seen > 0


def test_an_explanation_adds_up(api: FlaskClient, services: LoadedServices) -> None:
    document = get(api, f"/api/v1/clients/{services.portfolio.past.client_ids[0]}/explanation")
    total = document["base_margin"] + sum(item["contribution"] for item in document["contributions"])
    assert total == pytest.approx(document["margin"], abs=1e-6)
    assert {item["feature"] for item in document["contributions"]} == {item.name for item in services.model.features}


def test_clients_come_in_pages(api: FlaskClient) -> None:
    first = get(api, "/api/v1/clients?limit=7")
    second = get(api, f"/api/v1/clients?limit=7&cursor={first['next_cursor']}")
    numbers = [item["client_id"] for item in [*first["items"], *second["items"]]]
    assert len(numbers) == 14
    assert numbers == sorted(set(numbers))


def test_the_model_and_a_clients_facts(api: FlaskClient, services: LoadedServices) -> None:
    model = get(api, "/api/v1/model")
    assert model["threshold"] == services.model.threshold
    assert model["simulated"] is True
    facts = get(api, f"/api/v1/clients/{services.portfolio.past.client_ids[3]}")
    assert facts["defaulted"] is bool(services.portfolio.past.outcomes[3])
    assert facts["application"]["AMT_CREDIT"] == facts["features"]["credit_amount"]


def test_a_history_has_the_figures_of_the_services(api: FlaskClient, services: LoadedServices) -> None:
    client_id = int(services.portfolio.past.client_ids[1])
    document = get(api, f"/api/v1/clients/{client_id}/history")
    assert document.keys() == {field.name for field in fields(ClientHistory)}
    assert (document["client_id"], document["known_tables"]) == (client_id, sorted(KNOWN))
    history = services.history(client_id)
    for kind in ("credits_elsewhere", "past_applications", "payments", "card_months"):
        rows = getattr(history, kind)
        assert rows
        assert document[kind] == [{field.name: getattr(row, field.name) for field in fields(row)} for row in rows]
    assert document["card_months"][1] == {"month": -1, "balance": None, "limit": None, "days_late": None}


def test_a_client_without_a_past_has_an_empty_history(api: FlaskClient, services: LoadedServices) -> None:
    document = get(api, f"/api/v1/clients/{services.portfolio.current.client_ids[0]}/history")
    assert [value for value in document.values() if value == []] == [[]] * 4


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/clients/1/assessment", 404, "No client '1'"),
        ("/api/v1/clients/abc/assessment", 400, "client_id is 'abc'"),
        ("/api/v1/clients/100002.0", 400, "allowed: a client number"),
        ("/api/v1/clients/" + "9" * 400, 400, "..."),
        ("/api/v1/clients/%00", 400, "client_id"),
        ("/api/v1/clients/1/explanation", 404, "No client '1'"),
        ("/api/v1/clients/1/history", 404, "No client '1'"),
        ("/api/v1/clients/abc/history", 400, "client_id is 'abc'"),
        ("/api/v1/clients?limit=0", 400, "limit is 0"),
        ("/api/v1/clients?limit=1e3", 400, "limit is '1e3'"),
        ("/api/v1/clients?query=1%27;--", 400, "query is"),
        ("/api/v1/clients?cursor=x", 400, "cursor is 'x'"),
        ("/api/v1/nothing", 404, "There is no /api/v1/nothing"),
    ],
)
def test_problems_are_documents_that_say_what_is_allowed(api: FlaskClient, path: str, status: int, said: str) -> None:
    answer = api.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    document = json.loads(answer.text)
    assert document.keys() == {"type", "title", "status", "detail", "instance"}
    assert said in document["detail"]
    assert "Traceback" not in answer.text


def test_a_language_that_nobody_speaks_here(api: FlaskClient, services: LoadedServices) -> None:
    answer = api.get(f"/api/v1/clients/{services.portfolio.past.client_ids[0]}/assessment?lang=de")
    assert (answer.status_code, "lang is 'de'; allowed: fr or en" in answer.text) == (400, True)


def test_another_verb_is_a_problem_document_too(api: FlaskClient) -> None:
    answer = api.delete("/api/v1/model")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")


def test_health_and_readiness(api: FlaskClient) -> None:
    assert api.get("/healthz").text == "ok\n"
    ready = get(api, "/readyz")
    assert ready["status"] == "ready"
    assert set(ready["items"].values()) == {"ready"}
