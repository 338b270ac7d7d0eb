"""Run as a program: features of the applications and histories of one directory, for the server that asked for them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scoring_dash.assessment.history_features import FEATURES_FILE
from scoring_dash.data.store import Portfolio, read_portfolio
from scoring_dash.model.artifact import Artifact
from scoring_dash.model.package import ModelPackage, read_package
from scoring_dash.pipeline.score import application_features
from scoring_dash.pipeline.training_data import open_tables


@dataclass(frozen=True, slots=True)
class StoredModel:
    """The parts of an artifact that features depend on; the server has checked its hashes."""

    artifact: Artifact
    package: ModelPackage
    portfolio: Portfolio


def write_features(root: Path, directory: Path) -> None:
    """Write ``features.npy``, (n, n_features) float32 by client number, beside the tables.

    Raises
    ------
    DataError
        If the tables cannot be used.
    """
    model = StoredModel(Artifact(root, root.name), read_package(root / "model"), read_portfolio(root / "portfolio"))
    with open_tables(directory, labelled=False) as raw:
        matrix = application_features(model, directory, raw.tables)
    np.save(directory / FEATURES_FILE, np.ascontiguousarray(matrix.values.T), allow_pickle=False)


if __name__ == "__main__":
    write_features(Path(sys.argv[1]), Path(sys.argv[2]))
