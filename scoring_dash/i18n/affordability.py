"""The arithmetic of a loan as lines to read: what, the formula with its figures, the result or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from scoring_dash.core.affordability import Affordability
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the arithmetic."""

    name: str
    formula: str
    result: str


def affordability_lines(of: Affordability, texts: Texts) -> list[Line]:
    """Every line; a result that cannot be computed says so, and its formula which figure is not known."""
    return [*_loan_lines(of, texts), *_income_lines(of, texts)]


def assumptions(of: Affordability, texts: Texts) -> list[str]:
    """What the arithmetic takes for granted, in sentences."""
    told = [
        texts.say(
            "The file does not say over which period the income is declared. It is read as monthly, as the instalment "
            "is; if it were yearly, the effort rate would be twelve times as high."
        )
    ]
    if of.months is None:
        told.append(texts.say("The duration is not known: what is paid in all and the cost cannot be computed."))
    elif not of.is_duration_asked:
        told.append(
            texts.say(
                "The file does not state the duration: {months} months is the likely one for this amount and this "
                "instalment. The total and the cost rest on it.",
                months=number(of.months, texts),
            )
        )
    if of.is_usual_cost:
        told.append(texts.say("The file tells no price of a personal loan: the usual one of past loans is taken."))
    elif of.is_duration_asked:
        told.append(
            texts.say("The cost of one instalment, as a share of the amount, is that of the client's own file.")
        )
    if of.months is not None and of.read_as is not None and of.read_as != of.months:
        told.append(
            texts.say(
                "The model reads the duration from the amount and the instalment, in steps: it takes this loan for one "
                "over {read} months.",
                read=number(of.read_as, texts),
            )
        )
    return told


def _loan_lines(of: Affordability, texts: Texts) -> list[Line]:
    amount, instalment, months = (_amount(value, texts) for value in (of.amount, of.instalment, of.months))
    total = _amount(of.total, texts)
    return [
        Line(texts.say("Amount of the credit"), texts.say("asked for, down payment taken off"), amount),
        Line(texts.say("Monthly instalment"), _instalment_formula(of, texts), instalment),
        Line(
            texts.say("Paid in all"),
            texts.say("instalment × months = {instalment} × {months}", instalment=instalment, months=months),
            total,
        ),
        Line(
            texts.say("Cost of the credit"),
            texts.say("paid in all − amount = {total} − {amount}", total=total, amount=amount),
            _amount(of.cost, texts),
        ),
    ]


def _income_lines(of: Affordability, texts: Texts) -> list[Line]:
    figures = {name: _amount(getattr(of, name), texts) for name in ("income", "instalment", "elsewhere", "with_us")}
    two = {name: figures[name] for name in ("income", "instalment")}
    return [
        Line(
            texts.say("Effort rate"),
            texts.say("instalment / monthly income = {instalment} / {income}", **two),
            texts.say("not known") if of.effort is None else percent(of.effort, texts),
        ),
        Line(
            texts.say("What remains of the income"),
            texts.say("income − instalment = {income} − {instalment}", **two),
            _amount(of.remains, texts),
        ),
        Line(
            texts.say("What remains after all known instalments"),
            texts.say(
                "income − instalment − other lenders − other loans with us = "
                "{income} − {instalment} − {elsewhere} − {with_us}",
                **figures,
            ),
            _amount(of.remains_after_all, texts),
        ),
    ]


def _instalment_formula(of: Affordability, texts: Texts) -> str:
    if of.months is None or of.cost_per_instalment is None:
        return texts.say("as the file and the kind of credit say")
    return texts.say(
        "amount × (1 / months + cost of one instalment) = {amount} × (1 / {months} + {cost})",
        amount=_amount(of.amount, texts),
        months=_amount(of.months, texts),
        cost=percent(of.cost_per_instalment, texts, 2),
    )


def _amount(value: float | None, texts: Texts) -> str:
    return texts.say("not known") if value is None else number(value, texts)
