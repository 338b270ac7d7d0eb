"""One worker or four: every page and every answer of the interface is the same, to the last digit."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from support.screen import page_question
from support.serving import serving

from scoring_dash.web.address import CLIENT_SECTIONS

pytestmark = pytest.mark.server

PARTS = ("", "/assessment", "/explanation", "/standings", "/gaps", "/history")
CLIENTS = 6
TIMES = 4


def ask(url: str, question: dict[str, object] | None = None) -> str:
    """An answer with its keys in order: Dash writes some of them in an order that changes from start to start."""
    body = None if question is None else json.dumps(question).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.dumps(json.load(answer), sort_keys=True)


def everything(base: str) -> dict[str, set[str]]:
    """Every answer about a few clients, asked for several times so that several workers give it."""
    dependencies = ask(f"{base}/_dash-dependencies")
    items = json.loads(ask(f"{base}/api/v1/clients?limit={CLIENTS}"))["items"]
    answers: dict[str, set[str]] = {}
    for client in (item["client_id"] for item in items):
        for section in CLIENT_SECTIONS:
            search = f"?client={client}&section={section}"
            question = page_question(dependencies, search)
            answers[search] = {ask(f"{base}/_dash-update-component", question) for _ in range(TIMES)}
        for part in PARTS:
            url = f"{base}/api/v1/clients/{client}{part}"
            answers[part + str(client)] = {ask(url) for _ in range(TIMES)}
    return answers


def test_one_worker_and_four_give_the_same_answers(tiny_artifacts: Path, tmp_path: Path) -> None:
    with serving(tiny_artifacts, tmp_path / "one", worker_count=1) as (base, _):
        alone = everything(base)
    with serving(tiny_artifacts, tmp_path / "four", worker_count=4) as (base, _):
        together = everything(base)
    assert {name: len(found) for name, found in together.items() if len(found) != 1} == {}
    assert together == alone
