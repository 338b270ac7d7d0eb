"""French typography for texts written with a plain keyboard."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_NO_BREAK_SPACE = "\u00a0"
_NARROW_NO_BREAK_SPACE = "\u202f"
_APOSTROPHE = "\u2019"


# A page sets the same few hundred texts again and again.
@lru_cache(maxsize=4096)
def typeset_french(text: str) -> str:
    """Give a French text its apostrophes and its unbreakable spaces.

    Sources stay readable and greppable with ``'`` and ordinary spaces; the reader gets the signs of
    the Imprimerie nationale: a no-break space before ``:`` and inside guillemets, a narrow one before
    ``;``, ``!``, ``?`` and ``%`` and between groups of three digits.
    Applying it twice changes nothing.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", _APOSTROPHE, text)
    text = re.sub(r" (?=[;!?%])", _NARROW_NO_BREAK_SPACE, text)
    text = re.sub(r" (?=[:\u00bb])", _NO_BREAK_SPACE, text)
    text = re.sub(r"(?<=\u00ab) ", _NO_BREAK_SPACE, text)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", _NARROW_NO_BREAK_SPACE, text)


def folded(text: str) -> str:
    """Text without accents, capitals and typographic signs, so that it is found however it is typed."""
    bare = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return " ".join(bare.replace(_APOSTROPHE, "'").casefold().split())
