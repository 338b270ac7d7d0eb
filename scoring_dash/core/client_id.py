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
