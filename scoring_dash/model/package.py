"""The model's part of an artifact: boosters, description, reference contributions, golden rows."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.description import ModelDescription, read_description, write_description
from scoring_dash.model.predict import FeatureRows, Scorer


@dataclass(frozen=True)
class ModelPackage:
    """A model ready to score and to explain.

    Attributes
    ----------
    reference_contributions : (n_models, n_features) float64
        For each model, mean contribution among the applicants just inside the threshold: what a
        client's reasons are measured against.
    """

    scorer: Scorer
    description: ModelDescription
    reference_contributions: NDArray[np.float64]


def write_package(package: ModelPackage, golden_rows: FeatureRows, directory: Path) -> None:
    """Write the model and the scores of some rows, which any later load must repeat.

    Parameters
    ----------
    golden_rows : (n, n_features) float32
    """
    directory.mkdir()
    package.scorer.write(directory)
    write_description(package.description, directory / "model.json")
    np.save(directory / "reference_contributions.npy", package.reference_contributions, allow_pickle=False)
    np.save(directory / "golden_rows.npy", golden_rows, allow_pickle=False)
    np.save(directory / "golden_margins.npy", _margins(Scorer.read(directory), golden_rows), allow_pickle=False)


def read_package(directory: Path) -> ModelPackage:
    """Load a model whose files' hashes were checked.

    Raises
    ------
    ArtifactError
        If its parts do not fit each other.
    """
    description = read_description(directory / "model.json")
    scorer = Scorer.read(directory)
    reference = np.load(directory / "reference_contributions.npy", allow_pickle=False)
    wanted = (scorer.final + 1, scorer.n_features)
    if len(description.features) != scorer.n_features or reference.shape != wanted:
        raise ArtifactError(
            f"{directory}: the model has {scorer.n_features} inputs, its description {len(description.features)} "
            f"and its reference {reference.shape}; they belong to different versions. Train again."
        )
    return ModelPackage(scorer, description, reference)


def _margins(scorer: Scorer, rows: FeatureRows) -> NDArray[np.float64]:
    return np.column_stack([scorer.margin(rows, model) for model in range(scorer.final + 1)])


def _repeat_golden_rows(directory: Path) -> None:
    rows = np.load(directory / "golden_rows.npy", allow_pickle=False)
    stored = np.load(directory / "golden_margins.npy", allow_pickle=False)
    found = _margins(Scorer.read(directory), rows)
    # Another processor may round the last digit of an exp or a sum differently; a changed leaf moves far more.
    if found.shape != stored.shape or not np.allclose(found, stored, rtol=0, atol=1e-9):
        raise ArtifactError("The golden rows get other scores than when the model was written.")


if __name__ == "__main__":
    _repeat_golden_rows(Path(sys.argv[1]))
