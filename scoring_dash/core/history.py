"""What is known of a client's past credits, application by application and month by month, in raw figures."""

from __future__ import annotations

from dataclasses import dataclass

from scoring_dash.core.words import TableName


@dataclass(frozen=True, slots=True)
class CreditElsewhere:
    """One credit with another lender, as the bureau reports it.

    Attributes
    ----------
    opened_day : float
        Days relative to the application, negative: before it.
    planned_end_day, ended_day : float or None
        Planned and actual end, same scale; ``ended_day`` is None while the credit runs.
    state, kind : str or None
        ``CREDIT_ACTIVE`` and ``CREDIT_TYPE`` as the files write them.
    amount, debt, overdue : float or None
        Granted, still owed and past due, in the data's currency.
    days_overdue : float or None
        Days past due at the time of the application.
    late_months : int or None
        Months with a payment past due; None where no month was reported.
    """

    opened_day: float
    planned_end_day: float | None
    ended_day: float | None
    state: str | None
    kind: str | None
    amount: float | None
    debt: float | None
    overdue: float | None
    days_overdue: float | None
    late_months: int | None


@dataclass(frozen=True, slots=True)
class PastApplication:
    """One earlier application with this lender.

    Attributes
    ----------
    decided_day : float
        Days relative to the present application, negative.
    contract, status, refusal_reason : str or None
        ``NAME_CONTRACT_TYPE``, ``NAME_CONTRACT_STATUS`` and ``CODE_REJECT_REASON`` as the files write them.
    asked, granted, instalment : float or None
        In the data's currency.
    ended_day : float or None
        When the loan ended; None where it runs or was never granted.
    """

    decided_day: float
    contract: str | None
    status: str | None
    refusal_reason: str | None
    asked: float | None
    granted: float | None
    instalment: float | None
    ended_day: float | None


@dataclass(frozen=True, slots=True)
class PaymentMonth:
    """The instalments due to this lender in one month.

    Attributes
    ----------
    month : int
        0 for the last 30 days before the application, -1 for the 30 days before, and so on.
    due : int
        Instalments due.
    late : int
        Of these, paid after their day, or not in full.
    most_days_late : float
        The longest delay, 0 if none.
    amount_due, amount_paid : float
        In the data's currency.
    """

    month: int
    due: int
    late: int
    most_days_late: float
    amount_due: float
    amount_paid: float


@dataclass(frozen=True, slots=True)
class CardMonth:
    """One month of the client's credit cards with this lender, all cards together.

    Attributes
    ----------
    month : int
        As ``MONTHS_BALANCE``: -1 for the last month before the application.
    balance, limit : float or None
        In the data's currency.
    days_late : float or None
        The longest delay, in days.
    """

    month: int
    balance: float | None
    limit: float | None
    days_late: float | None


@dataclass(frozen=True, slots=True)
class ClientHistory:
    """Everything above for one client, oldest first.

    Attributes
    ----------
    known_tables : frozenset of TableName
        Tables that the portfolio was built from: without one, an empty history means nothing.
    """

    client_id: int
    known_tables: frozenset[TableName]
    credits_elsewhere: tuple[CreditElsewhere, ...]
    past_applications: tuple[PastApplication, ...]
    payments: tuple[PaymentMonth, ...]
    card_months: tuple[CardMonth, ...]
