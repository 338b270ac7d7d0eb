"""A whole page from its address: the one function behind the one callback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import client_number, number
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import CLIENT_SECTIONS, Address, Field, Section
from scoring_dash.web.ids import ShellId
from scoring_dash.web.new_application.page import new_application_page
from scoring_dash.web.notices import ignored_fields, start_page, unknown_client_page
from scoring_dash.web.portfolio.grid import grid_view
from scoring_dash.web.portfolio.page import found_sentence, portfolio_content
from scoring_dash.web.portfolio.steps import steps_bar
from scoring_dash.web.sections.compare import compare_view
from scoring_dash.web.sections.decision import decision_view
from scoring_dash.web.sections.file import file_view
from scoring_dash.web.sections.simulate import simulate_view
from scoring_dash.web.sections.why import why_view
from scoring_dash.web.view import SectionView, View
from scoring_dash.web.wording import page_title, section_name, unknown_title


@dataclass(frozen=True, slots=True)
class Page:
    """What changes when the address does.

    Attributes
    ----------
    title : str
        Of the window.
    announcement : str
        What a screen reader is told besides the title: the result in one sentence.
    grid : mapping or None
        What the grid below the content shows; None for no grid.
    """

    title: str
    content: list[Component]
    announcement: str = ""
    grid: Mapping[str, Any] | None = None


def render_page(address: Address, services: Services, texts: Texts, *, library: str = "") -> Page:
    """Page of an address; a client that does not exist gets a page that says so.

    Parameters
    ----------
    library : str
        Address of the script that draws grids.
    """
    title = page_title(address, texts)
    if address.is_new:
        return Page(title, [*ignored_fields(address, texts), *new_application_page(services.model, texts)])
    if address.section is Section.PORTFOLIO:
        return _portfolio_page(address, services, texts, library)
    if not address.client_text:
        return Page(title, [*ignored_fields(address, texts), *start_page(services, texts)])
    try:
        facts = _find_client(address, services)
    except UnknownClientError:
        return Page(unknown_title(texts), unknown_client_page(address, services, texts))
    view = _VIEWS[address.section](address, facts, services, texts)
    return Page(title, _client_page(address, services, facts, view, texts), view.announcement)


def _portfolio_page(address: Address, services: Services, texts: Texts, library: str) -> Page:
    """The work list; one that names a kind of credit that nobody has is shown without it, and the page says so."""
    query = address.work_list or WorkListQuery()
    try:
        summary = services.work_summary(query)
    except InvalidRequestError:
        known = replace(query, contract="")
        ignored = (*address.ignored, (Field.LIST, query.text))
        return _portfolio_page(replace(address, work_list=known, ignored=ignored), services, texts, library)
    place = None if address.client is None else services.work_place(query, address.client)
    marked = None if place is None or address.client is None else (address.client, place)
    content = portfolio_content(address, summary, services.model, texts)
    return Page(
        page_title(address, texts),
        [*ignored_fields(address, texts), *content],
        found_sentence(query, summary, texts),
        grid_view(query, summary.counts[query.view], marked, library, texts),
    )


def _find_client(address: Address, services: Services) -> ClientFacts:
    if address.client is None:
        raise UnknownClientError(address.client_text)
    return services.facts(address.client)


def _client_page(
    address: Address, services: Services, facts: ClientFacts, view: SectionView, texts: Texts
) -> list[Component]:
    return [
        _client_bar(address, facts, steps_bar(address, facts.client_id, services, texts), texts),
        *ignored_fields(address, texts),
        *view.notices,
        html.Div(view.cards, className=f"cards section-{address.section}"),
    ]


def _client_bar(address: Address, facts: ClientFacts, steps: list[html.Nav], texts: Texts) -> html.Div:
    client = client_number(facts.client_id)
    return html.Div(
        [
            *steps,
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
            href=Address(
                address.client_text,
                section,
                address.language,
                work_list=address.work_list,
                change=address.change,
                scenario=address.scenario,
            ).href(),
            id=f"section-{section}",
            **({"aria-current": "page"} if section is address.section else {}),
        )
        for section in CLIENT_SECTIONS
    ]
    return html.Nav(links, className="sections", **{"aria-label": texts.say("Sections of the file")})


_VIEWS: Final[Mapping[Section, View]] = MappingProxyType(
    {
        Section.DECISION: decision_view,
        Section.WHY: why_view,
        Section.FILE: file_view,
        Section.COMPARE: compare_view,
        Section.SIMULATE: simulate_view,
    }
)
