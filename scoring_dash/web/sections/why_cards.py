"""What the cards of Pourquoi share: their frame, how to read them, the words of both units."""

from __future__ import annotations

from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from scoring_dash.i18n.catalogue import Texts
from scoring_dash.web.view import card_attributes


class WhyId(StrEnum):
    """Controls of the section; links of themes and units have the word that they stand for after it."""

    THEME = "why-theme"
    MEASURE = "why-measure"
    EFFECT_THEME = "why-effect-theme"
    EFFECT_FEATURE = "why-effect-feature"


def card(client_id: int, name: str, title: str, content: list[Component], *, width: str) -> html.Section:
    """A card with its heading.

    Parameters
    ----------
    name : str
        What the identifier of the heading starts with.
    width : str
        A class of the grid, such as ``"half"``.
    """
    heading = f"{name}-title"
    return html.Section(
        [html.H2(title, id=heading), *content],
        className=f"card {width}",
        **card_attributes(client_id, heading),
    )


def reading(sentences: str, texts: Texts, *more: str) -> html.Details:
    """How to read a chart, on demand: two sentences, and what else an attentive reader may ask."""
    paragraphs = [html.P(text) for text in (sentences, *more)]
    return html.Details([html.Summary(texts.say("How to read this")), *paragraphs], className="reading")
