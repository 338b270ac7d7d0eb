"""A client's past in sentences: credits elsewhere, applications here, instalments and cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass
from functools import reduce
from typing import Final

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication
from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import duration_of_days, duration_of_months, number, percent

GRANTED: Final = "Approved"
REFUSED: Final = "Refused"

_CLOSED: Final = "Closed"
_ENDED_STATES: Final = (_CLOSED, "Sold")

NOTHING: Final = "–"
"""Stands where a table has nothing to say."""

_DAYS_PER_MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class PastLine:
    """One part of the past in brief.

    Attributes
    ----------
    title : str
        What it is about.
    figure : str
        The number that strikes first, also told by the sentence; a dash where there is none.
    sentence : str
    """

    title: str
    figure: str
    sentence: str


def past_in_brief(history: ClientHistory, texts: Texts) -> tuple[PastLine, ...]:
    """Four sentences: credits elsewhere, applications here, instalments, cards.

    A table that the portfolio was not built from is told otherwise than a table without rows of the client.
    """
    return (
        PastLine(texts.say("Credits elsewhere"), _elsewhere_figure(history, texts), elsewhere_sentence(history, texts)),
        PastLine(texts.say("Applications here"), _here_figure(history, texts), applications_sentence(history, texts)),
        PastLine(texts.say("Late instalments"), _late_figure(history, texts), payments_sentence(history, texts)),
        PastLine(texts.say("Credit card"), _card_figure(history, texts), card_sentence(history, texts)),
    )


def elsewhere_sentence(history: ClientHistory, texts: Texts) -> str:
    """Credits with other lenders: how many, running, late, and what is still owed."""
    credits = history.credits_elsewhere
    if TableName.BUREAU not in history.known_tables:
        return texts.say("This portfolio does not hold credits with other lenders.")
    if not credits:
        return texts.say("No credit elsewhere is known.")
    running = [credit for credit in credits if is_running(credit)]
    head = texts.say_count("{count} credit elsewhere", "{count} credits elsewhere", len(credits), **_n(credits, texts))
    parts = [credits_text(head, len(running), len(credits), texts)]
    late = [credit for credit in credits if has_arrears(credit)]
    if late:
        parts.append(texts.say("late payments reported on {count}", **_n(late, texts)))
    owed = sum(credit.debt or 0.0 for credit in running)
    if owed > 0:
        parts.append(texts.say("still owed: {amount}", amount=number(owed, texts)))
    return _sentence(parts, texts)


def credits_text(credits: str, running: int, total: int, texts: Texts) -> str:
    """A number of credits, and how many of them still run.

    Parameters
    ----------
    credits : str
        The number, in words or not.
    """
    if running == 0:
        return texts.say("{credits}, none of them running", credits=credits)
    if running == total:
        return texts.say_count("{credits}, still running", "{credits}, all of them running", total, credits=credits)
    return texts.say("{credits}, {count} of them running", credits=credits, count=number(running, texts))


def applications_sentence(history: ClientHistory, texts: Texts) -> str:
    """Earlier applications with this lender, by what became of them."""
    applications = history.past_applications
    if TableName.PREVIOUS_APPLICATION not in history.known_tables:
        return texts.say("This portfolio does not hold earlier applications with us.")
    if not applications:
        return texts.say("No earlier application with us is known.")
    counts = Counter(item.status if item.status in (GRANTED, REFUSED) else None for item in applications)
    granted, refused, others = counts[GRANTED], counts[REFUSED], counts[None]
    outcomes = [
        texts.say_count("{count} granted", "{count} granted", granted, count=number(granted, texts)),
        texts.say_count("{count} refused", "{count} refused", refused, count=number(refused, texts)),
        texts.say_count("{count} without result", "{count} without result", others, count=number(others, texts)),
    ]
    told = [text for text, count in zip(outcomes, (granted, refused, others), strict=True) if count]
    if not refused:
        told.append(texts.say("none refused"))
    return texts.say_count(
        "{count} earlier application: {outcomes}.",
        "{count} earlier applications: {outcomes}.",
        len(applications),
        count=number(len(applications), texts),
        outcomes=", ".join(told),
    )


def payments_sentence(history: ClientHistory, texts: Texts) -> str:
    """Instalments due to this lender: how many were late, by how much, and how long ago."""
    if TableName.INSTALLMENTS_PAYMENTS not in history.known_tables:
        return texts.say("This portfolio does not hold the instalments paid to us.")
    due = sum(month.due for month in history.payments)
    if due == 0:
        return texts.say("No instalment paid to us is known.")
    late_months = [month for month in history.payments if month.late]
    if not late_months:
        return texts.say_count(
            "{count} instalment, paid in full and on time.",
            "{count} instalments, all paid in full and on time.",
            due,
            count=number(due, texts),
        )
    late = sum(month.late for month in late_months)
    parts = [
        texts.say_count(
            "{late} instalment of {due} paid late or in part",
            "{late} instalments of {due} paid late or in part",
            late,
            late=number(late, texts),
            due=number(due, texts),
        )
    ]
    longest = max(month.most_days_late for month in late_months)
    if longest > 0:
        parts.append(texts.say("the longest delay: {duration}", duration=duration_of_days(longest, texts)))
    parts.append(texts.say("the last time {moment}", moment=_moment(max(month.month for month in late_months), texts)))
    return _sentence(parts, texts)


def card_sentence(history: ClientHistory, texts: Texts) -> str:
    """Cards with this lender: what share of the limit was used, and late payments."""
    if TableName.CREDIT_CARD_BALANCE not in history.known_tables:
        return texts.say("This portfolio does not hold card statements.")
    months = history.card_months
    if not months:
        return texts.say("No credit card with us is known.")
    uses = [use for use in map(card_use, months) if use is not None]
    followed = duration_of_months(len(months), texts)
    parts = [texts.say("Followed for {duration}", duration=followed)]
    if uses:
        parts = [
            texts.say(
                "{mean} of the limit used on average over {duration}, {peak} at most",
                mean=percent(sum(uses) / len(uses), texts, 0),
                peak=percent(max(uses), texts, 0),
                duration=followed,
            )
        ]
    late = sum(1 for month in months if month.days_late)
    parts.append(
        texts.say_count("{count} late month", "{count} late months", late, count=number(late, texts))
        if late
        else texts.say("no late payment")
    )
    return _sentence(parts, texts)


def timeline_sentence(history: ClientHistory, texts: Texts) -> str:
    """How far back the past is known, and what there is to see in it."""
    oldest = _oldest_day(history)
    if oldest is None:
        return texts.say("Nothing is known of the client's past credits.")
    return texts.say(
        "What is known goes back {duration}: {things}.",
        duration=duration_of_days(-oldest, texts),
        things=", ".join(_things(history, texts)),
    )


def arrears_text(credit: CreditElsewhere, texts: Texts) -> str:
    """What the bureau reports of late payments on a credit: months, and what is past due now."""
    parts = []
    if credit.late_months:
        count = credit.late_months
        parts.append(texts.say_count("{number} month", "{number} months", count, number=number(count, texts)))
    if credit.overdue:
        parts.append(texts.say("{amount} past due", amount=number(credit.overdue, texts)))
    if credit.days_overdue:
        parts.append(texts.say("for {duration}", duration=duration_of_days(credit.days_overdue, texts)))
    if parts:
        return ", ".join(parts)
    return texts.say("not given") if credit.late_months is None and credit.overdue is None else texts.say("none")


def has_arrears(credit: CreditElsewhere) -> bool:
    """Whether the bureau reports any late payment on a credit."""
    return any(((credit.late_months or 0) > 0, (credit.overdue or 0) > 0, (credit.days_overdue or 0) > 0))


def card_use(month: CardMonth) -> float | None:
    """Share of the limit in use, 1 for all of it; None where balance or limit is unknown or the limit is nothing."""
    if month.balance is None or not month.limit or month.limit < 0:
        return None
    return month.balance / month.limit


def month_text(month: int, texts: Texts) -> str:
    """A month of instalments or of a card, counted back from the application."""
    text = _moment(month, texts)
    return text[:1].upper() + text[1:]


def days_ago(day: float, texts: Texts) -> str:
    """A day relative to the application, negative before it."""
    if round(day) == 0:
        return texts.say("on the day of the application")
    told = duration_of_days(abs(day), texts)
    return texts.say("{duration} ago", duration=told) if day < 0 else texts.say("in {duration}", duration=told)


def is_running(credit: CreditElsewhere | PastApplication) -> bool:
    """Whether a credit still ran at the application; one that is closed or sold may lack the day of its end."""
    if isinstance(credit, PastApplication):
        return credit.status == GRANTED and credit.ended_day is None
    return credit.ended_day is None and credit.state not in _ENDED_STATES


def credit_end(credit: CreditElsewhere, texts: Texts) -> str:
    """When a credit elsewhere ended, or its state where it runs, or where that says more than the day."""
    state = _lower_first(_category(TableName.BUREAU, "CREDIT_ACTIVE", credit.state, texts))
    if credit.ended_day is None:
        return state
    ended = days_ago(credit.ended_day, texts)
    is_usual = credit.state in (None, _CLOSED)
    return ended if is_usual else texts.say("{status} ({reason})", status=ended, reason=state)


def application_end(application: PastApplication, texts: Texts) -> str:
    """When a credit granted here ended."""
    if application.ended_day is not None:
        return days_ago(application.ended_day, texts)
    return texts.say("running") if is_running(application) else NOTHING


def credit_kind(credit: CreditElsewhere, texts: Texts) -> str:
    """Kind of a credit elsewhere, for a person."""
    return _category(TableName.BUREAU, "CREDIT_TYPE", credit.kind, texts)


def contract_kind(application: PastApplication, texts: Texts) -> str:
    """Kind of the credit that was applied for."""
    return _category(TableName.PREVIOUS_APPLICATION, "NAME_CONTRACT_TYPE", application.contract, texts)


def application_outcome(application: PastApplication, texts: Texts) -> str:
    """What became of an application, with the reason where it was refused and one is given."""
    status = _category(TableName.PREVIOUS_APPLICATION, "NAME_CONTRACT_STATUS", application.status, texts)
    column = TABLES[TableName.PREVIOUS_APPLICATION].column("CODE_REJECT_REASON")
    code = application.refusal_reason
    if application.status != REFUSED or code is None or code in column.sentinels:
        return status
    reason = texts.typeset(column.category_label(code, texts.language))
    return texts.say("{status} ({reason})", status=status, reason=_lower_first(reason))


def _oldest_day(history: ClientHistory) -> float | None:
    days = [
        *(credit.opened_day for credit in history.credits_elsewhere),
        *(item.decided_day for item in history.past_applications),
        *((month.month - 1) * _DAYS_PER_MONTH for month in history.payments),
        *(month.month * _DAYS_PER_MONTH for month in history.card_months),
    ]
    return min(days, default=None)


def _things(history: ClientHistory, texts: Texts) -> list[str]:
    """What the timeline shows, in the order of its lanes."""
    statuses = Counter(item.status if item.status in (GRANTED, REFUSED) else None for item in history.past_applications)
    n = [
        len(history.credits_elsewhere),
        statuses[GRANTED],
        statuses[REFUSED],
        statuses[None],
        sum(1 for month in history.payments if month.late),
        len(history.card_months),
    ]
    c = [{"count": number(count, texts)} for count in n]
    told = [
        texts.say_count("{count} credit elsewhere", "{count} credits elsewhere", n[0], **c[0]),
        texts.say_count("{count} credit granted here", "{count} credits granted here", n[1], **c[1]),
        texts.say_count("{count} refusal", "{count} refusals", n[2], **c[2]),
        texts.say_count("{count} application without result", "{count} applications without result", n[3], **c[3]),
        texts.say_count("{count} month with a late instalment", "{count} months with a late instalment", n[4], **c[4]),
        texts.say_count("{count} month of card", "{count} months of card", n[5], **c[5]),
    ]
    known = [text for text, count in zip(told, n, strict=True) if count]
    return known or [texts.say("instalments paid in full and on time")]


def _elsewhere_figure(history: ClientHistory, texts: Texts) -> str:
    is_known = TableName.BUREAU in history.known_tables
    return number(len(history.credits_elsewhere), texts) if is_known else NOTHING


def _here_figure(history: ClientHistory, texts: Texts) -> str:
    is_known = TableName.PREVIOUS_APPLICATION in history.known_tables
    return number(len(history.past_applications), texts) if is_known else NOTHING


def _late_figure(history: ClientHistory, texts: Texts) -> str:
    return number(sum(month.late for month in history.payments), texts) if history.payments else NOTHING


def _card_figure(history: ClientHistory, texts: Texts) -> str:
    uses = [use for use in map(card_use, history.card_months) if use is not None]
    return percent(sum(uses) / len(uses), texts, 0) if uses else NOTHING


def _n(things: Sized, texts: Texts) -> dict[str, str]:
    return {"count": number(len(things), texts)}


def _sentence(parts: list[str], texts: Texts) -> str:
    return reduce(lambda first, second: texts.say("{first}; {second}", first=first, second=second), parts) + "."


def _moment(month: int, texts: Texts) -> str:
    """Months are counted back from the application: 0 and -1 both reach into the last one."""
    if month >= 0:
        return texts.say("in the last 30 days")
    return texts.say("{duration} ago", duration=duration_of_months(-month, texts))


def _category(table: TableName, column: str, value: str | None, texts: Texts) -> str:
    described = TABLES[table].column(column)
    if value is None or value in described.sentinels:
        return texts.say("not given")
    return texts.typeset(described.category_label(value, texts.language))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
