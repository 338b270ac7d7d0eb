"""Loads an artifact and builds the services: the one place where the parts are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from scoring_dash.assessment.effect import find_effect
from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.gaps import GapFinder
from scoring_dash.assessment.simulation_desk import SimulationDesk
from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.errors import ArtifactError, InvalidRequestError, UnknownClientError
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.offers import Offers
from scoring_dash.core.results import Assessment, Comparison, Explanation, FeatureValue, GroupName
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book, Theme
from scoring_dash.data.store import Portfolio, read_portfolio
from scoring_dash.model.artifact import Artifact
from scoring_dash.model.cost import THEORETICAL_THRESHOLD
from scoring_dash.model.evaluation.document import read_evaluation
from scoring_dash.model.evaluation.results import Importance
from scoring_dash.model.package import ModelPackage, read_package
from scoring_dash.model.trial import Trial, on_trial
from scoring_dash.population.compare import compare
from scoring_dash.population.frequency import FrequencyTable
from scoring_dash.population.novelty import PastSample
from scoring_dash.population.standing import StandingTable
from scoring_dash.services import ClientFacts, ClientPage, ClientSummary, ModelSummary

_MOST_DIGITS = 10
_LARGEST_PAGE = 100


@dataclass(frozen=True)
class LoadedServices:
    """The services over one artifact; implements :class:`scoring_dash.services.Services`."""

    artifact: Artifact
    package: ModelPackage
    portfolio: Portfolio
    engine: Engine
    importance: Importance
    standing_table: StandingTable

    @cached_property
    def model(self) -> ModelSummary:
        """The model in service."""
        description = self.package.description
        return ModelSummary(
            version=self.artifact.version,
            threshold=description.rule.threshold,
            theoretical_threshold=THEORETICAL_THRESHOLD,
            review_low=description.rule.review_low,
            review_high=description.rule.review_high,
            simulated=description.simulated,
            past_clients=len(self.portfolio.past.client_ids),
            current_clients=len(self.portfolio.current.client_ids),
            features=description.features,
            metrics={name: figures["value"] for name, figures in description.metrics.items()},
            typical_values=description.typical_values,
            ranges=description.ranges,
            weights={weight.name: weight.contribution for weight in self.importance.features},
            theme_weights={Theme(weight.name): weight.contribution for weight in self.importance.themes},
        )

    def search_clients(self, query: str, *, limit: int, cursor: str | None = None) -> ClientPage:
        """Clients whose number starts with ``query``, by number; see :class:`~scoring_dash.services.Services`."""
        if query and not (query.isascii() and query.isdigit() and len(query) <= _MOST_DIGITS):
            raise InvalidRequestError("query", query, f"the first digits of a client number, at most {_MOST_DIGITS}")
        if not 1 <= limit <= _LARGEST_PAGE:
            raise InvalidRequestError("limit", limit, f"a whole number from 1 to {_LARGEST_PAGE}")
        after = self._read_cursor(cursor)
        ids = self.portfolio.all_ids
        found: list[int] = []
        for low, high in _ranges_of_prefix(query):
            first = int(np.searchsorted(ids, max(low, after + 1)))
            last = int(np.searchsorted(ids, high, side="right"))
            found.extend(int(number) for number in ids[first : min(last, first + limit + 1 - len(found))])
            if len(found) > limit:
                break
        items = tuple(ClientSummary(number, self._place(number)[0]) for number in found[:limit])
        return ClientPage(items, str(items[-1].client_id) if len(found) > limit else None)

    def facts(self, client_id: int) -> ClientFacts:
        """What is stored of one client."""
        book, position = self._place(client_id)
        data, description = self.portfolio.book(book), self.package.description
        outcome = int(data.outcomes[position])
        row = data.feature_row(position)[0]
        return ClientFacts(
            client_id=client_id,
            book=book,
            defaulted=None if outcome < 0 else outcome == 1,
            features={
                feature.name: description.read_value(i, float(row[i])) for i, feature in enumerate(description.features)
            },
            application=self.portfolio.application(book, position),
        )

    def assess(self, client_id: int) -> Assessment:
        """Score, recommendation and reasons."""
        return self.engine.assess(self._row(client_id))

    def explain(self, client_id: int) -> Explanation:
        """Exact contributions."""
        return self.engine.explain(self._row(client_id))

    def compare(self, client_id: int, feature: str, group: GroupName) -> Comparison:
        """One feature, the client among a group."""
        return compare(self.portfolio, self.package.description, self._place(client_id), feature, group)

    def standings(self, client_id: int) -> tuple[ThemeStanding, ...]:
        """Each theme beside past files."""
        book, position = self._place(client_id)
        own = self.portfolio.book(book).theme_contributions[position]
        return self.standing_table.standings(self.package.description.themes, own, is_past=book is Book.PAST)

    def effect(self, client_id: int, feature: str) -> FeatureEffect:
        """How the probability moves with one feature."""
        return find_effect(self.package, self._row(client_id), feature, self.portfolio.past.features)

    def gaps(self, client_id: int) -> tuple[Gap, ...]:
        """What the file does not hold and what it would tell."""
        book, position = self._place(client_id)
        return self._gap_finder.find(self._row(client_id), self.portfolio.application(book, position))

    def history(self, client_id: int) -> ClientHistory:
        """Past credits, payments and cards of one client."""
        return self.portfolio.histories.of(client_id, *self._place(client_id))

    def change_options(self, client_id: int, changes: Changes) -> tuple[ChangeOption, ...]:
        """What could be changed in a client's application."""
        return self._desk.options(self._client(client_id)[1], changes)

    def read_changes(self, client_id: int, entries: Sequence[tuple[str, object]]) -> Changes:
        """The changes of a request, checked."""
        return self._desk.read(self._client(client_id)[1], entries)

    def simulate(self, client_id: int, changes: Changes) -> Simulation:
        """The client before and after some changes."""
        return self._desk.simulate(*self._client(client_id), changes)

    def offers(self, client_id: int, changes: Changes) -> Offers:
        """What could be offered to a client."""
        return self._desk.offers(*self._client(client_id), changes)

    def missing_facts(self, client_id: int, changes: Changes) -> tuple[MissingFact, ...]:
        """What each missing fact would tell, over the values of similar files."""
        return self._desk.missing_facts(*self._client(client_id), changes)

    @cached_property
    def _desk(self) -> SimulationDesk:
        return SimulationDesk(self.package, self.portfolio, self.engine, self._gap_finder)

    def _client(self, client_id: int) -> tuple[ClientRow, dict[str, FeatureValue]]:
        return self._row(client_id), self.portfolio.application(*self._place(client_id))

    @cached_property
    def _gap_finder(self) -> GapFinder:
        return GapFinder(self.package, self.portfolio)

    def _place(self, client_id: int) -> tuple[Book, int]:
        place = self.portfolio.find(client_id)
        if place is None:
            raise UnknownClientError(str(client_id))
        return place

    def _row(self, client_id: int) -> ClientRow:
        book, position = self._place(client_id)
        data = self.portfolio.book(book)
        return ClientRow(
            client_id, book, data.feature_row(position), int(data.models[position]), int(data.outcomes[position])
        )

    def _read_cursor(self, cursor: str | None) -> int:
        if cursor is None:
            return -1
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= _MOST_DIGITS):
            raise InvalidRequestError("cursor", cursor, "the next_cursor of the page before")
        return int(cursor)


