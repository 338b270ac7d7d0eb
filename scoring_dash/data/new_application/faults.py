"""The faults of a file as they are found: all are counted, and of each kind the first are kept."""

from __future__ import annotations

from collections import Counter
from typing import Final

from scoring_dash.core.new_application import ApplicationFault, ApplicationFaultsError, FaultCode
from scoring_dash.core.words import TableName

_MOST_ALIKE: Final = 20
_MOST: Final = 500
"""A file whose every row is wrong in the same way must not hide what is wrong once."""


class FaultList:
    """Faults in the order in which they are found."""

    def __init__(self) -> None:
        self._kept: list[ApplicationFault] = []
        self._alike: Counter[tuple[FaultCode, str | None, TableName]] = Counter()
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    def add(self, fault: ApplicationFault) -> None:
        """Keep a fault, or count it where enough like it are kept."""
        kind = (fault.code, fault.column, fault.table)
        self._alike[kind] += 1
        if self._alike[kind] <= _MOST_ALIKE and len(self._kept) < _MOST:
            self._kept.append(fault)
        else:
            self._more += 1

    def refuse_any(self) -> None:
        """Raise all faults together, table by table, the file's own first, then by row.

        Raises
        ------
        ApplicationFaultsError
            If there is a fault.
        """
        if self._kept:
            ordered = sorted(self._kept, key=_place)
            raise ApplicationFaultsError(ordered, self._more)


def _place(fault: ApplicationFault) -> tuple[bool, str, bool, int]:
    is_history = fault.table is not TableName.APPLICATION_TEST
    return is_history, fault.table, fault.row is not None, fault.row or 0


def refusal(code: FaultCode, value: str | None = None, *, row: int | None = None) -> ApplicationFaultsError:
    """The error for a file that cannot be read any further."""
    return ApplicationFaultsError([ApplicationFault(code, row=row, value=value)])
