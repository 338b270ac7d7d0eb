"""Two or three clients side by side: what the model says of each, why, and their main facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import UnknownClientError
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Book, Direction
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import client_number, percent, signed_points
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Field
from scoring_dash.web.charts import Table, table
from scoring_dash.web.content import Input
from scoring_dash.web.ids import CompareId
from scoring_dash.web.notices import ignored_text
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.view import card_attributes, value_of

_FACTS: Final = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One client of the table."""

    facts: ClientFacts
    assessment: Assessment


def clients_card(features: Sequence[str], context: CompareContext, services: Services) -> html.Section:
    """The table of clients, and a box for the numbers of the others.

    Parameters
    ----------
    features : sequence of str
        Facts to show, the first of them.
    """
    texts = context.texts
    others, notices = _others(context, services)
    own = Shown(context.facts, services.assess(context.facts.client_id))
    shown = (
        [table(side_by_side([own, *others], features[:_FACTS], context), class_name="values side")] if others else []
    )
    return html.Section(
        [
            html.H2(texts.say("Side by side with other clients"), id="beside-title", tabIndex="-1"),
            *notices,
            _form(context),
            *shown,
        ],
        className="card full",
        **card_attributes(context.facts.client_id, "beside-title"),
    )


def side_by_side(clients: Sequence[Shown], features: Sequence[str], context: CompareContext) -> Table:
    """What the model says of each client, and the facts."""
    texts = context.texts
    head = (
        texts.say("Fact"),
        *(texts.say("File {client}", client=client_number(item.facts.client_id)) for item in clients),
    )
    told = [
        (texts.say("Status"), *(_status(item.facts, texts) for item in clients)),
        (
            texts.say("Recommendation"),
            *(sentences.recommendation_name(item.assessment.recommendation, texts) for item in clients),
        ),
        (
            texts.say("Estimated risk of default"),
            *(percent(item.assessment.probability_of_default, texts) for item in clients),
        ),
        (
            texts.say("Distance to the threshold"),
            *(_distance(item.assessment, texts) for item in clients),
        ),
        (
            texts.say("What raises the risk most"),
            *(_strongest(item.assessment, Direction.RAISES, texts) for item in clients),
        ),
        (
            texts.say("What lowers the risk most"),
            *(_strongest(item.assessment, Direction.LOWERS, texts) for item in clients),
        ),
    ]
    facts = [
        (
            feature_label(feature, texts),
            *(value_text(value_of(item.facts, feature.name), feature, texts) for item in clients),
        )
        for feature in (context.fact(name) for name in features)
    ]
    return Table(texts.say("Clients side by side"), head, (*told, *facts))


def _others(context: CompareContext, services: Services) -> tuple[list[Shown], list[Component]]:
    found: list[Shown] = []
    notices: list[Component] = []
    for number in context.address.beside:
        try:
            if number == context.facts.client_id:
                raise UnknownClientError(str(number))
            found.append(Shown(services.facts(number), services.assess(number)))
        except UnknownClientError:
            notices.append(ignored_text(Field.BESIDE, str(number), context.texts))
    return found, notices


def _form(context: CompareContext) -> html.Form:
    texts = context.texts
    label = texts.say("Numbers of one or two other clients, divided by a comma")
    box = Input(
        id=CompareId.BESIDE.value,
        name=Field.BESIDE.value,
        inputMode="text",
        defaultValue=", ".join(str(number) for number in context.address.beside),
        autoComplete="off",
        maxLength=40,
    )
    button = html.Button(texts.say("Show"), type="submit", className="button")
    return html.Form(
        [html.Label(label, htmlFor=CompareId.BESIDE), html.Div([box, button], className="box-and-button")],
        className="beside-form",
        **{"data-address": "true"},
    )


def _status(facts: ClientFacts, texts: Texts) -> str:
    if facts.book is Book.CURRENT:
        return texts.say("to decide")
    return texts.say("past file, in default") if facts.defaulted else texts.say("past file, repaid")


def _distance(assessment: Assessment, texts: Texts) -> str:
    sign = "▲" if assessment.distance_to_threshold > 0 else "▼"
    return f"{sign} {signed_points(assessment.distance_to_threshold, texts)}"


def _strongest(assessment: Assessment, direction: Direction, texts: Texts) -> str:
    reasons = assessment.reasons_of(direction)
    return theme_name(reasons[0].theme, texts) if reasons else "–"
