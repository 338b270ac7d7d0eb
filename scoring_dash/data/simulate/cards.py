"""Credit cards month by month: limit, drawings, payments, balance; and their instalments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.bureau_balance import DAYS_PER_MONTH
from scoring_dash.data.simulate.draws import Coded, Codes, Column, Floats, Generator, blend, level_of, to_grid
from scoring_dash.data.simulate.previous import REVOLVING, PreviousApplications
from scoring_dash.data.simulate.repayments import LoanRows
from scoring_dash.data.simulate.schedule import LATEST, NEVER
from scoring_dash.data.simulate.traits import OLD_CARD, Traits

OLDEST_MONTH = -96
_BEFORE_HORIZON = -3000.0
"""Day of cards older than previous_application reaches: their numbers are found in the balances only."""
_INTEREST = 0.02  # a month, on the balance
_INTEREST_ENDS = 1.4  # times the limit: a debt in arrears does not grow without end
_PRINCIPAL = 0.96  # share of the balance that is principal
_MINIMUM_SHARE = 0.05  # of the limit, to be paid a month
_STATUSES = ("Active", "Completed", "Signed")


@dataclass(frozen=True, slots=True)
class _Cards:
    """Cards of a chunk.

    Attributes
    ----------
    loan : ndarray of int
        Previous application, or a number after the last one for a card older than that table.
    start, end : ndarray of int
        First and last month told.
    ended_from : ndarray
        Month after which the contract is completed; infinite if it is not.
    used_from : ndarray
        Month of the first drawing; infinite for a card never used.
    share : ndarray
        Share of the limit that the client tends to owe.
    settles, skips : ndarray
        Chances a month that the debt is repaid at once, and that nothing is paid.
    fails_from : ndarray
        Month from which nothing is paid any more; infinite for nearly all cards.
    raised_from, raise_ : ndarray
        Month of a rise of the limit, and its factor.
    asleep_from : ndarray
        Month from which an idle card has no limit.
    matured : ndarray
        Instalments paid before the first month told.
    leftover : ndarray
        Small payment that the original repeats in months without any.
    """

    loan: Codes
    start: Codes
    end: Codes
    ended_from: Floats
    limit: Floats
    used_from: Floats
    share: Floats
    settles: Floats
    skips: Floats
    fails_from: Floats
    raised_from: Floats
    raise_: Floats
    asleep_from: Floats
    matured: Floats
    leftover: Floats


def draw_cards(
    section: Mapping[str, Any], knots: Floats, previous: PreviousApplications, traits: Traits, generator: Generator
) -> tuple[LoanRows, LoanRows, Codes]:
    """Draw credit_card_balance and the instalments of cards.

    Parameters
    ----------
    section : mapping
        ``histories.cards`` of the parameters.

    Returns
    -------
    LoanRows
        Monthly balances.
    LoanRows
        Instalments.
    ndarray
        Client of each card that is older than previous_application reaches; in the rows these cards
        have the numbers after the last previous application. The original has such cards too.
    """
    cards, old = _cards(section, knots, previous, traits, generator)
    months = _Walk(section, knots, cards, generator).months()
    return _balances(cards, months), _instalments(cards, months, generator), old


def _cards(
    section: Mapping[str, Any], knots: Floats, previous: PreviousApplications, traits: Traits, generator: Generator
) -> tuple[_Cards, Codes]:
    granted = np.flatnonzero((previous.kind == REVOLVING) & previous.schedule.is_dated)
    old = np.flatnonzero(traits.card == OLD_CARD)
    client = np.concatenate([previous.client[granted], old])
    days, terminated, drawing, limit = _terms(previous, granted, len(old))
    size = len(client)

    def noise() -> Floats:
        return generator.standard_normal(size)

    def plain(name: str) -> Floats:
        return np.interp(noise(), knots, np.array(section[name]))

    start = np.maximum(np.ceil(days / DAYS_PER_MONTH), OLDEST_MONTH).astype(np.int64)
    last = -1 - level_of(noise(), [0.58, 0.33, 0.09])
    use = traits["card_use"][client]
    share = np.interp(blend([(0.85, use)], generator) + 0.1, knots, np.array(section["share_owed"]))
    fails = generator.random(size) < 0.02 * np.exp(traits["late"][client] - 0.5)
    parts = {
        "loan": np.concatenate([granted, len(previous.client) + np.arange(len(old))]),
        "start": start,
        "end": np.maximum(last, np.minimum(start, -1)),
        "ended_from": np.where(terminated < NEVER, np.ceil(terminated / DAYS_PER_MONTH), np.inf),
        "limit": np.where(limit > 0, limit, np.maximum(to_grid(plain("old_limit"), 22500.0), 45000.0)),
        "used_from": np.where(drawing < NEVER, np.maximum(np.ceil(drawing / DAYS_PER_MONTH), start), np.inf),
        "share": np.maximum(share, 0.02),
        "settles": np.minimum(section["settles"] * np.exp(0.7 * noise() - 1.2 * use - 1.2), 0.9),
        "skips": section["skips"] * 0.7 * np.exp(0.8 * traits["late"][client] - 0.32),
        "fails_from": np.where(fails, start + generator.exponential(25.0, size), np.inf),
        "raised_from": np.where(generator.random(size) < 0.12, start + generator.exponential(8.0, size), np.inf),
        "raise_": generator.choice([1.25, 1.5, 2.0], size),
        "asleep_from": start + generator.exponential(section["asleep"] * 350.0, size),
        "matured": np.where(days <= _BEFORE_HORIZON, np.floor(generator.exponential(15.0, size)), 0.0),
        "leftover": np.where(generator.random(size) < 0.62, np.round(plain("leftover"), 2), 0.0),
    }
    keeps = start <= -1
    return _Cards(**{name: part[keeps] for name, part in parts.items()}), old


def _terms(previous: PreviousApplications, granted: Codes, old: int) -> list[Floats]:
    """Decision, termination, first drawing and limit of the cards granted, then those of the old ones."""
    parts = (
        (previous.columns["DAYS_DECISION"], _BEFORE_HORIZON),
        (previous.schedule.terminated, NEVER),
        (previous.schedule.first_drawing, _BEFORE_HORIZON),
        (previous.columns["AMT_CREDIT"], 0.0),
    )
    return [np.concatenate([np.asarray(known)[granted], np.full(old, of_old)]) for known, of_old in parts]


@dataclass(frozen=True, slots=True)
class _Months:
    """Rows of all cards, one a card and month, sorted by card and month."""

    card: Codes
    month: Codes
    values: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk through the months; a balance follows from the month before, so that only cards are vectorised."""

    section: Mapping[str, Any]
    knots: Floats
    cards: _Cards
    generator: Generator

    def months(self) -> _Months:
        cards = self.cards
        state = {name: np.zeros(len(cards.loan)) for name in ("balance", "minimum", "missed")}
        state["matured"] = cards.matured.copy()
        rows: list[tuple[Codes, dict[str, Floats]]] = []
        for month in range(OLDEST_MONTH, 0):
            live = np.flatnonzero((cards.start <= month) & (month <= cards.end))
            step = self._step(live, month, {name: values[live] for name, values in state.items()})
            for name, values in state.items():
                values[live] = step[name]
            rows.append((live, step))
        card = np.concatenate([live for live, _ in rows])
        columns = {name: np.concatenate([part[name] for _, part in rows]) for name in rows[0][1]}
        order = np.lexsort((columns["month"], card))
        return _Months(card[order], columns["month"][order].astype(np.int64), {k: v[order] for k, v in columns.items()})

    def _step(self, live: Codes, month: int, before: Mapping[str, Floats]) -> dict[str, Floats]:
        """One month of the cards that live in it: payment first, then interest and drawings."""
        cards, size = self.cards, len(live)
        balance, due = before["balance"], before["minimum"]
        full = np.where(
            month >= cards.raised_from[live], to_grid(cards.limit * cards.raise_, 22500.0)[live], cards.limit[live]
        )
        over, failed = month > cards.ended_from[live], month >= cards.fails_from[live]
        limit = np.where(over | ((month >= cards.asleep_from[live]) & (balance <= 0)), 0.0, full)
        payment = self._payment(live, balance, due, over, failed)
        drawn = np.where(failed, 0.0, self._drawn(live, month, balance - payment, limit, balance > 0))
        grows = balance < _INTEREST_ENDS * full
        after = np.round((balance - payment) * np.where(grows, 1.0 + _INTEREST, 1.0) + drawn, 3)
        after = np.where(after < 50.0, 0.0, after)
        by_cash = self._chance(size, self.section["cash"])
        count = 1.0 + np.floor(self.generator.exponential(np.where(by_cash, 1.0, 6.0)))
        return {
            "balance": after,
            "minimum": np.minimum(after, np.maximum(_MINIMUM_SHARE * full, 2250.0)),
            "missed": np.where((due > 0) & (payment <= 0), before["missed"] + 1, 0.0),
            "matured": before["matured"] + (due > 0),
            "month": np.full(size, float(month)),
            "limit": limit,
            "due": due,
            "payment": payment,
            "drawn": drawn,
            "by_cash": by_cash.astype(np.float64),
            "drawings": np.where(drawn > 0, count, 0.0),
        }

    def _payment(self, live: Codes, balance: Floats, due: Floats, over: Any, failed: Any) -> Floats:
        """Mostly a little more than the minimum, now and then all, sometimes nothing."""
        size = len(live)
        skips = (failed | self._chance(size, self.cards.skips[live])) & ~over
        settles = over | self._chance(size, self.cards.settles[live])
        wanted = np.where(settles, balance, np.maximum(to_grid(due * self._plain("paid_to_minimum", size), 4.5), 4.5))
        return np.where(skips | (due <= 0), 0.0, np.minimum(wanted, balance))

    def _drawn(self, live: Codes, month: int, owed: Floats, limit: Floats, settled: Any) -> Floats:
        """Much when a debt begins, little while it lasts, up to what the client tends to owe."""
        cards, size = self.cards, len(live)
        goal = 1.2 * cards.share[live] * limit
        wait = month - cards.used_from[live]
        start = np.select([wait < 0, wait < 3, settled], [0.0, 0.7, 0.6], self.section["resumes"])
        begins = (owed <= 0) & self._chance(size, start)
        opening = goal * self.generator.uniform(0.4, 1.3, size)
        goes_on = (owed > 0) & self._chance(size, self.section["draws"] * np.where(owed < goal, 1.45, 0.3))
        further = limit * self._plain("drawn_share", size)
        wanted = np.where(begins, opening, np.where(goes_on, further, 0.0))
        return to_grid(np.clip(wanted, 0.0, np.maximum(limit - owed, 0.0)), 2.25)

    def _chance(self, size: int, probability: Any) -> Any:
        return self.generator.random(size) < probability

    def _plain(self, name: str, size: int) -> Floats:
        return np.interp(self.generator.standard_normal(size), self.knots, np.array(self.section[name]))


