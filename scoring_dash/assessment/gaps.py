"""What a file does not hold and what it would tell: the risk with it, and what became of past files without it.

A missing fact of the application is given, one after the other, the values usual among past files; everything that is
computed from it is rebuilt with the formulas of the store, and the model that scores the client is asked again. For a
table that holds nothing of the client no value can be tried, since a history is more than one value; there the past
files in the same case are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.engine import ClientRow
from scoring_dash.assessment.scenario_rows import Application, ScenarioRows
from scoring_dash.assessment.warnings import has_no_rows, members_of
from scoring_dash.core.effects import Gap
from scoring_dash.core.results import ObservedFrequency
from scoring_dash.core.simulation import MissingFact
from scoring_dash.core.words import Book, TableName, Theme
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.store import Portfolio
from scoring_dash.model.package import ModelPackage
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.similar import nearest, similar_count

DECILES: Final = tuple(tenth / 10 for tenth in range(1, 10))
"""Where among past files the values that are tried stand: from the 10th to the 90th percentile."""

_MOST_CATEGORIES: Final = 9
_MOST_FACTS: Final = 3
_WORTH_TELLING: Final = 0.005
"""Half a point of probability: a fact that moves the risk by less is not worth a manager's question."""

_TABLES: Final = (TableName.BUREAU, TableName.PREVIOUS_APPLICATION)
_TABLES_OF_LOANS: Final = (TableName.INSTALLMENTS_PAYMENTS, TableName.CREDIT_CARD_BALANCE)
"""Empty for whoever never applied before: they are looked at only where there are earlier applications."""

_WITHOUT_JOB: Final = ("NAME_INCOME_TYPE", ("Pensioner", "Unemployed", "Student"))
_NOT_EXPECTED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "OWN_CAR_AGE": ("FLAG_OWN_CAR", ("N",)),
        "DAYS_EMPLOYED": _WITHOUT_JOB,
        "ORGANIZATION_TYPE": _WITHOUT_JOB,
        "OCCUPATION_TYPE": _WITHOUT_JOB,
    }
)
"""Columns that are rightly empty for some clients: by which column, and for which of its values."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A feature of the application whose raw columns are all its own business, and their names."""

    feature: int
    columns: tuple[str, ...]


