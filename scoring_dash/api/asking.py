"""What every route reads of a request."""

from __future__ import annotations

from typing import Final, cast

from flask import current_app, request

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language
from scoring_dash.services import Services

EXTENSION: Final = "scoring_services"


def asked_services() -> Services:
    """The services of this server."""
    return cast(Services, current_app.extensions[EXTENSION])


def asked_language() -> Language:
    """The language of the texts, ``lang`` in the query; French without it.

    Raises
    ------
    InvalidRequestError
        If nobody speaks it here.
    """
    text = request.args.get("lang", Language.FRENCH)
    if text not in list(Language):
        raise InvalidRequestError("lang", text, " or ".join(Language))
    return Language(text)
