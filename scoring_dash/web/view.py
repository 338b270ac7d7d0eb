"""What a section answers to an address: the parts of a page below the client's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from dash.development.base_component import Component

from scoring_dash.core.results import FeatureValue
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of one client.

    Attributes
    ----------
    cards : list of Component
        Each with the client that it was computed for (``data-client``).
    notices : list of Component
        What of the address was not understood.
    announcement : str
        What a screen reader is told once the section is there: its result in one sentence.
    """

    cards: list[Component]
    notices: list[Component]
    announcement: str = ""


def card_attributes(client_id: int, title: str) -> dict[str, str]:
    """Which client a card was computed for, and the identifier of what names it."""
    return {"data-client": str(client_id), "aria-labelledby": title}


def value_of(facts: ClientFacts, name: str) -> FeatureValue:
    """The client's value of a feature or of a descriptive field."""
    return facts.features.get(name, facts.described.get(name))


View: TypeAlias = Callable[[Address, ClientFacts, Services, Texts], SectionView]
"""Computes a section of a client whose stored facts were found."""
