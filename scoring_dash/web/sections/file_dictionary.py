"""The dictionary of a fact: what it measures, where it comes from, its usual range, and how it weighs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, reduce
from types import MappingProxyType
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Unit
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ModelSummary
from scoring_dash.web.address import Address, Section
from scoring_dash.web.sections.file_facts import Fact, source_columns

_COUNTED_WINDOW = re.compile(r"last (\d+) (days|months|instalments|applications)")


def dictionary_entry(fact: Fact, model: ModelSummary, address: Address, texts: Texts) -> list[Component]:
    """What opens under a fact.

    Parameters
    ----------
    address : Address
        Of the page: the links to the comparison and the explanation keep client and language.
    """
    entries = _entries(fact, model, texts)
    terms = [item for name, told in entries for item in (html.Dt(name), html.Dd(told))]
    links = [] if fact.rank is None else [_links(fact.feature, address, texts)]
    return [html.Dl(terms), *links]


def source_text(feature: Feature, texts: Texts) -> str:
    """Where a fact comes from: the tables behind it, in words."""
    tables = dict.fromkeys(_APPLICATIONS.get(table, table) for table, _ in source_columns(feature))
    if not tables:
        tables = dict.fromkeys([feature.table or TableName.APPLICATION_TRAIN])
    return reduce(lambda first, second: _both(first, second, texts), (texts.say(_SOURCES[table]) for table in tables))


def window_text(window: str, texts: Texts) -> str:
    """Which rows a fact looks at; empty where its description says nothing that can be told."""
    counted = _COUNTED_WINDOW.fullmatch(window)
    if counted is not None:
        return texts.say(_COUNTED_WINDOWS[counted[2]], count=counted[1])
    return texts.say(_WINDOWS[window]) if window in _WINDOWS else ""


def _entries(fact: Fact, model: ModelSummary, texts: Texts) -> list[tuple[str, str]]:
    feature = fact.feature
    window = window_text(feature.window, texts)
    source = source_text(feature, texts)
    found = [
        (texts.say("Source"), _both(source, window, texts)),
        (texts.say("Unit"), _both(texts.say(_UNITS[feature.unit]), _range(feature, model, texts), texts)),
        (texts.say("Fields behind it"), _fields(feature, texts)),
        (texts.say("In the model"), _in_the_model(fact, model, texts)),
    ]
    return [(name, told) for name, told in found if told]


def _both(first: str, second: str, texts: Texts) -> str:
    return texts.say("{first}; {second}", first=first, second=second) if second else first


def _range(feature: Feature, model: ModelSummary, texts: Texts) -> str:
    if feature.name not in model.ranges:
        return ""
    low, high = (value_text(bound, feature, texts) for bound in model.ranges[feature.name])
    return texts.say("from {low} to {high} among past files", low=low, high=high)


def _fields(feature: Feature, texts: Texts) -> str:
    """Meanings of the raw columns; left out where the only one is the fact itself."""
    meanings = dict.fromkeys(texts.typeset(column.meaning(texts.language)) for _, column in source_columns(feature))
    if list(meanings) == [feature_label(feature, texts)]:
        return ""
    return reduce(lambda first, second: _both(first, second, texts), meanings) if meanings else ""


def _in_the_model(fact: Fact, model: ModelSummary, texts: Texts) -> str:
    if fact.rank is None:
        (name,) = fact.feature.columns
        used = [item for item in model.features if (fact.feature.table, name) in _columns_of(item)]
        return _use_of_a_column(used, texts)
    return texts.say(
        "{rank} of {count} by its weight over past files. {direction}",
        rank=_ordinal(fact.rank, texts),
        count=number(len(model.features), texts),
        direction=texts.say(_DIRECTIONS[fact.feature.monotone]),
    )


@cache
def _columns_of(feature: Feature) -> frozenset[tuple[TableName, str]]:
    return frozenset((table, column.name) for table, column in source_columns(feature))


def _use_of_a_column(used: list[Feature], texts: Texts) -> str:
    if not used:
        return texts.say("The model does not use this field.")
    labels = ", ".join(texts.say("“{fact}”", fact=feature_label(feature, texts)) for feature in used[:3])
    if len(used) > 3:
        return texts.say(
            "Serves to compute {facts} and {count} more.", facts=labels, count=number(len(used) - 3, texts)
        )
    return texts.say("Serves to compute {facts}.", facts=labels)


def _links(feature: Feature, address: Address, texts: Texts) -> html.P:
    there = {"theme": None, "search": "", "feature": feature.name}
    return html.P(
        [
            html.A(texts.say("Compare with past files"), href=address.href(section=Section.COMPARE, **there)),
            html.A(texts.say("See its effect on the risk"), href=address.href(section=Section.WHY, **there)),
        ],
        className="file-links",
    )


def _ordinal(rank: int, texts: Texts) -> str:
    """A place in a row; English writes 1st, 2nd, 3rd, 4th, and 11th to 13th."""
    if rank == 1:
        return texts.say("1st")
    ending = {1: message("{number}st"), 2: message("{number}nd"), 3: message("{number}rd")}.get(rank % 10)
    if ending is None or rank % 100 in (11, 12, 13):
        ending = message("{number}th")
    return texts.say(ending, number=number(rank, texts))


_APPLICATIONS: Final[Mapping[TableName, TableName]] = MappingProxyType(
    {TableName.APPLICATION_TEST: TableName.APPLICATION_TRAIN}
)
_SOURCES: Final[Mapping[TableName, str]] = MappingProxyType(
    {
        TableName.APPLICATION_TRAIN: message("the present application"),
        TableName.BUREAU: message("credits declared by other lenders"),
        TableName.BUREAU_BALANCE: message("monthly follow-up of the credits elsewhere"),
        TableName.PREVIOUS_APPLICATION: message("earlier applications here"),
        TableName.POS_CASH_BALANCE: message("monthly follow-up of our loans"),
        TableName.INSTALLMENTS_PAYMENTS: message("instalments paid here"),
        TableName.CREDIT_CARD_BALANCE: message("monthly statements of our cards"),
    }
)
_COUNTED_WINDOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "days": message("the last {count} days"),
        "months": message("the last {count} months"),
        "instalments": message("the last {count} instalments"),
        "applications": message("the last {count} applications"),
    }
)
_WINDOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application": message("at the time of the application"),
        "all": message("everything known of the past"),
        "latest application": message("the latest application"),
        "latest approved loan": message("the latest loan granted"),
        "latest credit": message("the latest credit"),
        "latest loan": message("the latest loan"),
        "latest month": message("the latest month"),
        "latest row": message("the latest record"),
        "last 365 days and all": message("the last 365 days beside everything known"),
    }
)
_UNITS: Final[Mapping[Unit, str]] = MappingProxyType(
    {
        Unit.CURRENCY: message("an amount, in the currency of the data"),
        Unit.RATIO: message("a multiple: 1 means as much as what it is set against"),
        Unit.SHARE: message("a share, in per cent"),
        Unit.SCORE: message("a score from 0 to 1"),
        Unit.DAYS: message("a duration, counted in days"),
        Unit.MONTHS: message("a duration, counted in months"),
        Unit.YEARS: message("a duration, counted in years"),
        Unit.COUNT: message("a number"),
        Unit.FLAG: message("yes or no"),
        Unit.LEVEL: message("an ordered level"),
        Unit.CATEGORY: message("a category"),
        Unit.IDENTIFIER: message("an identifier"),
        Unit.HOUR: message("an hour of the day"),
    }
)
_DIRECTIONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: message("A higher value can never lower the risk."),
        -1: message("A higher value can never raise the risk."),
        0: message("No direction is imposed: the model follows what past files showed."),
    }
)
