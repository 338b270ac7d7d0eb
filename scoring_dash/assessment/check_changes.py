"""Reading changes as a person or a program writes them; every fault is reported together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import quote, unquote

from scoring_dash.assessment.change_rules import needs_duration
from scoring_dash.assessment.scenario_rows import Application
from scoring_dash.core.simulation import (
    NO_CHANGES,
    ChangeFault,
    ChangeField,
    ChangeOption,
    Changes,
    ChangeValue,
    FaultKind,
    InvalidChangesError,
)

Entries: TypeAlias = Sequence[tuple[str, object]]
"""Names of fields with their values, as written: unknown names and wrong types are told, not refused beforehand."""


class Options(Protocol):
    """What a check asks: the bounds of each field."""

    def options(self, application: Application, changes: Changes = NO_CHANGES) -> tuple[ChangeOption, ...]:
        """What could be changed in an application, given some changes."""


_MOST_ENTRIES: Final = 30
_MOST_CHARACTERS: Final = 40
_LARGEST_WRITTEN_OUT: Final = 1e15
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'\u2019]+")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:(,)\d{3}(?:,\d{3})*(?:\.\d{1,2})?|(\.)\d{3}(?:\.\d{3})*(?:,\d{1,2})?)")
_PLAIN: Final = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,2})?")
_NUMBERS: Final = frozenset(
    {
        ChangeField.AMOUNT,
        ChangeField.DURATION,
        ChangeField.DOWN_PAYMENT,
        ChangeField.PRICE,
        ChangeField.INCOME,
        ChangeField.DOCUMENTS,
    }
)


def read_number(text: str) -> float | None:
    """A number as people write it: 250 000, 250000,5, 250,000.50; None for anything else, such as 1e308 or NaN.

    A comma or a point before three digits groups thousands; before one or two it is the decimal sign.
    """
    digits = _SPACES.sub("", text).replace("\u2212", "-")
    grouped = _GROUPED.fullmatch(digits) if digits.isascii() else None
    if grouped is not None:
        return float(digits.replace(grouped[1] or grouped[2], "").replace(",", "."))
    plain = digits.isascii() and _PLAIN.fullmatch(digits)
    return float(digits.replace(",", ".")) if plain else None


def read_change_text(text: str) -> list[tuple[str, object]]:
    """Entries of ``amount:250000;duration:24``; a number that is none stays a text, for the check to tell.

    Texts may hold percent escapes, since a name may contain the signs that part the entries.
    """
    found: list[tuple[str, object]] = []
    for name, value in written_changes(text):
        number = read_number(value) if name in _NUMBERS else None
        found.append((name, value if number is None else number))
    return found


def written_changes(text: str) -> list[tuple[str, str]]:
    """The same entries as they were typed."""
    parts = (part.partition(":") for part in text.split(";")[:_MOST_ENTRIES])
    written = ((name.strip(), unquote(value).strip()) for name, _, value in parts)
    return [(name, value) for name, value in written if name and value]


def change_text(changes: Changes) -> str:
    """The canonical text of changes, as an address holds them; empty for none."""
    return ";".join(f"{field}:{_written(value)}" for field, value in changes.items())


def check_changes(entries: Entries, rules: Options, application: Application) -> Changes:
    """The changes of a request, values equal to the file's own left out.

    Raises
    ------
    InvalidChangesError
        With every fault found.
    """
    faults = _unreadable(entries)
    written = [(ChangeField(name), value) for name, value in entries if name in set(ChangeField)]
    values = dict(reversed(written))
    chosen = _chosen(values, rules, application)
    options = {option.field: option for option in rules.options(application, chosen)}
    accepted: dict[str, Any] = {}
    for field, value in values.items():
        fault = _fault(options[field], value)
        if fault is not None:
            faults.append(fault)
        elif value != options[field].value:
            accepted[field.value] = float(value) if isinstance(value, int | float) else value
    changes = Changes(**accepted)
    if needs_duration(changes, application) and ChangeField.DURATION not in values:
        duration = options[ChangeField.DURATION]
        faults.append(ChangeFault(ChangeField.DURATION, "", FaultKind.REQUIRED, duration))
    if faults:
        raise InvalidChangesError(tuple(sorted(faults, key=_place)))
    return changes


def _place(fault: ChangeFault) -> int:
    """In the order of the form, what is no field of it first."""
    names = [str(field) for field in ChangeField]
    return names.index(fault.field) if fault.field in names else -1


def _unreadable(entries: Entries) -> list[ChangeFault]:
    """Fields that do not exist, or are written twice."""
    known = set(ChangeField)
    times = Counter(name for name, _ in entries)
    strange = [
        ChangeFault(_shortened(name), _shortened(value), FaultKind.UNKNOWN_FIELD)
        for name, value in entries
        if name not in known
    ]
    twice = [
        ChangeFault(name, _shortened(value), FaultKind.TWICE)
        for name, value in dict(entries).items()
        if times[name] > 1 and name in known
    ]
    return strange + twice


def _chosen(values: dict[ChangeField, object], rules: Options, application: Application) -> Changes:
    """What decides the bounds of other fields, as far as it is allowed itself."""
    options = {option.field: option for option in rules.options(application)}
    allowed: dict[str, Any] = {
        field.value: values[field]
        for field in (ChangeField.AMOUNT, ChangeField.CONTRACT)
        if field in values and _fault(options[field], values[field]) is None
    }
    return Changes(**allowed)


def _fault(option: ChangeOption, value: object) -> ChangeFault | None:
    kind = _kind_of_fault(option, value)
    return None if kind is None else ChangeFault(option.field, _shortened(value), kind, option)


def _kind_of_fault(option: ChangeOption, value: object) -> FaultKind | None:
    is_number = option.field in _NUMBERS
    if is_number and (isinstance(value, bool) or not isinstance(value, int | float)):
        return FaultKind.NOT_A_NUMBER
    if value == option.value:
        return None
    if option.why_not is not None:
        return FaultKind.NOT_OFFERED
    if not is_number:
        return None if value in option.categories else FaultKind.UNKNOWN_CATEGORY
    assert isinstance(value, int | float) and option.low is not None and option.high is not None  # noqa: S101
    if not option.low <= value <= option.high:
        return FaultKind.OUT_OF_RANGE
    return FaultKind.NOT_WHOLE if option.is_whole and value != math.floor(value) else None


def _written(value: ChangeValue) -> str:
    if isinstance(value, str):
        return quote(value, safe=" ()/,-.")
    return str(int(value)) if value == int(value) else repr(value)


def _shortened(value: object) -> str:
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WRITTEN_OUT
    text = str(int(value)) if is_whole and isinstance(value, float) else str(value)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
