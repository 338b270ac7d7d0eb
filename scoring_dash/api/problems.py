"""Errors as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from scoring_dash.api.serialise import json_response
from scoring_dash.core.errors import InvalidRequestError, ScoringError, UnknownClientError

_LOGGER = logging.getLogger(__name__)
_PREFIX = "/api/"


def problem(status: int, title: str, detail: str, **more: object) -> Response:
    """One problem document, with further members if any."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.path}
    content |= more
    return json_response(content, status=status, mimetype="application/problem+json")


def register_problem_handlers(server: Flask) -> None:
    """Answer every error under ``/api/`` with a problem document, and log what was not expected."""

    def handle(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException) and not request.path.startswith(_PREFIX):
            return error
        if isinstance(error, UnknownClientError):
            return problem(404, "Unknown client", str(error))
        if isinstance(error, InvalidRequestError):
            return problem(400, "Invalid request", str(error))
        if isinstance(error, HTTPException):
            return problem(error.code or 500, error.name, error.description or error.name)
        _LOGGER.error("unexpected error on %s %s", request.method, request.url_rule, exc_info=error)
        if isinstance(error, ScoringError):
            return problem(503, "Service unavailable", str(error))
        return problem(
            500,
            "Internal error",
            "The request could not be answered. The error was recorded; try again or tell the administrator.",
        )

    server.register_error_handler(Exception, handle)
