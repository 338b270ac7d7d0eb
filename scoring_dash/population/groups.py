"""Which past files belong to a group."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import NOT_GIVEN, Between, Closeness, Condition, Group, GroupName, Near, OneOf
from scoring_dash.population.columns import Column
from scoring_dash.population.frequency import nearest_in_risk
from scoring_dash.population.past_files import PastFiles, Subject
from scoring_dash.population.similar import nearest, similar_count

Mask = NDArray[np.bool_]

_KEPT_GROUPS: Final = 4
"""Groups whose members a worker remembers, since a page asks for its group five times: 10 MB at 300,000 files."""


@dataclass(frozen=True)
class Members:
    """The files of a group.

    Attributes
    ----------
    places : (k,) intp, ascending
        Among the past files.
    defaults : (d,) intp, ascending
        Those of them that ended in default.
    """

    places: NDArray[np.intp]
    defaults: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.places)


class GroupFinder:
    """Finds the members of groups, and remembers the last few.

    Parameters
    ----------
    past : PastFiles
    """

    def __init__(self, past: PastFiles) -> None:
        self._past = past
        self._found: OrderedDict[tuple[Group, int | None], Members] = OrderedDict()
        self._lock = Lock()

    def members(self, group: Group, subject: Subject | None) -> Members:
        """The past files of a group.

        Parameters
        ----------
        subject : Subject or None
            Whom the group is about; None where it is about nobody.

        Raises
        ------
        InvalidRequestError
            If a field or a value does not exist, a condition does not suit its field, or the group needs a client.
        """
        key = (group, subject.client_id if subject is not None and group.is_about_client else None)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = _members_of(self._past, self.mask(group, subject))
        with self._lock:
            self._found[key] = found
            while len(self._found) > _KEPT_GROUPS:
                self._found.popitem(last=False)
        return found

    def mask(self, group: Group, subject: Subject | None) -> Mask:
        """(n,) bool: which past files belong to a group; raises as :meth:`members` does."""
        mask = self.base(group.base, subject)
        for condition in group.conditions:
            mask &= self.meets(condition, subject)
        return mask

    def base(self, base: GroupName, subject: Subject | None) -> Mask:
        """(n,) bool, to be written to: which past files a group starts from."""
        if base is GroupName.ALL:
            return np.ones(len(self._past), dtype=np.bool_)
        if subject is None:
            raise InvalidRequestError("group", base.value, "a group without a client: all, or conditions on fields")
        if base is GroupName.SAME_RECOMMENDATION:
            if subject.recommendation is None:
                raise ValueError("This group needs the client's recommendation, which was not asked of the models.")
            return self._past.recommended(subject.recommendation)
        mask = np.zeros(len(self._past), dtype=np.bool_)
        mask[self._near(base, subject)] = True
        return mask

    def meets(self, condition: Condition, subject: Subject | None) -> Mask:
        """(n,) bool: which past files meet one condition."""
        column = self._column(condition.field)
        if isinstance(condition, OneOf):
            return _one_of(column, condition)
        if isinstance(condition, Between):
            _require_number(column, condition)
            return _between(column, condition.low, condition.high)
        if subject is None:
            raise InvalidRequestError(
                "group", str(condition), "a condition that needs no client, such as income:..90000"
            )
        return _near(column, condition, subject.stored(self._past.columns, column.name))

    def _near(self, base: GroupName, subject: Subject) -> NDArray[np.int64]:
        past = self._past
        if base is GroupName.SIMILAR:
            count = similar_count(len(past))
            return nearest(past.themes, subject.themes, count=count, excluded=subject.past_place)
        risks = np.asarray(past.probabilities)[past.by_risk]
        span = nearest_in_risk(risks, subject.probability)
        places = past.by_risk[span].astype(np.int64)
        return places[places != subject.past_place] if subject.past_place is not None else places

    def _column(self, field: str) -> Column:
        try:
            return self._past.columns[field]
        except InvalidRequestError as error:
            raise InvalidRequestError("group", field, error.allowed) from error


def _members_of(past: PastFiles, mask: Mask) -> Members:
    return Members(np.flatnonzero(mask), np.flatnonzero(mask & past.is_default))


def _one_of(column: Column, condition: OneOf) -> Mask:
    names = column.option_names
    wanted = [name for name in condition.values if name != NOT_GIVEN]
    unknown = [name for name in wanted if name not in names]
    if wanted and not names:
        allowed = f"{column.name}:LOW..HIGH, {column.name}~20% or {column.name}:{NOT_GIVEN}"
        raise InvalidRequestError("group", str(condition), allowed)
    if unknown:
        raise InvalidRequestError("group", unknown[0], f"values of {column.name}: {', '.join((*names, NOT_GIVEN))}")
    is_missing_wanted = NOT_GIVEN in condition.values
    if column.is_categorical:
        table = np.zeros(256, dtype=np.bool_)
        table[[names.index(name) for name in wanted]] = True
        table[column.n_bars] = is_missing_wanted
        return np.asarray(table[column.bars])
    met = np.asarray(column.bars == column.n_bars) & is_missing_wanted
    for name in wanted:
        met |= column.values == names.index(name)
    return met


def _between(column: Column, low: float | None, high: float | None) -> Mask:
    """Compared in float32, as values are stored: 0.3 typed by a person is the 0.3 of the tables."""
    known = np.isfinite(column.values)
    if low is not None:
        known &= column.values >= _as_stored(low)
    if high is not None:
        known &= column.values <= _as_stored(high)
    return known


def _as_stored(number: float) -> np.float32:
    """A bound at the precision of what is stored; beyond its range, the end of the range."""
    largest = float(np.finfo(np.float32).max)
    return np.float32(min(max(number, -largest), largest))


def _near(column: Column, condition: Near, own: float) -> Mask:
    if not np.isfinite(own):
        return np.asarray(column.bars == column.n_bars)
    if condition.closeness is Closeness.EQUAL:
        return _between(column, own, own)
    if column.is_categorical:
        raise InvalidRequestError("group", str(condition), f"{condition.field}~ or {condition.field}:VALUE|VALUE")
    width = condition.tolerance * (abs(own) if condition.closeness is Closeness.WITHIN_SHARE else 1.0)
    return _between(column, own - width, own + width)


def _require_number(column: Column, condition: Between) -> None:
    if column.is_categorical:
        raise InvalidRequestError("group", str(condition), f"{column.name}:VALUE|VALUE with values of that fact")
