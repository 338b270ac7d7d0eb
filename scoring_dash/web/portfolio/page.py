"""The page of the work list around its grid: views with their counts, filters, order, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number, percent, points
from scoring_dash.i18n.work_list import contract_name, order_name, view_name
from scoring_dash.population.work_list import WorkSummary
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView, slug
from scoring_dash.services import ModelSummary
from scoring_dash.web.address import Address, Field
from scoring_dash.web.ids import ShellId, WorkListId

EXPORT_PATH: Final = "work-list.csv"
_MOST_TYPED: Final = 20


def portfolio_content(address: Address, summary: WorkSummary, model: ModelSummary, texts: Texts) -> list[Component]:
    """Everything above the grid.

    Parameters
    ----------
    address : Address
        Its ``work_list`` is the list shown.
    """
    query = _query(address)
    title = html.H1(texts.say("Portfolio"), id=ShellId.TITLE, tabIndex="-1")
    return [
        html.Section(
            [
                html.Div([title, html.P(found_sentence(query, summary, texts), className="lead")], className="head"),
                _views(address, summary, texts),
                html.P(view_sentence(query.view, summary, model, texts), className="caption"),
                html.Div([_filters(query, texts), *_lists(query, summary, texts)], className="work-filters"),
                html.P(_links(address, texts), className="work-links"),
            ],
            className="work-list",
            **{"aria-label": texts.say("Files to decide")},
        )
    ]


def found_sentence(query: WorkListQuery, summary: WorkSummary, texts: Texts) -> str:
    """How many files the list holds, and what to do where it holds none."""
    count = summary.counts[query.view]
    if count == 0:
        return texts.say("No file in this list. Choose another view or take the filters away.")
    return texts.say_count("{count} file", "{count} files", count, count=number(count, texts))


def view_sentence(view: WorkView, summary: WorkSummary, model: ModelSummary, texts: Texts) -> str:
    """What a view holds, exactly."""
    if view is WorkView.CHANGED and not summary.has_earlier:
        return texts.say("There is no earlier scoring to compare with.")
    return texts.say(
        _VIEW_SENTENCES[view],
        gap=points(summary.near_distance, texts),
        threshold=percent(model.threshold, texts),
        low=percent(model.review_low, texts),
        high=percent(model.review_high, texts),
    )


def _query(address: Address) -> WorkListQuery:
    return address.work_list or WorkListQuery()


def _views(address: Address, summary: WorkSummary, texts: Texts) -> html.Nav:
    query = _query(address)
    links = [
        html.A(
            [view_name(view, texts), " ", html.B(number(summary.counts[view], texts))],
            href=address.href(client_text="", work_list=replace(query, view=view)),
            id=f"work-view-{view}",
            **({"aria-current": "true"} if view is query.view else {}),
        )
        for view in WorkView
    ]
    return html.Nav(links, className="work-views", **{"aria-label": texts.say("Views")})


def _filters(query: WorkListQuery, texts: Texts) -> html.Form:
    """Number and amounts; the script of the page writes them into the address."""
    rest = replace(query, number="", least_amount=None, greatest_amount=None)
    boxes = (
        (WorkListId.NUMBER, texts.say("Client number"), query.number),
        (WorkListId.LEAST, texts.say("Amount from"), _typed(query.least_amount)),
        (WorkListId.GREATEST, texts.say("Amount up to"), _typed(query.greatest_amount)),
    )
    return html.Form(
        [*(_box(*box) for box in boxes), html.Button(texts.say("Filter"), type="submit")],
        className="work-form",
        **{"data-list": rest.text},
    )


def _box(id: WorkListId, label: str, value: str) -> html.Div:
    box = dcc.Input(
        id=id,
        type="text",
        inputMode="numeric",
        pattern="[0-9\\s]*",
        value=value,
        autoComplete="off",
        spellCheck=False,
        maxLength=_MOST_TYPED,
    )
    return html.Div([html.Label(label, htmlFor=id), box], className="field")


def _typed(amount: int | None) -> str:
    return "" if amount is None else str(amount)


def _lists(query: WorkListQuery, summary: WorkSummary, texts: Texts) -> list[html.Div]:
    """Kind of credit and order: the value of each choice is the whole list that it leads to."""
    kinds = [("", texts.say("All kinds"))]
    kinds += [(slug(name), contract_name(name, texts)) for name in summary.contracts]
    contracts = [(replace(query, contract=kind).text, name, kind == query.contract) for kind, name in kinds]
    orders = [
        (
            query.sorted_by(column, direction).text,
            order_name(column, direction, texts),
            (column, direction) == (query.sort, query.direction),
        )
        for column in WorkColumn
        for direction in SortDirection
    ]
    return [
        _select(WorkListId.CONTRACT, texts.say("Kind of credit"), contracts),
        _select(WorkListId.SORT, texts.say("Sort by"), orders),
    ]


def _select(id: WorkListId, label: str, options: Sequence[tuple[str, str, bool]]) -> html.Div:
    choices = [
        html.Option(name, value=text, **({"selected": "selected"} if is_chosen else {}))
        for text, name, is_chosen in options
    ]
    select = html.Select(choices, id=id, name=Field.LIST.value, className="select", **{"data-address": "true"})
    return html.Div([html.Label(label, htmlFor=id), select], className="field")


def _links(address: Address, texts: Texts) -> list[Component]:
    query = _query(address)
    fields = urlencode({"list": query.text, "lang": texts.language.value})
    export = html.A(texts.say("Export this list (CSV)"), href=f"{EXPORT_PATH}?{fields}", download="")
    plain = WorkListQuery(query.view, sort=query.sort, direction=query.direction)
    if plain == query:
        return [export]
    clear = html.A(
        texts.say("Take the filters away"), href=address.href(client_text="", work_list=plain), id="work-clear"
    )
    return [clear, export]


_VIEW_SENTENCES: Final[Mapping[WorkView, str]] = MappingProxyType(
    {
        WorkView.NEAR_THRESHOLD: message("Files at most {gap} away from the threshold of {threshold}, on either side."),
        WorkView.TO_REVIEW: message(
            "Files in the review zone ({low} to {high}), and those on which the control models disagree."
        ),
        WorkView.REFUSED: message("Files above the review zone: their estimated risk exceeds {high}."),
        WorkView.ACCEPTED: message("Files below the review zone: their estimated risk is under {low}."),
        WorkView.CHANGED: message(
            "Files whose recommendation is another one than at the scoring before, and new files."
        ),
        WorkView.ALL: message("Every file that waits for a decision."),
    }
)
