"""The library that draws the grid: served by this program, and loaded by the browser on the page of the list only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import dash
import dash_ag_grid
from dash.fingerprint import build_fingerprint

_MAIN: Final = "dash_ag_grid.min.js"
_COMMUNITY: Final = "async-community.js"


def install(app: dash.Dash) -> str:
    """Serve the library and give its address.

    Dash puts the scripts of every imported library into every page: here 1.3 MB, which a client's file has no use for.
    So the library announces none, and ``assets/grid.js`` fetches it where a grid is shown. The paid part of the
    library is not served at all.
    """
    dash_ag_grid._js_dist = []
    app.registered_paths[dash_ag_grid.__name__].update((_MAIN, _COMMUNITY))
    path = Path(dash_ag_grid.__file__).with_name(_MAIN)
    name = build_fingerprint(_MAIN, dash_ag_grid.__version__, int(path.stat().st_mtime))
    return f"{app.config.requests_pathname_prefix}_dash-component-suites/{dash_ag_grid.__name__}/{name}"
