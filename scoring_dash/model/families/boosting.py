"""XGBoost and LightGBM, with and without class weights or SMOTE; rounds are chosen as ``model.train`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.families.estimators import linear_preparation, resampler_of
from scoring_dash.model.families.kinds import Floats, FoldModels, Imbalance, LabelledFiles, Rows
from scoring_dash.model.train import TrainingPlan, train_models

_THREADS: Final = 2


def fit_xgboost(files: LabelledFiles, plan: TrainingPlan) -> FoldModels:
    """Train XGBoost with the plan's depth, penalties and constraints, and its own treatment of gaps and categories."""
    import xgboost

    kinds = ["c" if feature.is_categorical else "q" for feature in files.features]

    def matrix(chosen: NDArray[np.bool_]) -> Any:
        return xgboost.DMatrix(
            files.rows[chosen], files.outcomes[chosen], feature_types=kinds, enable_categorical=True, nthread=_THREADS
        )

    boosters = []
    for fold in range(plan.folds):
        held_out = files.fold_of == fold
        boosters.append(
            xgboost.train(
                _xgboost_parameters(files, plan),
                matrix(~held_out),
                num_boost_round=plan.most_rounds,
                evals=[(matrix(held_out), "held_out")],
                early_stopping_rounds=plan.patience,
                verbose_eval=False,
            )
        )
    rounds = _mean_rounds([booster.best_iteration + 1 for booster in boosters])

    def predict(booster: Any, rows: Rows) -> Floats:
        data = xgboost.DMatrix(rows, feature_types=kinds, enable_categorical=True, nthread=_THREADS)
        # A fold that stopped early enough has fewer trees than the mean.
        last = min(rounds, booster.num_boosted_rounds())
        return np.asarray(booster.predict(data, iteration_range=(0, last)), dtype=np.float64)

    return FoldModels(tuple(partial(predict, booster) for booster in boosters), plan.folds)


def _xgboost_parameters(files: LabelledFiles, plan: TrainingPlan) -> dict[str, Any]:
    given = plan.parameters
    rate = float(np.mean(files.outcomes))
    return {
        "objective": "binary:logistic",
        "eval_metric": "logloss",
        "tree_method": "hist",
        "eta": given.get("learning_rate", 0.05),
        "max_depth": given.get("max_depth", 4),
        # Counted in second derivatives, p (1 - p) a file, where LightGBM counts files.
        "min_child_weight": given.get("min_child_samples", 100) * rate * (1 - rate),
        "subsample": given.get("bagging_fraction", 0.8),
        "colsample_bytree": given.get("feature_fraction", 0.25),
        "alpha": given.get("lambda_l1", 1.0),
        "lambda": given.get("lambda_l2", 20.0),
        "monotone_constraints": tuple(feature.monotone for feature in files.features),
        "nthread": _THREADS,
        "seed": files.seed,
    }


def fit_lightgbm(files: LabelledFiles, plan: TrainingPlan) -> FoldModels:
    """Train the model that the program keeps."""
    values = np.ascontiguousarray(files.rows.T)
    models = train_models(values, files.outcomes, files.features, seed=files.seed, plan=plan, fold_of=files.fold_of)

    def predict(fold: int, rows: Rows) -> Floats:
        return _logistic_of(models.scorer.margin(rows, fold, threads=_THREADS))

    return FoldModels(tuple(partial(predict, fold) for fold in range(plan.folds)), plan.folds + 1)


def fit_lightgbm_weighted(files: LabelledFiles, plan: TrainingPlan) -> FoldModels:
    """Train LightGBM with a default weighing as many times more as it is rarer."""
    weight = np.count_nonzero(files.outcomes == 0) / np.count_nonzero(files.outcomes == 1)
    constraints = [feature.monotone for feature in files.features]
    parameters = _rebalanced(plan, files.seed) | {"scale_pos_weight": weight, "monotone_constraints": constraints}
    fits = []
    for fold in range(plan.folds):
        held_out = files.fold_of == fold
        training = (files.rows[~held_out], files.outcomes[~held_out])
        validation = (files.rows[held_out], files.outcomes[held_out])
        fits.append(_boost(parameters, plan, training, validation, files.categorical))
    return _cut_to_mean(fits, [None] * plan.folds, plan)


def fit_lightgbm_smote(files: LabelledFiles, plan: TrainingPlan) -> FoldModels:
    """Train LightGBM on the logistic regression's preparation: SMOTE needs complete numbers."""
    parameters = _rebalanced(plan, files.seed)
    fits, preparations = [], []
    for fold in range(plan.folds):
        held_out = files.fold_of == fold
        preparation = linear_preparation(files).fit(files.rows[~held_out])
        resampled = resampler_of(files, Imbalance.SMOTE).fit_resample(
            preparation.transform(files.rows[~held_out]), files.outcomes[~held_out]
        )
        validation = (preparation.transform(files.rows[held_out]), files.outcomes[held_out])
        fits.append(_boost(parameters, plan, resampled, validation, []))
        preparations.append(preparation)
    return _cut_to_mean(fits, preparations, plan)


def _rebalanced(plan: TrainingPlan, seed: int) -> dict[str, Any]:
    """Parameters that stop on the ranking: on rebalanced files the log-loss of the held-out ones says nothing."""
    return {
        **plan.parameters,
        "objective": "binary",
        "metric": "auc",
        "seed": seed,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": _THREADS,
        "verbosity": -1,
    }


def _boost(
    parameters: Mapping[str, Any],
    plan: TrainingPlan,
    training: tuple[Any, Any],
    validation: tuple[Any, Any],
    categorical: Sequence[int],
) -> lightgbm.Booster:
    data = lightgbm.Dataset(*training, categorical_feature=list(categorical))
    return lightgbm.train(
        dict(parameters),
        data,
        num_boost_round=plan.most_rounds,
        valid_sets=[data.create_valid(*validation)],
        callbacks=[lightgbm.early_stopping(plan.patience, verbose=False)],
        keep_training_booster=True,  # else its trees end at the fold's own best round, before the mean
    )


def _cut_to_mean(boosters: Sequence[lightgbm.Booster], preparations: Sequence[Any], plan: TrainingPlan) -> FoldModels:
    rounds = _mean_rounds([booster.best_iteration for booster in boosters])

    def predict(booster: lightgbm.Booster, preparation: Any, rows: Rows) -> Floats:
        prepared = rows if preparation is None else preparation.transform(rows)
        return np.asarray(booster.predict(prepared, num_iteration=rounds, num_threads=_THREADS))

    pairs = zip(boosters, preparations, strict=True)
    return FoldModels(tuple(partial(predict, *pair) for pair in pairs), plan.folds)


def _mean_rounds(best: Sequence[int]) -> int:
    return max(1, round(float(np.mean(best))))


def _logistic_of(margins: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-margins))
