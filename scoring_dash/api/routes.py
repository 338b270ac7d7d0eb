"""Routes: health of the process, and the clients' assessments under ``/api/v1``."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, Response, current_app, request

from scoring_dash.api.problems import problem, register_problem_handlers
from scoring_dash.api.serialise import (
    assessment_document,
    effect_document,
    explanation_document,
    facts_document,
    gaps_document,
    history_document,
    json_response,
    model_document,
    page_document,
    standings_document,
)
from scoring_dash.api.simulations import simulations
from scoring_dash.core.client_id import parse_client_id
from scoring_dash.core.errors import InvalidRequestError, ScoringError
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.services import Services

_EXTENSION = "scoring_services"
_DEFAULT_PAGE = 20

_api = Blueprint("api", __name__, url_prefix="/api/v1")
_health = Blueprint("health", __name__)


def register_api(server: Flask, services: Services) -> None:
    """Add the routes to a Flask application."""
    server.extensions[_EXTENSION] = services
    server.register_blueprint(_api)
    server.register_blueprint(simulations)
    server.register_blueprint(_health)
    register_problem_handlers(server)


@_health.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is asked of it."""
    return Response("ok\n", mimetype="text/plain")


@_health.get("/readyz")
def readyz() -> Response:
    """Each part that an answer needs, tried in this worker."""
    services = _services()
    items = {"model": "ready", "portfolio": "ready", "scoring": "ready"}
    try:
        first = services.search_clients("", limit=1).items
        items["scoring" if first else "portfolio"] = "ready" if first else "empty"
        for client in first:
            services.assess(client.client_id)
    except ScoringError as error:
        items["scoring"] = str(error)
    is_ready = all(state == "ready" for state in items.values())
    content = {"status": "ready" if is_ready else "not ready", "model_version": services.model.version, "items": items}
    return json_response(content, status=200 if is_ready else 503)


@_api.get("/model")
def get_model() -> Response:
    """The model in service: version, threshold, figures, features."""
    return json_response(model_document(_services().model))


@_api.get("/clients")
def list_clients() -> Response:
    """Clients by number, page by page, filtered by the first digits."""
    page = _services().search_clients(
        request.args.get("query", "").strip(), limit=_read_limit(), cursor=request.args.get("cursor")
    )
    return json_response(page_document(page))


@_api.get("/clients/<client_id>")
def get_client(client_id: str) -> Response:
    """What is stored of a client, columns that may not be used in a decision left out."""
    return json_response(facts_document(_services().facts(parse_client_id(client_id))))


@_api.get("/clients/<client_id>/assessment")
def get_assessment(client_id: str) -> Response:
    """Probability, recommendation and reasons."""
    services, texts = _services(), load_texts(_read_language())
    return json_response(assessment_document(services.assess(parse_client_id(client_id)), services.model, texts))


@_api.get("/clients/<client_id>/gaps")
def get_gaps(client_id: str) -> Response:
    """What the file does not hold, what it would change, and how such files turned out."""
    services, texts, number = _services(), load_texts(_read_language()), parse_client_id(client_id)
    return json_response(gaps_document(services.gaps(number), services.assess(number), services.model, texts))


@_api.get("/clients/<client_id>/explanation")
def get_explanation(client_id: str) -> Response:
    """Exact contributions."""
    return json_response(explanation_document(_services().explain(parse_client_id(client_id))))


@_api.get("/clients/<client_id>/standings")
def get_standings(client_id: str) -> Response:
    """What each theme weighs beside past files."""
    services, number = _services(), parse_client_id(client_id)
    return json_response(standings_document(number, services.standings(number), services.model.version))


@_api.get("/clients/<client_id>/effect")
def get_effect(client_id: str) -> Response:
    """How the probability moves with the feature named in the query, all others as they are."""
    services = _services()
    effect = services.effect(parse_client_id(client_id), request.args.get("feature", ""))
    return json_response(effect_document(effect, services.model.version))


@_api.get("/clients/<client_id>/history")
def get_history(client_id: str) -> Response:
    """Past credits, payments and cards, the oldest first."""
    return json_response(history_document(_services().history(parse_client_id(client_id))))


@_api.route("/", defaults={"path": ""})
@_api.route("/<path:path>")
def unknown_route(path: str) -> Response:
    """Say so, rather than let the page's catch-all answer with HTML."""
    return problem(404, "Unknown route", f"There is no /api/v1/{path[:80]}.")


def _services() -> Services:
    return cast(Services, current_app.extensions[_EXTENSION])


def _read_limit() -> int:
    text = request.args.get("limit", str(_DEFAULT_PAGE))
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidRequestError("limit", text, "a whole number from 1 to 100")
    return int(text)


def _read_language() -> Language:
    text = request.args.get("lang", Language.FRENCH)
    if text not in list(Language):
        raise InvalidRequestError("lang", text, " or ".join(Language))
    return Language(text)
