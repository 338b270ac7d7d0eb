"""A trial scoring in a process of its own, which a bad model may crash without harm.

It is started before the heavy libraries are loaded here, and so takes no time of its own on two processors.
This module must not import LightGBM.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.artifact import Artifact, open_artifact

_SECONDS = 60


@dataclass(frozen=True)
class Trial:
    """A trial under way on an artifact whose hashes were checked."""

    artifact: Artifact
    process: subprocess.Popen[bytes]

    def passed(self) -> Artifact:
        """Wait for the end; gives the artifact, which may now be loaded.

        Raises
        ------
        ArtifactError
            If the trial failed, hung, or found other scores than those stored.
        """
        model = self.artifact.root / "model"
        try:
            _, said = self.process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ArtifactError(f"{model}: a trial scoring took over {_SECONDS} s. Restore the artifact.") from error
        if self.process.returncode != 0:
            # A broken model makes LightGBM print whatever memory it met: not always text.
            last = (said.decode(errors="replace").strip().splitlines() or ["no message"])[-1][:300]
            raise ArtifactError(
                f"{model}: the model cannot be used: a trial scoring ended with code {self.process.returncode} "
                f"({last}). Restore the artifact."
            )
        return self.artifact


@contextmanager
def on_trial(artifacts: Path) -> Iterator[Trial]:
    """Check every hash of the version in service, and start the trial scoring of its golden rows.

    Raises
    ------
    ArtifactError
        If a file is missing, damaged or swapped.
    """
    artifact = open_artifact(artifacts)
    command = [sys.executable, "-m", "scoring_dash.model.package", str(artifact.root / "model")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:  # noqa: S603 - our own interpreter and module
        try:
            yield Trial(artifact, process)
        finally:
            if process.poll() is None:
                process.kill()
