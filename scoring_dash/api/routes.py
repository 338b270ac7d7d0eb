"""Routes: health of the process, and the clients' assessments under ``/api/v1``."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from scoring_dash.api.assessments import assessments
from scoring_dash.api.groups import groups
from scoring_dash.api.problems import problem, register_problem_handlers
from scoring_dash.api.requests import EXTENSION, current_services, read_language, read_limit
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
    work_list_document,
)
from scoring_dash.api.simulations import simulations
from scoring_dash.core.client_id import MOST_DIGITS, parse_client_id
from scoring_dash.core.errors import InvalidRequestError, ScoringError
from scoring_dash.i18n.catalogue import load_texts
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import Services

_DEFAULT_PAGE = 20

_api = Blueprint("api", __name__, url_prefix="/api/v1")
_health = Blueprint("health", __name__)


def register_api(server: Flask, services: Services) -> None:
    """Add the routes to a Flask application."""
    server.extensions[EXTENSION] = services
    server.register_blueprint(assessments)
    server.register_blueprint(groups)
    server.register_blueprint(simulations)
    server.register_blueprint(_api)
    server.register_blueprint(_health)
    register_problem_handlers(server)


@_health.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is asked of it."""
    return Response("ok\n", mimetype="text/plain")


@_health.get("/readyz")
def readyz() -> Response:
    """Each part that an answer needs, tried in this worker."""
    services = current_services()
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
    return json_response(model_document(current_services().model))


@_api.get("/clients")
def list_clients() -> Response:
    """Clients by number, page by page, filtered by the first digits."""
    page = current_services().search_clients(
        request.args.get("query", "").strip(), limit=read_limit(_DEFAULT_PAGE), cursor=request.args.get("cursor")
    )
    return json_response(page_document(page))


@_api.get("/clients/<client_id>")
def get_client(client_id: str) -> Response:
    """What is stored of a client, columns that may not be used in a decision left out."""
    return json_response(facts_document(current_services().facts(parse_client_id(client_id))))


@_api.get("/clients/<client_id>/assessment")
def get_assessment(client_id: str) -> Response:
    """Probability, recommendation and reasons."""
    services, texts = current_services(), load_texts(read_language())
    return json_response(assessment_document(services.assess(parse_client_id(client_id)), services.model, texts))


@_api.get("/clients/<client_id>/gaps")
def get_gaps(client_id: str) -> Response:
    """What the file does not hold, what it would change, and how such files turned out."""
    services, texts, number = current_services(), load_texts(read_language()), parse_client_id(client_id)
    return json_response(gaps_document(services.gaps(number), services.assess(number), services.model, texts))


@_api.get("/clients/<client_id>/explanation")
def get_explanation(client_id: str) -> Response:
    """Exact contributions."""
    return json_response(explanation_document(current_services().explain(parse_client_id(client_id))))


@_api.get("/clients/<client_id>/standings")
def get_standings(client_id: str) -> Response:
    """What each theme weighs beside past files."""
    services, number = current_services(), parse_client_id(client_id)
    return json_response(standings_document(number, services.standings(number), services.model.version))


@_api.get("/clients/<client_id>/effect")
def get_effect(client_id: str) -> Response:
    """How the probability moves with the feature named in the query, all others as they are."""
    services = current_services()
    effect = services.effect(parse_client_id(client_id), request.args.get("feature", ""))
    return json_response(effect_document(effect, services.model.version))


@_api.get("/clients/<client_id>/history")
def get_history(client_id: str) -> Response:
    """Past credits, payments and cards, the oldest first."""
    return json_response(history_document(current_services().history(parse_client_id(client_id))))


@_api.get("/work-list")
def get_work_list() -> Response:
    """Rows of the work list named in the query, as the grid shows them."""
    services = current_services()
    query = WorkListQuery.parse(request.args.get("list", WorkListQuery().text))
    page = services.work_list(query, offset=_read_number("offset", 0), limit=_read_number("limit", _DEFAULT_PAGE))
    return json_response(work_list_document(query, page, services.model.version))


@_api.route("/", defaults={"path": ""})
@_api.route("/<path:path>")
def unknown_route(path: str) -> Response:
    """Say so, rather than let the page's catch-all answer with HTML."""
    return problem(404, "Unknown route", f"There is no /api/v1/{path[:80]}.")


def _read_number(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise InvalidRequestError(name, text, f"a whole number of at most {MOST_DIGITS} digits")
    return int(text)
