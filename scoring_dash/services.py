"""The frozen bundle handed to web and API: everything a request may ask of the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from scoring_dash.core.comparisons import Comparison, CrossComparison, GroupSummary, Profile, SimilarFiles
from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import Group
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.offers import Offers
from scoring_dash.core.results import Assessment, Explanation, FeatureValue
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book, Theme
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.population.work_list import WorkPage, WorkPlace, WorkSummary
from scoring_dash.population.work_query import WorkListQuery


@dataclass(frozen=True, slots=True)
class ClientSummary:
    """One line of a list of clients."""

    client_id: int
    book: Book


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Part of a list; ``next_cursor`` is None on the last part."""

    items: tuple[ClientSummary, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What is stored of one client.

    Attributes
    ----------
    defaulted : bool or None
        Outcome of a past file, None for a current one.
    features : mapping of str to FeatureValue
        Inputs of the model by feature name.
    application : mapping of str to FeatureValue
        The raw application by column name, sentinels already replaced by None.
    described : mapping of str to FeatureValue
        Facts by which files are grouped though the model does not read them.
    """

    client_id: int
    book: Book
    defaulted: bool | None
    features: Mapping[str, FeatureValue]
    application: Mapping[str, FeatureValue]
    described: Mapping[str, FeatureValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """The model in service.

    Attributes
    ----------
    threshold : float
        Probability above which the recommendation is to refuse.
    theoretical_threshold : float
        1 / 11: what a perfectly calibrated probability would want at 10:1.
    review_low, review_high : float
        Bounds of the review zone.
    simulated : bool
        Whether the portfolio is simulated: every screen must then say so.
    metrics : mapping of str to float
        Out-of-fold figures, as printed by ``train``.
    typical_values : mapping of str to FeatureValue
        By feature: median, or most frequent category, among the applicants just inside the threshold; None where most
        of them have no value.
    ranges : mapping of str to (low, high)
        Least and greatest value seen in training, numeric features only.
    weights : mapping of str to float
        By feature: mean absolute contribution over a sample of past files, in log-odds.
    theme_weights : mapping of Theme to float
        The same by theme; what features of a theme say against each other is taken off first.
    fields : tuple of Feature
        Facts that the model does not read, by which files may be grouped and compared.
    options : mapping of str to tuple of str
        For each fact told by name, feature or field: the values that a condition may list.
    """

    version: str
    threshold: float
    theoretical_threshold: float
    review_low: float
    review_high: float
    simulated: bool
    past_clients: int
    current_clients: int
    features: tuple[Feature, ...]
    metrics: Mapping[str, float]
    typical_values: Mapping[str, FeatureValue]
    ranges: Mapping[str, tuple[float, float]]
    weights: Mapping[str, float]
    theme_weights: Mapping[Theme, float]
    fields: tuple[Feature, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fact(self, name: str) -> Feature | None:
        """The feature or descriptive field of this name, or None."""
        return next((item for item in (*self.features, *self.fields) if item.name == name), None)


class Services(Protocol):
    """What web and API may ask; the real one is ``bootstrap.LoadedServices``, tests use a fake."""

    @property
    def model(self) -> ModelSummary:
        """The model in service."""

    def search_clients(self, query: str, *, limit: int, cursor: str | None = None) -> ClientPage:
        """Clients whose number starts with ``query`` (all for an empty one), by number.

        Raises
        ------
        InvalidRequestError
            If ``query`` is not made of at most 10 digits, ``limit`` not in 1..100 or ``cursor`` unknown.
        """

    def facts(self, client_id: int) -> ClientFacts:
        """What is stored of one client; raises UnknownClientError."""

    def assess(self, client_id: int) -> Assessment:
        """Score, recommendation and reasons; raises UnknownClientError."""

    def explain(self, client_id: int) -> Explanation:
        """Exact contributions; raises UnknownClientError."""

    def compare(self, client_id: int, feature: str, group: Group) -> Comparison:
        """One fact, the client among a group; raises UnknownClientError, InvalidRequestError."""

    def cross(
        self, client_id: int, features: tuple[str, str], group: Group, *, log: tuple[bool, bool] = (False, False)
    ) -> CrossComparison:
        """Two facts at once, the client among a group; raises UnknownClientError, InvalidRequestError.

        Parameters
        ----------
        features : (str, str)
            Across and up.
        log : (bool, bool)
            Whether the intervals of each should grow by factors, where the values allow it.
        """

    def profile(self, client_id: int, group: Group) -> Profile:
        """The client's main facts beside a group; raises UnknownClientError, InvalidRequestError."""

    def summarise(self, group: Group, client_id: int | None = None) -> GroupSummary:
        """Size and outcome of a group, and what each of its conditions leaves.

        Parameters
        ----------
        client_id : int or None
            Whom the group is about; needed by a group that asks for likeness.

        Raises
        ------
        UnknownClientError, InvalidRequestError
        """

    def similar(self, client_id: int, *, limit: int) -> SimilarFiles:
        """The past files most like a client, and in what; raises UnknownClientError.

        Raises
        ------
        InvalidRequestError
            If ``limit`` is not in 1..500.
        """

    def standings(self, client_id: int) -> tuple[ThemeStanding, ...]:
        """Each theme beside past files, in the order of :class:`Theme`; raises UnknownClientError."""

    def effect(self, client_id: int, feature: str) -> FeatureEffect:
        """How the probability moves with one feature; raises UnknownClientError, InvalidRequestError."""

    def gaps(self, client_id: int) -> tuple[Gap, ...]:
        """What the file does not hold and what it would tell, the widest range first; raises UnknownClientError."""

    def history(self, client_id: int) -> ClientHistory:
        """Past credits, payments and cards of one client; raises UnknownClientError."""

    def assess_new(self, applications: NewApplications) -> Iterator[Assessment]:
        """Assessments of applications that no portfolio holds, in their order, as they are computed.

        The client of an application without a number is 0. Nothing is stored.
        """

    def gaps_of_new(self, applications: NewApplications) -> tuple[Gap, ...]:
        """What the first of them does not hold and what it would tell, the widest range first."""

    def work_list(self, query: WorkListQuery, *, offset: int, limit: int) -> WorkPage:
        """Rows of the work list, at most 200; raises InvalidRequestError."""

    def work_place(self, query: WorkListQuery, client_id: int) -> WorkPlace | None:
        """Where a client stands in a work list, None if not in it; raises InvalidRequestError."""

    def work_summary(self, query: WorkListQuery) -> WorkSummary:
        """How many files each view of the work list holds; raises InvalidRequestError."""

    def change_options(self, client_id: int, changes: Changes) -> tuple[ChangeOption, ...]:
        """What could be changed in a client's application, given some changes; raises UnknownClientError."""

    def read_changes(self, client_id: int, entries: Sequence[tuple[str, object]]) -> Changes:
        """The changes of a request, as names and values; raises UnknownClientError, InvalidChangesError."""

    def simulate(self, client_id: int, changes: Changes) -> Simulation:
        """The client before and after changes that ``read_changes`` gave; raises UnknownClientError."""

    def offers(self, client_id: int, changes: Changes) -> Offers:
        """What could be offered, starting from changes that ``read_changes`` gave; raises UnknownClientError."""

    def missing_facts(self, client_id: int, changes: Changes) -> tuple[MissingFact, ...]:
        """What each missing fact would tell, the widest range first; raises UnknownClientError."""
