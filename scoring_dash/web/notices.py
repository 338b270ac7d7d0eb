"""Pages and sentences for an address without a client, with an unknown one, or with words that mean nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.words import Book
from scoring_dash.i18n.catalogue import Language, Texts, message
from scoring_dash.i18n.numbers import number
from scoring_dash.services import ClientSummary, Services
from scoring_dash.web.address import Address, Field, Section
from scoring_dash.web.ids import ShellId
from scoring_dash.web.shell import client_link, work_list_href
from scoring_dash.web.wording import section_name

_CLIENTS_TO_OPEN = 6
_CLIENTS_LOOKED_AT = 100
_MOST_CHARACTERS_SHOWN = 40


def start_page(services: Services, texts: Texts) -> list[Component]:
    """What this program is for, and a few clients to open."""
    current = _some_clients(services)
    model = services.model
    counts = texts.say(
        "{past} past files with a known outcome, {current} files to decide.",
        past=number(model.past_clients, texts),
        current=number(model.current_clients, texts),
    )
    return [
        html.Section(
            [
                html.H1(texts.say("Open a client's file"), id=ShellId.TITLE, tabIndex="-1"),
                html.P(
                    texts.say(
                        "Type a client number above. You will see the estimated risk against the threshold, the "
                        "reasons for and against, and where this client stands among past files."
                    ),
                    className="lead",
                ),
                html.P(counts, className="caption"),
                html.P(
                    html.A(texts.say("Open the portfolio: every file to decide"), href=work_list_href(texts.language))
                ),
                html.P(_new_application_link(texts)),
                html.H2(texts.say("Files to open")),
                _links(current, texts.language, texts),
            ],
            className="card start",
        )
    ]


def unknown_client_page(address: Address, services: Services, texts: Texts) -> list[Component]:
    """Says that there is no such client, and offers those whose number starts alike."""
    shown = _shorten(address.client_text)
    title = texts.say("No file {client} in this portfolio", client=shown)
    advice = (
        texts.say("A client number has digits only, at most 10. Check it and type it above.")
        if address.client is None
        else texts.say("Check the number and type it above, or choose one of these files.")
    )
    alike = _clients_alike(address, services)
    return [
        html.Section(
            [
                html.H1(title, id=ShellId.TITLE, tabIndex="-1"),
                html.P(advice, className="lead"),
                _links(alike or _some_clients(services), texts.language, texts),
            ],
            className="card start unknown-client",
        )
    ]


def failure_page(texts: Texts) -> list[Component]:
    """What a user sees of an error nobody foresaw; the trace goes to the log."""
    return [
        html.Section(
            [
                html.H1(texts.say("This page could not be computed"), id=ShellId.TITLE, tabIndex="-1"),
                html.P(texts.say("The error was recorded. Try again, or open another file."), className="lead"),
            ],
            className="card start failure",
            role="alert",
        )
    ]


def ignored_fields(address: Address, texts: Texts) -> list[Component]:
    """One sentence for each word of the address that means nothing here."""
    return [ignored_text(field, value, texts) for field, value in address.ignored]


def ignored_text(field: Field, value: str, texts: Texts) -> html.P:
    """Says which word of the address was not understood and what is shown instead."""
    sentence = texts.say(_IGNORED[field], value=_shorten(value), **_defaults(texts))
    return html.P(sentence, className="notice", role="status")


def _defaults(texts: Texts) -> dict[str, str]:
    return {"decision": section_name(Section.DECISION, texts)}


def _clients_alike(address: Address, services: Services) -> tuple[ClientSummary, ...]:
    """Clients whose number starts like the one asked for, digit by digit fewer until some are found."""
    digits = address.client_text if address.client is not None else ""
    try:
        for length in range(len(digits), 0, -1):
            found = services.search_clients(digits[:length], limit=_CLIENTS_TO_OPEN).items
            if found:
                return found
    except InvalidRequestError:
        return ()
    return ()


def _some_clients(services: Services) -> tuple[ClientSummary, ...]:
    """The first files to decide; past ones where none comes early."""
    first = services.search_clients("", limit=_CLIENTS_LOOKED_AT).items
    current = [client for client in first if client.book is Book.CURRENT]
    return tuple(current or first)[:_CLIENTS_TO_OPEN]


def _new_application_link(texts: Texts) -> html.A:
    return html.A(
        texts.say("New application"),
        href=Address(language=texts.language, is_new=True).href(),
        id="start-new",
        className="button",
    )


def _links(clients: tuple[ClientSummary, ...], language: Language, texts: Texts) -> html.Ul:
    return html.Ul([html.Li(client_link(client, language, texts)) for client in clients], className="clients")


def _shorten(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS_SHOWN else f"{text[: _MOST_CHARACTERS_SHOWN - 1]}…"


_IGNORED: Final[Mapping[Field, str]] = MappingProxyType(
    {
        Field.SECTION: message("There is no section “{value}”: here is “{decision}”."),
        Field.LANGUAGE: message("There is no language “{value}”: here is the page in French."),
        Field.GROUP: message("The criterion “{value}” is not understood: it is left out."),
        Field.THEME: message("There is no theme “{value}”: here are all themes."),
        Field.MEASURE: message("There is no measure “{value}”: here are points of probability."),
        Field.LIST: message("The list “{value}” cannot be read: here are the files near the threshold."),
        Field.FEATURE: message("There is no fact “{value}”: here is another one."),
        Field.SECOND: message("There is no fact “{value}”: here is another one."),
        Field.LOG: message("There is no scale “{value}”: here is the ordinary one."),
        Field.BESIDE: message("“{value}” cannot stand beside this client: two numbers of other clients can."),
    }
)
