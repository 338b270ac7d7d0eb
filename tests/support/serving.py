"""The real server, as `make run` starts it, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import urllib3

WORKERS = 2


@contextmanager
def serving(
    artifacts: Path, log: Path, *, worker_count: int = WORKERS
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the server, wait until it is ready with all workers, and end it.

    Yields
    ------
    str, subprocess.Popen
        Its address, and the process of gunicorn's parent.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scoring_dash", "serve", "--artifacts", str(artifacts), "--port", str(port)]
    environment = {**os.environ, "SCORING_WORKERS": str(worker_count)}
    with (
        log.open("wb") as stream,
        subprocess.Popen(command, stdout=stream, stderr=stream, env=environment) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            _until_ready(base, process, log, worker_count)
            yield base, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that answer requests."""
    return psutil.Process(process.pid).children()


def _until_ready(base: str, process: subprocess.Popen[bytes], log: Path, worker_count: int) -> None:
    pool = urllib3.PoolManager(retries=urllib3.Retry(total=None, connect=200, backoff_factor=0.05, backoff_max=0.3))
    answer = pool.request("GET", f"{base}/readyz", timeout=10)
    assert process.poll() is None, log.read_text()
    assert answer.status == 200, answer.data
    for _ in range(200):
        if len(workers(process)) == worker_count:
            return
        with suppress(subprocess.TimeoutExpired):  # until every worker is forked
            process.wait(0.05)
    raise AssertionError(log.read_text())
