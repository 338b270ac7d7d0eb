"""The past files most like the client: how they turned out, in what they are alike, and the nearest of them."""

from __future__ import annotations

import math
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.comparisons import SimilarFile, SimilarFiles, ThemeCloseness
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import client_number, number, percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.web.address import Address
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.view import card_attributes

NEAREST_TOLD: Final = 5
_THEMES_TOLD: Final = 5
_MOST_TIMES: Final = 20


def similar_card(similar: SimilarFiles, context: CompareContext) -> html.Section:
    """Likeness in words, and the nearest files to open."""
    texts = context.texts
    return html.Section(
        [
            html.H2(texts.say("The files most like this one"), id="similar-title"),
            *_outcome(similar, texts),
            html.H3(texts.say("In what they are alike")),
            html.Ul(
                [html.Li(closeness_text(item, texts)) for item in similar.themes[:_THEMES_TOLD]], className="plain"
            ),
            html.P(
                texts.say("Themes in which files usually differ most come first; the gaps are in weight on the risk."),
                className="caption",
            ),
            html.H3(texts.say("The nearest")),
            html.Ul([_file(item, context) for item in similar.files], className="plain nearest"),
        ],
        className="card third",
        **card_attributes(similar.client_id, "similar-title"),
    )


def closeness_text(item: ThemeCloseness, texts: Texts) -> str:
    """How much nearer than usual the similar files are in one theme."""
    times, theme = item.times_closer, theme_name(item.theme, texts)
    if times >= _MOST_TIMES or math.isinf(times):
        return texts.say("{theme}: practically the same weight", theme=theme)
    if times < 1.5:
        return texts.say("{theme}: hardly nearer than any file", theme=theme)
    return texts.say(
        "{theme}: {times} times nearer than usual", theme=theme, times=number(times, texts, 0 if times >= 10 else 1)
    )


def _outcome(similar: SimilarFiles, texts: Texts) -> list[Component]:
    if similar.observed is None:
        return []
    told = texts.say(
        "{count} similar files; default rate: {rate}.",
        count=number(similar.observed.files, texts),
        rate=sentences.default_rate(similar.observed, texts),
    )
    return [html.P(told, className="lead")]


def _file(item: SimilarFile, context: CompareContext) -> html.Li:
    texts = context.texts
    client = client_number(item.client_id)
    outcome = texts.say("in default") if item.defaulted else texts.say("repaid")
    link = html.A(
        texts.say("File {client}", client=client),
        href=Address(str(item.client_id), language=context.address.language).href(),
        **{"data-opens": "client"},
    )
    told = texts.say("risk {risk}, {outcome}", risk=percent(item.probability_of_default, texts), outcome=outcome)
    beside = html.A(
        texts.say("side by side"),
        href=context.address.href(beside=(item.client_id,)),
        id=f"compare-beside-{item.client_id}",
        **{"aria-label": texts.say("Show file {client} side by side", client=client)},
    )
    return html.Li([link, " · ", told, " · ", beside])
