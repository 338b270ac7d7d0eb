"""Settings of gunicorn for the Procfile; the same that ``python -m scoring_dash serve`` uses."""

from scoring_dash.server import gunicorn_options
from scoring_dash.settings import Settings

globals().update(gunicorn_options(Settings()))
