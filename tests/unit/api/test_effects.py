"""Standings and effects over the REST interface: the engine's numbers to the last bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scoring_dash.api.routes import register_api
from scoring_dash.bootstrap import LoadedServices, load_services


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@pytest.fixture(scope="module")
def api(services: LoadedServices) -> FlaskClient:
    server = Flask("test")
    register_api(server, services)
    return server.test_client()


def get(api: FlaskClient, path: str) -> dict[str, Any]:
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def test_standings_are_those_of_the_services(api: FlaskClient, services: LoadedServices) -> None:
    client_id = int(services.portfolio.past.client_ids[3])
    document = get(api, f"/api/v1/clients/{client_id}/standings")
    assert (document["client_id"], document["model_version"]) == (client_id, services.artifact.version)
    expected = services.standings(client_id)
    assert [(item["theme"], item["contribution"], item["rank"]) for item in document["items"]] == [
        (item.theme, item.contribution, item.rank) for item in expected
    ]


@pytest.mark.parametrize("feature", ["external_score_1", "income_type", "bureau_count"])
def test_an_effect_is_that_of_the_services(api: FlaskClient, services: LoadedServices, feature: str) -> None:
    client_id = int(services.portfolio.current.client_ids[2])
    document = get(api, f"/api/v1/clients/{client_id}/effect?feature={feature}")
    effect = services.effect(client_id, feature)
    assert document["probability"] == services.assess(client_id).probability_of_default
    assert [(item["value"], item["probability"], item["share"]) for item in document["points"]] == [
        (item.value, item.probability, item.share) for item in effect.points
    ]
    assert (document["missing"] is None) == (effect.missing is None)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/clients/1/standings", 404, "No client '1'"),
        ("/api/v1/clients/1/effect?feature=credit_amount", 404, "No client '1'"),
        ("/api/v1/clients/{client}/effect", 400, "feature is ''"),
        ("/api/v1/clients/{client}/effect?feature=CODE_GENDER", 400, "allowed: a feature of the model"),
    ],
)
def test_what_cannot_be_answered_says_what_is_allowed(
    api: FlaskClient, services: LoadedServices, path: str, status: int, said: str
) -> None:
    answer = api.get(path.format(client=services.portfolio.current.client_ids[0]))
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in json.loads(answer.text)["detail"]
