"""What a comparison shows, before it is drawn: one bar an interval or a category, named in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoring_dash.core.comparisons import Comparison, ComparisonBin
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import FEWEST_FILES
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.values import value_text

_MOST_CATEGORIES = 12
_FEWEST_BARS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label : str
        Interval or category, for a person.
    files, repaid, defaulted : int
        Past files.
    share, repaid_share, defaulted_share : float
        Of the whole group, in [0, 1].
    rate : float or None
        Default rate; None under ``FEWEST_FILES`` files.
    is_client : bool
        Whether the client's value lies in it.
    """

    label: str
    files: int
    repaid: int
    defaulted: int
    share: float
    repaid_share: float
    defaulted_share: float
    rate: float | None
    is_client: bool


def bars_of(comparison: Comparison, feature: Feature, texts: Texts) -> tuple[Bar, ...]:
    """The bars of a comparison; rare categories are put together, never the client's own or the missing."""
    total = max(1, sum(item.files for item in comparison.bins))
    bars = [
        _bar(bin_label(item, feature, texts), item.repaid, item.defaulted, total, index == comparison.client_bin)
        for index, item in enumerate(comparison.bins)
    ]
    if not is_by_category(comparison, feature) or len(bars) <= _MOST_CATEGORIES:
        return tuple(bars)
    kept = [
        bar
        for index, (bar, item) in enumerate(zip(bars, comparison.bins, strict=True))
        if index < _MOST_CATEGORIES - 1 or bar.is_client or item.category is None
    ]
    rest = [bar for bar in bars if bar not in kept]
    label = texts.say("Others ({count})", count=str(len(rest)))
    return (*kept, _bar(label, sum(bar.repaid for bar in rest), sum(bar.defaulted for bar in rest), total, False))


def with_readable_bars(comparison: Comparison, feature: Feature) -> Comparison:
    """The same comparison with neighbouring intervals put together until their default rates mean something.

    A small group spread over many intervals would leave nearly all of them under ``FEWEST_FILES``.
    """
    scale = [item for item in comparison.bins if item.category is None and not item.is_missing]
    rest = comparison.bins[len(scale) :]
    pieces = [] if not scale or is_by_category(comparison, feature) else _pieces(scale)
    if len(pieces) < 2:
        return comparison  # one bar without an end would be taken for missing values
    place = comparison.client_bin
    if place is not None:
        place = next((i for i, piece in enumerate(pieces) if place in piece), place - len(scale) + len(pieces))
    bins = [_together(scale[piece.start : piece.stop]) for piece in pieces]
    return replace(comparison, bins=(*bins, *rest), client_bin=place)


def _pieces(scale: Sequence[ComparisonBin]) -> list[range]:
    """Neighbours to put together: nothing outside the group's own values, and enough files in each."""
    held = [place for place, item in enumerate(scale) if item.files]
    first, last = (held[0], held[-1]) if held else (0, len(scale) - 1)
    files = sum(item.files for item in scale)
    step = max(1, -(-(last - first + 1) // max(_FEWEST_BARS, files // (2 * FEWEST_FILES))))
    starts = list(range(first, last + 1, step))
    ends = [*starts[1:], len(scale)]
    return [range(0 if start == first else start, end) for start, end in zip(starts, ends, strict=True)]


def is_by_category(comparison: Comparison, feature: Feature) -> bool:
    """Whether bars are names rather than a scale."""
    return feature.unit in (Unit.CATEGORY, Unit.FLAG, Unit.LEVEL) or any(
        item.category is not None for item in comparison.bins
    )


def bin_label(item: ComparisonBin, feature: Feature, texts: Texts) -> str:
    """Interval or category of a bar, for a person."""
    if item.category is not None:
        return value_text(item.category, feature, texts)
    if item.low is None and item.high is None:
        return texts.say("not given")
    whole = _whole_numbers(item, feature)
    if whole is not None:
        return _whole_label(whole, feature, texts)
    low = None if item.low is None else value_text(item.low, feature, texts)
    high = None if item.high is None else value_text(item.high, feature, texts)
    if low is None:
        return texts.say("less than {high}", high=high or "")
    return texts.say("{low} or more", low=low) if high is None else texts.say("{low} to {high}", low=low, high=high)


def _together(bins: Sequence[ComparisonBin]) -> ComparisonBin:
    """One interval over neighbours."""
    repaid, defaulted = sum(item.repaid for item in bins), sum(item.defaulted for item in bins)
    return ComparisonBin(bins[0].low, bins[-1].high, None, repaid, defaulted)


def _whole_numbers(item: ComparisonBin, feature: Feature) -> tuple[int | None, int | None] | None:
    """First and last whole number of a bar whose edges lie between whole numbers."""
    edges = [edge for edge in (item.low, item.high) if edge is not None]
    if feature.unit not in (Unit.COUNT, Unit.FLAG, Unit.LEVEL) or any((edge * 2) % 2 != 1 for edge in edges):
        return None
    return (
        None if item.low is None else int(item.low + 0.5),
        None if item.high is None else int(item.high - 0.5),
    )


def _whole_label(bounds: tuple[int | None, int | None], feature: Feature, texts: Texts) -> str:
    first, last = bounds
    is_named = feature.unit in (Unit.FLAG, Unit.LEVEL)
    if first is None or first == last:
        told = value_text(float(last or 0), feature, texts)
        return told if first is not None or not last or is_named else texts.say("{high} or fewer", high=told)
    if last is None:
        told = value_text(float(first), feature, texts)
        return told if is_named else texts.say("{low} or more", low=told)
    low, high = value_text(float(first), feature, texts), value_text(float(last), feature, texts)
    return texts.say("{low} to {high}", low=low, high=high)


def _bar(label: str, repaid: int, defaulted: int, total: int, is_client: bool) -> Bar:
    files = repaid + defaulted
    return Bar(
        label=label,
        files=files,
        repaid=repaid,
        defaulted=defaulted,
        share=files / total,
        repaid_share=repaid / total,
        defaulted_share=defaulted / total,
        rate=defaulted / files if files >= FEWEST_FILES else None,
        is_client=is_client,
    )
