"""Whom a client is compared with, as a value: a base, narrowed by conditions, with a text for addresses and programs.

The text is a list of parts divided by ``;``. The first may name a base (all past files where none is named); each of
the others is a condition on one field:

===========================  ============================================================
``income_type:Working|?``    one of these values; ``?`` stands for *not given*
``income:50000..200000``     from 50,000 to 200,000, both included; either end may be left out
``income~20%``               within 20 % of the client's own value
``job_tenure_days~365``      within 365 of the client's own value
``income_type~``             the client's own value
===========================  ============================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoring_dash.core.errors import InvalidRequestError

FEWEST_FILES: Final = 30
"""Below this number of past files no figure is told: chance would speak, and single people would show."""

NOT_GIVEN: Final = "?"
"""What stands for a missing value among the values of a condition."""

MOST_CONDITIONS: Final = 10
LONGEST_TEXT: Final = 1_000
_LARGEST: Final = 1e15
"""Beyond any amount or duration of the tables, and far inside what a float32 holds."""

_FIELD: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?"
_RANGE: Final = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?")
_TOLERANCE: Final = re.compile(rf"({_NUMBER})(%?)")


class GroupName(StrEnum):
    """What a group starts from."""

    ALL = "all"
    SIMILAR = "similar"  # the nearest past files in what each theme weighs
    SAME_RISK = "same_risk"  # the past files nearest in risk: those behind the observed frequency of an assessment
    SAME_RECOMMENDATION = "same_recommendation"


class Closeness(StrEnum):
    """How near the client's own value a condition asks a value to be."""

    EQUAL = "equal"
    WITHIN = "within"  # plus or minus an amount
    WITHIN_SHARE = "within_share"  # plus or minus a share of the client's value


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these names; ``NOT_GIVEN`` among them admits missing values."""

    field: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}:{'|'.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Between:
    """The value lies between two bounds, both included; None leaves an end open. Missing values are left out."""

    field: str
    low: float | None
    high: float | None

    def __str__(self) -> str:
        return f"{self.field}:{_write(self.low)}..{_write(self.high)}"


@dataclass(frozen=True, slots=True)
class Near:
    """The value is near the client's own; where he has none, so has the file.

    Attributes
    ----------
    tolerance : float
        Amount in the field's unit, or a share in (0, 10]; 0 for ``Closeness.EQUAL``.
    """

    field: str
    closeness: Closeness
    tolerance: float = 0.0

    def __str__(self) -> str:
        if self.closeness is Closeness.EQUAL:
            return f"{self.field}~"
        if self.closeness is Closeness.WITHIN_SHARE:
            return f"{self.field}~{_write(round(self.tolerance * 100, 10))}%"
        return f"{self.field}~{_write(self.tolerance)}"


Condition = OneOf | Between | Near


@dataclass(frozen=True, slots=True)
class Group:
    """Past files: those of the base that meet every condition; a field stands in one condition at most."""

    base: GroupName = GroupName.ALL
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        base = [] if self.base is GroupName.ALL and self.conditions else [self.base.value]
        return ";".join([*base, *(str(condition) for condition in self.conditions)])

    @property
    def is_about_client(self) -> bool:
        """Whether the group depends on whom it is compared with."""
        return self.base is not GroupName.ALL or any(isinstance(item, Near) for item in self.conditions)

    def condition(self, field: str) -> Condition | None:
        """The condition on a field, if there is one."""
        return next((item for item in self.conditions if item.field == field), None)

    def without(self, field: str) -> Group:
        """The group without the condition on a field."""
        return Group(self.base, tuple(item for item in self.conditions if item.field != field))

    def having(self, condition: Condition) -> Group:
        """The group with a condition, in the place of the one on the same field if there is one."""
        if self.condition(condition.field) is None:
            return Group(self.base, (*self.conditions, condition))
        kept = tuple(condition if item.field == condition.field else item for item in self.conditions)
        return Group(self.base, kept)


def read_group(text: str) -> Group:
    """The group that a text means; whether its fields exist is known to the portfolio alone.

    Raises
    ------
    InvalidRequestError
        If the text is longer than ``LONGEST_TEXT``, a part means nothing, a field comes twice, or there are more than
        ``MOST_CONDITIONS`` conditions.
    """
    if len(text) > LONGEST_TEXT:
        raise InvalidRequestError("group", text, f"at most {LONGEST_TEXT} characters")
    parts = [part.strip() for part in text.split(";") if part.strip()]
    base = GroupName.ALL
    if parts and parts[0] in set(GroupName):
        base, parts = GroupName(parts[0]), parts[1:]
    if len(parts) > MOST_CONDITIONS:
        raise InvalidRequestError("group", text, f"at most {MOST_CONDITIONS} conditions")
    conditions = tuple(read_condition(part) for part in parts)
    if len({item.field for item in conditions}) < len(conditions):
        raise InvalidRequestError("group", text, "each field in one condition at most")
    return Group(base, conditions)


def read_condition(text: str) -> Condition:
    """One condition.

    Raises
    ------
    InvalidRequestError
        If the text is none.
    """
    field, sign, rest = _split(text)
    if sign == "~":
        return _near(field, rest, text)
    bounds = _RANGE.fullmatch(rest)
    if bounds is not None:
        low, high = (None if end is None else _number(end, text) for end in bounds.groups())
        if low is not None and high is not None and low > high:
            raise InvalidRequestError("group", text, "a lower end that is not above the upper end")
        return Between(field, low, high)
    values = tuple(dict.fromkeys(value.strip() for value in rest.split("|") if value.strip()))
    if not values:
        raise _unreadable(text)
    return OneOf(field, values)


def _split(text: str) -> tuple[str, str, str]:
    field = _FIELD.match(text)
    sign = text[field.end() : field.end() + 1] if field is not None else ""
    if field is None or sign not in (":", "~"):
        raise _unreadable(text)
    return field.group(), sign, text[field.end() + 1 :]


def _near(field: str, rest: str, text: str) -> Near:
    if not rest:
        return Near(field, Closeness.EQUAL)
    found = _TOLERANCE.fullmatch(rest)
    if found is None:
        raise _unreadable(text)
    tolerance = _number(found.group(1), text)
    is_share = found.group(2) == "%"
    most = 1_000.0 if is_share else _LARGEST
    if not 0 < tolerance <= most:
        raise InvalidRequestError("group", text, f"a tolerance above 0 and at most {most:g}")
    return (
        Near(field, Closeness.WITHIN_SHARE, tolerance / 100) if is_share else Near(field, Closeness.WITHIN, tolerance)
    )


def _number(text: str, condition: str) -> float:
    value = float(text)
    if not abs(value) <= _LARGEST:
        raise InvalidRequestError("group", condition, f"numbers between -{_LARGEST:g} and {_LARGEST:g}")
    return value + 0.0


def _unreadable(text: str) -> InvalidRequestError:
    names = ", ".join(GroupName)
    return InvalidRequestError(
        "group", text, f"{names}; or conditions such as income:50000..200000, income~20% or income_type:Working|?"
    )


def _write(value: float | None) -> str:
    """The shortest text that reads back to the same number, without a needless ``.0``."""
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)
