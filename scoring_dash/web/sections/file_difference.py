"""How a client's value differs from the typical client's, in plain words: one rule a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import compact_number, duration_of_days, duration_of_months, number
from scoring_dash.i18n.values import value_text

_MANY_TIMES: Final = 2.0
_LARGE_SHARE: Final = 0.2
_LARGE_SCORE: Final = 0.15
_A_WEEK_IN_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in words.

    Attributes
    ----------
    text : str
        Empty where nothing can be compared.
    is_large : bool
        Whether it is worth a second look: twice or half the typical amount, number or duration, 20 points of a share,
        0.15 of a score, a yes for a no, two levels. A rule of thumb for the eye; the model does not use it.
    """

    text: str
    is_large: bool = False


def difference(value: FeatureValue, typical: FeatureValue, feature: Feature, texts: Texts) -> Difference:
    """What sets a value apart from the typical one.

    Parameters
    ----------
    typical : FeatureValue
        None where most applicants only just accepted have no value.
    """
    if value is None:
        return Difference("")
    if typical is None:
        return Difference(texts.say("usually not given"))
    if isinstance(value, str) or isinstance(typical, str):
        same = value == typical
        return Difference(_like(texts) if same else texts.say("other than the typical client"))
    if value_text(value, feature, texts) == value_text(typical, feature, texts):
        return Difference(_like(texts))
    return _RULES[feature.unit](value, typical, texts)


def _like(texts: Texts) -> str:
    return texts.say("like the typical client")


def _amount(value: float, typical: float, texts: Texts) -> Difference:
    """Amounts and multiples: times as much, or a percentage; the plain difference where one is nothing or negative."""
    if value <= 0 or typical <= 0:
        told = compact_number(round(abs(value - typical), 2), texts)
        return Difference(_more_or_less(told, value > typical, texts), is_large=True)
    ratio = value / typical
    factor = max(ratio, 1 / ratio)
    if factor < _MANY_TIMES:
        share = number(abs(ratio - 1) * 100, texts)
        return Difference(_by_percent(share, ratio > 1, texts))
    return Difference(_times(factor, ratio > 1, texts), is_large=True)


def _by_percent(share: str, is_more: bool, texts: Texts) -> str:
    if share == "0":
        return _like(texts)
    return texts.say("{share}% more", share=share) if is_more else texts.say("{share}% less", share=share)


def _times(factor: float, is_more: bool, texts: Texts) -> str:
    shown = round(factor, 1 if factor < 10 else 0)
    told = number(shown, texts, 0 if shown == round(shown) else 1)
    if told == "2":
        return texts.say("twice as much") if is_more else texts.say("half as much")
    return (
        texts.say("{factor} times as much", factor=told) if is_more else texts.say("{factor} times less", factor=told)
    )


def _share(value: float, typical: float, texts: Texts) -> Difference:
    gap = (value - typical) * 100
    shown = round(gap, 0 if abs(gap) >= 10 else 1 if abs(gap) >= 0.1 else 2)
    if shown == 0:
        return Difference(_like(texts))
    decimals = 0 if shown == round(shown) else 1 if abs(shown) >= 0.1 else 2
    sign = "+" if shown > 0 else "\u2212"
    told = texts.say_count(
        "{sign}{number} point", "{sign}{number} points", shown, sign=sign, number=number(abs(shown), texts, decimals)
    )
    return Difference(told, abs(value - typical) >= _LARGE_SHARE)


def _score(value: float, typical: float, texts: Texts) -> Difference:
    gap = abs(value - typical)
    return Difference(_more_or_less(number(gap, texts, 2), value > typical, texts), gap >= _LARGE_SCORE)


def _count(value: float, typical: float, texts: Texts) -> Difference:
    gap = abs(value - typical)
    told = compact_number(round(gap, 2), texts)
    return Difference(_more_or_less(told, value > typical, texts), _are_far_apart(value, typical, _MANY_TIMES))


def _days(value: float, typical: float, texts: Texts) -> Difference:
    told = duration_of_days(abs(value - typical), texts)
    return Difference(_more_or_less(told, value > typical, texts), _are_far_apart(value, typical, _A_WEEK_IN_DAYS))


def _months(value: float, typical: float, texts: Texts) -> Difference:
    told = duration_of_months(abs(value - typical), texts)
    return Difference(_more_or_less(told, value > typical, texts), _are_far_apart(value, typical, 1))


def _years(value: float, typical: float, texts: Texts) -> Difference:
    told = duration_of_months(abs(value - typical) * 12, texts)
    return Difference(_more_or_less(told, value > typical, texts), _are_far_apart(value, typical, 1))


def _are_far_apart(one: float, other: float, least: float) -> bool:
    """Whether one is twice the other, or nothing, or on the other side of nothing."""
    if abs(one - other) < least:
        return False
    small, big = sorted((abs(one), abs(other)))
    return one * other <= 0 or big >= _MANY_TIMES * small


def _flag(_value: float, _typical: float, texts: Texts) -> Difference:
    return Difference(texts.say("unlike the typical client"), is_large=True)


def _level(value: float, typical: float, texts: Texts) -> Difference:
    told = (
        texts.say("higher than the typical client") if value > typical else texts.say("lower than the typical client")
    )
    return Difference(told, abs(value - typical) >= _MANY_TIMES)


def _hour(value: float, typical: float, texts: Texts) -> Difference:
    told = texts.say_count(
        "{number} hour", "{number} hours", abs(value - typical), number=number(abs(value - typical), texts)
    )
    return Difference(
        texts.say("{hours} later", hours=told) if value > typical else texts.say("{hours} earlier", hours=told)
    )


def _other(_value: float, _typical: float, texts: Texts) -> Difference:
    return Difference(texts.say("other than the typical client"))


def _more_or_less(told: str, is_more: bool, texts: Texts) -> str:
    return texts.say("{amount} more", amount=told) if is_more else texts.say("{amount} less", amount=told)


_RULES: Final[Mapping[Unit, Callable[[float, float, Texts], Difference]]] = MappingProxyType(
    {
        Unit.CURRENCY: _amount,
        Unit.RATIO: _amount,
        Unit.SHARE: _share,
        Unit.SCORE: _score,
        Unit.DAYS: _days,
        Unit.MONTHS: _months,
        Unit.YEARS: _years,
        Unit.COUNT: _count,
        Unit.FLAG: _flag,
        Unit.LEVEL: _level,
        Unit.CATEGORY: _other,
        Unit.IDENTIFIER: _other,
        Unit.HOUR: _hour,
    }
)
