"""The facts of a file as values: what is known of a client, found by theme or by a word, before anything is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.typography import folded
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.schema import TABLES, Column
from scoring_dash.i18n.catalogue import Language
from scoring_dash.services import ClientFacts, ModelSummary

MOST_IMPORTANT: Final = 12
MOST_IN_A_THEME: Final = 2

# The two application tables describe the same columns.
_APPLICATION: Final = TableName.APPLICATION_TRAIN


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a client, or not.

    Attributes
    ----------
    feature : Feature
        Its description; a stored column of the application that no feature shows as it is has one of its own.
    typical : FeatureValue
        The typical client's value; None where most have none, or where it is not known.
    rank : int or None
        1 for the feature that counts most for the model; None for what is not a feature of it.
    is_usually_given : bool
        Whether most applicants only just accepted have a value.
    """

    feature: Feature
    value: FeatureValue
    typical: FeatureValue
    rank: int | None
    is_usually_given: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The facts that a page shows.

    Attributes
    ----------
    facts : tuple of Fact
        Theme by theme, in the order of :class:`Theme`; within a theme what is found by its name, and what counts most,
        comes first.
    by_meaning : frozenset of str
        Names of those found by what they are computed from, not by their own name.
    """

    facts: tuple[Fact, ...]
    by_meaning: frozenset[str] = frozenset()


def facts_of(client: ClientFacts, model: ModelSummary) -> tuple[Fact, ...]:
    """Everything stored of a client: the features of the model, then the columns of the application beside them."""
    heaviest = sorted(model.features, key=lambda item: -model.weights.get(item.name, 0.0))
    ranks = {feature.name: place for place, feature in enumerate(heaviest, 1)}
    features = [
        Fact(
            feature,
            client.features[feature.name],
            model.typical_values.get(feature.name),
            ranks[feature.name],
            model.typical_values.get(feature.name) is not None,
        )
        for feature in model.features
    ]
    return (*features, *_columns(client, {column for item in model.features for column in _shown_columns(item)}))


def find_facts(facts: Sequence[Fact], theme: Theme | None, search: str, language: Language) -> Found:
    """The facts of a theme, or those that a search finds, or both; without either the most important ones.

    A search finds a fact if each of its words stands in the fact's name or in the meaning of a field behind it, in any
    order, accents and capitals aside.
    """
    if theme is None and not search:
        return Found(_in_order(most_important(facts)))
    words = folded(search).split()
    kept = [fact for fact in facts if theme in (None, fact.feature.theme) and _matches(fact.feature, words, language)]
    by_name = {fact.feature.name for fact in kept if _has_all(_folded_name(fact.feature, language), words)}
    by_meaning = frozenset(fact.feature.name for fact in kept) - by_name
    return Found(_in_order(kept, later=by_meaning), by_meaning)


def most_important(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The features that count most for the model, a few of each theme: the heaviest alone would be nearly one theme."""
    taken: Counter[Theme] = Counter()
    kept: list[Fact] = []
    for fact in sorted((fact for fact in facts if fact.rank is not None), key=lambda fact: fact.rank or 0):
        if taken[fact.feature.theme] < MOST_IN_A_THEME and len(kept) < MOST_IMPORTANT:
            taken[fact.feature.theme] += 1
            kept.append(fact)
    return tuple(kept)


def missing_facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What is not given although it usually is, theme by theme."""
    return _in_order([fact for fact in facts if fact.value is None and fact.is_usually_given])


def source_columns(feature: Feature) -> tuple[tuple[TableName, Column], ...]:
    """The raw columns of a feature, described, with their tables; one that the schema does not know is left out."""
    found = []
    for reference in feature.columns:
        table, _, name = reference.rpartition(".")
        source = TableName(table) if table else feature.table or _APPLICATION
        if name in TABLES[source]:
            found.append((source, TABLES[source].column(name)))
    return tuple(found)


def _matches(feature: Feature, words: Sequence[str], language: Language) -> bool:
    return _has_all(_searched_text(feature, language), words)


def _has_all(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


@cache
def _searched_text(feature: Feature, language: Language) -> str:
    meanings = (folded(column.meaning(language)) for _, column in source_columns(feature))
    return "\n".join((_folded_name(feature, language), *meanings))


@cache
def _folded_name(feature: Feature, language: Language) -> str:
    return folded(feature.label(language))


def _in_order(facts: Sequence[Fact], *, later: Set[str] = frozenset()) -> tuple[Fact, ...]:
    places = {theme: place for place, theme in enumerate(Theme)}
    last = max((fact.rank or 0 for fact in facts), default=0) + 1

    def key(fact: Fact) -> tuple[int, bool, int]:
        return places[fact.feature.theme], fact.feature.name in later, fact.rank or last

    return tuple(sorted(facts, key=key))


def _shown_columns(feature: Feature) -> tuple[str, ...]:
    """The column of the application that a feature shows as it is."""
    return feature.columns if feature.table is _APPLICATION and len(feature.columns) == 1 else ()


def _columns(client: ClientFacts, shown: set[str]) -> list[Fact]:
    table = TABLES[_APPLICATION]
    return [
        Fact(_described(table.column(name)), _told_value(table.column(name), value), None, None, False)
        for name, value in client.application.items()
        if name not in shown and name in table and table.column(name).use is not ColumnUse.FORBIDDEN
    ]


@cache
def _described(column: Column) -> Feature:
    """A column as a feature that nothing was computed for; the days that it counts in are told by its value."""
    return Feature(
        name=column.name,
        table=_APPLICATION,
        columns=(column.name,),
        window="application",
        unit=column.unit,
        theme=theme_of_column(column.name),
        label_fr=column.meaning_fr.partition(", en jours")[0],
        label_en=column.meaning_en.partition(", in days")[0],
        use=column.use,
    )


def _told_value(column: Column, value: FeatureValue) -> FeatureValue:
    """Days of the application count backwards from it: told as the time that has passed since."""
    return -value if column.unit is Unit.DAYS and isinstance(value, float) else value


def theme_of_column(name: str) -> Theme:
    """Where a column of the application stands among the facts."""
    return next((theme for start, theme in _THEMES.items() if name.startswith(start)), Theme.COMPLETENESS)


_THEMES: Final[Mapping[str, Theme]] = MappingProxyType(
    {
        "EXT_SOURCE": Theme.EXTERNAL_SCORES,
        "AMT_REQ_CREDIT_BUREAU": Theme.DEBTS_ELSEWHERE,
        "AMT_INCOME": Theme.INCOME_JOB,
        "AMT_": Theme.LOAN_SIZE,
        "NAME_CONTRACT": Theme.LOAN_SIZE,
        "NAME_INCOME": Theme.INCOME_JOB,
        "NAME_EDUCATION": Theme.INCOME_JOB,
        "NAME_HOUSING": Theme.ASSETS,
        "OCCUPATION": Theme.INCOME_JOB,
        "ORGANIZATION": Theme.INCOME_JOB,
        "DAYS_EMPLOYED": Theme.INCOME_JOB,
        "FLAG_OWN": Theme.ASSETS,
        "OWN_CAR": Theme.ASSETS,
    }
)
