"""What may be asked of the past files as a whole: the one door to groups, comparisons and likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from scoring_dash.core.comparisons import Comparison, CrossComparison, GroupSummary, Profile, SimilarFiles
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import Group
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Theme
from scoring_dash.population.compare import compare
from scoring_dash.population.counting import count_bars
from scoring_dash.population.cross import cross
from scoring_dash.population.groups import GroupFinder
from scoring_dash.population.past_files import PastFiles, Subject
from scoring_dash.population.profile import central_value, profile
from scoring_dash.population.similar import MOST_SIMILAR, similar_files
from scoring_dash.population.summary import summarise

MAIN_FACTS: Final = ("credit_amount", "instalment_amount", "income", "income_type", "contract_type", "age_band")
"""What a manager asks of anybody, whatever the model makes of it."""

_MOST_FACTS: Final = 20


class Population:
    """Groups of past files and what a client is beside them.

    Parameters
    ----------
    past : PastFiles
    themes : sequence of Theme
        Names of the columns of ``past.themes``.
    heaviest : sequence of str
        Features of the model, those that weigh most first: a profile tells the first of them.
    """

    def __init__(self, past: PastFiles, themes: Sequence[Theme], heaviest: Sequence[str]) -> None:
        self._past = past
        self._themes = tuple(themes)
        self._finder = GroupFinder(past)
        main = [name for name in MAIN_FACTS if name in past.columns.by_name]
        rest = [name for name in heaviest if name not in main]
        self._facts = (*main, *rest[: _MOST_FACTS - len(main)])

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """By fact told by name: the values that a condition may list."""
        return {column.name: column.option_names for column in self._past.columns if column.option_names}

    def compare(self, subject: Subject, feature: str, group: Group) -> Comparison:
        """One fact, the client among a group; raises InvalidRequestError."""
        return compare(self._past, self._finder.members(group, subject), subject, feature, group)

    def cross(
        self, subject: Subject, features: tuple[str, str], group: Group, *, log: tuple[bool, bool]
    ) -> CrossComparison:
        """Two facts at once, the client among a group; raises InvalidRequestError."""
        members = self._finder.members(group, subject)
        return cross(self._past, members, subject, group, features=features, log=log)

    def profile(self, subject: Subject, group: Group) -> Profile:
        """The client's main facts beside a group; raises InvalidRequestError."""
        members = self._finder.members(group, subject)
        return profile(self._past, members, subject, group, features=self._facts, usual=self._usual)

    def summarise(self, group: Group, subject: Subject | None) -> GroupSummary:
        """Size and outcome of a group, and what its conditions leave; raises InvalidRequestError."""
        return summarise(self._past, self._finder, group, subject)

    def similar(self, subject: Subject, *, limit: int) -> SimilarFiles:
        """The past files most like a client.

        Raises
        ------
        InvalidRequestError
            If ``limit`` is not in 1..500.
        """
        if not 1 <= limit <= MOST_SIMILAR:
            raise InvalidRequestError("limit", limit, f"a whole number from 1 to {MOST_SIMILAR}")
        return similar_files(self._past, subject, self._themes, count=limit)

    @cached_property
    def _usual(self) -> Mapping[str, FeatureValue]:
        """Central value of each main fact among all past files; learnt once a worker, at its first profile."""
        places = np.arange(len(self._past))
        columns = [self._past.columns[name] for name in self._facts]
        return {column.name: central_value(column, places, count_bars(column, places)) for column in columns}
