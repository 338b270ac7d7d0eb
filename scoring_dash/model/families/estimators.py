"""Dummy, logistic regression and random forest, each with the preparation that it needs, learnt inside the fold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from scoring_dash.model.families.kinds import Floats, FoldModels, Imbalance, LabelledFiles, Rows
from scoring_dash.model.train import TrainingPlan

_THREADS: Final = 2
_TREES: Final = 300
_RARE_CATEGORY: Final = 0.002  # categories below this share are taken together
_QUANTILES: Final = 200


def fit_estimators(
    build: Callable[[LabelledFiles, Imbalance], Any], imbalance: Imbalance, files: LabelledFiles, plan: TrainingPlan
) -> FoldModels:
    """Fit what ``build`` gives, once a fold."""
    models = []
    for fold in range(plan.folds):
        training = files.fold_of != fold
        models.append(build(files, imbalance).fit(files.rows[training], files.outcomes[training]))
    return FoldModels(tuple(partial(_default_column, model) for model in models), plan.folds)


def _default_column(model: Any, rows: Rows) -> Floats:
    return np.asarray(model.predict_proba(rows)[:, 1], dtype=np.float64)


def dummy(_files: LabelledFiles, _imbalance: Imbalance) -> Any:
    """Build what gives everybody the default rate."""
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="prior")


def logistic(files: LabelledFiles, imbalance: Imbalance) -> Any:
    """Build a logistic regression behind its preparation."""
    from sklearn.linear_model import LogisticRegression

    weight = "balanced" if imbalance is Imbalance.CLASS_WEIGHTS else None
    # C below 1: the external scores and their mean, least and greatest are nearly collinear.
    # Newton's method: some hundred columns and many rows take it a tenth of the time of the usual solver.
    model = LogisticRegression(C=0.1, class_weight=weight, solver="newton-cholesky")
    return _pipeline(linear_preparation(files), resampler_of(files, imbalance), model)


def forest(files: LabelledFiles, _imbalance: Imbalance) -> Any:
    """Build a random forest of 300 trees, each on half of the files."""
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.impute import MissingIndicator, SimpleImputer

    # A tree needs no scale, and takes the codes of a category, in the alphabet's order, as they are.
    preparation = ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median", keep_empty_features=True), files.numeric),
            ("categories", SimpleImputer(strategy="constant", fill_value=-1), files.categorical),
            ("missing", MissingIndicator(error_on_new=False), files.numeric),
        ]
    )
    model = RandomForestClassifier(
        _TREES, min_samples_leaf=50, max_samples=0.5, n_jobs=_THREADS, random_state=files.seed
    )
    return _pipeline(preparation, None, model)


def _pipeline(preparation: Any, resampler: Any, model: Any) -> Any:
    from imblearn.pipeline import Pipeline  # scikit-learn's has no place for a resampler

    steps = [("prepare", preparation), ("resample", resampler), ("model", model)]
    return Pipeline([step for step in steps if step[1] is not None])


def linear_preparation(files: LabelledFiles) -> Any:
    """Build what a linear model needs: no gaps, numbers on one scale without far outliers, a column a category."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import MissingIndicator, SimpleImputer
    from sklearn.preprocessing import OneHotEncoder, QuantileTransformer

    quantiles = min(_QUANTILES, len(files.rows) // 2)
    numbers = _pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        None,
        QuantileTransformer(n_quantiles=quantiles, output_distribution="normal", random_state=files.seed),
    )
    one_column_each = OneHotEncoder(
        handle_unknown="infrequent_if_exist", min_frequency=_RARE_CATEGORY, sparse_output=False
    )
    return ColumnTransformer(
        [
            ("numbers", numbers, files.numeric),
            ("missing", MissingIndicator(error_on_new=False), files.numeric),
            ("categories", one_column_each, files.categorical),
        ],
        sparse_threshold=0.0,
    )


def resampler_of(files: LabelledFiles, imbalance: Imbalance) -> Any:
    """Build SMOTE, or nothing if it is not asked for."""
    if imbalance is not Imbalance.SMOTE:
        return None
    from imblearn.over_sampling import SMOTE

    return SMOTE(random_state=files.seed)
