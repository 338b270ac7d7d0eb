"""What the cards of a comparison share."""

from __future__ import annotations

from dataclasses import dataclass

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.services import ClientFacts, ModelSummary
from scoring_dash.web.address import Address
from scoring_dash.web.view import value_of


@dataclass(frozen=True, slots=True)
class CompareContext:
    """What the cards of a comparison share.

    Attributes
    ----------
    address : Address
        With a group and facts that exist.
    """

    address: Address
    facts: ClientFacts
    model: ModelSummary
    texts: Texts

    def own(self, name: str) -> FeatureValue:
        """The client's value of a fact."""
        return value_of(self.facts, name)

    def fact(self, name: str) -> Feature:
        """A fact that is known to exist.

        Raises
        ------
        KeyError
            If it does not.
        """
        found = self.model.fact(name)
        if found is None:
            raise KeyError(name)
        return found
