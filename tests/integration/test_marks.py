"""Every mark, figure and reason on the screen is that client's: two hundred shipped clients of both books."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.marks import faults

from scoring_dash.api.routes import register_api
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.words import Book
from scoring_dash.web.app import create_dash

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def services() -> LoadedServices:
    return load_services(ROOT / "artifacts")


@pytest.fixture(scope="module")
def browser(services: LoadedServices) -> FlaskClient:
    app = create_dash(services, assets=ROOT / "assets")
    register_api(app.server, services)
    return app.server.test_client()


@pytest.mark.parametrize("book", Book)
def test_what_the_screen_marks_is_what_is_stored(services: LoadedServices, browser: FlaskClient, book: Book) -> None:
    ids = services.portfolio.book(book).client_ids
    chosen = [int(number) for number in ids[:: len(ids) // 100]][:100]
    assert len(chosen) == 100
    assert [fault for client_id in chosen for fault in faults(services, browser, client_id)] == []
