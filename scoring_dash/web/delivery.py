"""How answers travel: security headers on all of them, files kept by the browser, text compressed."""

from __future__ import annotations

import gzip
from threading import Lock
from typing import Final

import dash
from flask import Response, request

_LEAST_BYTES: Final = 1024
_COMPRESSED_TYPES: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml"}
)
_ONE_YEAR: Final = "public, max-age=31536000, immutable"
_ONE_DAY: Final = "public, max-age=86400"

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def install(app: dash.Dash) -> None:
    """Finish every answer of the server; call it once all callbacks are registered."""
    policy = content_security_policy(app)
    files = _CompressedFiles(app)

    @app.server.after_request
    def finish(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        _set_cache(response, app)
        return files.compress(response)


def content_security_policy(app: dash.Dash) -> str:
    """A policy without ``unsafe-eval`` and without inline scripts other than the one that starts the page.

    Styles need ``unsafe-inline``: plotly writes them into its drawings.
    """
    hashes = " ".join(app.csp_hashes())
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def _set_cache(response: Response, app: dash.Dash) -> None:
    """Files for as long as their address names their version; nothing about a client, ever."""
    if request.path.startswith(_assets_path(app)):
        # Dash adds ?m=<time of change>; a font carries its version in its name.
        is_versioned = "m" in request.args or "/fonts/" in request.path
        response.headers["Cache-Control"] = _ONE_YEAR if is_versioned else _ONE_DAY
    elif request.path.startswith(_suites_path(app)):
        if response.cache_control.max_age:
            response.headers["Cache-Control"] = _ONE_YEAR
    else:
        response.headers["Cache-Control"] = "no-store"


class _CompressedFiles:
    """Compresses answers; files are compressed once a process, since the largest takes 0.2 s."""

    def __init__(self, app: dash.Dash) -> None:
        self._app = app
        self._kept: dict[tuple[str, int], bytes] = {}
        self._lock = Lock()

    def compress(self, response: Response) -> Response:
        """The answer in gzip if its kind and the browser allow it."""
        if response.mimetype not in _COMPRESSED_TYPES or response.status_code != 200:
            return response
        if response.is_streamed and not response.direct_passthrough:  # computed while it is sent
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") <= 0 or response.headers.get("Content-Encoding"):
            return response
        body = _read(response)
        if len(body) < _LEAST_BYTES:
            return response
        response.set_data(self._file(request.path, body) if self._is_file() else gzip.compress(body, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        return response

    def _is_file(self) -> bool:
        return request.path.startswith((_assets_path(self._app), _suites_path(self._app)))

    def _file(self, path: str, body: bytes) -> bytes:
        with self._lock:
            if (path, len(body)) not in self._kept:
                self._kept[path, len(body)] = gzip.compress(body, 6, mtime=0)
            return self._kept[path, len(body)]


def _read(response: Response) -> bytes:
    """Body of an answer; a file that would have been streamed is read and closed."""
    response.direct_passthrough = False
    stream = response.response
    body = response.get_data()
    if hasattr(stream, "close"):
        stream.close()
    response.set_data(body)
    return body


def _assets_path(app: dash.Dash) -> str:
    return f"{app.config.routes_pathname_prefix}{app.config.assets_url_path.lstrip('/')}/"


def _suites_path(app: dash.Dash) -> str:
    return f"{app.config.routes_pathname_prefix}_dash-component-suites/"
