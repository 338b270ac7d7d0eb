"""How a client's value differs from those of a group, in plain words."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.comparisons import ProfileRow
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent

_FAR: Final = 0.9
_AWAY: Final = 0.75


def difference_text(row: ProfileRow, texts: Texts) -> str:
    """One row of a profile in words: a sign, a word, and the share behind it."""
    if row.value is None:
        return texts.say("= not given, as in {share} of the group", share=percent(row.share or 0.0, texts, 0))
    if row.share is not None:
        return _category_text(row.share, texts)
    if row.rank is None:
        return texts.say("the group tells nothing of it")
    return _rank_text(row.rank, texts)


def _category_text(share: float, texts: Texts) -> str:
    if share == 0:
        return texts.say("≠ nobody in the group is in the same case")
    told = percent(share, texts, 0 if share >= 0.01 else 1)
    return (
        texts.say("= like {share} of the group", share=told)
        if share >= 0.5
        else texts.say("≠ like only {share} of the group", share=told)
    )


def _rank_text(rank: float, texts: Texts) -> str:
    above, below = percent(rank, texts, 0), percent(1 - rank, texts, 0)
    if rank >= _FAR:
        return texts.say("▲ much higher: above {share} of the group", share=above)
    if rank >= _AWAY:
        return texts.say("▲ higher: above {share} of the group", share=above)
    if rank <= 1 - _FAR:
        return texts.say("▼ much lower: below {share} of the group", share=below)
    if rank <= 1 - _AWAY:
        return texts.say("▼ lower: below {share} of the group", share=below)
    return texts.say("= in the middle of the group")
