"""Invented pasts of invented clients: the usual, the empty, the very long, and a portfolio that lacks tables."""

from __future__ import annotations

import random

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.core.words import TableName

ALL_TABLES = frozenset(TableName)
APPLICATION_ONLY = frozenset({TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST})
LONGEST_CREDITS, LONGEST_CARD = 100, 96

_KINDS = ("Consumer credit", "Credit card", "Car loan", "Mortgage", "Microloan")
_CONTRACTS = ("Cash loans", "Consumer loans", "Revolving loans")


def invent_history(client_id: int) -> ClientHistory:
    """The past of a client, always the same.

    Numbers that end in 0 have no past at all, those in 5 belong to a portfolio without any history table, those in 7
    have the longest past that the files can hold.
    """
    chance = random.Random(client_id)
    last = client_id % 10
    if last == 0:
        return ClientHistory(client_id, ALL_TABLES, (), (), (), ())
    if last == 5:
        return ClientHistory(client_id, APPLICATION_ONLY, (), (), (), ())
    is_long = last == 7
    return ClientHistory(
        client_id,
        ALL_TABLES,
        _credits(chance, LONGEST_CREDITS if is_long else chance.randrange(0, 12)),
        _applications(chance, 40 if is_long else chance.randrange(1, 8)),
        _payments(chance, 96 if is_long else chance.randrange(0, 40)),
        _card(chance, LONGEST_CARD) if is_long else _card(chance, chance.choice([0, 0, 9, 30])),
    )


def _credits(chance: random.Random, count: int) -> tuple[CreditElsewhere, ...]:
    credits = [_credit(chance) for _ in range(count)]
    return tuple(sorted(credits, key=lambda item: item.opened_day))


def _credit(chance: random.Random) -> CreditElsewhere:
    opened = -float(chance.randrange(30, 2900))
    planned = opened + chance.choice([180, 365, 730, 1825])
    is_running = planned > 0 or chance.random() < 0.15
    amount = float(chance.randrange(20, 900) * 1000)
    overdue = float(chance.randrange(1, 40) * 100) if is_running and chance.random() < 0.1 else 0.0
    return CreditElsewhere(
        opened_day=opened,
        planned_end_day=planned if chance.random() < 0.9 else None,
        ended_day=None if is_running else min(-1.0, planned - chance.randrange(0, 90)),
        state="Active" if is_running else "Closed",
        kind=chance.choice(_KINDS),
        amount=amount,
        debt=round(amount * chance.random()) if is_running else 0.0,
        overdue=overdue,
        days_overdue=float(chance.randrange(1, 60)) if overdue else 0.0,
        late_months=chance.choice([None, 0, 0, 0, 1, 4]),
    )


def _applications(chance: random.Random, count: int) -> tuple[PastApplication, ...]:
    applications = [_application(chance) for _ in range(count)]
    return tuple(sorted(applications, key=lambda item: item.decided_day))


def _application(chance: random.Random) -> PastApplication:
    status = chance.choice(["Approved", "Approved", "Approved", "Refused", "Canceled", "Unused offer"])
    decided = -float(chance.randrange(5, 2800))
    asked = float(chance.randrange(20, 400) * 1000)
    is_granted = status == "Approved"
    ended = decided + chance.choice([180, 300, 540, 900])
    return PastApplication(
        decided_day=decided,
        contract=chance.choice(_CONTRACTS),
        status=status,
        refusal_reason=chance.choice(["HC", "LIMIT", "SCO"]) if status == "Refused" else "XAP",
        asked=asked,
        granted=asked * 1.1 if is_granted else None,
        instalment=round(asked / 14) if is_granted else None,
        ended_day=ended if is_granted and ended < 0 else None,
    )


def _payments(chance: random.Random, months: int) -> tuple[PaymentMonth, ...]:
    return tuple(_payment_month(chance, month) for month in range(1 - months, 1))


def _payment_month(chance: random.Random, month: int) -> PaymentMonth:
    due = chance.choice([1, 1, 2, 3])
    late = 1 if chance.random() < 0.12 else 0
    # Late by no day at all: paid in time, but not in full.
    days = float(chance.choice([0, 2, 5, 12, 41])) if late else 0.0
    owed = 5_000.0 * due
    return PaymentMonth(month, due, late, days, owed, owed - 500.0 if late and not days else owed)


def _card(chance: random.Random, months: int) -> tuple[CardMonth, ...]:
    share, found = 0.3, []
    for month in range(-months, 0):
        share = min(1.1, max(0.0, share + chance.uniform(-0.12, 0.13)))
        limit = 180_000.0 if month % 17 else None
        late = float(chance.choice([3, 20])) if chance.random() < 0.05 else 0.0
        found.append(CardMonth(month, round(share * 180_000), limit, late))
    return tuple(found)
