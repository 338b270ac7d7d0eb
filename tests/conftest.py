"""Fixtures that several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring_dash.model.openmp import share_processors

share_processors()

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def tracking_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a store of this session: no test writes into the checkout, nor into a store of its user."""
    address = f"sqlite:///{tmp_path_factory.mktemp('tracking') / 'mlflow.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLFLOW_TRACKING_URI", address)
        for name in ("MLFLOW_REGISTRY_URI", "MLFLOW_EXPERIMENT_NAME"):
            patch.delenv(name, raising=False)
        yield address


@pytest.fixture(scope="session")
def tiny_artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Directory of a small model; not to be changed by a test."""
    from support.tiny_model import train_tiny

    directory = tmp_path_factory.mktemp("tiny") / "artifacts"
    train_tiny(directory)
    return directory


@pytest.fixture(scope="session")
def real_data() -> Iterator[Path]:
    """Folder of the real Home Credit tables; the test skips where it is absent."""
    folder = Path(os.environ.get("SCORING_REAL_DATA", ROOT.parent / "shared" / "home-credit"))
    if not folder.is_dir():
        pytest.skip(f"the real Home Credit tables are not at {folder} (set SCORING_REAL_DATA)")
    yield folder
