"""Loads an artifact and builds the services: the one place where the parts are put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from scoring_dash.assessment.earlier import read_earlier
from scoring_dash.assessment.effect import find_effect
from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.gaps import GapFinder
from scoring_dash.assessment.new_applications import assess_in_order, new_client_rows
from scoring_dash.assessment.simulation_desk import SimulationDesk
from scoring_dash.assessment.work_files import work_files
from scoring_dash.core.client_id import MOST_DIGITS, ranges_of_prefix
from scoring_dash.core.comparisons import Comparison, CrossComparison, GroupSummary, Profile, SimilarFiles
from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.errors import ArtifactError, InvalidRequestError, UnknownClientError
from scoring_dash.core.groups import Group, GroupName
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.offers import Offers
from scoring_dash.core.results import Assessment, Explanation, FeatureValue
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book, Theme
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.store import Portfolio, read_portfolio
from scoring_dash.model.artifact import Artifact
from scoring_dash.model.cost import THEORETICAL_THRESHOLD
from scoring_dash.model.evaluation.document import read_evaluation
from scoring_dash.model.evaluation.results import Importance
from scoring_dash.model.package import ModelPackage, read_package
from scoring_dash.model.trial import Trial, on_trial
from scoring_dash.population.frequency import FrequencyTable
from scoring_dash.population.novelty import PastSample
from scoring_dash.population.past_files import PastFiles, Subject
from scoring_dash.population.population import Population
from scoring_dash.population.standing import StandingTable
from scoring_dash.population.work_list import WorkList, WorkPage, WorkPlace, WorkSummary
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import ClientFacts, ClientPage, ClientSummary, ModelSummary

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
    population: Population
    work: WorkList

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
            fields=self.portfolio.fields.features,
            options=self.population.options,
        )

    def search_clients(self, query: str, *, limit: int, cursor: str | None = None) -> ClientPage:
        """Clients whose number starts with ``query``, by number; see :class:`~scoring_dash.services.Services`."""
        if query and not (query.isascii() and query.isdigit() and len(query) <= MOST_DIGITS):
            raise InvalidRequestError("query", query, f"the first digits of a client number, at most {MOST_DIGITS}")
        if not 1 <= limit <= _LARGEST_PAGE:
            raise InvalidRequestError("limit", limit, f"a whole number from 1 to {_LARGEST_PAGE}")
        after = self._read_cursor(cursor)
        ids = self.portfolio.all_ids
        found: list[int] = []
        for low, high in ranges_of_prefix(query):
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
            described=self.portfolio.fields.of(book, position),
        )

    def assess(self, client_id: int) -> Assessment:
        """Score, recommendation and reasons."""
        return self.engine.assess(self._row(client_id))

    def explain(self, client_id: int) -> Explanation:
        """Exact contributions."""
        return self.engine.explain(self._row(client_id))

    def compare(self, client_id: int, feature: str, group: Group) -> Comparison:
        """One fact, the client among a group."""
        return self.population.compare(self._subject(client_id, group), feature, group)

    def cross(
        self, client_id: int, features: tuple[str, str], group: Group, *, log: tuple[bool, bool] = (False, False)
    ) -> CrossComparison:
        """Two facts at once, the client among a group."""
        return self.population.cross(self._subject(client_id, group), features, group, log=log)

    def profile(self, client_id: int, group: Group) -> Profile:
        """The client's main facts beside a group."""
        return self.population.profile(self._subject(client_id, group), group)

    def summarise(self, group: Group, client_id: int | None = None) -> GroupSummary:
        """Size and outcome of a group, and what each of its conditions leaves."""
        return self.population.summarise(group, None if client_id is None else self._subject(client_id, group))

    def similar(self, client_id: int, *, limit: int) -> SimilarFiles:
        """The past files most like a client, and in what."""
        return self.population.similar(self._subject(client_id, Group(GroupName.SIMILAR)), limit=limit)

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

    def assess_new(self, applications: NewApplications) -> Iterator[Assessment]:
        """Assessments of applications that no portfolio holds, in their order."""
        rows = new_client_rows(applications, self.package, self.portfolio.past, self.artifact.root)
        return assess_in_order(self.engine, rows, threads=1)

    def gaps_of_new(self, applications: NewApplications) -> tuple[Gap, ...]:
        """What the first of them does not hold and what it would tell."""
        (row, *_) = new_client_rows(applications, self.package, self.portfolio.past, self.artifact.root)
        return self._gap_finder.find(row, applications.application(0))

    def work_list(self, query: WorkListQuery, *, offset: int, limit: int) -> WorkPage:
        """Rows of the work list."""
        return self.work.page(query, offset=offset, limit=limit)

    def work_place(self, query: WorkListQuery, client_id: int) -> WorkPlace | None:
        """Where a client stands in a work list."""
        return self.work.place(query, client_id)

    def work_summary(self, query: WorkListQuery) -> WorkSummary:
        """How many files each view of the work list holds."""
        return self.work.summary(query)

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

    def _subject(self, client_id: int, group: Group) -> Subject:
        """The client as he is compared; what the model recommends is asked only where the group depends on it."""
        book, position = self._place(client_id)
        data, fields = self.portfolio.book(book), self.portfolio.fields.values[book]
        return Subject(
            client_id=client_id,
            values=np.concatenate([data.features[:, position], fields[:, position]]),
            themes=np.asarray(data.theme_contributions[position]),
            probability=float(data.probabilities[position]),
            recommendation=self.assess(client_id).recommendation
            if group.base is GroupName.SAME_RECOMMENDATION
            else None,
            past_place=position if book is Book.PAST else None,
        )

    def _read_cursor(self, cursor: str | None) -> int:
        if cursor is None:
            return -1
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= MOST_DIGITS):
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
    population = Population(
        PastFiles.of(portfolio, package.description), package.description.themes, _heaviest(importance)
    )
    # Sorted here, before workers are forked, so that they share the orders.
    work = WorkList(work_files(portfolio, package, read_earlier(artifact.root.parents[1])))
    return LoadedServices(artifact, package, portfolio, engine, importance, standing_table, population, work)


def _heaviest(importance: Importance) -> tuple[str, ...]:
    """Names of the model's features, the heaviest first."""
    return tuple(weight.name for weight in sorted(importance.features, key=lambda item: -item.contribution))
