"""Plan and course of the loans granted: first instalment, last planned and last real one, termination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Column,
    Floats,
    Generator,
    bernoulli,
    happens,
    quantiles_in,
    rates_of,
)

NEVER = 365243
"""Kaggle's code for a date that has not come."""
LATEST = -2
"""No row of the original histories is younger than two days before the application."""
_USED = 0.65
"""Share of cards that are used one day; of the old ones more, of the young ones less."""
_LONG_AGO = -800
MONTH = 30
"""Days between instalments."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One entry a previous application; NaN or 0 where no loan was granted.

    Attributes
    ----------
    is_dated : ndarray of bool
        Whether the loan was granted and drawn, so that it has dates.
    first_due, last_planned, last_due, terminated : ndarray
        Days as in the table, `NEVER` where the date has not come.
    term : ndarray of int
        Instalments of the plan, 0 for a card.
    paid : ndarray of int
        Instalments until the loan is repaid, early or not; not all of them need have come.
    first_drawing : ndarray
        Day of a card's first use.
    """

    is_dated: Any
    first_due: Floats
    last_planned: Floats
    last_due: Floats
    terminated: Floats
    term: Codes
    paid: Codes
    first_drawing: Floats

    def columns(self) -> dict[str, Column]:
        """The five date columns of the table."""
        dates = {
            "DAYS_FIRST_DRAWING": self.first_drawing,
            "DAYS_FIRST_DUE": self.first_due,
            "DAYS_LAST_DUE_1ST_VERSION": self.last_planned,
            "DAYS_LAST_DUE": self.last_due,
            "DAYS_TERMINATION": self.terminated,
        }
        return {name: np.where(self.is_dated, value, np.nan) for name, value in dates.items()}


@dataclass(frozen=True, slots=True)
class Loans:
    """What the schedule of each previous application depends on.

    Attributes
    ----------
    kinds : Coded
        Cash, consumer or revolving.
    granted : ndarray of bool
    surely : ndarray of bool
        Loans that were drawn if they were granted: a client's first one, and cards.
    days : ndarray
        Day of the decision.
    terms : ndarray
        Instalments planned, NaN where unknown.
    card_use : ndarray
        The client's trait.
    """

    kinds: Coded
    granted: Any
    surely: Any
    days: Floats
    terms: Floats
    card_use: Floats


def draw_schedule(section: Mapping[str, Any], knots: Floats, loans: Loans, generator: Generator) -> Schedule:
    """Draw when each loan granted begins and ends.

    Parameters
    ----------
    section : mapping
        ``histories.previous`` of the parameters.
    """
    kinds, days, size = loans.kinds, loans.days, len(loans.days)
    undated = bernoulli(generator, rates_of(section["undated"], [kinds]) * 1.2, size)
    dated = loans.granted & (loans.surely | ~undated)
    card = kinds.equals("Revolving")
    gap = np.round(quantiles_in(section["first_due"], knots, [kinds], generator.standard_normal(size)))
    first = days + np.maximum(gap, 1.0)
    term = np.where(dated & ~card, np.nan_to_num(loans.terms), 0).astype(np.int64)
    paid = _paid(section, knots, kinds, term, generator)
    last = first + MONTH * (paid - 1)
    closing = np.round(np.interp(generator.standard_normal(size), knots, np.array(section["closing"])))
    drawn, drawing = _card_use(card & dated, loans, generator)
    ended = card & bernoulli(generator, 0.15, size)
    card_end = np.round(days * np.minimum(generator.exponential(0.33, size), 0.95))
    return Schedule(
        dated,
        _come(np.where(card, np.where(drawn, drawing + 45, NEVER), first)),
        np.where(card, NEVER, first + MONTH * (term - 1)),
        np.where(card, NEVER, _come(last)),
        np.where(card, np.where(ended, np.minimum(card_end, LATEST), NEVER), _come(last + closing)),
        term,
        np.where(card, 0, paid),
        drawing,
    )


def _paid(section: Mapping[str, Any], knots: Floats, kinds: Coded, term: Codes, generator: Generator) -> Codes:
    """Instalments until the loan is repaid."""
    # The shares come from loans whose plan has run out; recent ones, long ones above all, are replaced sooner.
    sooner = np.where(kinds.equals("Cash"), np.where(term > 24, -0.9, -0.1), 0.0)
    share = quantiles_in(section["paid_share"], knots, [kinds], generator.standard_normal(len(term)) + sooner)
    return np.clip(np.ceil(term * share - 1e-9), np.minimum(term, 1), term).astype(np.int64)


def _come(day: Floats) -> Floats:
    return np.where(day > LATEST, NEVER, day)


def _card_use(card: Any, loans: Loans, generator: Generator) -> tuple[Any, Floats]:
    """Whether a card was ever used, and the day of its first use; a loan is not drawn like a card."""
    wait = np.round(generator.exponential(40.0, len(loans.days)))
    used = happens(np.where(loans.days < _LONG_AGO, _USED + 0.2, _USED - 0.08), loans.card_use, 0.8, generator)
    drawing = np.where(card & used, _come(loans.days + wait), NEVER)
    return drawing < 0, drawing
