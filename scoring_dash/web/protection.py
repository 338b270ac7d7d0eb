"""A guard before callbacks are dispatched: what no browser of ours would send is refused before Dash sees it.

Dash answers 500 to most malformed bodies and takes a body of any size (measured on 4.4.1). The guard knows what was
registered: outputs, inputs and states must be exactly these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

import dash
from flask import Response, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.strict_json import DEEPEST_BODY, is_same_origin, read_body

__all__ = ["DEEPEST_BODY", "LARGEST_BODY", "check_callback", "install", "is_same_origin", "problem", "read_body"]

LARGEST_BODY: Final = 256 * 1024

_KEYS: Final = frozenset({"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"})


Reader = Callable[[object], object]
"""Reads a value strictly; raises InvalidRequestError for one that no page of ours would send."""


def install(app: dash.Dash, readers: Mapping[str, Reader] = MappingProxyType({})) -> None:
    """Put the guard before every request for a callback.

    Parameters
    ----------
    readers : mapping of str to callable
        For inputs such as ``work-list.getRowsRequest``, what a value must pass.
    """
    path = f"{app.config.routes_pathname_prefix}_dash-update-component"

    @app.server.before_request
    def guard_callbacks() -> Response | None:
        return _refusal(app.callback_map, readers) if request.path == path and request.method == "POST" else None


def problem(status: int, detail: str) -> Response:
    """An answer of type ``application/problem+json`` (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status=status, mimetype="application/problem+json")


def check_callback(
    body: object, callbacks: Mapping[str, Mapping[str, Any]], readers: Mapping[str, Reader] = MappingProxyType({})
) -> None:
    """Check that a body asks for a callback as it was registered.

    Parameters
    ----------
    callbacks : mapping
        ``Dash.callback_map``: by output, with ``inputs`` and ``state``; those that run in the browser
        have no ``callback``.
    readers : mapping of str to callable
        What the values of some inputs must pass.

    Raises
    ------
    InvalidRequestError
        Names the part of the body that differs.
    """
    if not isinstance(body, dict) or not body.keys() <= _KEYS:
        raise InvalidRequestError("body", type(body).__name__, f"an object with the keys {', '.join(sorted(_KEYS))}")
    output = body.get("output")
    registered = callbacks.get(output) if isinstance(output, str) else None
    if registered is None or "callback" not in registered:
        raise InvalidRequestError("output", output, "an output of this program")
    _check_references("outputs", body.get("outputs"), _outputs(str(output)))
    _check_references("inputs", body.get("inputs", []), registered["inputs"])
    _check_references("state", body.get("state", []), registered["state"])
    _check_changes(body, registered["inputs"])
    inputs = body.get("inputs", [])
    for item in [inputs] if isinstance(inputs, dict) else inputs:
        reader = readers.get(f"{item['id']}.{item['property']}")
        if reader is not None:
            reader(item.get("value"))


def _refusal(callbacks: Mapping[str, Mapping[str, Any]], readers: Mapping[str, Reader]) -> Response | None:
    if not is_same_origin(dict(request.headers), request.host):
        return problem(403, "Callbacks are answered to pages of this server only.")
    if not request.is_json:
        return problem(415, "The body must be application/json.")
    request.max_content_length = LARGEST_BODY
    try:
        check_callback(read_body(request.get_data()), callbacks, readers)
    except RequestEntityTooLarge:
        return problem(413, f"The body is larger than {LARGEST_BODY} bytes.")
    except ClientDisconnected:
        return problem(400, "The body is shorter than announced.")
    except InvalidRequestError as error:
        return problem(400, str(error))
    return None


def _check_references(name: str, found: object, expected: Iterable[Mapping[str, Any]]) -> None:
    """Same identifiers and properties, in the same order, each with at most a value beside."""
    wanted = [(item["id"], item["property"]) for item in expected]
    items = [found] if isinstance(found, dict) else found
    if not isinstance(items, list) or [_reference(item) for item in items] != wanted:
        raise InvalidRequestError(name, found, ", ".join(f"{id}.{prop}" for id, prop in wanted) or "an empty list")


def _reference(item: object) -> tuple[object, object] | None:
    if not isinstance(item, dict) or not item.keys() <= {"id", "property", "value"}:
        return None
    return item.get("id"), item.get("property")


def _check_changes(body: Mapping[str, Any], inputs: Iterable[Mapping[str, Any]]) -> None:
    known = {f"{item['id']}.{item['property']}" for item in inputs}
    for name in ("changedPropIds", "parsedChangedPropsIds"):
        changed = body.get(name, [])
        if not isinstance(changed, list) or not all(isinstance(item, str) and item in known for item in changed):
            raise InvalidRequestError(name, changed, "a list of the inputs of this callback")


def _outputs(output: str) -> list[dict[str, str]]:
    """References of an output as Dash writes them: ``a.children`` or ``..a.children...b.children..``."""
    names = output[2:-2].split("...") if output.startswith("..") else [output]
    return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
