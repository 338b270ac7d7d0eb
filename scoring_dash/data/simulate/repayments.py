"""How cash and consumer loans were repaid: monthly balances and instalments that tell the same story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.bureau_balance import DAYS_PER_MONTH
from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Column,
    Floats,
    Generator,
    bernoulli,
    blend,
    quantiles_in,
    spread_rows,
)
from scoring_dash.data.simulate.previous import CASH, KINDS, PreviousApplications
from scoring_dash.data.simulate.schedule import LATEST, MONTH
from scoring_dash.data.simulate.traits import Traits

_STATUSES = ("Active", "Completed", "Signed")
_ACTIVE, _COMPLETED, _SIGNED = range(3)


@dataclass(frozen=True, slots=True)
class LoanRows:
    """Rows of one table, with the previous application that each belongs to.

    Attributes
    ----------
    loan : ndarray (n_rows,)
        Index in the chunk's previous applications.
    columns : mapping of str to Column
        Kaggle's columns without the two numbers of client and loan.
    """

    loan: Codes
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class _Course:
    """Instalments that have fallen due, loan by loan."""

    loan: Codes
    rank: Codes
    due: Floats
    delay: Floats


def draw_repayments(
    histories: Mapping[str, Any], knots: Floats, previous: PreviousApplications, traits: Traits, generator: Generator
) -> tuple[LoanRows, LoanRows]:
    """Draw POS_CASH_balance and the instalments of loans (cards have their own).

    Returns
    -------
    tuple of LoanRows
        Monthly balances, and instalments.
    """
    course = _course(histories["instalments"], knots, previous, traits, generator)
    return _balances(previous, course, generator), _instalments(histories["instalments"], previous, course, generator)


def _course(
    section: Mapping[str, Any], knots: Floats, previous: PreviousApplications, traits: Traits, generator: Generator
) -> _Course:
    schedule = previous.schedule
    begun = schedule.is_dated & (schedule.term > 0) & (schedule.first_due <= LATEST)
    loans = np.flatnonzero(begun)
    fallen = np.floor((LATEST - schedule.first_due[loans]) / MONTH).astype(np.int64) + 1
    row, rank = spread_rows(np.minimum(schedule.paid[loans], fallen))
    loan = loans[row]
    of_client = traits["late"][previous.client][loan]
    of_loan = generator.standard_normal(len(previous.client))[loan]
    latent = blend([(0.55, of_client), (0.35, of_loan)], generator)
    delay = np.round(quantiles_in(section["late"], knots, [Coded(previous.kind[loan], KINDS)], latent))
    due = schedule.first_due[loan] + MONTH * rank
    # Nobody pays before the loan is granted.
    earliest = np.asarray(previous.columns["DAYS_DECISION"])[loan] - due
    return _Course(loan, rank, due, np.maximum(delay, earliest))


def _balances(previous: PreviousApplications, course: _Course, generator: Generator) -> LoanRows:
    schedule = previous.schedule
    loans = np.flatnonzero(schedule.is_dated & (schedule.term > 0) & (schedule.first_due <= LATEST))
    start = np.floor(schedule.first_due[loans] / DAYS_PER_MONTH - 0.6).astype(np.int64)
    tells_end = bernoulli(generator, 0.88, len(loans))
    months = np.minimum(schedule.paid[loans] + tells_end, -start)
    row, rank = spread_rows(np.maximum(months, 0))
    loan = loans[row]
    term, paid = schedule.term[loan], schedule.paid[loan]
    done = rank == paid
    status = np.where(done, _COMPLETED, _ACTIVE)
    status[(rank == 0) & bernoulli(generator, 0.09, len(rank))] = _SIGNED
    overdue = _overdue(course, loan, rank, generator)
    tolerated = bernoulli(generator, 0.58, len(rank))
    return LoanRows(
        loan,
        {
            "MONTHS_BALANCE": start[row] + rank,
            "CNT_INSTALMENT": np.where(done, paid, term).astype(np.float64),
            "CNT_INSTALMENT_FUTURE": np.where(done, 0, term - rank).astype(np.float64),
            "NAME_CONTRACT_STATUS": Coded(status, _STATUSES),
            "SK_DPD": overdue,
            "SK_DPD_DEF": np.where(tolerated, 0, overdue),
        },
    )


def _overdue(course: _Course, loan: Codes, rank: Codes, generator: Generator) -> Codes:
    """Days past due when a month closes: what is left of the delay of the instalment due in that month."""
    width = int(rank.max(initial=0)) + 2
    delays = np.zeros((int(loan.max(initial=-1)) + 1) * width)
    keys = course.loan * width + course.rank + 1
    delays[keys[keys < len(delays)]] = course.delay[keys < len(delays)]
    until_closing = generator.integers(0, MONTH, len(loan))
    return np.maximum(delays[loan * width + rank] - until_closing, 0).astype(np.int64)


def _versions(previous: PreviousApplications, course: _Course, generator: Generator) -> Floats:
    """Version of the plan: some loans get a new one on the way, cash loans more often."""
    kind, paid = previous.kind, previous.schedule.paid
    changes = bernoulli(generator, np.where(kind == CASH, 0.4, 0.12), len(kind))
    from_rank = np.where(changes, np.floor(generator.random(len(kind)) * (paid + 1)), np.inf)
    further = np.floor(generator.exponential(0.5, len(kind)))
    return 1.0 + np.where(course.rank >= from_rank[course.loan], 1.0 + further[course.loan], 0.0)


def _instalments(
    section: Mapping[str, Any], previous: PreviousApplications, course: _Course, generator: Generator
) -> LoanRows:
    schedule = previous.schedule
    term, paid = schedule.term[course.loan], schedule.paid[course.loan]
    annuity = np.asarray(previous.columns["AMT_ANNUITY"])[course.loan]
    principal = np.asarray(previous.columns["AMT_CREDIT"])[course.loan] / term
    last = course.rank == paid - 1
    early = last & (paid < term)
    amount = np.where(last, annuity * generator.uniform(0.94, 1.0, len(last)), annuity)
    amount = np.where(early, annuity + principal * (term - paid), amount)
    entry = course.due + course.delay
    # A payment that came after the data were drawn is not known.
    known = entry <= LATEST
    split = known & bernoulli(generator, section["in_parts"], len(last))
    share = np.where(split, generator.random(len(last)), 1.0)
    first = np.round(amount * share, 3)
    columns = {
        "NUM_INSTALMENT_VERSION": _versions(previous, course, generator) + early,
        "NUM_INSTALMENT_NUMBER": course.rank + 1,
        "DAYS_INSTALMENT": course.due,
        "DAYS_ENTRY_PAYMENT": np.where(known, entry, np.nan),
        "AMT_INSTALMENT": np.round(amount, 3),
        "AMT_PAYMENT": np.where(known, first, np.nan),
    }
    again = np.flatnonzero(split)
    second = {name: value[again] for name, value in columns.items()}
    later = entry[again] + np.round(generator.exponential(8.0, len(again)))
    second["DAYS_ENTRY_PAYMENT"] = np.minimum(later, LATEST)
    second["AMT_PAYMENT"] = np.round(amount[again] - first[again], 3)
    rows = np.concatenate([np.arange(len(last)), again])
    order = np.argsort(rows, kind="stable")
    return LoanRows(
        course.loan[rows][order],
        {name: np.concatenate([value, second[name]])[order] for name, value in columns.items()},
    )
