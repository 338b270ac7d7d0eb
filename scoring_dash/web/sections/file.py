"""Dossier: the client's facts in plain units, his credits over time, what is missing, and what each field means."""

from __future__ import annotations

from scoring_dash.i18n.catalogue import Texts
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address
from scoring_dash.web.sections.file_facts import facts_of, find_facts
from scoring_dash.web.sections.file_missing import missing_card
from scoring_dash.web.sections.file_past import past_cards
from scoring_dash.web.sections.file_rows import facts_card, found_sentence
from scoring_dash.web.view import SectionView


def file_view(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address: the past in brief, the facts asked for, the timeline, the gaps."""
    everything = facts_of(facts, services.model)
    found = find_facts(everything, address.theme, address.search, texts.language)
    brief, timeline = past_cards(services.history(facts.client_id), texts)
    listing = facts_card(facts, everything, found, services.model, address, texts)
    cards = [brief, listing, timeline, missing_card(facts, everything, texts)]
    return SectionView(cards, [], found_sentence(everything, found, address, texts))
