"""The program as a whole, through its own front door and without a browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.fake_services import FakeServices

from scoring_dash.web import ids
from scoring_dash.web.address import Address, Section
from scoring_dash.web.app import create_dash

ASSETS = Path(__file__).resolve().parents[3] / "assets"
UPDATE = "/_dash-update-component"


@pytest.fixture(scope="module")
def app() -> Any:
    return create_dash(FakeServices(), assets=ASSETS)


@pytest.fixture
def browser(app: Any) -> FlaskClient:
    server: Flask = app.server
    return server.test_client()


def page_body(search: object, lang: object = "") -> dict[str, Any]:
    """What a browser sends when the address changes."""
    outputs = [
        {"id": "shell-brand", "property": "children"},
        {"id": "shell-languages", "property": "children"},
        {"id": "shell-notice", "property": "children"},
        {"id": "shell-content", "property": "content"},
        {"id": "shell-content", "property": "page"},
        {"id": "shell-footer", "property": "children"},
        {"id": "shell-announcement", "property": "data-title"},
        {"id": "shell-announcement", "property": "children"},
        {"id": "shell", "property": "lang"},
        {"id": "work-list", "property": "view"},
    ]
    return {
        "output": ".." + "...".join(f"{item['id']}.{item['property']}" for item in outputs) + "..",
        "outputs": outputs,
        "inputs": [{"id": "shell-address", "property": "search", "value": search}],
        "state": [{"id": "shell", "property": "lang", "value": lang}],
        "changedPropIds": ["shell-address.search"],
        "parsedChangedPropsIds": ["shell-address.search"],
    }


def ask(browser: FlaskClient, search: object, lang: object = "") -> dict[str, Any]:
    answer = browser.post(UPDATE, json=page_body(search, lang))
    assert answer.status_code == 200, answer.text
    response: dict[str, Any] = answer.get_json()["response"]
    return response


def test_first_answer_speaks_the_language_of_the_address(browser: FlaskClient) -> None:
    french, english = browser.get("/?client=100009"), browser.get("/?client=100009&lang=en&section=why")
    assert '<html lang="fr">' in french.text
    assert "<title>Dossier 100\u202f009 · Décision · Prêt à dépenser</title>" in french.text
    assert '<html lang="en">' in english.text
    assert "<title>File 100\u202f009 · Why · Prêt à dépenser</title>" in english.text


def test_document_has_what_assistive_tools_need(browser: FlaskClient) -> None:
    text = browser.get("/").text
    assert '<a class="skip" href="#main"' in text
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text
    assert '<meta name="description" content="Risque de crédit' in text
    assert "Loading..." not in text


@pytest.mark.parametrize("client", ['"><script>alert(1)</script>', "</title><script>", "{%css%}", "$title"])
def test_nothing_of_the_address_becomes_html(browser: FlaskClient, client: str) -> None:
    text = browser.get("/", query_string={"client": client, "lang": client}).text
    assert "<script>alert" not in text
    assert client not in text


def test_page_answers_everything_the_first_time_and_only_changes_later(browser: FlaskClient) -> None:
    first = ask(browser, "?client=100009")
    assert set(first) == {
        "shell-brand",
        "shell-languages",
        "shell-notice",
        "shell-content",
        "shell-footer",
        "shell-announcement",
        "shell",
        "work-list",
    }
    assert first["shell"]["lang"] == "fr"
    later = ask(browser, "?client=100012", lang="fr")
    assert set(later) == {"shell-languages", "shell-content", "shell-announcement", "work-list"}
    other_language = ask(browser, "?client=100012&lang=en", lang="fr")
    assert other_language["shell"]["lang"] == "en"
    assert "shell-brand" in other_language


def test_simulated_portfolio_is_said_to_be_one_and_a_real_one_is_not(browser: FlaskClient) -> None:
    assert "ces clients n’existent pas" in json.dumps(ask(browser, "")["shell-notice"], ensure_ascii=False)
    real = create_dash(FakeServices(simulated=False), assets=ASSETS).server.test_client()
    assert ask(real, "")["shell-notice"]["children"] == []


def test_same_address_gives_the_same_answer_to_everybody(browser: FlaskClient, app: Any) -> None:
    other = app.server.test_client()
    for _ in range(2):
        assert ask(browser, "?client=100009") == ask(other, "?client=100009")
        ask(other, "?client=100012")


@pytest.mark.parametrize(
    "search",
    [
        None,
        3,
        "",
        "?client=abc",
        "?client=" + "9" * 400,
        "?client=1&section=x&lang=y&group=z",
        ["?client=1"],
        {"a": 1},
        "?client=100009&section=compare&feature=\u0000",
    ],
)
def test_every_value_of_the_address_gets_a_page(browser: FlaskClient, search: object) -> None:
    assert ask(browser, search, lang=search)["shell-content"]["content"]


def test_answers_are_small(browser: FlaskClient) -> None:
    for section in Section:
        body = page_body(f"?client=100009&section={section}")
        assert len(browser.post(UPDATE, json=body).data) < 130_000
    assert len(browser.get("/_dash-layout").data) < 3_000


def test_suggestions_answer_what_is_typed(browser: FlaskClient) -> None:
    def suggestions(query: object) -> str:
        body = {
            "output": "search-suggestions.children",
            "outputs": {"id": "search-suggestions", "property": "children"},
            "inputs": [{"id": "search-query", "property": "data", "value": query}],
            "state": [{"id": "shell", "property": "lang", "value": "fr"}],
            "changedPropIds": ["search-query.data"],
        }
        answer = browser.post(UPDATE, json=body)
        assert answer.status_code == 200
        return json.dumps(answer.get_json(), ensure_ascii=False)

    assert suggestions("10020").count('"href"') == 8
    assert "100\u202f200" in suggestions("10020")
    assert "Les 8 premiers dossiers trouvés" in suggestions("100")
    assert "1 dossier trouvé" in suggestions("100 200")
    assert "Aucun numéro de dossier ne commence par 77." in suggestions("77")
    assert "n’a que des chiffres" in suggestions("abc")
    for nothing in (None, "", "   ", 12, ["1"]):
        assert '"href"' not in suggestions(nothing)


def test_an_error_nobody_foresaw_is_a_sentence_on_screen_and_a_trace_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(FakeServices):
        def assess(self, client_id: int) -> Any:
            raise ZeroDivisionError("a secret value")

    browser = create_dash(Broken(), assets=ASSETS).server.test_client()
    answer = ask(browser, "?client=100009&lang=en", lang="en")
    text = json.dumps(answer)
    assert "This page could not be computed" in text
    assert "secret" not in text and "Traceback" not in text
    assert "ZeroDivisionError" in caplog.text
    assert "income" not in caplog.text


def test_a_failed_search_leaves_the_screen_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeServices):
        def search_clients(self, query: str, *, limit: int, cursor: str | None = None) -> Any:
            raise OSError("the disk is gone")

    body = {
        "output": "search-suggestions.children",
        "outputs": {"id": "search-suggestions", "property": "children"},
        "inputs": [{"id": "search-query", "property": "data", "value": "1000"}],
        "state": [{"id": "shell", "property": "lang", "value": "fr"}],
        "changedPropIds": ["search-query.data"],
    }
    browser = create_dash(Broken(), assets=ASSETS).server.test_client()
    answer = browser.post(UPDATE, json=body)
    assert answer.status_code in (200, 204)
    assert "the disk is gone" in caplog.text


@pytest.mark.parametrize(
    "path", ["/anything", "/assets/nothing.css", "/api/v1/nothing", "/_mcp", "/index.html", "/assets/../pyproject.toml"]
)
def test_unknown_paths_are_not_found(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_identifiers_are_unique_and_used_by_the_script() -> None:
    names = [item.value for enum in (ids.ShellId, ids.SearchId, ids.CompareId) for item in enum]
    assert len(names) == len(set(names))
    script = (ASSETS / "page.js").read_text(encoding="utf-8")
    constants = set(re.findall(r'const [A-Z]+ = "([a-z-]+)";', script))
    assert constants <= set(names)


def test_the_program_builds_twice_in_one_process() -> None:
    first, second = (create_dash(FakeServices(), assets=ASSETS) for _ in range(2))
    assert first.csp_hashes() == second.csp_hashes()


def test_every_file_of_the_page_exists(browser: FlaskClient) -> None:
    for address in re.findall(r'(?:href|src)="(/[^"]+)"', browser.get("/").text):
        assert browser.get(address, buffered=True).status_code == 200, address


def test_text_travels_compressed(browser: FlaskClient) -> None:
    plain = browser.post(UPDATE, json=page_body("?client=100009"))
    packed = browser.post(UPDATE, json=page_body("?client=100009"), headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 3
    refused = browser.post(UPDATE, json=page_body("?client=100009"), headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_files_stay_in_the_browser_and_clients_do_not(browser: FlaskClient) -> None:
    page = browser.get("/" + Address("100009").href())
    assert page.headers["Cache-Control"] == "no-store"
    assert browser.post(UPDATE, json=page_body("?client=100009")).headers["Cache-Control"] == "no-store"
    versioned = re.findall(r'"(/assets/[^"]+\?m=[^"]+)"', page.text)
    assert versioned
    for address in [*versioned, "/assets/fonts/inter-5.3.0-latin.woff2"]:
        assert "immutable" in browser.get(address, buffered=True).headers["Cache-Control"]
    assert "immutable" not in browser.get("/assets/favicon.svg", buffered=True).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/assets/base.css", "/_dash-layout", "/nowhere", "/_dash-dependencies"])
def test_every_answer_is_protected(browser: FlaskClient, path: str) -> None:
    headers = browser.get(path, buffered=True).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_inline_scripts_of_the_page_are_the_ones_allowed(browser: FlaskClient, app: Any) -> None:
    text = browser.get("/").text
    inline = re.findall(r"<script(?![^>]*src=)(?![^>]*application/json)[^>]*>(.*?)</script>", text, re.DOTALL)
    assert len(inline) == 1
    assert len(app.csp_hashes()) == 1
