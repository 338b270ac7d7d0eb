"""Simulations and offers of invented clients: the fake model asked with other amounts, instalments and incomes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from scoring_dash.assessment.simulate import moved_reasons
from scoring_dash.core.affordability import Affordability
from scoring_dash.core.offers import Offer, OfferMap, Offers
from scoring_dash.core.results import Assessment, FeatureValue
from scoring_dash.core.simulation import (
    NO_CHANGES,
    ChangeField,
    ChangeOption,
    Changes,
    FactMove,
    MissingFact,
    Simulation,
    WhyNot,
)
from scoring_dash.core.words import Recommendation

Values = Mapping[str, FeatureValue]
MONTHS = (12, 24, 36, 48, 60)
LOW, HIGH = 50_000.0, 3_000_000.0


class FakeDesk:
    """Implements what ``check_changes`` asks of rules, and simulates with a function from values to an assessment.

    Parameters
    ----------
    assess : callable
        From a client's number and values to his assessment.
    """

    def __init__(self, assess: Callable[[int, Values], Assessment]) -> None:
        self._assess = assess

    def options(self, application: Values, changes: Changes = NO_CHANGES) -> tuple[ChangeOption, ...]:
        amount = number(changes.amount if changes.amount is not None else application.get("AMT_CREDIT"))
        revolving = changes.contract == "Revolving loans"
        offered = {
            ChangeField.AMOUNT: ChangeOption(ChangeField.AMOUNT, application.get("AMT_CREDIT"), LOW, HIGH, 1_000.0),
            ChangeField.DURATION: ChangeOption(
                ChangeField.DURATION, 24.0, 6, 60, 6, why_not=WhyNot.NO_DURATION if revolving else None
            ),
            ChangeField.DOWN_PAYMENT: ChangeOption(ChangeField.DOWN_PAYMENT, 0.0, 0.0, amount - LOW, 1_000.0),
            ChangeField.CONTRACT: ChangeOption(
                ChangeField.CONTRACT, "Cash loans", categories=("Cash loans", "Revolving loans")
            ),
            ChangeField.INCOME: ChangeOption(
                ChangeField.INCOME, application.get("AMT_INCOME_TOTAL"), 20_000.0, 1e6, 1_000.0
            ),
        }
        return tuple(offered.get(field, ChangeOption(field, None, why_not=WhyNot.NOT_READ)) for field in ChangeField)

    def simulate(self, client: int, values: Values, application: Values, changes: Changes) -> Simulation:
        before, after = self._assess(client, values), self._assess(client, changed(values, application, changes))
        new = changed(values, application, changes)
        moved = [name for name in values if values[name] != new[name]]
        return Simulation(
            changes=changes,
            before=before,
            after=after,
            application={"AMT_CREDIT": new["credit_amount"]} if changes else {},
            reasons=moved_reasons(before.reasons, after.reasons),
            facts=tuple(FactMove(name, values[name], new[name], 0.1, 0.2) for name in moved),
            affordability_before=money(application, Changes()),
            affordability_after=money(application, changes),
        )

    def offers(self, client: int, values: Values, application: Values, changes: Changes) -> Offers:
        amount, _ = loan(application, changes)
        amounts = tuple(50_000.0 + 100_000.0 * step for step in range(12))

        def offer(moved: tuple[ChangeField, ...], **more: float | None) -> Offer:
            new = replace(changes, **more)
            found = self._assess(client, changed(values, application, new))
            value, instalment = loan(application, new)
            months = new.duration or 24.0
            return Offer(new, moved, value, months, instalment, found.probability_of_default, found.recommendation)

        asked = offer(())
        if math.isnan(amount):
            return Offers(client, asked, None, None, None, (), "2026.11.1-test")
        rows = [[offer((), amount=value, duration=float(months)) for months in MONTHS] for value in amounts]
        lower = [offer((ChangeField.AMOUNT,), amount=value) for value in amounts if value < amount]
        accepted = [item for item in lower if item.recommendation is Recommendation.ACCEPT]
        is_accepted = asked.recommendation is Recommendation.ACCEPT
        return Offers(
            client_id=client,
            asked=asked,
            map=OfferMap(
                amounts,
                MONTHS,
                tuple(float(months) for months in MONTHS),
                tuple(tuple(item.recommendation for item in row) for row in rows),
                tuple(tuple(item.probability for item in row) for row in rows),
            ),
            largest=accepted[-1] if accepted else None,
            nearest=accepted[-1] if accepted and not is_accepted else None,
            changes=() if is_accepted else tuple(accepted[-1:]),
            model_version="2026.11.1-test",
        )


def missing_facts(values: Values, probability: Callable[[Values], float]) -> tuple[MissingFact, ...]:
    if values["ext_source_1"] is not None:
        return ()
    risks = sorted(probability({**values, "ext_source_1": score}) for score in (0.25, 0.75))
    return (MissingFact("ext_source_1", risks[0], risks[1], 61, 100),)


def changed(values: Values, application: Values, changes: Changes) -> dict[str, FeatureValue]:
    """The features that the fake model reads, with the changes."""
    if not changes:
        return dict(values)
    amount, instalment = loan(application, changes)
    income = number(changes.income or application.get("AMT_INCOME_TOTAL"))
    return {**values, "credit_amount": amount, "income": income, "annuity_to_income": instalment / income}


def loan(application: Values, changes: Changes) -> tuple[float, float]:
    """Amount and instalment: the same share of it, spread over more or fewer months than 24."""
    own = number(application.get("AMT_CREDIT"))
    amount = (changes.amount or own) - (changes.down_payment or 0)
    return amount, number(application.get("AMT_ANNUITY")) * amount / own * 24 / (changes.duration or 24)


def money(application: Values, changes: Changes) -> Affordability:
    amount, instalment = loan(application, changes)
    months = None if changes.contract == "Revolving loans" else changes.duration or 24.0
    return Affordability(
        amount, instalment, months, changes.duration is not None, number(application.get("AMT_INCOME_TOTAL")),
        None, 0.0, None if months is None else instalment / amount - 1 / months,
    )  # fmt: skip


def number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
