"""A stored value as a person reads it: by the unit of its feature, never a raw name or code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import category_label
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import (
    compact_number,
    duration_of_days,
    duration_of_months,
    number,
    percent,
)


def feature_label(feature: Feature, texts: Texts) -> str:
    """Name of a feature for a person."""
    return texts.typeset(feature.label(texts.language))


def value_text(value: FeatureValue, feature: Feature, texts: Texts) -> str:
    """A value of a feature, with its unit; says so where it is missing."""
    if value is None:
        return texts.say("not given")
    if isinstance(value, str):
        return category_text(value, feature, texts)
    if feature.unit is Unit.FLAG and value in (0, 1):
        return texts.say("yes") if value else texts.say("no")
    if feature.unit is Unit.LEVEL and 0 <= round(value) < len(feature.levels):
        return category_text(feature.levels[round(value)], feature, texts)
    return _WRITERS[feature.unit](value, texts)


def category_text(value: str, feature: Feature, texts: Texts) -> str:
    """Name of a category for a person."""
    table, column = _source(feature)
    if column == "DAYS_BIRTH" and value in _AGE_BANDS:
        return texts.say(_AGE_BANDS[value])
    return texts.typeset(category_label(table, column, value, texts.language))


def _source(feature: Feature) -> tuple[TableName, str]:
    """Table and column whose vocabulary names the categories of a feature."""
    table, _, column = feature.columns[0].rpartition(".")
    return TableName(table) if table else feature.table or TableName.APPLICATION_TRAIN, column


def _count(value: float, texts: Texts) -> str:
    return compact_number(round(value, 2), texts)


def _two_decimals(value: float, texts: Texts) -> str:
    return number(value, texts, 2)


def _amount(value: float, texts: Texts) -> str:
    return number(value, texts) if abs(value) >= 10 or value == 0 else compact_number(value, texts)


def _share(value: float, texts: Texts) -> str:
    return percent(value, texts, 0 if abs(value) >= 10 else 1)


def _ratio(value: float, texts: Texts) -> str:
    return compact_number(value, texts) if abs(value) >= 10 else number(value, texts, 2)


def _years(value: float, texts: Texts) -> str:
    return duration_of_months(value * 12, texts)


def _identifier(value: float, _texts: Texts) -> str:
    return f"{value:.0f}"


def _hour(value: float, texts: Texts) -> str:
    return texts.say("{number} o'clock", number=number(value, texts))


_AGE_BANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "29 and under": message("29 and under"),
        "30 to 39": message("30 to 39"),
        "40 to 49": message("40 to 49"),
        "50 to 59": message("50 to 59"),
        "60 and over": message("60 and over"),
    }
)

_WRITERS: Final[Mapping[Unit, Callable[[float, Texts], str]]] = MappingProxyType(
    {
        Unit.CURRENCY: _amount,
        Unit.RATIO: _ratio,
        Unit.SHARE: _share,
        Unit.SCORE: _two_decimals,
        Unit.DAYS: duration_of_days,
        Unit.MONTHS: duration_of_months,
        Unit.YEARS: _years,
        Unit.COUNT: _count,
        Unit.FLAG: _count,
        Unit.LEVEL: _count,
        Unit.CATEGORY: _count,
        Unit.IDENTIFIER: _identifier,
        Unit.HOUR: _hour,
    }
)