class GapFinder:
    """Finds the gaps of clients with one model and one portfolio.

    What concerns the past files alone is computed at first use and kept.

    Parameters
    ----------
    package : ModelPackage
    portfolio : Portfolio
    """

    def __init__(self, package: ModelPackage, portfolio: Portfolio) -> None:
        self._package = package
        self._portfolio = portfolio
        self._facts = _facts(package)
        self._scenarios = ScenarioRows(package.description, portfolio.text_values)
        self._usual: dict[int, tuple[Application, ...]] = {}
        self._outcomes: dict[int | TableName, tuple[int, int]] = {}

    def find(self, client: ClientRow, application: Application) -> tuple[Gap, ...]:
        """At most three missing facts, the widest range first, then the tables that hold nothing.

        Parameters
        ----------
        application : mapping of str to FeatureValue
            The client's raw application, None where missing.
        """
        return (*self._missing_facts(client, application), *self._empty_tables(client))

    def among_similar(
        self, client: ClientRow, application: Application, themes: NDArray[np.float32], place: int | None
    ) -> tuple[MissingFact, ...]:
        """Every missing fact that similar past files give, the widest range first.

        Parameters
        ----------
        application : mapping of str to FeatureValue
            The client's raw application, None where missing; it may be a simulated one, as ``client`` then is.
        themes : (n_themes,) float32
            The client's contributions by theme: the past files nearest to them are the similar ones.
        place : int or None
            Place of the client himself among the past files.
        """
        past = np.asarray(self._portfolio.past.theme_contributions)
        similar = nearest(past, themes, count=similar_count(len(past)), excluded=place)
        tried = [(fact, *self._cases_among(fact, similar)) for fact in _missing(self._facts, application)]
        tried = [(fact, cases, known) for fact, cases, known in tried if cases]
        if not tried:
            return ()
        facts, cases = [fact for fact, _, _ in tried], [cases for _, cases, _ in tried]
        names = [self._package.description.features[fact.feature].name for fact in facts]
        found = [
            MissingFact(name, low, high, known, len(similar))
            for name, (low, high), (_, _, known) in zip(
                names, self._ranges(facts, cases, client, application), tried, strict=True
            )
        ]
        return tuple(sorted(found, key=lambda fact: (fact.low - fact.high, fact.feature)))

    def _missing_facts(self, client: ClientRow, application: Application) -> list[Gap]:
        facts = [fact for fact in _missing(self._facts, application) if self._usual_cases(fact)]
        if not facts:
            return []
        cases = [self._usual_cases(fact) for fact in facts]
        ranges = self._ranges(facts, cases, client, application)
        found = [self._gap(fact, client, low, high) for fact, (low, high) in zip(facts, ranges, strict=True)]
        kept = sorted(filter(self._is_worth_telling, found), key=self._weight)[:_MOST_FACTS]
        return sorted(kept, key=_width, reverse=True)

    def _ranges(
        self,
        facts: list[_Fact],
        cases: list[tuple[Application, ...]],
        client: ClientRow,
        application: Application,
    ) -> list[tuple[float, float]]:
        """Least and greatest probability with each of a fact's values, all that follows from them rebuilt."""
        blocks = [
            self._scenarios.rows(client, application, {name: [case.get(name) for case in own] for name in fact.columns})
            for fact, own in zip(facts, cases, strict=True)
        ]
        margins = self._package.scorer.margin(np.concatenate(blocks), client.model)
        parts = np.split(margins, np.cumsum([len(block) for block in blocks[:-1]]))
        probability = self._package.description.calibrator.probability
        return [(probability(float(part.min())), probability(float(part.max()))) for part in parts]

    def _gap(self, fact: _Fact, client: ClientRow, low: float, high: float) -> Gap:
        feature = self._package.description.features[fact.feature]
        observed = self._observed(fact.feature, client)
        return Gap(feature.name, feature.table or TableName.APPLICATION_TRAIN, low, high, observed)

    def _is_external_score(self, gap: Gap) -> bool:
        description = self._package.description
        return gap.feature is not None and (
            description.features[description.index[gap.feature]].theme is Theme.EXTERNAL_SCORES
        )

    def _is_worth_telling(self, gap: Gap) -> bool:
        return self._is_external_score(gap) or _width(gap) >= _WORTH_TELLING

    def _weight(self, gap: Gap) -> tuple[bool, float]:
        """External scores first, then the widest range."""
        return not self._is_external_score(gap), -_width(gap)

    def _usual_cases(self, fact: _Fact) -> tuple[Application, ...]:
        """Applications of the past files that stand at each tenth of the feature, or have a frequent category."""
        if fact.feature not in self._usual:
            values = np.asarray(self._portfolio.past.features[fact.feature])
            places = self._places_to_try(fact, values)
            self._usual[fact.feature] = tuple(self._portfolio.application(Book.PAST, place) for place in places)
        return self._usual[fact.feature]

    def _cases_among(self, fact: _Fact, files: NDArray[np.int64]) -> tuple[tuple[Application, ...], int]:
        """The same among some past files, and how many of them give the fact."""
        values = np.asarray(self._portfolio.past.features[fact.feature])[files]
        places = self._places_to_try(fact, values)
        cases = tuple(self._portfolio.application(Book.PAST, int(files[place])) for place in places)
        return cases, int(np.count_nonzero(~np.isnan(values)))

    def _places_to_try(self, fact: _Fact, values: NDArray[np.float32]) -> list[int]:
        is_category = self._package.description.features[fact.feature].is_categorical
        return _frequent(values) if is_category else _at_each_tenth(values)

    def _empty_tables(self, client: ClientRow) -> list[Gap]:
        description, row = self._package.description, client.features[0]
        empty = [table for table in _TABLES if has_no_rows(description, table, row)]
        if TableName.PREVIOUS_APPLICATION not in empty:
            empty += [table for table in _TABLES_OF_LOANS if has_no_rows(description, table, row)]
        return [Gap(None, table, None, None, self._observed(table, client)) for table in empty]

    def _observed(self, gap: int | TableName, client: ClientRow) -> ObservedFrequency:
        """How the past files with a gap turned out, the client himself left out."""
        if gap not in self._outcomes:
            self._outcomes[gap] = self._count(gap)
        files, defaults = self._outcomes[gap]
        if client.outcome < 0:
            return observed_frequency(files, defaults)
        return observed_frequency(files - 1, defaults - client.outcome)

    def _count(self, gap: int | TableName) -> tuple[int, int]:
        past = self._portfolio.past
        places = self._without_rows(gap) if isinstance(gap, TableName) else _without_value(past.features[gap])
        return len(places), int(np.count_nonzero(past.outcomes[places] == 1))

    def _without_rows(self, table: TableName) -> NDArray[np.int64]:
        """Places of the past files of which a table holds nothing; each feature is looked at for those left only."""
        description, features = self._package.description, self._portfolio.past.features
        places = np.arange(features.shape[1])
        for member in members_of(description, table):
            line = features[member][places]
            is_empty = line == 0 if description.features[member].zero_when_no_rows else np.isnan(line)
            places = places[is_empty]
        return places


def _facts(package: ModelPackage) -> tuple[_Fact, ...]:
    """The application's features: those of one column first, then those of most columns."""
    facts = [
        _Fact(number, tuple(column for _, column in raw_columns(feature)))
        for number, feature in enumerate(package.description.features)
        if feature.table is TableName.APPLICATION_TRAIN
    ]
    return tuple(sorted(facts, key=lambda fact: (len(fact.columns) > 1, -len(fact.columns))))


def _missing(facts: tuple[_Fact, ...], application: Application) -> list[_Fact]:
    """Facts of which nothing is known though it should be; a column is counted once."""
    found, covered = [], set[str]()
    for fact in facts:
        is_new = covered.isdisjoint(fact.columns)
        if is_new and all(_is_gap(column, application) for column in fact.columns):
            found.append(fact)
            covered |= set(fact.columns)
    return found


def _is_gap(column: str, application: Application) -> bool:
    if column not in application or application[column] is not None:
        return False
    other, values = _NOT_EXPECTED.get(column, ("", ()))
    return application.get(other) not in values


def _without_value(values: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.flatnonzero(np.isnan(values))


def _at_each_tenth(values: NDArray[np.float32]) -> list[int]:
    """Places of the values at the 10th, 20th … 90th percentile, each an actual value."""
    known = np.flatnonzero(~np.isnan(values))
    if len(known) == 0:
        return []
    ordered = known[np.argsort(values[known], kind="stable")]
    return [int(ordered[int(tenth * (len(ordered) - 1))]) for tenth in DECILES]


def _frequent(codes: NDArray[np.float32]) -> list[int]:
    """Place of the first file of each of the most frequent categories."""
    names, first, counts = np.unique(codes[~np.isnan(codes)], return_index=True, return_counts=True)
    order = np.lexsort((names, -counts))[:_MOST_CATEGORIES]
    known = np.flatnonzero(~np.isnan(codes))
    return [int(known[first[place]]) for place in order]


def _width(gap: Gap) -> float:
    return 0.0 if gap.low is None or gap.high is None else gap.high - gap.low
