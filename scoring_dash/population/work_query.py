"""Which files of the work list are shown and in which order, as one text that an address can carry.

The text is made of parts joined by ``~``, a view first: ``refused~number.1000~amount.100000-500000~sort.amount.desc``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self, TypeVar

from scoring_dash.core.client_id import MOST_DIGITS
from scoring_dash.core.errors import InvalidRequestError

_PARAMETER: Final = "list"
_MOST_CHARACTERS: Final = 200
_MOST_AMOUNT_DIGITS: Final = 12
_RANGE: Final = re.compile(r"(\d*)-(\d*)", re.ASCII)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*", re.ASCII)
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")

_Word = TypeVar("_Word", bound=StrEnum)


class WorkView(StrEnum):
    """What a manager looks for in the list."""

    NEAR_THRESHOLD = "near_threshold"
    TO_REVIEW = "to_review"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    ALL = "all"


class WorkColumn(StrEnum):
    """What the list shows of a file, and may be sorted by."""

    CLIENT = "client"
    RECOMMENDATION = "recommendation"
    RISK = "risk"
    DISTANCE = "distance"  # to the threshold, the nearest first, on whichever side
    AMOUNT = "amount"
    INSTALMENT = "instalment"
    CONTRACT = "contract"
    THEME = "theme"
    CHANGE = "change"


class SortDirection(StrEnum):
    """Smallest or greatest first; what has no value comes last both ways."""

    ASCENDING = "asc"
    DESCENDING = "desc"


@dataclass(frozen=True, slots=True)
class WorkListQuery:
    """Part of the current files, in an order.

    Attributes
    ----------
    number : str
        First digits of the client number; empty for all.
    least_amount, greatest_amount : int or None
        Bounds of the amount asked for, both included; None where there is none.
    contract : str
        Kind of credit, as :func:`slug` writes it; empty for all.
    """

    view: WorkView = WorkView.NEAR_THRESHOLD
    number: str = ""
    least_amount: int | None = None
    greatest_amount: int | None = None
    contract: str = ""
    sort: WorkColumn = WorkColumn.DISTANCE
    direction: SortDirection = SortDirection.ASCENDING

    @property
    def text(self) -> str:
        """The one text of this query; what is not said is left out.

        Examples
        --------
        >>> WorkListQuery(WorkView.REFUSED, least_amount=100000, sort=WorkColumn.AMOUNT).text
        'refused~amount.100000-~sort.amount.asc'
        """
        parts = [self.view.value]
        if self.number:
            parts.append(f"number.{self.number}")
        if self.least_amount is not None or self.greatest_amount is not None:
            parts.append(f"amount.{_bound(self.least_amount)}-{_bound(self.greatest_amount)}")
        if self.contract:
            parts.append(f"contract.{self.contract}")
        if (self.sort, self.direction) != (WorkColumn.DISTANCE, SortDirection.ASCENDING):
            parts.append(f"sort.{self.sort}.{self.direction}")
        return "~".join(parts)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Query of a text such as :attr:`text` gives; parts after the view may stand in any order.

        Raises
        ------
        InvalidRequestError
            Names the part that is unknown, repeated or malformed, and what is allowed.
        """
        if len(text) > _MOST_CHARACTERS:
            raise InvalidRequestError(_PARAMETER, text, f"at most {_MOST_CHARACTERS} characters")
        view, *parts = text.split("~")
        query = cls(_word(WorkView, view, "view"))
        seen: set[str] = set()
        for part in parts:
            name, _, value = part.partition(".")
            if name in seen:
                raise InvalidRequestError(_PARAMETER, part, f"each part once; {name!r} is there already")
            seen.add(name)
            query = query._with_part(name, value)
        return query

    def sorted_by(self, column: WorkColumn, direction: SortDirection) -> Self:
        """The same files in another order."""
        return replace(self, sort=column, direction=direction)

    def _with_part(self, name: str, value: str) -> Self:
        match name:
            case "number":
                return replace(self, number=_digits(value, MOST_DIGITS, "number"))
            case "amount":
                least, greatest = _amounts(value)
                return replace(self, least_amount=least, greatest_amount=greatest)
            case "contract":
                if not _SLUG.fullmatch(value):
                    raise InvalidRequestError(f"{_PARAMETER}, contract", value, "a kind of credit such as cash_loans")
                return replace(self, contract=value)
            case "sort":
                column, _, direction = value.partition(".")
                return self.sorted_by(
                    _word(WorkColumn, column, "sort column"), _word(SortDirection, direction, "sort direction")
                )
        raise InvalidRequestError(_PARAMETER, name, "parts named number, amount, contract, sort")


def slug(name: str) -> str:
    """A name as a query writes it.

    Examples
    --------
    >>> slug("Cash loans")
    'cash_loans'
    """
    return _NO_SLUG.sub("_", name.lower()).strip("_")


def _word(words: type[_Word], text: str, what: str) -> _Word:
    if text not in set(words):
        raise InvalidRequestError(f"{_PARAMETER}, {what}", text, ", ".join(words))
    return words(text)


def _digits(text: str, most: int, what: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= most):
        raise InvalidRequestError(f"{_PARAMETER}, {what}", text, f"1 to {most} digits")
    return text


def _amounts(text: str) -> tuple[int | None, int | None]:
    found = _RANGE.fullmatch(text)
    if found is None or found.groups() == ("", ""):
        raise InvalidRequestError(f"{_PARAMETER}, amount", text, "a range such as 100000-500000, 100000- or -500000")
    least, greatest = (
        int(_digits(bound, _MOST_AMOUNT_DIGITS, "amount")) if bound else None for bound in found.groups()
    )
    if least is not None and greatest is not None and least > greatest:
        raise InvalidRequestError(f"{_PARAMETER}, amount", text, "the lesser amount first")
    return least, greatest


def _bound(amount: int | None) -> str:
    return "" if amount is None else str(amount)
