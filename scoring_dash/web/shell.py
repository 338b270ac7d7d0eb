"""The frame around every page: layout, header with the search, notices and footer."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.i18n.numbers import client_number, number, percent
from scoring_dash.services import ClientPage, ClientSummary, ModelSummary
from scoring_dash.web.address import Address, Section
from scoring_dash.web.content import Content
from scoring_dash.web.ids import SearchId, ShellId, WorkListId
from scoring_dash.web.portfolio.grid import Grid
from scoring_dash.web.wording import LENDER, book_name

MOST_SUGGESTIONS = 8
_LANGUAGE_NAMES = {Language.FRENCH: "Français", Language.ENGLISH: "English"}


def layout() -> html.Div:
    """What the browser gets first: empty places, filled by one answer; the same for every client and language."""
    return html.Div(
        [
            # "callback-nav": a new address is a message to the program, never a reload of the page.
            dcc.Location(id=ShellId.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=SearchId.QUERY, storage_type="memory"),
            html.Header([html.Div(id=ShellId.BRAND, className="brand"), html.Div(id=ShellId.LANGUAGES)]),
            html.Div(id=ShellId.NOTICE),
            html.Main([Content(id=ShellId.CONTENT), Grid(id=WorkListId.GRID)], id=ShellId.MAIN, tabIndex="-1"),
            html.Footer(id=ShellId.FOOTER),
            html.Div(id=ShellId.ANNOUNCEMENT, role="status", className="visually-hidden"),
        ],
        id=ShellId.SHELL,
        lang="",
        className="shell",
    )


def brand(address: Address, logo: str, texts: Texts) -> list[Component]:
    """Name of the lender, link to the work list and search; depends on the language alone.

    Parameters
    ----------
    logo : str
        Address of the picture.
    """
    home = html.A(
        [html.Img(src=logo, alt="", width="30", height="30"), html.Span(LENDER)],
        href=Address(language=address.language).href(),
        className="logo",
        title=texts.say("Start page"),
    )
    work_list = html.A(
        texts.say("Portfolio"), href=work_list_href(address.language), className="to-list", id=WorkListId.LINK
    )
    return [home, work_list, _search(texts)]


def work_list_href(language: Language) -> str:
    """Link to the work list, the files near the threshold first."""
    return Address(section=Section.PORTFOLIO, language=language).href()


def languages(address: Address, texts: Texts) -> html.Nav:
    """The same page in each language."""
    links = [
        html.A(
            language.upper(),
            id=f"language-{language}",
            href=address.href(language=language),
            hrefLang=language.value,
            lang=language.value,
            title=_LANGUAGE_NAMES[language],
            **({"aria-current": "true"} if language is address.language else {}),
        )
        for language in Language
    ]
    return html.Nav(links, className="languages", **{"aria-label": texts.say("Language")})


def suggestions(page: ClientPage, query: str, language: Language, texts: Texts) -> list[Component]:
    """Clients whose number starts with what was typed, as links that Tab and the arrows reach."""
    found = texts.say_count(
        "{count} file found", "{count} files found", len(page.items), count=number(len(page.items), texts)
    )
    if page.next_cursor is not None:
        found = texts.say("The first {count} files found", count=number(len(page.items), texts))
    if not page.items:
        found = texts.say("No file starts with {query}.", query=query)
    links = html.Ul([html.Li(client_link(item, language, texts)) for item in page.items])
    return [html.P(found, role="status", className="caption"), *([links] if page.items else [])]


def malformed_query(texts: Texts) -> list[Component]:
    """What the list of suggestions says to something that is no number."""
    return [html.P(texts.say("A client number has digits only, at most 10."), role="status", className="caption")]


def client_link(client: ClientSummary, language: Language, texts: Texts) -> html.A:
    """One client to open, with the book it belongs to."""
    href = Address(client_text=str(client.client_id), language=language).href()
    return html.A(
        [html.B(client_number(client.client_id)), html.Span(book_name(client.book, texts), className="caption")],
        href=href,
        className="client-link",
        **{"data-opens": "client"},
    )


def simulation_notice(model: ModelSummary, texts: Texts) -> list[Component]:
    """The mark that every screen of a simulated portfolio carries."""
    if not model.simulated:
        return []
    return [html.P(texts.say("Simulated portfolio: these clients do not exist."), className="simulated")]


def footer(model: ModelSummary, texts: Texts) -> list[Component]:
    """Which model speaks, and how to read the figures."""
    return [
        html.Span(texts.say("Model {version}", version=model.version)),
        html.Span(texts.say("Threshold {threshold}", threshold=percent(model.threshold, texts))),
        html.Span(
            texts.say(
                "{past} past files, {current} to decide",
                past=number(model.past_clients, texts),
                current=number(model.current_clients, texts),
            )
        ),
        html.Span(texts.say("Amounts are in the currency of the data.")),
        html.Span(texts.say("The recommendation is not the decision.")),
    ]


def _search(texts: Texts) -> html.Div:
    return html.Div(
        [
            html.Label(texts.say("Client number"), htmlFor=SearchId.INPUT, className="visually-hidden"),
            dcc.Input(
                id=SearchId.INPUT,
                type="text",
                inputMode="numeric",
                placeholder=texts.say("Client number"),
                autoComplete="off",
                spellCheck=False,
                maxLength=20,
            ),
            html.Div(id=SearchId.SUGGESTIONS, className="suggestions"),
        ],
        className="search",
        role="search",
    )