def load_services(artifacts: Path) -> LoadedServices:
    """Check an artifact and build the services over it.

    Raises
    ------
    ArtifactError
        If any part is missing, damaged or does not fit the others.
    """
    with on_trial(artifacts) as trial:
        return build_services(trial)


def build_services(trial: Trial) -> LoadedServices:
    """Build the services while the trial scoring runs, and load the model once it has passed.

    Raises
    ------
    ArtifactError
        If the trial fails, or the parts do not fit each other.
    """
    portfolio = read_portfolio(trial.artifact.root / "portfolio")
    frequencies = FrequencyTable.of(np.asarray(portfolio.past.probabilities), np.asarray(portfolio.past.outcomes))
    standing_table = StandingTable.of(np.asarray(portfolio.past.theme_contributions))
    artifact = trial.passed()
    package = read_package(artifact.root / "model")
    importance = read_evaluation(artifact.root / "model").importance
    if importance is None:
        raise ArtifactError(
            f"{artifact.root}: its evaluation does not say what weighs in the model. "
            "Train again with `python -m scoring_dash train`."
        )
    sample = PastSample.of(
        portfolio.past.client_ids, portfolio.past.theme_contributions, package.description.novelty_bound
    )
    engine = Engine(package, artifact.version, frequencies, sample)
    return LoadedServices(artifact, package, portfolio, engine, importance, standing_table)


def _ranges_of_prefix(query: str) -> list[tuple[int, int]]:
    """Intervals of whole numbers whose decimal writing starts with ``query``, ascending."""
    if query == "":
        return [(0, 10**_MOST_DIGITS)]
    if query.startswith("0"):
        return []
    prefix = int(query)
    return [(prefix * 10**more, (prefix + 1) * 10**more - 1) for more in range(_MOST_DIGITS - len(query) + 1)]
