"""What routes read of a request, and the services that they ask."""

from __future__ import annotations

from typing import Final, cast

from flask import current_app, request

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language
from scoring_dash.services import Services

EXTENSION: Final = "scoring_services"


def current_services() -> Services:
    """The services of the application that answers."""
    return cast(Services, current_app.extensions[EXTENSION])


def read_limit(default: int, *, most: int = 100) -> int:
    """The parameter ``limit``; the services refuse what is out of range.

    Raises
    ------
    InvalidRequestError
        If it is no whole number.
    """
    text = request.args.get("limit", str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidRequestError("limit", text, f"a whole number from 1 to {most}")
    return int(text)


def read_language() -> Language:
    """The parameter ``lang``; French where there is none.

    Raises
    ------
    InvalidRequestError
        If it names no language.
    """
    text = request.args.get("lang", Language.FRENCH)
    if text not in list(Language):
        raise InvalidRequestError("lang", text, " or ".join(Language))
    return Language(text)
