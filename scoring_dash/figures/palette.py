"""The colours of every figure; ``assets/figures.css`` gives each its counterpart in the dark.

What must be told apart lies at least 40 apart (CIE76) under protanopia, deuteranopia and tritanopia, in the light and
in the dark; texts have a contrast of at least 4.5, graphics of 3. A sign, an arrow or a word always goes with a colour.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Figure: TypeAlias = dict[str, Any]
"""A plotly figure as plotly.js reads it: ``data`` and ``layout``."""

INK: Final = "rgb(23, 33, 43)"
INK_SOFT: Final = "rgb(74, 87, 99)"
LINE: Final = "rgb(223, 227, 230)"
LOWER: Final = "rgb(33, 102, 172)"
HIGHER: Final = "rgb(178, 24, 43)"
REVIEW: Final = "rgb(227, 185, 59)"
REVIEW_EDGE: Final = "rgb(122, 90, 0)"  # gold alone is too pale on white: an edge carries the contrast
NEUTRAL: Final = "rgb(132, 150, 162)"
PAPER: Final = "rgb(255, 255, 255)"  # behind a text that a line would cross
CLEAR: Final = "rgba(0, 0, 0, 0)"

ALL_COLOURS: Final = (INK, INK_SOFT, LINE, LOWER, HIGHER, REVIEW, REVIEW_EDGE, NEUTRAL, PAPER)

FONT: Final = {"family": "Inter, system-ui, sans-serif", "size": 13, "color": INK}


def base_layout(height: int, **more: Any) -> dict[str, Any]:
    """What all figures share: no background, no legend, nothing to drag, no animation."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": FONT,
        "showlegend": False,
        "dragmode": False,
        "hovermode": False,
        **more,
    }


def hidden_axis(low: float, high: float, **more: Any) -> dict[str, Any]:
    """An axis that only places things."""
    return {"range": [low, high], "visible": False, "fixedrange": True, **more}


def note(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """A text at a place of the figure."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "borderpad": 0, **more}
