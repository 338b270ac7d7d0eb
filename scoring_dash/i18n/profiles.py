"""How a client's value differs from those of a group, in plain words."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.comparisons import ProfileRow
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import FEWEST_FILES
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent

_FAR: Final = 0.9
_AWAY: Final = 0.75
_HALF: Final = 0.5


def difference_text(row: ProfileRow, group_size: int, feature: Feature, texts: Texts) -> str:
    """One row of a profile in words: a sign, a word, and the share behind it."""
    if row.value is None:
        return _not_given_text(row.share or 0.0, texts)
    if row.share is not None:
        return _same_text(row.share, texts.say("of the group"), texts, is_usual=row.value == row.group_value)
    if row.below is None or row.same is None:
        return texts.say("fewer than {count} files of the group tell it", count=str(FEWEST_FILES))
    whom = whom_text(row.known, group_size, texts)
    if feature.unit in (Unit.LEVEL, Unit.FLAG):
        return _same_text(row.same, whom, texts, is_usual=row.value == row.group_value)
    return _rank_text(row.below, 1 - row.below - row.same, whom, texts)


def whom_text(known: int, group_size: int, texts: Texts) -> str:
    """Of whom a share is told: the group, or those of its files that give the value."""
    if known == group_size:
        return texts.say("of the group")
    return texts.say("of the {count} files that tell it", count=number(known, texts))


def _not_given_text(share: float, texts: Texts) -> str:
    told = percent(share, texts, 0)
    if share >= _HALF:
        return texts.say("= not given, as in {share} of the group", share=told)
    return texts.say("≠ not given, as in only {share} of the group", share=told)


def _same_text(share: float, whom: str, texts: Texts, *, is_usual: bool) -> str:
    if share == 0:
        return texts.say("≠ nobody in the group is in the same case")
    told = percent(share, texts, 0 if share >= 0.01 else 1)
    if is_usual or share >= _HALF:
        return texts.say("= like {share} {whom}", share=told, whom=whom)
    return texts.say("≠ like only {share} {whom}", share=told, whom=whom)


def _rank_text(below: float, above: float, whom: str, texts: Texts) -> str:
    """Strict shares: who has less, or who has more; what equals the client's value speaks for neither."""
    under, over = percent(below, texts, 0), percent(above, texts, 0)
    if below >= _FAR:
        return texts.say("▲ much higher: above {share} {whom}", share=under, whom=whom)
    if above >= _FAR:
        return texts.say("▼ much lower: below {share} {whom}", share=over, whom=whom)
    if below >= _AWAY:
        return texts.say("▲ higher: above {share} {whom}", share=under, whom=whom)
    if above >= _AWAY:
        return texts.say("▼ lower: below {share} {whom}", share=over, whom=whom)
    return texts.say("= among the usual values of the group")
