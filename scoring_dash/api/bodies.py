"""The body of a request of the interface: JSON only, of a bounded size, from a program or a page of this server."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import Forbidden, UnsupportedMediaType

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.strict_json import is_same_origin, read_body

LARGEST_BODY: Final = 64 * 1024


def read_json_object(*, largest: int = LARGEST_BODY) -> dict[str, object]:
    """The JSON object that a request sends.

    Parameters
    ----------
    largest : int
        Bytes allowed.

    Raises
    ------
    Forbidden, UnsupportedMediaType, RequestEntityTooLarge
        If it comes from a page of another server, is not JSON, or is too large.
    InvalidRequestError
        If it is not JSON strictly read, or no object.
    """
    if not is_same_origin(dict(request.headers), request.host):
        raise Forbidden("Requests with a body are answered to programs and to pages of this server only.")
    if not request.is_json:
        raise UnsupportedMediaType("The body must be application/json.")
    request.max_content_length = largest
    body = read_body(request.get_data())
    if not isinstance(body, dict):
        raise InvalidRequestError("body", type(body).__name__, "a JSON object")
    return body
