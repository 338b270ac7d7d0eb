"""Entry point of WSGI servers: ``gunicorn 'app:create_app()'``, with settings from ``SCORING_*``."""

from flask import Flask

from scoring_dash.server import create_server
from scoring_dash.settings import Settings


def create_app() -> Flask:
    """Build the application from the environment."""
    return create_server(Settings())
