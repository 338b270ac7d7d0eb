"""Comparer: the client among a group of past files, fact by fact, two facts at once, and beside other clients."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from scoring_dash.core.comparisons import CrossComparison
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import Group
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.groups import group_text, size_sentence
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address, Field
from scoring_dash.web.notices import ignored_text
from scoring_dash.web.sections.compare_clients import clients_card
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.sections.compare_cross import cross_card
from scoring_dash.web.sections.compare_fact import fact_card
from scoring_dash.web.sections.compare_group import group_card
from scoring_dash.web.sections.compare_profile import profile_card
from scoring_dash.web.sections.compare_similar import NEAREST_TOLD, similar_card
from scoring_dash.web.view import SectionView

_USUAL_FACTS = ("income", "credit_amount")
"""What stands beside the fact that is compared, where the address names nothing."""


def compare_view(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """All cards for the group and the facts of the address; what of it does not exist is told and replaced."""
    address, notices = _existing(address, facts, services, texts)
    context = CompareContext(address, facts, services.model, texts)
    client, group = facts.client_id, address.group
    summary, profile = services.summarise(group, client), services.profile(client, group)
    names = [row.feature for row in (profile if profile.rows else services.profile(client, Group())).rows]
    cards: list[Component] = [
        group_card(summary, context),
        fact_card(services.compare(client, address.feature or "", group), context),
        similar_card(services.similar(client, limit=NEAREST_TOLD), context),
        profile_card(profile, context),
        cross_card(_crossed(address, client, services), context),
        clients_card(names, context, services),
    ]
    told = group_text(group, services.model.fact, context.own, texts)
    return SectionView(cards, notices, f"{told}. {size_sentence(summary, texts)}")


def _existing(
    address: Address, facts: ClientFacts, services: Services, texts: Texts
) -> tuple[Address, list[Component]]:
    """The address with a group and two facts that exist."""
    notices: list[Component] = []
    try:
        services.summarise(address.group, facts.client_id)
    except InvalidRequestError as error:
        notices.append(ignored_text(Field.GROUP, str(error.value), texts))
        address = replace(address, group=Group())
    for field, name in ((Field.FEATURE, address.feature), (Field.SECOND, address.second)):
        if name is not None and services.model.fact(name) is None:
            notices.append(ignored_text(field, name, texts))
    feature = _known(address.feature, services) or _heaviest(facts.client_id, services)
    second = _known(address.second, services)
    return replace(address, feature=feature, second=None if second == feature else second), notices


def _crossed(address: Address, client: int, services: Services) -> CrossComparison:
    """Numbers lie across, categories up: their names are too long to stand side by side."""
    first = address.feature or ""
    known = [name for name in (*_USUAL_FACTS, services.model.features[0].name) if services.model.fact(name) is not None]
    second = address.second or next((name for name in known if name != first), first)
    names = (second, first) if _is_category(first, services) and not _is_category(second, services) else (first, second)
    return services.cross(client, names, address.group, log=address.log.axes)


def _known(name: str | None, services: Services) -> str | None:
    return name if name is not None and services.model.fact(name) is not None else None


def _heaviest(client: int, services: Services) -> str:
    """The fact of the heaviest reason: what a manager is most likely to be asked about."""
    reasons = services.assess(client).reasons
    return reasons[0].feature if reasons else services.model.features[0].name


def _is_category(name: str, services: Services) -> bool:
    feature = services.model.fact(name)
    return feature is not None and feature.is_categorical
