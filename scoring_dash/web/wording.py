"""Words of the screen that several parts share."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.words import Book, Recommendation
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import client_number
from scoring_dash.web.address import Address, Section

LENDER: Final = "Prêt à dépenser"
RECOMMENDATION_SIGNS: Final[Mapping[Recommendation, str]] = MappingProxyType(
    {Recommendation.ACCEPT: "✓", Recommendation.REVIEW: "!", Recommendation.REFUSE: "✕"}
)
"""Beside the words, so that a recommendation is never told by colour alone."""


def book_name(book: Book, texts: Texts) -> str:
    """Which part of the portfolio, in two words."""
    return texts.say("to decide") if book is Book.CURRENT else texts.say("past file")


def section_name(section: Section, texts: Texts) -> str:
    """Name of a section, as in its link."""
    names = {
        Section.DECISION: texts.say("Decision"),
        Section.WHY: texts.say("Why"),
        Section.FILE: texts.say("File"),
        Section.COMPARE: texts.say("Compare"),
        Section.PORTFOLIO: texts.say("Portfolio"),
        Section.SIMULATE: texts.say("Simulate"),
    }
    return names[section]


def page_title(address: Address, texts: Texts) -> str:
    """Title of the window, from the address alone: the same on the first answer and after a click."""
    if address.is_new:
        return texts.say("New application · {name}", name=LENDER)
    if address.section is Section.PORTFOLIO:
        return texts.say("Portfolio · {name}", name=LENDER)
    if not address.client_text:
        return texts.say("Client files · {name}", name=LENDER)
    if address.client is None:
        return unknown_title(texts)
    return texts.say(
        "File {client} · {section} · {name}",
        client=client_number(address.client),
        section=section_name(address.section, texts),
        name=LENDER,
    )


def unknown_title(texts: Texts) -> str:
    """Title of the window for a client that does not exist."""
    return texts.say("Unknown file · {name}", name=LENDER)
