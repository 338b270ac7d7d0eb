"""Reading a client number that somebody typed."""

from __future__ import annotations

from scoring_dash.core.errors import InvalidRequestError

MOST_DIGITS = 10


def parse_client_id(text: str) -> int:
    """Number of a client from its decimal writing, spaces around it allowed.

    Raises
    ------
    InvalidRequestError
        If the text is not 1 to 10 ASCII digits, or starts with 0: then it is nobody's number.

    Examples
    --------
    >>> parse_client_id(" 100002 ")
    100002
    """
    digits = text.strip(" ")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS and not digits.startswith("0")):
        raise InvalidRequestError("client_id", text, f"a client number of 1 to {MOST_DIGITS} digits, such as 100002")
    return int(digits)


def ranges_of_prefix(digits: str) -> list[tuple[int, int]]:
    """Intervals of whole numbers, both ends included, whose decimal writing starts with ``digits``, ascending.

    Examples
    --------
    >>> ranges_of_prefix("12")[:2]
    [(12, 12), (120, 129)]
    """
    if digits == "":
        return [(0, 10**MOST_DIGITS)]
    if digits.startswith("0"):
        return []
    prefix = int(digits)
    return [(prefix * 10**more, (prefix + 1) * 10**more - 1) for more in range(MOST_DIGITS - len(digits) + 1)]
