"""Simulations and offers: the numbers of the section of the same name, in JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from flask import Blueprint, Response, current_app, request

from scoring_dash.api.bodies import read_json_object
from scoring_dash.api.problems import problem
from scoring_dash.api.serialise import Document, assessment_document, json_response
from scoring_dash.assessment.check_changes import change_text, read_change_text
from scoring_dash.core.affordability import Affordability
from scoring_dash.core.client_id import parse_client_id
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.offers import Offer, Offers
from scoring_dash.core.simulation import ChangeFault, ChangeField, Changes, InvalidChangesError, Simulation
from scoring_dash.i18n.catalogue import Language, Texts, load_texts
from scoring_dash.i18n.simulation import allowed_text, fault_text
from scoring_dash.services import ModelSummary, Services

simulations = Blueprint("simulations", __name__, url_prefix="/api/v1")


@simulations.post("/clients/<client_id>/simulations")
def post_simulation(client_id: str) -> Response:
    """Assess a client with changes: ``{"changes": {"amount": 250000, "duration": 24}}``; nothing is stored."""
    services, texts, number = _services(), _texts(), parse_client_id(client_id)
    changes = services.read_changes(number, _entries(read_json_object()))
    document = simulation_document(services.simulate(number, changes), services.model, texts)
    document["missing_facts"] = [asdict(fact) for fact in services.missing_facts(number, changes)]
    return json_response(document)


@simulations.get("/clients/<client_id>/offers")
def get_offers(client_id: str) -> Response:
    """What could be offered, starting from the file or from ``?change=amount:250000;duration:24``."""
    services, number = _services(), parse_client_id(client_id)
    _texts()  # a language that does not exist is a fault of its own, which the telling of faults could not survive
    changes = services.read_changes(number, read_change_text(request.args.get("change", "")))
    return json_response(offers_document(services.offers(number, changes)))


@simulations.errorhandler(InvalidChangesError)
def refuse_changes(error: InvalidChangesError) -> Response:
    """Every fault of a request, in the language asked for."""
    texts = _texts()
    faults = [_fault(fault, texts) for fault in error.faults]
    return problem(
        400, "Invalid changes", " ".join(f"{item['field']}: {item['text']}" for item in faults), faults=faults
    )


def simulation_document(simulation: Simulation, model: ModelSummary, texts: Texts) -> Document:
    """``POST clients/{id}/simulations``; texts in the language asked for."""
    return {
        "client_id": simulation.after.client_id,
        "changes": _changes(simulation.changes),
        "application": dict(simulation.application),
        "before": assessment_document(simulation.before, model, texts),
        "after": assessment_document(simulation.after, model, texts),
        "reasons": [
            {
                "theme": item.theme,
                "move": item.move,
                "contribution_before": None if item.before is None else item.before.contribution,
                "contribution_after": None if item.after is None else item.after.contribution,
            }
            for item in simulation.reasons
        ],
        "facts": [asdict(fact) for fact in simulation.facts],
        "affordability": {
            "before": affordability_document(simulation.affordability_before),
            "after": affordability_document(simulation.affordability_after),
        },
    }


def affordability_document(of: Affordability) -> Document:
    """Inputs and results; null where not known."""
    return {
        **asdict(of),
        "effort": of.effort,
        "total": of.total,
        "cost": of.cost,
        "remains": of.remains,
        "remains_after_all": of.remains_after_all,
    }


def offers_document(offers: Offers) -> Document:
    """``GET clients/{id}/offers``."""
    return {
        "client_id": offers.client_id,
        "asked": _offer(offers.asked),
        "largest": None if offers.largest is None else _offer(offers.largest),
        "nearest": None if offers.nearest is None else _offer(offers.nearest),
        "changes": [_offer(offer) for offer in offers.changes],
        "map": None if offers.map is None else {**asdict(offers.map), "frontier": offers.map.frontier()},
        "model_version": offers.model_version,
    }


def _offer(offer: Offer) -> Document:
    return {
        "changes": _changes(offer.changes),
        "change_text": change_text(offer.changes),
        "moved": list(offer.moved),
        "amount": offer.amount,
        "months": offer.months,
        "instalment": offer.instalment,
        "probability_of_default": offer.probability,
        "recommendation": offer.recommendation,
    }


def _changes(changes: Changes) -> Document:
    return {str(field): value for field, value in changes.items()}


def _fault(fault: ChangeFault, texts: Texts) -> dict[str, str]:
    allowed = ", ".join(ChangeField) if fault.option is None else allowed_text(fault.option, texts)
    if fault.option is not None and fault.option.categories:
        allowed = ", ".join(fault.option.categories)
    return {
        "field": fault.field,
        "value": fault.value,
        "kind": fault.kind,
        "allowed": allowed,
        "text": fault_text(fault, texts),
    }


def _entries(body: dict[str, object]) -> list[tuple[str, object]]:
    changes = body.get("changes")
    if set(body) != {"changes"} or not isinstance(changes, dict):
        raise InvalidRequestError("body", ", ".join(body), 'an object such as {"changes": {"amount": 250000}}')
    return list(changes.items())


def _texts() -> Texts:
    text = request.args.get("lang", Language.FRENCH)
    if text not in list(Language):
        raise InvalidRequestError("lang", text, " or ".join(Language))
    return load_texts(Language(text))


def _services() -> Services:
    return cast(Services, current_app.extensions["scoring_services"])
