"""What a server believes of a request before it reads it: whose page sent it, and that its body is plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from scoring_dash.core.errors import InvalidRequestError

DEEPEST_BODY: Final = 20


def is_same_origin(headers: Mapping[str, str], host: str) -> bool:
    """Whether a request comes from a page of this server; programs without a browser send neither header."""
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    return origin is None or urlsplit(origin).netloc == host


def read_body(raw: bytes) -> object:
    """Parse JSON strictly.

    Raises
    ------
    InvalidRequestError
        If it is not JSON, names a key twice, holds NaN, an infinite or an endless number, or is nested too deep.
    """
    try:
        body = json.loads(raw, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise InvalidRequestError("body", raw[:40].decode("latin-1"), "a JSON object in UTF-8") from error
    if _depth(body) > DEEPEST_BODY:
        raise InvalidRequestError("body", "nested too deep", f"at most {DEEPEST_BODY} levels")
    return body


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("number out of range")
    return value


def _depth(body: object) -> int:
    """Levels of lists and objects, without recursion."""
    level, here = 0, [body]
    while here := [item for item in here if isinstance(item, dict | list)]:
        level += 1
        if level > DEEPEST_BODY:
            break
        here = [inner for item in here for inner in (item.values() if isinstance(item, dict) else item)]
    return level
