"""A server in a process of its own, for as long as it is measured."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import psutil
import urllib3

_MOST_SECONDS: Final = 600
_BETWEEN_TRIALS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers.

    Attributes
    ----------
    address : str
        Without a slash at the end.
    seconds : float
        From the start of the process to its first answer.
    """

    address: str
    seconds: float
    process: psutil.Process


def our_command(artifacts: Path) -> list[str]:
    """What ``make run`` does; ``{port}`` stands for the port."""
    return [sys.executable, "-m", "scoring_dash", "serve", "--artifacts", str(artifacts), "--port", "{port}"]


@contextmanager
def serving(command: Sequence[str], *, ready: str = "/readyz") -> Iterator[Served]:
    """Start a server on a free port, wait until it answers, and end it.

    Parameters
    ----------
    command : sequence of str
        ``{port}`` in it becomes the port.
    ready : str
        Path that answers with 200 once the server is ready.

    Raises
    ------
    SystemExit
        If the server ends before it answers, or takes too long; what it wrote last is shown.
    """
    port = _free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(words, stdout=log, stderr=log) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}{ready}", process, log)
            yield Served(address, time.perf_counter() - start, psutil.Process(process.pid))
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    pool = urllib3.PoolManager(retries=False)
    deadline = time.monotonic() + _MOST_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if pool.request("GET", address).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(_BETWEEN_TRIALS)
    log.seek(0)
    raise SystemExit(f"{address} does not answer:\n{log.read()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
