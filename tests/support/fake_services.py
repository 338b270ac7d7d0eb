"""Services over a few hundred invented clients, for tests of the screen and the API: deterministic, no file, no model.

The "model" is a sum of plain terms, so every figure can be checked by hand; nothing here resembles a real client.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from support.fake_effects import invent_effect, invent_standings
from support.fake_features import RECIPES, Recipe
from support.fake_gaps import invent_gaps
from support.fake_history import invent_history
from support.fake_simulations import FakeDesk, changed, missing_facts

from scoring_dash.assessment.check_changes import check_changes
from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.offers import Offers
from scoring_dash.core.results import (
    Assessment,
    AssessmentWarning,
    Comparison,
    ComparisonBin,
    Contribution,
    Explanation,
    FeatureValue,
    GroupName,
    ObservedFrequency,
    Reason,
    WarningCode,
)
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book, Direction, Recommendation, Theme, Unit
from scoring_dash.services import ClientFacts, ClientPage, ClientSummary, ModelSummary

THRESHOLD, REVIEW_LOW, REVIEW_HIGH = 0.091, 0.075, 0.108
SLOPE, INTERCEPT, BASE_MARGIN = 1.05, 0.02, -2.6
FIRST_CLIENT, CLIENTS = 100_001, 300


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
        return ClientFacts(client_id, client.book, client.defaulted, client.values, application)

    def assess(self, client_id: int) -> Assessment:
        return self._assess(client_id, self._find(client_id).values)

    def _assess(self, client_id: int, values: Mapping[str, FeatureValue]) -> Assessment:
        client = self._find(client_id)
        probability = _probability(values)
        zone = (
            Recommendation.ACCEPT
            if probability < REVIEW_LOW
            else Recommendation.REVIEW
            if probability <= REVIEW_HIGH
            else Recommendation.REFUSE
        )
        is_past = client.book is Book.PAST
        return Assessment(
            client_id=client_id,
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
            reasons=_reasons(values, probability),
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

    def compare(self, client_id: int, feature: str, group: GroupName) -> Comparison:
        client, recipe = self._find(client_id), _recipe_of(feature)
        members = self._past
        if group is GroupName.SIMILAR:
            own = _probability(client.values)
            others = [item for item in self._past if item is not client]
            members = sorted(others, key=lambda item: abs(_probability(item.values) - own))[:100]
        return _compare(client, recipe, members, group)

    def standings(self, client_id: int) -> tuple[ThemeStanding, ...]:
        return invent_standings(self._find(client_id).values, [item.values for item in self._past], _terms)

    def effect(self, client_id: int, feature: str) -> FeatureEffect:
        client, past = self._find(client_id), [item.values for item in self._past]
        return invent_effect(client_id, client.values, _recipe_of(feature), past, _probability)

    def gaps(self, client_id: int) -> tuple[Gap, ...]:
        return invent_gaps(self._find(client_id).values, _probability, _observed)

    def history(self, client_id: int) -> ClientHistory:
        return invent_history(self._find(client_id).client_id)

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
    return float(round(value)) if recipe.whole else round(value, 3)


def _terms(values: Mapping[str, FeatureValue]) -> list[Contribution]:
    terms = []
    for recipe in RECIPES:
        value = values[recipe.feature.name]
        if value is None:
            weight = 0.03
        elif isinstance(value, str):
            weight = recipe.categories[value]
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


def _compare(client: FakeClient, recipe: Recipe, members: list[FakeClient], group: GroupName) -> Comparison:
    name = recipe.feature.name
    value = client.values[name]
    pairs = [(member.values[name], bool(member.defaulted)) for member in members]
    bins = _category_bins(pairs) if recipe.categories else _number_bins(recipe, pairs)
    known = sorted(other for other, _ in pairs if isinstance(other, float))
    is_number = isinstance(value, float) and bool(known)
    return Comparison(
        client_id=client.client_id,
        feature=name,
        group=group,
        group_size=len(members),
        observed=_observed(len(members), sum(defaulted for _, defaulted in pairs)),
        value=value,
        median=known[len(known) // 2] if known else None,
        client_bin=next((i for i, item in enumerate(bins) if _holds(item, value)), None),
        percentile=sum(other <= value for other in known) / len(known)
        if is_number and isinstance(value, float)
        else None,
        bins=bins,
    )


def _edges(recipe: Recipe) -> list[float]:
    if recipe.feature.unit is Unit.FLAG:
        return [0.5]
    if recipe.feature.unit is Unit.COUNT:
        return [place + 0.5 for place in range(9)]
    low = max(recipe.least, recipe.centre - 2 * recipe.width)
    return [float(f"{low + recipe.width / 3 * place:.3g}") for place in range(1, 13)]


def _number_bins(recipe: Recipe, pairs: list[tuple[FeatureValue, bool]]) -> tuple[ComparisonBin, ...]:
    edges = _edges(recipe)
    bounds = [(None, edges[0]), *pairwise(edges), (edges[-1], None)]
    bins = [_count(ComparisonBin(low, high, None, 0, 0), pairs) for low, high in bounds]
    missing = _count(ComparisonBin(None, None, None, 0, 0), pairs)
    return (*bins, missing) if missing.files else tuple(bins)


def _category_bins(pairs: list[tuple[FeatureValue, bool]]) -> tuple[ComparisonBin, ...]:
    names = sorted({str(value) for value, _ in pairs if value is not None})
    bins = [_count(ComparisonBin(None, None, name, 0, 0), pairs) for name in names]
    bins.sort(key=lambda item: -item.files)
    missing = _count(ComparisonBin(None, None, None, 0, 0), pairs)
    return (*bins, missing) if missing.files else tuple(bins)


def _count(item: ComparisonBin, pairs: list[tuple[FeatureValue, bool]]) -> ComparisonBin:
    outcomes = [defaulted for value, defaulted in pairs if _holds(item, value)]
    return ComparisonBin(item.low, item.high, item.category, len(outcomes) - sum(outcomes), sum(outcomes))


def _holds(item: ComparisonBin, value: FeatureValue) -> bool:
    if isinstance(value, float):
        is_scale = item.low is not None or item.high is not None
        return is_scale and (item.low is None or value >= item.low) and (item.high is None or value < item.high)
    return item.low is None and item.high is None and item.category == value


def _observed(files: int, defaults: int) -> ObservedFrequency:
    """Wilson's interval at 95 %."""
    if files == 0:
        return ObservedFrequency(0, 0, 0.0, 0.0, 1.0)
    z, rate = 1.959964, defaults / files
    middle = (rate + z * z / (2 * files)) / (1 + z * z / files)
    half = z * math.sqrt(rate * (1 - rate) / files + z * z / (4 * files * files)) / (1 + z * z / files)
    return ObservedFrequency(files, defaults, rate, max(0.0, middle - half), min(1.0, middle + half))
