"""From file to file of a list: previous, next, and back to the list where one was."""

from __future__ import annotations

from typing import Final

from dash import html

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.work_list import view_name
from scoring_dash.population.work_list import WorkPlace
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import Services
from scoring_dash.web.address import Address, Section
from scoring_dash.web.ids import WorkListId

PREVIOUS_KEYS: Final = "Alt+PageUp"
NEXT_KEYS: Final = "Alt+PageDown"


def steps_bar(address: Address, client_id: int, services: Services, texts: Texts) -> list[html.Nav]:
    """Where the client stands in the list that he was opened from; nothing where he was opened from none."""
    query = address.work_list
    if query is None:
        return []
    place = find_place(query, client_id, services)
    back = html.A(
        texts.say("Back to the list: {list}", list=view_name(query.view, texts)),
        href=address.href(section=Section.PORTFOLIO),
        id=WorkListId.BACK,
    )
    steps = _steps(address, place, texts) if place else [html.Span(texts.say("This file is not in the list."))]
    return [html.Nav([back, *steps], className="steps", **{"aria-label": texts.say("Files of the list")})]


def find_place(query: WorkListQuery, client_id: int, services: Services) -> WorkPlace | None:
    """Where a client stands; None too where the list names a kind of credit that nobody has."""
    try:
        return services.work_place(query, client_id)
    except InvalidRequestError:
        return None


def _steps(address: Address, place: WorkPlace, texts: Texts) -> list[html.A | html.Span]:
    position = texts.say(
        "{position} of {total}", position=number(place.position + 1, texts), total=number(place.total, texts)
    )
    return [
        _step(address, place.previous, WorkListId.PREVIOUS, texts.say("‹ Previous file"), PREVIOUS_KEYS),
        html.Span(position, className="position"),
        _step(address, place.next, WorkListId.NEXT, texts.say("Next file ›"), NEXT_KEYS),
    ]


def _step(address: Address, client: int | None, id: WorkListId, name: str, keys: str) -> html.A | html.Span:
    if client is None:
        return html.Span(name, className="no-step", **{"aria-hidden": "true"})
    return html.A(name, href=address.href(client_text=str(client)), id=id, title=keys, **{"aria-keyshortcuts": keys})