def _balances(cards: _Cards, months: _Months) -> LoanRows:
    values, card = months.values, months.card
    never, first = np.isinf(cards.used_from)[card], months.month == cards.start[card]
    balance, drawn = values["balance"], values["drawn"]
    cash, goods = np.where(values["by_cash"] > 0, drawn, 0.0), np.where(values["by_cash"] > 0, 0.0, drawn)
    days_past_due = np.where(values["missed"] > 0, 30.0 * (values["missed"] - 1.0) + 1.0, 0.0)
    paid = values["payment"]
    shown = np.where((paid <= 0) & (balance <= 0), cards.leftover[card], paid)
    ends = months.month > cards.ended_from[card]

    def told(value: Floats) -> Floats:
        return np.where(never, np.nan, value)

    columns: dict[str, Column] = {
        "MONTHS_BALANCE": months.month,
        "AMT_BALANCE": balance,
        "AMT_CREDIT_LIMIT_ACTUAL": values["limit"],
        "AMT_DRAWINGS_ATM_CURRENT": told(cash),
        "AMT_DRAWINGS_CURRENT": drawn,
        "AMT_DRAWINGS_OTHER_CURRENT": told(np.zeros(len(card))),
        "AMT_DRAWINGS_POS_CURRENT": told(goods),
        "AMT_INST_MIN_REGULARITY": np.where(first, np.nan, values["due"]),
        "AMT_PAYMENT_CURRENT": told(shown),
        "AMT_PAYMENT_TOTAL_CURRENT": paid,
        "AMT_RECEIVABLE_PRINCIPAL": np.round(balance * _PRINCIPAL, 3),
        "AMT_RECIVABLE": balance,
        "AMT_TOTAL_RECEIVABLE": balance,
        "CNT_DRAWINGS_ATM_CURRENT": told(np.where(cash > 0, values["drawings"], 0.0)),
        "CNT_DRAWINGS_CURRENT": values["drawings"],
        "CNT_DRAWINGS_OTHER_CURRENT": told(np.zeros(len(card))),
        "CNT_DRAWINGS_POS_CURRENT": told(np.where(goods > 0, values["drawings"], 0.0)),
        "CNT_INSTALMENT_MATURE_CUM": np.where(first, np.nan, values["matured"]),
        "NAME_CONTRACT_STATUS": Coded(np.select([ends, first & never], [1, 2], 0), _STATUSES),
        "SK_DPD": days_past_due,
        "SK_DPD_DEF": np.where(days_past_due > 31, 0.0, days_past_due),  # long arrears are written off
    }
    return LoanRows(cards.loan[card], columns)


