"""Cross-validated LightGBM without class weights, and the final model on all files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.core.feature import Feature
from scoring_dash.model.predict import Scorer

_THREADS = 2
"""Fixed, since LightGBM promises the same model only for the same number of threads."""


@dataclass(frozen=True)
class TrainingPlan:
    """How a model is trained.

    Attributes
    ----------
    folds : int
        Of the stratified cross-validation.
    most_rounds, patience : int
        Boosting stops ``patience`` rounds after the best log-loss on the held-out fold. More than 2,000 trees of
        depth 4 would cost a screen more than 5 ms of processor time to explain exactly.
    prune : bool
        Leave out features that hardly any fold uses, and copies of others, before training.
    parameters : mapping
        LightGBM's. Shallow trees: depth is what an exact explanation costs. No class weights: they would
        ruin the calibration and do not improve the ranking.
    """

    folds: int = 5
    most_rounds: int = 2000
    patience: int = 150
    prune: bool = True
    parameters: dict[str, Any] = field(
        default_factory=lambda: {
            "learning_rate": 0.02,
            "max_depth": 4,
            "num_leaves": 16,
            "min_child_samples": 100,
            "feature_fraction": 0.3,
            "bagging_fraction": 0.8,
            "bagging_freq": 1,
            "lambda_l1": 1.0,
            "lambda_l2": 20.0,
            "cat_smooth": 30.0,
            "min_data_per_group": 200,
            "max_cat_to_onehot": 4,
            "max_bin": 255,
        }
    )


@dataclass(frozen=True)
class TrainedModels:
    """Fold models, final model and out-of-fold margins.

    Attributes
    ----------
    fold_of : (n,) int8
        Fold that held each file out; the fold's model is the only one that may score it.
    out_of_fold_margins : (n,) float64
    rounds : int
        Trees in every model: the mean of the folds' best.
    """

    scorer: Scorer
    fold_of: NDArray[np.int8]
    out_of_fold_margins: NDArray[np.float64]
    rounds: int


def train_models(  # noqa: PLR0913 - what is trained on, and how; all but the data has a default
    values: NDArray[np.float32],
    outcomes: NDArray[np.int8],
    features: Sequence[Feature],
    *,
    seed: int,
    plan: TrainingPlan | None = None,
    fold_of: NDArray[np.int8] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> TrainedModels:
    """Train by cross-validation, then once on all files with the folds' mean number of rounds.

    Parameters
    ----------
    values : (n_features, n) float32, NaN where missing
    outcomes : (n,) int8, 0 or 1
    features : sequence of Feature
        Of length n_features; gives categories and monotone signs.
    fold_of : (n,) int8, optional
        Folds made before with :func:`split_folds`, when features are cross-fitted themselves; else made here.

    Raises
    ------
    ConfigurationError
        If one outcome has fewer files than there are folds, or ``fold_of`` has another number of folds than the plan.
    """
    plan = plan or TrainingPlan()
    fold_of = split_folds(outcomes, plan.folds, seed) if fold_of is None else _checked_folds(fold_of, plan.folds)
    rows = np.ascontiguousarray(values.T)
    trainer = FoldTrainer(rows, outcomes, fold_of, features, plan, seed)
    boosters = []
    for fold in range(plan.folds):
        boosters.append(trainer.fit(fold))
        progress(f"fold {fold + 1} of {plan.folds}: {boosters[-1].best_iteration} trees")
    rounds = max(1, round(float(np.mean([booster.best_iteration for booster in boosters]))))
    fold_models = [_cut(booster, rounds) for booster in boosters]
    progress(f"final model: {rounds} trees")
    scorer = Scorer([*fold_models, _cut(trainer.fit_all(rounds), rounds)])
    return TrainedModels(scorer, fold_of, _out_of_fold_margins(scorer, rows, fold_of), rounds)


def split_folds(outcomes: NDArray[np.int8], folds: int, seed: int) -> NDArray[np.int8]:
    """Assign each file to a fold, with the same share of defaults in all.

    Parameters
    ----------
    outcomes : (n,) int8, 0 or 1
    folds : int
        At least 2.

    Returns
    -------
    (n,) int8
        From 0 to ``folds - 1``; the same outcomes and seed give the same folds.

    Raises
    ------
    ConfigurationError
        If one outcome has fewer files than there are folds.
    """
    rarest = int(min(np.count_nonzero(outcomes == 0), np.count_nonzero(outcomes == 1)))
    if rarest < folds:
        raise ConfigurationError(
            f"application_train, column TARGET: the rarer outcome has {rarest} files; "
            f"at least {folds} are needed to cross-validate. Bring more labelled files."
        )
    fold_of = np.empty(len(outcomes), dtype=np.int8)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for fold, (_, held_out) in enumerate(splitter.split(np.zeros((len(outcomes), 1)), outcomes)):
        fold_of[held_out] = fold
    return fold_of


def _out_of_fold_margins(scorer: Scorer, rows: NDArray[np.float32], fold_of: NDArray[np.int8]) -> NDArray[np.float64]:
    margins = np.empty(len(rows))
    for fold in range(scorer.final):
        held_out = fold_of == fold
        margins[held_out] = scorer.margin(rows[held_out], fold, threads=_THREADS)
    return margins


def _checked_folds(fold_of: NDArray[np.int8], folds: int) -> NDArray[np.int8]:
    found = int(fold_of.max()) + 1
    if found != folds:
        raise ConfigurationError(f"The files were split into {found} folds; the training plan wants {folds}.")
    return fold_of


@dataclass(frozen=True)
class FoldTrainer:
    """Trains on the files outside a fold, and stops when those in it are predicted no better.

    Attributes
    ----------
    rows : (n, n_features) float32, C order
    outcomes : (n,) int8, 0 or 1
    fold_of : (n,) int8
    """

    rows: NDArray[np.float32]
    outcomes: NDArray[np.int8]
    fold_of: NDArray[np.int8]
    features: Sequence[Feature]
    plan: TrainingPlan
    seed: int

    def fit(self, fold: int) -> lightgbm.Booster:
        """Train without a fold; ``best_iteration`` says where it predicts that fold best."""
        held_out = self.fold_of == fold
        training = self._dataset(~held_out)
        validation = training.create_valid(self.rows[held_out], label=self.outcomes[held_out])
        return lightgbm.train(
            self._parameters(),
            training,
            num_boost_round=self.plan.most_rounds,
            valid_sets=[validation],
            callbacks=[lightgbm.early_stopping(self.plan.patience, verbose=False)],
            # Else the trees beyond the best round are gone, and a fold cannot be cut at the folds' mean.
            keep_training_booster=True,
        )

    def fit_all(self, rounds: int) -> lightgbm.Booster:
        """Train on every file for a given number of rounds."""
        everybody = np.ones(len(self.outcomes), dtype=bool)
        return lightgbm.train(self._parameters(), self._dataset(everybody), num_boost_round=rounds)

    def _dataset(self, chosen: NDArray[np.bool_]) -> lightgbm.Dataset:
        return lightgbm.Dataset(
            self.rows[chosen],
            label=self.outcomes[chosen],
            feature_name=[feature.name for feature in self.features],
            categorical_feature=[i for i, feature in enumerate(self.features) if feature.is_categorical],
        )

    def _parameters(self) -> dict[str, Any]:
        return {
            **self.plan.parameters,
            "objective": "binary",
            "metric": "binary_logloss",
            "monotone_constraints": [feature.monotone for feature in self.features],
            "seed": self.seed,
            "deterministic": True,
            "force_col_wise": True,
            "num_threads": _THREADS,
            "verbosity": -1,
            "feature_pre_filter": False,
        }


def _cut(booster: lightgbm.Booster, rounds: int) -> lightgbm.Booster:
    """The first ``rounds`` trees, as they will be read back from disk."""
    return lightgbm.Booster(model_str=booster.model_to_string(num_iteration=rounds))
