"""What could be offered: the map of amounts and durations, and the smallest changes that the engine would accept.

Everything is searched among amounts that a person would say and durations that the model reads as they are, scored
together, and what is printed is asked of the engine once more, as if entered by hand. Income, job and the price of the
goods are not searched: what a client declares is a fact, and the program does not advise to declare another one.

A change is the smaller, the less it moves amount and duration as a share of what is asked for; another kind of credit
counts as half of it, one more document as a hundredth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scoring_dash.assessment.change_rules import ChangeRules
from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.loan_request import LONGEST, PERSONAL_LOAN, REVOLVING_CREDIT, SHORTEST
from scoring_dash.assessment.many_requests import ManyRequests, Scored
from scoring_dash.assessment.sayable import sayable_amounts, spread_over
from scoring_dash.assessment.scenario_rows import Application
from scoring_dash.assessment.simulate import Simulator
from scoring_dash.core.offers import Offer, OfferMap, Offers
from scoring_dash.core.results import Assessment
from scoring_dash.core.simulation import ChangeField, ChangeOption, Changes
from scoring_dash.core.words import Recommendation
from scoring_dash.data.features.loan_terms import TERMS

MOST_AMOUNTS: Final = 40
MAP_MONTHS: Final = tuple(range(SHORTEST, LONGEST + 1, 2))
MOST_CHANGES: Final = 5

_ABOVE_ASKED: Final = 1.6
_WEIGHT_OF_KIND: Final = 0.5
_WEIGHT_OF_DOCUMENT: Final = 0.01
_NEAREST_REFINED: Final = 5
_RANK: Final = {Recommendation.ACCEPT: 0, Recommendation.REVIEW: 1, Recommendation.REFUSE: 2}


@dataclass(frozen=True)
class OfferFinder:
    """Finds offers with one engine."""

    engine: Engine
    simulator: Simulator
    requests: ManyRequests
    rules: ChangeRules

    def find(self, client: ClientRow, application: Application, base: Changes) -> Offers:
        """Everything that could be offered to a client.

        Parameters
        ----------
        base : Changes
            Where the search starts: what is asked for, with whatever else is changed already.
        """
        return _Search(self, client, application, base).offers()


class _Search:
    """One search: what is asked for, and the bounds within which something else may be offered."""

    def __init__(self, finder: OfferFinder, client: ClientRow, application: Application, base: Changes) -> None:
        self._finder, self._rules = finder, finder.rules
        self._client, self._application, self._base = client, application, base
        options = {option.field: option for option in self._rules.options(application, base)}
        self._options = options
        self._amount = self._rules.amount(base, application)
        duration = options[ChangeField.DURATION]
        own = duration.value if isinstance(duration.value, float) else None
        self._has_duration = duration.why_not is None
        self._months = (base.duration if base.duration is not None else own) if self._has_duration else None
        amount = options[ChangeField.AMOUNT]
        is_open = amount.why_not is None and not math.isnan(self._amount)
        self._amounts = sayable_amounts(amount.low or 0.0, amount.high or 0.0) if is_open else []

    def offers(self) -> Offers:
        """The map first: what is nearest is looked for around its accepted cells."""
        assessment = self._assess(self._base)
        asked = self._offer(self._base, (), assessment)
        map_ = self._map()
        is_accepted = asked.recommendation is Recommendation.ACCEPT
        nearest = None if is_accepted or map_ is None else self._nearest(map_)
        smaller = [] if is_accepted else self._smallest(asked, nearest)
        return Offers(
            client_id=self._client.client_id,
            asked=asked,
            map=map_,
            largest=self._largest(),
            nearest=nearest,
            changes=tuple(smaller),
            model_version=assessment.model_version,
        )

    def _map(self) -> OfferMap | None:
        if not self._has_duration or not self._amounts:
            return None
        high = max(self._amount * _ABOVE_ASKED, self._amounts[0])
        amounts = spread_over([amount for amount in self._amounts if amount <= high], MOST_AMOUNTS)
        scored = self._score([(amount, float(months)) for amount in amounts for months in MAP_MONTHS])
        width = len(MAP_MONTHS)
        rows = [scored[start : start + width] for start in range(0, len(scored), width)]
        return OfferMap(
            amounts=tuple(amounts),
            months=MAP_MONTHS,
            read_as=tuple(self._rules.loan(self._application).read_as(MAP_MONTHS)),
            recommendations=tuple(tuple(item.recommendation for item in row) for row in rows),
            probabilities=tuple(tuple(item.probability for item in row) for row in rows),
        )

    def _largest(self) -> Offer | None:
        found = self._largest_loan(self._amounts, self._base, Recommendation.ACCEPT)
        return None if found is None else self._verified(self._loan(found, None), Recommendation.ACCEPT)

    def _nearest(self, map_: OfferMap) -> Offer | None:
        """From the nearest columns of the map to the amounts that a person would say between its rows."""
        accepted = {
            months: max(
                (amount for amount, row in zip(map_.amounts, map_.recommendations, strict=True)
                 if row[column] is Recommendation.ACCEPT and amount <= self._amount),
                default=None,
            )
            for column, months in enumerate(map_.months)
            if months in (*self._advised_months(), self._months)
        }  # fmt: skip
        coarse = sorted(
            (self._distance(amount, months), months, amount)
            for months, amount in accepted.items()
            if amount is not None
        )
        between = [
            (fine, float(months))
            for _, months, amount in coarse[:_NEAREST_REFINED]
            for fine in self._amounts
            if amount <= fine <= min(self._amount, _next(map_.amounts, amount))
        ]
        return self._nearest_of([*between, *self._asked_amount_over_other_months()])

    def _nearest_of(self, loans: Sequence[tuple[float, float]]) -> Offer | None:
        scored = zip(loans, self._score(loans), strict=True)
        good = [loan for loan, item in scored if item.recommendation is Recommendation.ACCEPT]
        for amount, months in sorted(good, key=lambda loan: (self._distance(*loan), -loan[0], loan[1])):
            offer = self._verified(self._loan(amount, months), Recommendation.ACCEPT)
            if offer is not None:
                return offer
        return None

    def _asked_amount_over_other_months(self) -> list[tuple[float, float]]:
        return [(self._amount, float(months)) for months in self._advised_months()]

    def _advised_months(self) -> list[int]:
        """Durations that the model reads as they are: no advice rests on a duration that it takes for another."""
        loan = self._rules.loan(self._application)
        return [months for months, read in zip(TERMS, loan.read_as(TERMS), strict=True) if read == months]

    def _smallest(self, asked: Offer, nearest: Offer | None) -> list[Offer]:
        """The smallest change of each kind: to accept, else to review; at most five, the smallest first."""
        kinds = [
            self._less(self._base),
            self._other_months(),
            *self._other_contract(),
            *self._more_documents(),
        ]
        found = [
            offer
            for candidates in kinds
            if (offer := self._first_that_helps(candidates, asked.recommendation)) is not None
        ]
        known = {offer.changes for offer in found}
        found += [nearest] if nearest is not None and nearest.changes not in known else []
        useful = [offer for offer in found if not any(self._is_better(other, offer) for other in found)]
        return sorted(useful, key=lambda offer: (_RANK[offer.recommendation], self._size(offer)))[:MOST_CHANGES]

    def _is_better(self, one: Offer, other: Offer) -> bool:
        """Whether an offer moves part of what another moves, no further, and leads as far."""
        leads_as_far = _RANK[one.recommendation] <= _RANK[other.recommendation]
        return leads_as_far and set(one.moved) < set(other.moved) and self._size(one) <= self._size(other)

    def _first_that_helps(self, candidates: Sequence[Changes], now: Recommendation) -> Offer | None:
        """Of candidates in rising size, the first one accepted; else the first one to review, if that is better."""
        scored = self._finder.requests.of_changes(self._client, self._application, candidates) if candidates else []
        for wanted in (Recommendation.ACCEPT, Recommendation.REVIEW):
            if _RANK[wanted] >= _RANK[now]:
                break
            for changes, item in zip(candidates, scored, strict=True):
                if item.recommendation is wanted and (offer := self._verified(changes, wanted)) is not None:
                    return offer
        return None

    def _less(self, base: Changes) -> list[Changes]:
        """Smaller amounts, the largest first."""
        smaller = [amount for amount in reversed(self._amounts) if amount < self._amount]
        return [self._with(base, amount=amount, down_payment=None) for amount in smaller]

    def _other_months(self) -> list[Changes]:
        """Other durations for the same amount, the nearest first."""
        if not self._has_duration or self._months is None:
            return []
        own = self._months
        others = [months for months in self._advised_months() if months != own]
        return [
            self._with(self._base, duration=float(months)) for months in sorted(others, key=lambda m: (abs(m - own), m))
        ]

    def _other_contract(self) -> list[list[Changes]]:
        """The other kind of credit for the same amount, then for less."""
        option = self._options[ChangeField.CONTRACT]
        now = self._base.contract or option.value
        if option.why_not is not None or now not in option.categories:
            return []
        others = []
        if now == PERSONAL_LOAN and REVOLVING_CREDIT in option.categories:
            others = [self._with(self._base, contract=REVOLVING_CREDIT, duration=None)]
        if now == REVOLVING_CREDIT and PERSONAL_LOAN in option.categories:
            others = [
                self._with(self._base, contract=PERSONAL_LOAN, duration=float(months))
                for months in self._advised_months()
            ]
        return [others, *([self._less(others[0])] if len(others) == 1 else [])]

    def _more_documents(self) -> list[list[Changes]]:
        option = self._options[ChangeField.DOCUMENTS]
        if not _has_room(option):
            return []
        own = int(self._base.documents or option.low or 0)
        counts = range(own + 1, int(option.high or 0) + 1)
        return [[self._with(self._base, documents=float(count)) for count in counts]]

    def _largest_loan(self, amounts: Sequence[float], base: Changes, wanted: Recommendation) -> float | None:
        loans = [(amount, base.duration if base.duration is not None else math.nan) for amount in amounts]
        good = [
            amount for amount, item in zip(amounts, self._score(loans), strict=True) if item.recommendation is wanted
        ]
        return max(good, default=None)

    def _score(self, loans: Sequence[tuple[float, float]]) -> list[Scored]:
        return self._finder.requests.of_loans(self._client, self._application, self._base, loans)

    def _loan(self, amount: float, months: float | None) -> Changes:
        """The base with another amount, and another duration if one is named."""
        changes = {} if months is None else {"duration": months}
        return self._with(self._base, amount=amount, down_payment=None, **changes)

    def _with(self, base: Changes, **changes: float | str | None) -> Changes:
        return self._rules.without_own(replace(base, **changes), self._application)  # type: ignore[arg-type]

    def _verified(self, changes: Changes, wanted: Recommendation) -> Offer | None:
        """The offer as the engine assesses it when it is entered by hand; None if it would say something else."""
        assessment = self._assess(changes)
        if assessment.recommendation is not wanted:
            return None
        return self._offer(changes, self._moved(changes), assessment)

    def _assess(self, changes: Changes) -> Assessment:
        return self._finder.engine.assess(self._finder.simulator.changed_row(self._client, self._application, changes))

    def _offer(self, changes: Changes, moved: tuple[ChangeField, ...], assessment: Assessment) -> Offer:
        columns = {**self._application, **self._rules.apply(changes, self._application)}
        payment, contract = columns.get("AMT_ANNUITY"), columns.get("NAME_CONTRACT_TYPE")
        own = self._rules.loan(self._application).months
        months = changes.duration if changes.duration is not None else None if math.isnan(own) else own
        return Offer(
            changes=changes,
            moved=moved,
            amount=self._rules.amount(changes, self._application),
            months=None if contract == REVOLVING_CREDIT else months,
            instalment=float(payment) if isinstance(payment, int | float) else None,
            probability=assessment.probability_of_default,
            recommendation=assessment.recommendation,
        )

    def _moved(self, changes: Changes) -> tuple[ChangeField, ...]:
        """What differs from the base; a down payment that became a smaller amount is the amount."""
        base, new = dict(self._base.items()), dict(changes.items())
        fields = [field for field in ChangeField if base.get(field) != new.get(field)]
        if self._rules.amount(changes, self._application) == self._amount:
            fields = [field for field in fields if field not in (ChangeField.AMOUNT, ChangeField.DOWN_PAYMENT)]
        if ChangeField.CONTRACT in fields and changes.duration is None:
            fields = [field for field in fields if field is not ChangeField.DURATION]
        return tuple(field for field in fields if field is not ChangeField.DOWN_PAYMENT)

    def _distance(self, amount: float, months: float) -> float:
        of_months = 0.0 if self._months is None else abs(months - self._months) / self._months
        return abs(amount - self._amount) / self._amount + of_months

    def _size(self, offer: Offer) -> float:
        months = self._months if offer.months is None else offer.months
        size = self._distance(offer.amount, 0.0 if months is None else months)
        size += _WEIGHT_OF_KIND * (ChangeField.CONTRACT in offer.moved)
        return size + _WEIGHT_OF_DOCUMENT * (ChangeField.DOCUMENTS in offer.moved)


def _next(amounts: Iterable[float], amount: float) -> float:
    return min((other for other in amounts if other > amount), default=math.inf)


def _has_room(option: ChangeOption) -> bool:
    return option.why_not is None and option.low is not None and option.high is not None and option.low < option.high
