"""Builds the screen: the Dash program, whose Flask server the API shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import dash
from flask import Response, request

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.services import Services
from scoring_dash.web import callbacks, delivery, protection, shell
from scoring_dash.web.address import read_address
from scoring_dash.web.document import ScoringDash, not_found_document
from scoring_dash.web.ids import WorkListId
from scoring_dash.web.new_application import routes as new_application_routes
from scoring_dash.web.portfolio import export, library
from scoring_dash.web.portfolio.rows import check_rows_request


def create_dash(services: Services, *, assets: Path, now: Callable[[], datetime] = datetime.now) -> dash.Dash:
    """The whole screen over some services.

    Parameters
    ----------
    services : Services
        What the screen may ask.
    assets : Path
        Directory of style sheets, scripts, pictures and fonts.
    now : callable
        Gives the time: an exported file bears its date.

    Returns
    -------
    dash.Dash
        Its ``server`` is a Flask program: routes registered on it get the same protection and headers.
    """
    texts = {language: load_texts(language) for language in Language}
    app = ScoringDash(
        __name__,
        texts=texts,
        assets_folder=str(assets.resolve()),
        title="Prêt à dépenser",
        update_title=None,
        on_error=callbacks.log_error,
        # The search box and the comparison arrive with the first answer, in the user's language.
        suppress_callback_exceptions=True,
    )
    app.layout = shell.layout()
    callbacks.register(app, services, texts, library=library.install(app))
    new_application_routes.register(app, services, texts)
    protection.install(app, {f"{WorkListId.GRID}.getRowsRequest": partial(check_rows_request, services=services)})
    export.install(app, services, now=now)
    _answer_unknown_paths(app)
    delivery.install(app)
    return app


def _answer_unknown_paths(app: ScoringDash) -> None:
    """Dash answers its page, with 200, to any path; a mistyped address deserves a 404."""
    catch_all = f"{app.config.routes_pathname_prefix}<path:path>"
    stylesheet = app.get_asset_url("base.css")

    @app.server.before_request
    def refuse_unknown_path() -> Response | None:
        if request.endpoint != catch_all:
            return None
        if request.path.startswith("/api/"):
            return protection.problem(404, f"There is no {request.path[:80]} here.")
        language = read_address("?" + request.query_string.decode("latin-1")).language
        return Response(not_found_document(load_texts(language), stylesheet), status=404, mimetype="text/html")
