"""Here and as usual: what each theme weighs for a client beside what it weighs for past files, in one signed chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from scoring_dash.core.effects import ThemeStanding
from scoring_dash.figures.named_rows import TOP, NamedRow, bars, frame, name_notes, place_rows
from scoring_dash.figures.palette import (
    HIGHER,
    INK_SOFT,
    LINE,
    LOWER,
    NEUTRAL,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.reasons import theme_name

USUAL: Final = (0.25, 0.75)
"""Ranks of the middle half of past files: a theme in it weighs as usual."""

_MIDDLE = 0.5


def by_rank(standings: Sequence[ThemeStanding]) -> tuple[ThemeStanding, ...]:
    """What weighs most against the client, beside past files, first."""
    return tuple(sorted(standings, key=lambda item: (-item.rank, item.theme)))


def standing_figure(standings: Sequence[ThemeStanding], texts: Texts) -> Figure:
    """A bar a theme, from the middle (as usual) to the client's rank; the words stand in the half that it leaves free.

    Parameters
    ----------
    standings : sequence of ThemeStanding
        In the order of :func:`by_rank`, from top to bottom.
    """
    rows = place_rows([theme_name(item.theme, texts) for item in standings])
    return {
        "data": [
            _bands(rows),
            {
                **bars(rows),
                "name": "ranks",
                "base": _MIDDLE,
                "x": [item.rank - _MIDDLE for item in standings],
                "marker": {"color": [_colour(item.rank, NEUTRAL) for item in standings], "line": {"width": 0}},
            },
        ],
        "layout": base_layout(
            **frame(rows, top=TOP + 8),
            xaxis=hidden_axis(0, 1),
            barmode="overlay",
            annotations=[
                *_heads(texts),
                *(words for row in rows for words in name_notes(row)),
                *(_told(row, item, texts) for row, item in zip(rows, standings, strict=True)),
            ],
            bargap=0,
        ),
    }


def standing_summary(standings: Sequence[ThemeStanding], texts: Texts) -> str:
    """The theme that stands out most on each side, in one sentence."""
    up = max(standings, key=lambda item: item.rank, default=None)
    down = min(standings, key=lambda item: item.rank, default=None)
    values: dict[str, str] = {}
    if up is not None and up.rank > USUAL[1]:
        values |= {"up": theme_name(up.theme, texts), "more": _share(up.rank, texts)}
    if down is not None and down.rank < USUAL[0]:
        values |= {"down": theme_name(down.theme, texts), "less": _share(1 - down.rank, texts)}
    if {"up", "down"} <= values.keys():
        return texts.say(
            "“{up}” weighs more against this client than in {more} of past files; “{down}” weighs less than in {less}.",
            **values,
        )
    if "up" in values:
        return texts.say("“{up}” weighs more against this client than in {more} of past files.", **values)
    if "down" in values:
        return texts.say("“{down}” weighs less against this client than in {less} of past files.", **values)
    return texts.say("Every theme weighs for this client about as it does in past files.")


def told_rank(rank: float, texts: Texts) -> str:
    """A rank in words; shares are rounded down, so that no file is claimed that is not there."""
    if rank > USUAL[1]:
        return texts.say("▲ weighs more than in {share} of files", share=_share(rank, texts))
    if rank < USUAL[0]:
        return texts.say("▼ weighs less than in {share} of files", share=_share(1 - rank, texts))
    return texts.say("as usual")


def _short_rank(rank: float, texts: Texts) -> str:
    """The same below the words that stand over the chart: half a telephone is narrow."""
    if rank > USUAL[1]:
        return texts.say("▲ more than {share}", share=_share(rank, texts))
    if rank < USUAL[0]:
        return texts.say("▼ less than {share}", share=_share(1 - rank, texts))
    return texts.say("as usual")


def _share(share: float, texts: Texts) -> str:
    return percent(math.floor(share * 100 + 1e-9) / 100, texts, 0)


def _colour(rank: float, usual: str) -> str:
    return HIGHER if rank > USUAL[1] else LOWER if rank < USUAL[0] else usual


def _told(row: NamedRow, item: ThemeStanding, texts: Texts) -> dict[str, Any]:
    is_right = item.rank > _MIDDLE
    return note(
        _MIDDLE,
        row.bar_middle,
        _short_rank(item.rank, texts),
        xanchor="right" if is_right else "left",
        xshift=-8 if is_right else 8,
        font={"size": 12, "color": _colour(item.rank, INK_SOFT)},
    )


def _bands(rows: Sequence[NamedRow]) -> dict[str, Any]:
    """Behind each bar the middle half of past files."""
    span = {"base": USUAL[0], "x": [USUAL[1] - USUAL[0]] * len(rows)}
    return {**bars(rows), **span, "name": "usual", "marker": {"color": LINE, "opacity": 0.6, "line": {"width": 0}}}


def _heads(texts: Texts) -> list[dict[str, Any]]:
    """What left, middle and right mean."""
    words = (
        (0.0, "left", "◀ " + texts.say("weighs less"), LOWER),
        (_MIDDLE, "center", texts.say("usual weight"), INK_SOFT),
        (1.0, "right", texts.say("weighs more") + " ▶", HIGHER),
    )
    return [
        note(
            place, 1, text, yref="paper", yanchor="bottom", yshift=8, xanchor=anchor, font={"size": 12, "color": colour}
        )
        for place, anchor, text, colour in words
    ]
