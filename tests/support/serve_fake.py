"""Serves the screen over invented clients in a process of its own; prints the port, then runs until it is ended."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

from support.fake_services import FakeServices
from werkzeug.serving import make_server

from scoring_dash.web.app import create_dash

ASSETS = Path(__file__).resolve().parents[2] / "assets"
BROKEN_CLIENT = 100_299
"""A client of whom every question fails in a way that nobody foresaw."""


class PartlyBrokenServices(FakeServices):
    """Invented clients, one of whom cannot be answered for."""

    def _find(self, client_id: int) -> object:
        return _fail() if client_id == BROKEN_CLIENT else super()._find(client_id)


def _fail() -> NoReturn:
    raise ZeroDivisionError("a fault for the tests")


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    app = create_dash(PartlyBrokenServices(), assets=ASSETS)
    server = make_server("127.0.0.1", port, app.server, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
