"""Frozen results of comparing a client with a group of past files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring_dash.core.groups import FEWEST_FILES, Group
from scoring_dash.core.results import FeatureValue, ObservedFrequency
from scoring_dash.core.words import Theme


@dataclass(frozen=True, slots=True)
class BarBounds:
    """What one bar of a scale holds: an interval of values, or one category.

    ``low`` and ``high`` are None for a category and for missing values, and at the open ends of a scale; ``category``
    is None for an interval. All None means: value missing.
    """

    low: float | None
    high: float | None
    category: str | None

    @property
    def is_missing(self) -> bool:
        """Whether it holds the files without a value."""
        return self.low is None and self.high is None and self.category is None


@dataclass(frozen=True, slots=True)
class ComparisonBin(BarBounds):
    """One bar of a comparison with the past files in it."""

    repaid: int
    defaulted: int

    @property
    def files(self) -> int:
        """Past files in this bar."""
        return self.repaid + self.defaulted


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact, the client among a group of past files.

    Attributes
    ----------
    feature : str
        Name of the fact: a feature of the model or a descriptive field.
    value : FeatureValue
        The client's stored value: what every mark on a chart must show.
    observed : ObservedFrequency or None
        Default rate of the group; None where it has fewer than ``FEWEST_FILES`` files. Everything about the group but
        its size is then withheld: no bins, no median, no percentile.
    median : float or None
        Of the group's known numbers.
    client_bin : int or None
        Index in ``bins`` of the bar that holds the client's value, which is there even if it holds no file; None where
        the group is withheld.
    percentile : float or None
        Share of the group's known values at or below the client's, in [0, 1]; None for
        categories and missing values.
    """

    client_id: int
    feature: str
    group: Group
    group_size: int
    observed: ObservedFrequency | None
    value: FeatureValue
    median: float | None
    client_bin: int | None
    percentile: float | None
    bins: tuple[ComparisonBin, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether the group is too small for any figure."""
        return self.group_size < FEWEST_FILES


@dataclass(frozen=True, slots=True)
class FacetOption(BarBounds):
    """A value that a condition could ask for, and how many files of the group would have it."""

    files: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What a condition on one field would leave, all other conditions of the group kept.

    Attributes
    ----------
    field : str
    files : int
        Files that meet all the other conditions.
    low, high : float or None
        Least and greatest known number among them; None for a category, and where nothing is known.
    options : tuple of FacetOption
        One for each bar or category that holds a file, in the order of the scale, or the most frequent first; files
        without a value come last.
    """

    field: str
    files: int
    low: float | None
    high: float | None
    options: tuple[FacetOption, ...]


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """How large a group is, how it turned out, and what each of its conditions leaves.

    Attributes
    ----------
    observed : ObservedFrequency or None
        None where the group has fewer than ``FEWEST_FILES`` files.
    all_files : int
        Past files in all.
    all_observed : ObservedFrequency
        How all past files turned out.
    facets : tuple of Facet
        One for each condition, in their order.
    """

    group: Group
    files: int
    observed: ObservedFrequency | None
    all_files: int
    all_observed: ObservedFrequency
    facets: tuple[Facet, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether the group is too small for any figure."""
        return self.files < FEWEST_FILES


OTHERS: Final = "\x00others"
"""Category of the bar that holds the rare ones; no category of the tables starts with a zero byte."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two facts of a cross comparison.

    Attributes
    ----------
    bars : tuple of BarBounds
        In the order of the scale, or the most frequent category first; missing values last, if any file has none.
    rest : tuple of str
        Categories put together in the bar whose ``category`` is ``OTHERS``.
    client_bar : int
        Index in ``bars`` of the bar that holds the client's value; it is there even if no file of the group has it.
    is_log : bool
        Whether the intervals grow by factors instead of steps.
    can_be_log : bool
        Whether the values allow that.
    """

    feature: str
    value: FeatureValue
    bars: tuple[BarBounds, ...]
    rest: tuple[str, ...]
    client_bar: int
    is_log: bool
    can_be_log: bool


@dataclass(frozen=True, slots=True)
class CrossCell:
    """The files of a group that lie in one bar of each axis.

    Attributes
    ----------
    x, y : int
        Places of the bars.
    observed : ObservedFrequency or None
        None under ``FEWEST_FILES`` files.
    """

    x: int
    y: int
    files: int
    observed: ObservedFrequency | None


@dataclass(frozen=True, slots=True)
class CrossComparison:
    """Two facts at once, the client among a group of past files.

    Attributes
    ----------
    observed : ObservedFrequency or None
        Of the whole group; None, with no cells, where it has fewer than ``FEWEST_FILES`` files.
    cells : tuple of CrossCell
        Those that hold a file, by row, then by column.
    """

    client_id: int
    group: Group
    group_size: int
    observed: ObservedFrequency | None
    x: Axis
    y: Axis
    cells: tuple[CrossCell, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether the group is too small for any figure."""
        return self.group_size < FEWEST_FILES


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One fact of the client beside the group and beside all past files.

    Attributes
    ----------
    group_value, all_value : FeatureValue
        Median of the known numbers, or most frequent category; None where nothing is known.
    rank : float or None
        Where the client's number stands among the group's known ones: the share below it plus half of the share equal
        to it, in [0, 1]. None for a category, a missing value, or a group that knows none.
    share : float or None
        Share of the group in the same case: with the same category, or without a value as the client is. None for a
        known number.
    oddity : float
        By what the rows are sorted, in [0, 1]: twice the distance of the rank to the middle, or what ``share`` leaves.
    """

    feature: str
    value: FeatureValue
    group_value: FeatureValue
    all_value: FeatureValue
    rank: float | None
    share: float | None
    oddity: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The client's main facts beside a group, what differs most first; no rows where the group is too small."""

    client_id: int
    group: Group
    group_size: int
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True, slots=True)
class SimilarFile:
    """One of the past files most like a client.

    Attributes
    ----------
    distance : float
        Euclidean, between contributions by theme, in log-odds; at least 0.
    """

    client_id: int
    distance: float
    probability_of_default: float
    defaulted: bool


@dataclass(frozen=True, slots=True)
class ThemeCloseness:
    """How near the similar files are in one theme.

    Attributes
    ----------
    gap, usual_gap : float
        Mean absolute difference to the client's contribution, in log-odds: over the similar files, and over all.
    """

    theme: Theme
    gap: float
    usual_gap: float

    @property
    def times_closer(self) -> float:
        """How many times smaller the gap is than usual; infinite where the similar files do not differ at all."""
        if self.gap > 0:
            return self.usual_gap / self.gap
        return float("inf") if self.usual_gap > 0 else 1.0


@dataclass(frozen=True, slots=True)
class SimilarFiles:
    """The past files most like a client, nearest first, and what makes them so.

    Attributes
    ----------
    themes : tuple of ThemeCloseness
        Where usual files differ from the client most, first: those are the themes in which likeness says something.
    """

    client_id: int
    files: tuple[SimilarFile, ...]
    observed: ObservedFrequency | None
    themes: tuple[ThemeCloseness, ...]
