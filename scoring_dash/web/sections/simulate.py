"""Simuler: what a client could change, what the engine makes of it, and what could be offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.assessment.check_changes import read_change_text, written_changes
from scoring_dash.core.feature import Feature
from scoring_dash.core.simulation import ChangeFault, ChangeField, Changes, FaultKind, InvalidChangesError
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.simulation import fault_field, result_sentence
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address
from scoring_dash.web.sections.simulate_fixed import fixed_card
from scoring_dash.web.sections.simulate_form import Entered, form_card
from scoring_dash.web.sections.simulate_missing import missing_card
from scoring_dash.web.sections.simulate_money import money_card
from scoring_dash.web.sections.simulate_offers import map_card, offers_card
from scoring_dash.web.sections.simulate_result import faults_card, moved_card, result_card
from scoring_dash.web.sections.simulate_scenarios import scenarios_card
from scoring_dash.web.view import SectionView

_MOST_CHARACTERS: Final = 40


def simulate_view(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address; where a change is not understood nothing is computed, and each fault is told."""
    entries = read_change_text(address.change)
    client = facts.client_id
    try:
        changes = services.read_changes(client, entries)
    except InvalidChangesError as error:
        written = dict(written_changes(address.change))
        faults = tuple(replace(fault, value=_as_typed(fault, written)) for fault in error.faults)
        options = services.change_options(client, _allowed_of(written, error))
        cards: list[Component] = [
            form_card(client, options, Entered(written, faults), address, texts),
            _beside(faults_card(client, faults, texts)),
            scenarios_card(client, services, address, None, texts),
        ]
        return SectionView(cards, [], _told(faults, texts))
    return _computed(changes, address, facts, services, texts)


def _computed(changes: Changes, address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    client = facts.client_id
    features: Mapping[str, Feature] = {feature.name: feature for feature in services.model.features}
    simulation, offers = services.simulate(client, changes), services.offers(client, changes)
    options = services.change_options(client, changes)
    entered = Entered({str(field): value for field, value in changes.items()})
    cards: list[Component] = [
        form_card(client, options, entered, address, texts),
        _beside(
            result_card(simulation, services.model, features, texts),
            *([moved_card(simulation, features, texts)] if changes else []),
        ),
        html.Div(
            [
                offers_card(offers, address, texts),
                missing_card(client, services.missing_facts(client, changes), features, texts),
            ],
            className="wide beside",
        ),
        *map_card(offers, texts),
        money_card(simulation, texts),
        scenarios_card(client, services, address, changes, texts),
        fixed_card(simulation.before, facts, features, texts),
    ]
    return SectionView(cards, [], result_sentence(simulation, texts))


def _beside(*cards: Component) -> html.Div:
    """What stands beside the form."""
    return html.Div(list(cards), className="half beside")


def _as_typed(fault: ChangeFault, written: Mapping[str, str]) -> str:
    return fault.value if fault.kind is FaultKind.TWICE else written.get(fault.field, fault.value)[:_MOST_CHARACTERS]


def _allowed_of(written: Mapping[str, str], error: InvalidChangesError) -> Changes:
    """The kind of credit chosen, if it is allowed: it decides whether there is a duration."""
    contract = written.get(ChangeField.CONTRACT)
    is_faulty = any(fault.field == ChangeField.CONTRACT for fault in error.faults)
    return Changes(contract=None if is_faulty else contract)


def _told(faults: tuple[ChangeFault, ...], texts: Texts) -> str:
    names = ", ".join(fault_field(fault, texts) for fault in faults)
    return texts.say("Nothing was computed. To be corrected: {fields}.", fields=names)
