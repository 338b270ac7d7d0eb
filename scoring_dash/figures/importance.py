"""What weighs in the model over all files: shares as bars, by theme or by feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Theme
from scoring_dash.figures.named_rows import amount_note, bars, frame, name_notes, place_rows
from scoring_dash.figures.palette import NEUTRAL, Figure, base_layout, hidden_axis
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label

_ROOM_FOR_WORDS = 0.25


@dataclass(frozen=True, slots=True)
class WeightShare:
    """One bar.

    Attributes
    ----------
    share : float
        Of the weights of all themes, or of all features, in [0, 1].
    theme : str
        Theme of a feature; empty for a theme.
    """

    name: str
    share: float
    theme: str = ""


def theme_shares(weights: Mapping[Theme, float], texts: Texts) -> tuple[WeightShare, ...]:
    """Share of each theme, the heaviest first.

    Parameters
    ----------
    weights : mapping of Theme to float
        Mean absolute contribution over past files, in log-odds.
    """
    total = sum(weights.values()) or 1.0
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(WeightShare(theme_name(theme, texts), weight / total) for theme, weight in ordered)


def feature_shares(
    weights: Mapping[str, float], features: Mapping[str, Feature], texts: Texts, *, most: int
) -> tuple[WeightShare, ...]:
    """Share of the heaviest features among all of them, with their themes, the heaviest first."""
    total = sum(weights.values()) or 1.0
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return tuple(
        WeightShare(feature_label(features[name], texts), weight / total, theme_name(features[name].theme, texts))
        for name, weight in ordered
    )


def importance_figure(shares: Sequence[WeightShare], texts: Texts) -> Figure:
    """One bar a share, from top to bottom."""
    rows = place_rows([(item.name, item.theme) for item in shares])
    longest = max((item.share for item in shares), default=0.0) or 1.0
    return {
        "data": [
            {
                **bars(rows),
                "name": "shares",
                "x": [item.share for item in shares],
                "marker": {"color": NEUTRAL, "line": {"width": 0}},
            }
        ],
        "layout": base_layout(
            **frame(rows, top=0),
            xaxis=hidden_axis(0, longest * (1 + _ROOM_FOR_WORDS)),
            annotations=[
                *(words for row in rows for words in name_notes(row)),
                *(amount_note(row, percent(item.share, texts)) for row, item in zip(rows, shares, strict=True)),
            ],
            bargap=0,
        ),
    }
