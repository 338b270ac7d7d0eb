"""Offers: which amounts and durations the engine would accept, and the smallest changes that lead there."""

from __future__ import annotations

from dataclasses import dataclass

from scoring_dash.core.simulation import ChangeField, Changes
from scoring_dash.core.words import Recommendation


@dataclass(frozen=True, slots=True)
class OfferMap:
    """Every amount with every duration, scored together.

    Attributes
    ----------
    amounts : tuple of float
        Ascending, in the currency of the data.
    months : tuple of int
        Ascending.
    read_as : tuple of float
        For each of them the duration that the model reads from amount and instalment.
    recommendations : tuple of tuple of Recommendation
        One row an amount, one column a duration.
    probabilities : tuple of tuple of float
        Of default, in the same order.
    """

    amounts: tuple[float, ...]
    months: tuple[int, ...]
    read_as: tuple[float, ...]
    recommendations: tuple[tuple[Recommendation, ...], ...]
    probabilities: tuple[tuple[float, ...], ...]

    def frontier(self) -> tuple[float | None, ...]:
        """For each duration the largest amount of the map that is accepted; None where none is."""
        accepted = [
            [amount for amount, row in zip(self.amounts, self.recommendations, strict=True)
             if row[column] is Recommendation.ACCEPT]
            for column in range(len(self.months))
        ]  # fmt: skip
        return tuple(max(amounts, default=None) for amounts in accepted)


@dataclass(frozen=True, slots=True)
class Offer:
    """Changes that the engine has scored as they would be entered by hand.

    Attributes
    ----------
    changes : Changes
        All of them, those that the search started from included.
    moved : tuple of ChangeField
        What differs from where the search started: one field, or two.
    instalment : float or None
        Of the credit offered.
    """

    changes: Changes
    moved: tuple[ChangeField, ...]
    amount: float
    months: float | None
    instalment: float | None
    probability: float
    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class Offers:
    """What could be offered to a client.

    Attributes
    ----------
    asked : Offer
        What is asked for now, ``moved`` empty: the file, or the simulation that the search started from.
    map : OfferMap or None
        None where there is no duration to vary.
    largest : Offer or None
        The largest amount that is accepted at the duration asked for, all else as asked.
    nearest : Offer or None
        The accepted amount and duration nearest to those asked for, for no more than the amount asked for; None where
        the file is accepted as asked, or nothing is.
    changes : tuple of Offer
        The smallest single and double changes that lead to accept or at least to review, the smallest first; empty
        where the file is accepted as asked, or where nothing within reach helps.
    """

    client_id: int
    asked: Offer
    map: OfferMap | None
    largest: Offer | None
    nearest: Offer | None
    changes: tuple[Offer, ...]
    model_version: str
