"""Every setting of the server, in one class, read from ``SCORING_*`` environment variables."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How the server runs; frozen once read.

    Attributes
    ----------
    host : str
        Address to bind to (``SCORING_HOST``). Only loopback: this program has no sign-in of its own yet, so an
        authenticating proxy on the same host, or in the same network namespace, must stand before it.
    port : int
        Port (``SCORING_PORT``).
    artifacts : Path
        Directory written by ``train`` (``SCORING_ARTIFACTS``).
    workers, threads : int
        gunicorn processes and threads in each (``SCORING_WORKERS``, ``SCORING_THREADS``).
    log_level : str
        ``debug``, ``info``, ``warning`` or ``error`` (``SCORING_LOG_LEVEL``).
    """

    model_config = SettingsConfigDict(env_prefix="SCORING_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    artifacts: Path = Path("artifacts")
    workers: int = Field(default=2, ge=1, le=16)
    threads: int = Field(default=4, ge=1, le=32)
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")

    @field_validator("host")
    @classmethod
    def _only_loopback(cls, host: str) -> str:
        try:
            is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            is_loopback = False
        if not is_loopback:
            raise ValueError(
                f"{host!r} is not a loopback address and this server has no sign-in of its own; "
                "allowed: 127.0.0.1, ::1, localhost. Put an authenticating proxy in front"
            )
        return host
