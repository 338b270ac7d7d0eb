"""Margins and exact contributions of a set of boosters: the only place that asks LightGBM for a score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError

FeatureRows = NDArray[np.float32]


class Scorer:
    """The final model and the fold models behind it.

    Every call uses one thread unless told otherwise: after ``fork`` (gunicorn with preloading) a LightGBM call
    with several threads hangs for ever, and one row is faster on one thread.

    Parameters
    ----------
    boosters : sequence of lightgbm.Booster
        The fold models in order, then the final model, which scores clients that no model has seen.
    """

    def __init__(self, boosters: Sequence[lightgbm.Booster]) -> None:
        self._boosters = tuple(boosters)

    @property
    def final(self) -> int:
        """Number of the final model; the fold models are 0 … ``final - 1``."""
        return len(self._boosters) - 1

    @property
    def n_features(self) -> int:
        """Inputs of each model."""
        return int(self._boosters[-1].num_feature())

    def margin(self, rows: FeatureRows, model: int, *, threads: int = 1) -> NDArray[np.float64]:
        """Raw score in log-odds.

        Parameters
        ----------
        rows : (n, n_features) float32, NaN where missing
        model : int
            Number of the model.

        Returns
        -------
        (n,) float64
            A row's margin does not depend on the other rows, nor on ``threads``.
        """
        return np.asarray(self._boosters[model].predict(rows, raw_score=True, num_threads=threads))

    def contributions(self, rows: FeatureRows, model: int, *, threads: int = 1) -> NDArray[np.float64]:
        """Exact TreeSHAP values in log-odds.

        Returns
        -------
        (n, n_features + 1) float64
            The last column is the base (expected margin); a row sums to its margin to 1e-6.

        References
        ----------
        S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees",
        Nature Machine Intelligence 2 (2020); path-dependent algorithm, as in LightGBM's ``pred_contrib``.
        """
        return np.asarray(self._boosters[model].predict(rows, pred_contrib=True, num_threads=threads))

    def gains(self, model: int) -> NDArray[np.float64]:
        """(n_features,) float64: total gain of the splits on each feature."""
        return np.asarray(self._boosters[model].feature_importance("gain"), dtype=np.float64)

    def write(self, directory: Path) -> None:
        """Write each model as LightGBM's text."""
        for number, booster in enumerate(self._boosters):
            text = booster.model_to_string(num_iteration=-1)
            (directory / _file_name(number)).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> Scorer:
        """Load what :meth:`write` wrote; the files' hashes must have been checked before.

        Raises
        ------
        ArtifactError
            If a file is not a LightGBM model.
        """
        paths = sorted(directory.glob("booster_*.txt"))
        if not paths:
            raise ArtifactError(f"{directory}: holds no model. Train again with `python -m scoring_dash train`.")
        try:
            return cls([lightgbm.Booster(model_str=path.read_text(encoding="utf-8")) for path in paths])
        except lightgbm.basic.LightGBMError as error:
            raise ArtifactError(f"{directory}: a file is not a LightGBM model ({error}). Train again.") from error


def _file_name(number: int) -> str:
    return f"booster_{number:02d}.txt"
