"""Real gunicorn, two preloaded workers: the same answers from both, no hang, and a killed worker is replaced."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.server
WORKERS = 2


@contextmanager
def serving(artifacts: Path, log: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the server on a free port, wait until it listens, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scoring_dash", "serve", "--artifacts", str(artifacts), "--port", str(port)]
    with log.open("wb") as stream, subprocess.Popen(command, stdout=stream, stderr=stream) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            _until_ready(base, process, log)
            yield base, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _until_ready(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    import urllib3

    pool = urllib3.PoolManager(retries=urllib3.Retry(total=None, connect=200, backoff_factor=0.05, backoff_max=0.3))
    answer = pool.request("GET", f"{base}/readyz", timeout=10)
    assert process.poll() is None, log.read_text()
    assert answer.status == 200, answer.data
    for _ in range(200):
        if len(workers(process)) == WORKERS:
            return
        with suppress(subprocess.TimeoutExpired):  # until the second worker is forked too
            process.wait(0.05)
    raise AssertionError(log.read_text())


def ask(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children()


def test_both_workers_give_identical_scores_and_explanations(tiny_artifacts: Path, tmp_path: Path) -> None:
    with serving(tiny_artifacts, tmp_path / "log") as (base, process):
        assert len(workers(process)) == 2
        client = json.loads(ask(f"{base}/api/v1/clients?limit=1"))["items"][0]["client_id"]
        for part in ("assessment", "explanation"):
            answers = _from_each_worker(process, f"{base}/api/v1/clients/{client}/{part}")
            assert len(answers) == 2
            assert answers[0] == answers[1]


def _from_each_worker(process: subprocess.Popen[bytes], url: str) -> list[bytes]:
    """Ask one worker while the other is stopped: so both must answer."""
    answers = []
    for stopped in workers(process):
        stopped.suspend()
        try:
            answers.append(ask(url))
        finally:
            stopped.resume()
    return answers


def test_a_killed_worker_is_replaced(tiny_artifacts: Path, tmp_path: Path) -> None:
    with serving(tiny_artifacts, tmp_path / "log") as (base, process):
        before = {worker.pid for worker in workers(process)}
        victim = min(before)
        os.kill(victim, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(victim)] if psutil.pid_exists(victim) else [], timeout=20)
        assert ask(f"{base}/healthz") == b"ok\n"
        assert json.loads(ask(f"{base}/readyz"))["status"] == "ready"


def test_a_damaged_artifact_stops_the_server_with_a_sentence(tiny_artifacts: Path, tmp_path: Path) -> None:
    import shutil

    artifacts = Path(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))
    model = next(artifacts.glob("versions/*/model/booster_00.txt"))
    model.write_bytes(model.read_bytes()[:-10])
    command = [sys.executable, "-m", "scoring_dash", "serve", "--artifacts", str(artifacts), "--port", "8999"]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode == 78
    assert "booster_00.txt" in outcome.stderr
    assert "Traceback" not in outcome.stderr
