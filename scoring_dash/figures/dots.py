"""A hundred dots: a risk as so many files among a hundred."""

from __future__ import annotations

from urllib.parse import quote

_PER_ROW, _ROWS, _STEP, _RADIUS = 25, 4, 20, 7.2

# A picture of its own cannot see the tokens of the page, so it carries both pairs of colours. Files that repaid are
# rings and the others are discs: the two can be told apart without any colour.
_STYLE = (
    ".n{fill:none;stroke:#8496a2;stroke-width:1.6}.d{fill:#b2182b}"
    "@media (prefers-color-scheme:dark){.n{stroke:#75879a}.d{fill:#ff5533}}"
)


def dots_picture(among: int) -> str:
    """Address of a picture of a hundred dots of which ``among`` stand out.

    One picture, not a hundred components: the browser needs a millisecond for each of these.

    Parameters
    ----------
    among : int
        In 0..100.
    """
    marked = [_dot(place, "d") for place in range(among)]
    others = [_dot(place, "n") for place in range(among, _PER_ROW * _ROWS)]
    size = f"0 0 {_PER_ROW * _STEP} {_ROWS * _STEP}"
    body = "".join((*marked, *others))
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{size}'><style>{_STYLE}</style>{body}</svg>"
    return "data:image/svg+xml," + quote(picture, safe="/:='<> (){}.,")


def _dot(place: int, kind: str) -> str:
    x, y = place % _PER_ROW * _STEP + _STEP // 2, place // _PER_ROW * _STEP + _STEP // 2
    return f"<circle class='{kind}' cx='{x}' cy='{y}' r='{_RADIUS}'/>"
