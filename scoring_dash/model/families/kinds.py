"""What is compared: families of models, what is done about the imbalance, and what they train on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature

Rows = NDArray[np.float32]
Floats = NDArray[np.float64]
Predict = Callable[[Rows], Floats]
"""From (n, n_features) float32, NaN where missing, to (n,) probabilities of default."""


class Family(StrEnum):
    """Kinds of model, from the simplest."""

    DUMMY = "dummy"
    LOGISTIC = "logistic"
    FOREST = "forest"
    XGBOOST = "xgboost"
    LIGHTGBM = "lightgbm"


class Imbalance(StrEnum):
    """What is done about defaults being rare."""

    NONE = "none"
    CLASS_WEIGHTS = "class_weights"  # a default weighs as much more as it is rarer
    SMOTE = "smote"  # invented defaults between neighbouring ones, until there are as many as repaid files


@dataclass(frozen=True, slots=True)
class Variant:
    """A family, with what is done about the imbalance."""

    family: Family
    imbalance: Imbalance = Imbalance.NONE

    @property
    def name(self) -> str:
        """Name in tables, e.g. ``"logistic + class weights"``."""
        if self.imbalance is Imbalance.NONE:
            return str(self.family)
        return f"{self.family} + {'SMOTE' if self.imbalance is Imbalance.SMOTE else 'class weights'}"


@dataclass(frozen=True)
class LabelledFiles:
    """What every family trains on.

    Attributes
    ----------
    rows : (n, n_features) float32, C order, NaN where missing, a category as its code
    outcomes : (n,) int8, 0 or 1
    fold_of : (n,) int8
        Fold that holds each file out; what ``model.train`` splits with the same seed.
    """

    rows: Rows
    outcomes: NDArray[np.int8]
    features: tuple[Feature, ...]
    fold_of: NDArray[np.int8]
    seed: int

    @property
    def categorical(self) -> list[int]:
        """Columns that hold codes of categories."""
        return [place for place, feature in enumerate(self.features) if feature.is_categorical]

    @property
    def numeric(self) -> list[int]:
        """The other columns."""
        return [place for place, feature in enumerate(self.features) if not feature.is_categorical]


@dataclass(frozen=True)
class FoldModels:
    """One model a fold, which may score the files that the fold held out.

    Attributes
    ----------
    fitted : int
        Models trained in all, some of which need not be among ``predict``; to share out the time.
    """

    predict: tuple[Predict, ...]
    fitted: int

    def out_of_fold(self, files: LabelledFiles) -> Floats:
        """(n,) probability of default of each file, by the model that never saw it."""
        probabilities = np.empty(len(files.outcomes))
        for fold, predict in enumerate(self.predict):
            held_out = files.fold_of == fold
            probabilities[held_out] = predict(files.rows[held_out])
        return probabilities
