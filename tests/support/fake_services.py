"""Services over a few hundred invented clients, for tests of the screen and the API: deterministic, no file, no model.

The "model" is a sum of plain terms, so every figure can be checked by hand; nothing here resembles a real client.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from support.fake_effects import invent_effect, invent_standings
from support.fake_features import RECIPES, Recipe
from support.fake_gaps import invent_gaps
from support.fake_history import invent_history
from support.fake_population import FIELDS, invent_population, invent_subject
from support.fake_simulations import FakeDesk, changed, missing_facts
from support.work_reference import ReferenceList

from scoring_dash.assessment.check_changes import check_changes
from scoring_dash.core.comparisons import Comparison, CrossComparison, GroupSummary, Profile, SimilarFiles
from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.groups import Group
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.offers import Offers
from scoring_dash.core.results import (
    Assessment,
    AssessmentWarning,
    Contribution,
    Explanation,
    FeatureValue,
    ObservedFrequency,
    Reason,
    WarningCode,
)
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book, Direction, Recommendation, Theme, Unit
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.model.cost import DecisionRule
from scoring_dash.population.past_files import Subject
from scoring_dash.population.work_list import Change, WorkPage, WorkPlace, WorkRow, WorkSummary
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import ClientFacts, ClientPage, ClientSummary, ModelSummary

THRESHOLD, REVIEW_LOW, REVIEW_HIGH = 0.091, 0.075, 0.108
RULE = DecisionRule(THRESHOLD, REVIEW_LOW, REVIEW_HIGH, cost=0.5)
SLOPE, INTERCEPT, BASE_MARGIN = 1.05, 0.02, -2.6
FIRST_CLIENT, CLIENTS = 100_001, 300
CONTRACTS = ("Cash loans", "Revolving loans")


@dataclass(frozen=True)
class FakeClient:
    client_id: int
    book: Book
    defaulted: bool | None
    values: Mapping[str, FeatureValue]


class FakeServices:
    """Implements ``scoring_dash.services.Services`` over invented clients.

    Parameters
    ----------
    simulated : bool
        Whether the screen must say that the portfolio is simulated.
    """

    def __init__(self, *, simulated: bool = True) -> None:
        self._clients = {client.client_id: client for client in _invent_clients()}
        self._past = [client for client in self._clients.values() if client.book is Book.PAST]
        self._population = invent_population(self._past, RULE)
        self._model = ModelSummary(
            version="2026.11.1-test",
            threshold=THRESHOLD,
            theoretical_threshold=1 / 11,
            review_low=REVIEW_LOW,
            review_high=REVIEW_HIGH,
            simulated=simulated,
            past_clients=len(self._past),
            current_clients=len(self._clients) - len(self._past),
            features=tuple(recipe.feature for recipe in RECIPES),
            metrics={"auc": 0.75},
            typical_values={recipe.feature.name: _typical_value(recipe) for recipe in RECIPES},
            ranges={
                recipe.feature.name: (recipe.centre - 6 * recipe.width, recipe.centre + 6 * recipe.width)
                for recipe in RECIPES
                if not recipe.categories
            },
            weights={recipe.feature.name: abs(recipe.weight * recipe.width) for recipe in RECIPES},
            theme_weights={recipe.feature.theme: 0.1 for recipe in RECIPES},
            fields=FIELDS,
            options=self._population.options,
        )

    @property
    def model(self) -> ModelSummary:
        return self._model

    def search_clients(self, query: str, *, limit: int, cursor: str | None = None) -> ClientPage:
        if query and not (query.isascii() and query.isdigit() and len(query) <= 10):
            raise InvalidRequestError("query", query, "at most 10 digits")
        if not 1 <= limit <= 100:
            raise InvalidRequestError("limit", limit, "1 to 100")
        after = int(cursor) if cursor else -1
        found = [client for client in self._clients.values() if str(client.client_id).startswith(query)]
        found = [client for client in found if client.client_id > after]
        items = tuple(ClientSummary(client.client_id, client.book) for client in found[:limit])
        return ClientPage(items, str(items[-1].client_id) if len(found) > limit else None)

    def facts(self, client_id: int) -> ClientFacts:
        client = self._find(client_id)
        income = client.values["income"]
        share = client.values["annuity_to_income"]
        assert isinstance(income, float) and isinstance(share, float)
        application = {
            "AMT_CREDIT": client.values["credit_amount"],
            "AMT_ANNUITY": round(income * share),
            "AMT_INCOME_TOTAL": income,
        }
        described = {feature.name: client.values[feature.name] for feature in FIELDS}
        values = {name: value for name, value in client.values.items() if name not in described}
        return ClientFacts(client_id, client.book, client.defaulted, values, application, described)

    def assess(self, client_id: int) -> Assessment:
        return self._assessment(self._find(client_id))

    def assess_new(self, applications: NewApplications) -> Iterator[Assessment]:
        for place in range(len(applications)):
            yield self._assessment(_newcomer(applications, place))

    def gaps_of_new(self, applications: NewApplications) -> tuple[Gap, ...]:
        return invent_gaps(_newcomer(applications, 0).values, _probability, _observed)

    def _assess(self, client_id: int, values: Mapping[str, FeatureValue]) -> Assessment:
        return self._assessment(replace(self._find(client_id), values=values))

    def _assessment(self, client: FakeClient) -> Assessment:
        probability = _probability(client.values)
        zone = (
            Recommendation.ACCEPT
            if probability < REVIEW_LOW
            else Recommendation.REVIEW
            if probability <= REVIEW_HIGH
            else Recommendation.REFUSE
        )
        is_past = client.book is Book.PAST
        return Assessment(
            client_id=client.client_id,
            book=client.book,
            probability_of_default=probability,
            threshold=THRESHOLD,
            review_low=REVIEW_LOW,
            review_high=REVIEW_HIGH,
            recommendation=zone,
            distance_to_threshold=probability - THRESHOLD,
            spread_low=probability if is_past else probability * 0.87,
            spread_high=probability if is_past else min(1.0, probability * 1.15),
            observed=_observed(1240, round(1240 * probability)),
            reasons=_reasons(client.values, probability),
            model_version=self._model.version,
            warnings=_warnings(client),
        )

    def explain(self, client_id: int) -> Explanation:
        client = self._find(client_id)
        terms = _terms(client.values)
        margin = BASE_MARGIN + sum(item.contribution for item in terms)
        return Explanation(
            client_id=client_id,
            model_version=self._model.version,
            base_margin=BASE_MARGIN,
            margin=margin,
            calibrated_margin=SLOPE * margin + INTERCEPT,
            calibration_slope=SLOPE,
            probability_of_default=_probability(client.values),
            contributions=tuple(sorted(terms, key=lambda item: -abs(item.contribution))),
        )

    def compare(self, client_id: int, feature: str, group: Group) -> Comparison:
        return self._population.compare(self._subject(client_id), feature, group)

    def cross(
        self, client_id: int, features: tuple[str, str], group: Group, *, log: tuple[bool, bool] = (False, False)
    ) -> CrossComparison:
        return self._population.cross(self._subject(client_id), features, group, log=log)

    def profile(self, client_id: int, group: Group) -> Profile:
        return self._population.profile(self._subject(client_id), group)

    def summarise(self, group: Group, client_id: int | None = None) -> GroupSummary:
        return self._population.summarise(group, None if client_id is None else self._subject(client_id))

    def similar(self, client_id: int, *, limit: int) -> SimilarFiles:
        return self._population.similar(self._subject(client_id), limit=limit)

    def standings(self, client_id: int) -> tuple[ThemeStanding, ...]:
        return invent_standings(self._find(client_id).values, [item.values for item in self._past], _terms)

    def effect(self, client_id: int, feature: str) -> FeatureEffect:
        client, past = self._find(client_id), [item.values for item in self._past]
        return invent_effect(client_id, client.values, _recipe_of(feature), past, _probability)

    def gaps(self, client_id: int) -> tuple[Gap, ...]:
        return invent_gaps(self._find(client_id).values, _probability, _observed)

    def history(self, client_id: int) -> ClientHistory:
        return invent_history(self._find(client_id).client_id)

    def _subject(self, client_id: int) -> Subject:
        return invent_subject(self._find(client_id), self._past, self.assess(client_id))

    def work_list(self, query: WorkListQuery, *, offset: int, limit: int) -> WorkPage:
        return self._work.page(query, offset=offset, limit=limit)

    def work_place(self, query: WorkListQuery, client_id: int) -> WorkPlace | None:
        return self._work.place(query, client_id)

    def work_summary(self, query: WorkListQuery) -> WorkSummary:
        return self._work.summary(query)

    @cached_property
    def _work(self) -> ReferenceList:
        current = [client for client in self._clients.values() if client.book is Book.CURRENT]
        return ReferenceList(
            [self._work_row(client) for client in current],
            threshold=THRESHOLD,
            themes=tuple(Theme),
            contracts=CONTRACTS,
            has_earlier=True,
        )

    def _work_row(self, client: FakeClient) -> WorkRow:
        facts = self.facts(client.client_id)
        assessment = self.assess(client.client_id)
        against = assessment.reasons_of(Direction.RAISES)
        number = client.client_id // 3
        now = assessment.recommendation
        before = list(Recommendation)[number % 3]
        amount, instalment = (facts.application[name] for name in ("AMT_CREDIT", "AMT_ANNUITY"))
        return WorkRow(
            client_id=client.client_id,
            recommendation=now,
            probability=assessment.probability_of_default,
            distance=assessment.distance_to_threshold,
            amount=amount if isinstance(amount, float) else None,
            instalment=float(instalment) if isinstance(instalment, int | float) else None,
            contract=CONTRACTS[number % 2] if number % 7 else None,
            theme=against[0].theme if against else None,
            change=Change(None) if number % 11 == 0 else Change(before) if number % 5 == 0 and before != now else None,
        )

    def change_options(self, client_id: int, changes: Changes) -> tuple[ChangeOption, ...]:
        return self._desk.options(self.facts(client_id).application, changes)

    def read_changes(self, client_id: int, entries: Sequence[tuple[str, object]]) -> Changes:
        return check_changes(entries, self._desk, self.facts(client_id).application)

    def simulate(self, client_id: int, changes: Changes) -> Simulation:
        facts = self.facts(client_id)
        return self._desk.simulate(client_id, facts.features, facts.application, changes)

    def offers(self, client_id: int, changes: Changes) -> Offers:
        facts = self.facts(client_id)
        return self._desk.offers(client_id, facts.features, facts.application, changes)

    def missing_facts(self, client_id: int, changes: Changes) -> tuple[MissingFact, ...]:
        facts = self.facts(client_id)
        return missing_facts(changed(facts.features, facts.application, changes), _probability)

    @property
    def _desk(self) -> FakeDesk:
        return FakeDesk(self._assess)

    def _find(self, client_id: int) -> FakeClient:
        client = self._clients.get(client_id)
        if client is None:
            raise UnknownClientError(str(client_id))
        return client


def clients_by_recommendation(services: FakeServices) -> dict[Recommendation, int]:
    """A current client for each recommendation."""
    found: dict[Recommendation, int] = {}
    for item in services.search_clients("", limit=100).items:
        if item.book is Book.CURRENT:
            found.setdefault(services.assess(item.client_id).recommendation, item.client_id)
    return found


def _newcomer(applications: NewApplications, place: int) -> FakeClient:
    """An application whose facts come from its row; nothing is known of a past."""
    row = applications.application(place)
    values: dict[str, FeatureValue] = {recipe.feature.name: None for recipe in RECIPES}
    values |= {name: row[column] for name, column in _COLUMNS.items()}
    income, annuity = row["AMT_INCOME_TOTAL"], row["AMT_ANNUITY"]
    if isinstance(income, float) and isinstance(annuity, float):
        values["annuity_to_income"] = round(annuity / income, 3)
    return FakeClient(applications.numbers[place] or 0, Book.CURRENT, None, values)


_COLUMNS = {
    "credit_amount": "AMT_CREDIT",
    "income": "AMT_INCOME_TOTAL",
    "ext_source_1": "EXT_SOURCE_1",
    "ext_source_mean": "EXT_SOURCE_2",
    "income_type": "NAME_INCOME_TYPE",
    "organization_type": "ORGANIZATION_TYPE",
    "housing_type": "NAME_HOUSING_TYPE",
}


def _recipe_of(feature: str) -> Recipe:
    for recipe in RECIPES:
        if recipe.feature.name == feature:
            return recipe
    raise InvalidRequestError("feature", feature, "a feature of the model")


def _invent_clients() -> list[FakeClient]:
    chance = random.Random(7)
    clients = []
    for client_id in range(FIRST_CLIENT, FIRST_CLIENT + CLIENTS):
        values = {recipe.feature.name: _invent_value(recipe, chance) for recipe in RECIPES}
        values["age_band"] = None if client_id % 17 == 0 else float(client_id % 5)
        is_current = client_id % 3 == 1
        defaulted = None if is_current else chance.random() < _probability(values)
        clients.append(FakeClient(client_id, Book.CURRENT if is_current else Book.PAST, defaulted, values))
    return clients


def _invent_value(recipe: Recipe, chance: random.Random) -> FeatureValue:
    if chance.random() < recipe.missing:
        return None
    if recipe.categories:
        return chance.choice(list(recipe.categories))
    value = max(recipe.least, chance.gauss(recipe.centre, recipe.width))
    if recipe.feature.unit is Unit.FLAG:
        return 1.0 if value > 0.5 else 0.0
    if recipe.feature.unit is Unit.SCORE:
        value = min(1.0, value)
    # As a portfolio stores it: to the precision of a float32.
    return float(np.float32(round(value) if recipe.whole else round(value, 3)))


def _terms(values: Mapping[str, FeatureValue]) -> list[Contribution]:
    terms = []
    for recipe in RECIPES:
        value = values[recipe.feature.name]
        if value is None:
            weight = 0.03
        elif isinstance(value, str):
            weight = recipe.categories.get(value, 0.0)
        else:
            weight = recipe.weight * (value - recipe.centre)
        terms.append(Contribution(recipe.feature.name, recipe.feature.theme, value, weight))
    return terms


def _probability(values: Mapping[str, FeatureValue]) -> float:
    margin = BASE_MARGIN + sum(item.contribution for item in _terms(values))
    return 1 / (1 + math.exp(-(SLOPE * margin + INTERCEPT)))


def _reasons(values: Mapping[str, FeatureValue], probability: float) -> tuple[Reason, ...]:
    sums: dict[Theme, list[Contribution]] = {}
    for item in _terms(values):
        sums.setdefault(item.theme, []).append(item)
    margin = math.log(probability / (1 - probability))
    reasons = []
    for theme, items in sums.items():
        total = sum(item.contribution for item in items)
        if abs(total) < 0.02:
            continue
        direction = Direction.RAISES if total > 0 else Direction.LOWERS
        strongest = max(items, key=lambda item: item.contribution * (1 if total > 0 else -1))
        recipe = next(recipe for recipe in RECIPES if recipe.feature.name == strongest.feature)
        typical = _typical_value(recipe)
        without = 1 / (1 + math.exp(-(margin - SLOPE * total)))
        reasons.append(
            Reason(
                f"{theme}_{direction}".upper(),
                theme,
                strongest.feature,
                strongest.value,
                typical,
                total,
                probability - without,
                direction,
            )
        )
    reasons.sort(key=lambda reason: -abs(reason.contribution))
    kept = [reason for direction in Direction for reason in [r for r in reasons if r.direction is direction][:4]]
    return tuple(sorted(kept, key=lambda reason: -abs(reason.contribution)))


def _typical_value(recipe: Recipe) -> FeatureValue:
    return next(iter(recipe.categories)) if recipe.categories else recipe.centre


def _warnings(client: FakeClient) -> tuple[AssessmentWarning, ...]:
    found = [AssessmentWarning(WarningCode.OUT_OF_FOLD)] if client.book is Book.PAST else []
    if client.values["bureau_debt"] is None:
        found.append(AssessmentWarning(WarningCode.NO_BUREAU_HISTORY))
    if client.values["ext_source_1"] is None:
        found.append(AssessmentWarning(WarningCode.MISSING_EXTERNAL_SCORES, "ext_source_1"))
    income = client.values["income"]
    if isinstance(income, float) and income > 330_000:
        found.append(AssessmentWarning(WarningCode.OUT_OF_RANGE, "income", income))
    return tuple(found)


def _observed(files: int, defaults: int) -> ObservedFrequency:
    """Wilson's interval at 95 %."""
    if files == 0:
        return ObservedFrequency(0, 0, 0.0, 0.0, 1.0)
    z, rate = 1.959964, defaults / files
    middle = (rate + z * z / (2 * files)) / (1 + z * z / files)
    half = z * math.sqrt(rate * (1 - rate) / files + z * z / (4 * files * files)) / (1 + z * z / files)
    return ObservedFrequency(files, defaults, rate, max(0.0, middle - half), min(1.0, middle + half))
