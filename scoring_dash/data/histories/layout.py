"""How a row of the past is stored: the fields of each kind of row, and how a stored value is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.history import CardMonth, CreditElsewhere, PastApplication, PaymentMonth

MISSING_COUNT: Final = 65_535
"""Stands for a missing delay or count; the schema allows neither so large."""
MISSING_TEXT: Final = -1
_DECIMALS: Final = 2  # what a float32 of this size still tells apart, and all that people read


class Storage(StrEnum):
    """How the values of a field are stored."""

    NUMBER = "number"  # float32, NaN where missing: an amount or a day
    DELAY = "delay"  # uint16, in days, read as a float
    COUNT = "count"  # uint16
    MONTH = "month"  # int16, never missing
    TEXT = "text"  # int16, place among the values written beside the arrays


DTYPES: Final[Mapping[Storage, str]] = {
    Storage.NUMBER: "<f4",
    Storage.DELAY: "<u2",
    Storage.COUNT: "<u2",
    Storage.MONTH: "<i2",
    Storage.TEXT: "<i2",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of row.

    Attributes
    ----------
    record : type
        What a row is read as.
    fields : mapping of str to Storage
        The fields of ``record``, in their order.
    """

    record: type[Any]
    fields: Mapping[str, Storage]

    @property
    def dtype(self) -> np.dtype[np.void]:
        """Of the stored rows, the same on every machine."""
        return np.dtype([(name, DTYPES[storage]) for name, storage in self.fields.items()])

    @property
    def texts(self) -> tuple[str, ...]:
        """Names of the fields that hold text."""
        return tuple(name for name, storage in self.fields.items() if storage is Storage.TEXT)

    def read(self, rows: NDArray[np.void], text_values: Mapping[str, Sequence[str]]) -> tuple[Any, ...]:
        """Read stored rows, one record a row, None where a value is missing.

        Parameters
        ----------
        rows : (n,) of ``dtype``
        text_values : mapping of str to sequence of str
            For each field in ``texts``, the values behind its codes.
        """
        columns = [_read(rows[name], storage, text_values.get(name, ())) for name, storage in self.fields.items()]
        return tuple(self.record(*values) for values in zip(*columns, strict=True))


_NUMBER, _DELAY, _COUNT, _MONTH, _TEXT = Storage

LAYOUTS: Final[Mapping[str, Layout]] = {
    "credits_elsewhere": Layout(
        CreditElsewhere,
        {
            "opened_day": _NUMBER,
            "planned_end_day": _NUMBER,
            "ended_day": _NUMBER,
            "state": _TEXT,
            "kind": _TEXT,
            "amount": _NUMBER,
            "debt": _NUMBER,
            "overdue": _NUMBER,
            "days_overdue": _DELAY,
            "late_months": _COUNT,
        },
    ),
    "past_applications": Layout(
        PastApplication,
        {
            "decided_day": _NUMBER,
            "contract": _TEXT,
            "status": _TEXT,
            "refusal_reason": _TEXT,
            "asked": _NUMBER,
            "granted": _NUMBER,
            "instalment": _NUMBER,
            "ended_day": _NUMBER,
        },
    ),
    "payments": Layout(
        PaymentMonth,
        {
            "month": _MONTH,
            "due": _COUNT,
            "late": _COUNT,
            "most_days_late": _DELAY,
            "amount_due": _NUMBER,
            "amount_paid": _NUMBER,
        },
    ),
    "card_months": Layout(
        CardMonth,
        {"month": _MONTH, "balance": _NUMBER, "limit": _NUMBER, "days_late": _DELAY},
    ),
}
"""The kinds of rows, by the name of their part of a client's history."""


def _read(stored: NDArray[Any], storage: Storage, names: Sequence[str]) -> list[Any]:
    if storage is Storage.NUMBER:
        numbers = np.round(stored.astype(np.float64), _DECIMALS).tolist()
        return [None if isnan(number) else number for number in numbers]
    codes = stored.tolist()
    if storage is Storage.TEXT:
        return [None if code == MISSING_TEXT else names[code] for code in codes]
    if storage is Storage.MONTH:
        return codes
    as_read = float if storage is Storage.DELAY else int
    return [None if code == MISSING_COUNT else as_read(code) for code in codes]
