"""The server: services, page and API in one Flask application, run by gunicorn."""

from __future__ import annotations

import gc
import logging
from pathlib import Path
from typing import Any

from flask import Flask

from scoring_dash.model.openmp import stay_single
from scoring_dash.model.trial import on_trial
from scoring_dash.settings import Settings

ASSETS = Path(__file__).resolve().parents[1] / "assets"

_LOGGER = logging.getLogger(__name__)


def create_server(settings: Settings) -> Flask:
    """Load the artifact and build the application.

    Raises
    ------
    ArtifactError
        If the artifact cannot be used.
    """
    stay_single()
    with on_trial(settings.artifacts) as trial:
        # Loaded here, beside the trial in its own process: the libraries take longer than everything else.
        from scoring_dash.api.routes import register_api
        from scoring_dash.bootstrap import build_services
        from scoring_dash.web.app import create_dash

        services = build_services(trial)
    dash = create_dash(services, assets=ASSETS)
    server: Flask = dash.server
    register_api(server, services)
    _LOGGER.info("model %s, %d clients", services.model.version, len(services.portfolio.all_ids))
    return server


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """How gunicorn runs the application: workers forked from one loaded parent share its memory."""
    return {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_class": "gthread",
        "preload_app": True,
        "timeout": 30,
        "graceful_timeout": 20,
        "keepalive": 5,
        "max_requests": 20000,
        "max_requests_jitter": 5000,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - a heartbeat file must not wait for a disk
        "loglevel": settings.log_level,
        "accesslog": None,
        "control_socket_disable": True,
        "when_ready": _freeze_memory,
    }


def run(settings: Settings) -> None:
    """Serve until stopped."""
    from gunicorn.app.base import BaseApplication

    server = create_server(settings)

    class Application(BaseApplication):
        def load_config(self) -> None:
            for name, value in gunicorn_options(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return server

    Application().run()


def _freeze_memory(_: object) -> None:
    """Keep the collector from touching, and so copying, the pages that workers share with their parent."""
    gc.collect()
    gc.freeze()
