"""A whole page from its address: the one function behind the one callback."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.results import Comparison, FeatureValue
from scoring_dash.core.words import Book
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import client_number, number
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address, Field, Section
from scoring_dash.web.ids import ShellId
from scoring_dash.web.notices import ignored_fields, ignored_text, start_page, unknown_client_page
from scoring_dash.web.sections.compare import compare_section
from scoring_dash.web.sections.decision import decision_section
from scoring_dash.web.sections.why import why_section
from scoring_dash.web.wording import page_title, section_name, unknown_title


@dataclass(frozen=True, slots=True)
class Page:
    """What changes when the address does.

    Attributes
    ----------
    title : str
        Of the window; also what a screen reader is told.
    """

    title: str
    content: list[Component]


def render_page(address: Address, services: Services, texts: Texts) -> Page:
    """Page of an address; a client that does not exist gets a page that says so."""
    title = page_title(address, texts)
    if not address.client_text:
        return Page(title, [*ignored_fields(address, texts), *start_page(services, texts)])
    try:
        facts = _find_client(address, services)
    except UnknownClientError:
        return Page(unknown_title(texts), unknown_client_page(address, services, texts))
    return Page(title, _client_page(address, facts, services, texts))


def _find_client(address: Address, services: Services) -> ClientFacts:
    if address.client is None:
        raise UnknownClientError(address.client_text)
    return services.facts(address.client)


def _client_page(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> list[Component]:
    notices, cards = _section(address, facts, services, texts)
    return [
        _client_bar(address, facts, texts),
        *ignored_fields(address, texts),
        *notices,
        html.Div(cards, className=f"cards section-{address.section}"),
    ]


def _section(
    address: Address, facts: ClientFacts, services: Services, texts: Texts
) -> tuple[list[Component], list[Component]]:
    """Notices and cards of the section that the address names."""
    features = {feature.name: feature for feature in services.model.features}
    if address.section is Section.DECISION:
        return [], decision_section(services.assess(facts.client_id), features, texts)
    if address.section is Section.WHY:
        return [], why_section(services.explain(facts.client_id), services.model.threshold, features, texts)
    comparison, notices = _comparison(address, facts, services, texts)
    return notices, compare_section(comparison, services.model.features, address, texts)


def _comparison(
    address: Address, facts: ClientFacts, services: Services, texts: Texts
) -> tuple[Comparison, list[Component]]:
    """The comparison asked for, or that of the heaviest reason where the address names no feature of the model."""
    if address.feature is not None:
        try:
            return services.compare(facts.client_id, address.feature, address.group), []
        except InvalidRequestError:
            notices = [ignored_text(Field.FEATURE, address.feature, texts)]
    else:
        notices = []
    reasons = services.assess(facts.client_id).reasons
    feature = reasons[0].feature if reasons else services.model.features[0].name
    return services.compare(facts.client_id, feature, address.group), notices


def _client_bar(address: Address, facts: ClientFacts, texts: Texts) -> html.Div:
    client = client_number(facts.client_id)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(texts.say("File {client}", client=client), id=ShellId.TITLE, tabIndex="-1"),
                    *(_fact(label, value) for label, value in _client_facts(facts, texts)),
                ],
                className="who",
            ),
            _sections(address, texts),
        ],
        className="client",
        **{"data-client": str(facts.client_id)},
    )


def _client_facts(facts: ClientFacts, texts: Texts) -> list[tuple[str, str]]:
    amounts = (
        (texts.say("Amount asked for"), facts.application.get("AMT_CREDIT")),
        (texts.say("Instalment"), facts.application.get("AMT_ANNUITY")),
    )
    told = [(label, _amount(value, texts)) for label, value in amounts]
    return [*told, (texts.say("Status"), _status(facts, texts))]


def _amount(value: FeatureValue, texts: Texts) -> str:
    return number(value, texts) if isinstance(value, int | float) else texts.say("not given")


def _status(facts: ClientFacts, texts: Texts) -> str:
    if facts.book is Book.CURRENT:
        return texts.say("to decide")
    if facts.defaulted is None:
        return texts.say("past file")
    return texts.say("past file, in default") if facts.defaulted else texts.say("past file, repaid")


def _fact(label: str, value: str) -> html.Span:
    return html.Span([label, " ", html.B(value)], className="fact")


def _sections(address: Address, texts: Texts) -> html.Nav:
    links = [
        html.A(
            section_name(section, texts),
            href=address.href(section=section),
            id=f"section-{section}",
            **({"aria-current": "page"} if section is address.section else {}),
        )
        for section in Section
    ]
    return html.Nav(links, className="sections", **{"aria-label": texts.say("Sections of the file")})