def _instalments(cards: _Cards, months: _Months, generator: Generator) -> LoanRows:
    """A payment settles fees and the month's minimum; what exceeds them is booked on the day it came."""
    paid = np.flatnonzero(months.values["payment"] > 0)
    payment, minimum = months.values["payment"][paid], months.values["due"][paid]
    closing = np.round((months.month[paid] + 1) * DAYS_PER_MONTH) - 1.0
    day = np.minimum(closing - np.round(np.minimum(generator.exponential(7.0, len(paid)), 28.0)), LATEST)
    fee = np.where(generator.random(len(paid)) < 0.7, payment * generator.random(len(paid)) * 0.05, 0.0)
    parts = np.column_stack([fee, np.minimum(payment, minimum) - fee, np.maximum(payment - minimum, 0.0)])
    row, part = np.nonzero(np.round(np.maximum(parts, 0.0), 3))
    surplus = part == 2
    card = months.card[paid][row]
    new_card = np.concatenate([[True], card[1:] != card[:-1]])[: len(card)]
    begins = np.maximum.accumulate(np.where(new_card, np.arange(len(card)), 0))
    amount = np.round(parts[row, part], 3)
    return LoanRows(
        cards.loan[card],
        {
            "NUM_INSTALMENT_VERSION": np.zeros(len(row)),
            "NUM_INSTALMENT_NUMBER": np.arange(len(row)) - begins + 1,
            "DAYS_INSTALMENT": np.where(surplus, day[row], np.minimum(closing[row], LATEST)),
            "DAYS_ENTRY_PAYMENT": day[row],
            "AMT_INSTALMENT": amount,
            "AMT_PAYMENT": amount,
        },
    )
