"""Real gunicorn, two preloaded workers: the same answers from both, no hang, and a killed worker is replaced."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest
from support.serving import WORKERS, serving, workers

pytestmark = pytest.mark.server


def ask(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def test_both_workers_give_identical_scores_and_explanations(tiny_artifacts: Path, tmp_path: Path) -> None:
    with serving(tiny_artifacts, tmp_path / "log") as (base, process):
        assert len(workers(process)) == WORKERS
        client = json.loads(ask(f"{base}/api/v1/clients?limit=1"))["items"][0]["client_id"]
        for part in ("assessment", "explanation"):
            answers = _from_each_worker(process, f"{base}/api/v1/clients/{client}/{part}")
            assert len(answers) == WORKERS
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
    artifacts = Path(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))
    model = next(artifacts.glob("versions/*/model/booster_00.txt"))
    model.write_bytes(model.read_bytes()[:-10])
    command = [sys.executable, "-m", "scoring_dash", "serve", "--artifacts", str(artifacts), "--port", "8999"]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode == 78
    assert "booster_00.txt" in outcome.stderr
    assert "Traceback" not in outcome.stderr
