"""The wiring: an address in, a page out; each callback reads, calls one function and returns."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

import dash
from dash import ClientsideFunction, Input, Output, State, ctx, no_update

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.services import Services
from scoring_dash.web import shell
from scoring_dash.web.address import Address, read_address
from scoring_dash.web.ids import SearchId, ShellId, WorkListId
from scoring_dash.web.notices import failure_page
from scoring_dash.web.page import Page, render_page
from scoring_dash.web.portfolio.rows import read_rows_request, rows_answer
from scoring_dash.web.wording import page_title

_LOG = logging.getLogger(__name__)
_MOST_CHARACTERS = 40
TITLE: Final = "data-title"
"""Title of the window, beside the announcement, which says more."""


def register(app: dash.Dash, services: Services, texts: Mapping[Language, Texts], *, library: str = "") -> None:
    """Connect the components of the layout with the services.

    Parameters
    ----------
    library : str
        Address of the script that draws grids.
    """
    _register_page(app, services, texts, library)
    _register_search(app, services, texts)
    _register_grid(app, services, texts)
    app.clientside_callback(
        ClientsideFunction("page", "describe"),
        Output(ShellId.SHELL, "title"),
        Input(ShellId.ANNOUNCEMENT, TITLE),
        Input(ShellId.SHELL, "lang"),
        prevent_initial_call=True,
    )


def log_error(error: Exception) -> None:
    """Record the trace of an error in a callback that has no answer of its own; the screen stays as it is."""
    _LOG.error("a callback failed", exc_info=error)


def page_outputs(
    app: dash.Dash,
    services: Services,
    texts: Mapping[Language, Texts],
    address: Address,
    page: Page,
    *,
    shown_language: object,
) -> tuple[Any, ...]:
    """What the page callback answers; what depends on the language alone is sent when the language changes.

    The search box so keeps its focus and what is being typed.
    """
    words, model = texts[address.language], services.model
    languages = shell.languages(address, words)
    said = (page.title, f"{page.title}. {page.announcement}" if page.announcement else page.title)
    shown = (page.content, address.href(client_text=""))
    if shown_language == address.language:
        return no_update, languages, no_update, *shown, no_update, *said, no_update, page.grid
    brand = shell.brand(address, app.get_asset_url("logo.svg"), words)
    notice, footer = shell.simulation_notice(model, words), shell.footer(model, words)
    return brand, languages, notice, *shown, footer, *said, address.language.value, page.grid


def suggest(query: object, language: Language, services: Services, texts: Texts) -> list[Any]:
    """Suggestions for what was typed so far."""
    typed = "".join(query[:_MOST_CHARACTERS].split()) if isinstance(query, str) else ""
    if not typed:
        return []
    try:
        found = services.search_clients(typed, limit=shell.MOST_SUGGESTIONS)
    except InvalidRequestError:
        return shell.malformed_query(texts)
    return shell.suggestions(found, typed, language, texts)


def read_language(value: object) -> Language:
    """A language named by the browser; French for anything else."""
    return Language.ENGLISH if value == Language.ENGLISH else Language.FRENCH


def _register_page(app: dash.Dash, services: Services, texts: Mapping[Language, Texts], library: str) -> None:
    def on_error(error: Exception) -> tuple[Any, ...]:
        log_error(error)
        address = read_address(ctx.inputs.get(f"{ShellId.ADDRESS}.search"))
        words = texts[address.language]
        failure = Page(page_title(address, words), failure_page(words))
        return page_outputs(app, services, texts, address, failure, shown_language=None)

    @app.callback(
        Output(ShellId.BRAND, "children"),
        Output(ShellId.LANGUAGES, "children"),
        Output(ShellId.NOTICE, "children"),
        Output(ShellId.CONTENT, "content"),
        Output(ShellId.CONTENT, "page"),
        Output(ShellId.FOOTER, "children"),
        Output(ShellId.ANNOUNCEMENT, TITLE),
        Output(ShellId.ANNOUNCEMENT, "children"),
        Output(ShellId.SHELL, "lang"),
        Output(WorkListId.GRID, "view"),
        Input(ShellId.ADDRESS, "search"),
        State(ShellId.SHELL, "lang"),
        on_error=on_error,
    )
    def show_page(search: object, shown_language: object) -> tuple[Any, ...]:
        address = read_address(search)
        page = render_page(address, services, texts[address.language], library=library)
        return page_outputs(app, services, texts, address, page, shown_language=shown_language)


def _register_search(app: dash.Dash, services: Services, texts: Mapping[Language, Texts]) -> None:
    @app.callback(
        Output(SearchId.SUGGESTIONS, "children"),
        Input(SearchId.QUERY, "data"),
        State(ShellId.SHELL, "lang"),
        prevent_initial_call=True,
    )
    def suggest_clients(query: object, shown_language: object) -> list[Any]:
        language = read_language(shown_language)
        return suggest(query, language, services, texts[language])


def _register_grid(app: dash.Dash, services: Services, texts: Mapping[Language, Texts]) -> None:
    @app.callback(
        Output(WorkListId.GRID, "getRowsResponse"),
        Input(WorkListId.GRID, "getRowsRequest"),
        prevent_initial_call=True,
    )
    def give_rows(value: object) -> dict[str, Any]:
        asked = read_rows_request(value)
        return rows_answer(asked, services, texts[asked.language])
