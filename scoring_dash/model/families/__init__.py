"""Families of models compared on the same folds: dummy, logistic regression, random forest, XGBoost, LightGBM.

Whatever is learnt from the data, preparation and SMOTE included, is learnt inside a fold: no held-out file takes part,
but for the number of boosting rounds, which both boosting libraries choose in the same way as ``model.train``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.model.families.boosting import fit_lightgbm, fit_lightgbm_smote, fit_lightgbm_weighted, fit_xgboost
from scoring_dash.model.families.estimators import dummy, fit_estimators, forest, logistic
from scoring_dash.model.families.kinds import Family, FoldModels, Imbalance, LabelledFiles, Predict, Variant
from scoring_dash.model.train import TrainingPlan

__all__ = ["Family", "FoldModels", "Imbalance", "LabelledFiles", "Predict", "Variant", "fit_folds"]


def fit_folds(variant: Variant, files: LabelledFiles, plan: TrainingPlan) -> FoldModels:
    """Train one model a fold.

    Parameters
    ----------
    plan : TrainingPlan
        LightGBM's parameters; its rounds and patience hold for XGBoost too.

    Raises
    ------
    InvalidRequestError
        If the family has no such treatment of the imbalance.
    """
    fit = _FITS.get((variant.family, variant.imbalance))
    if fit is None:
        allowed = ", ".join(f"{family} with {imbalance}" for family, imbalance in _FITS)
        raise InvalidRequestError("variant", variant.name, allowed)
    return fit(files, plan)


_FITS: Final[Mapping[tuple[Family, Imbalance], Callable[[LabelledFiles, TrainingPlan], FoldModels]]] = {
    (Family.DUMMY, Imbalance.NONE): partial(fit_estimators, dummy, Imbalance.NONE),
    **{(Family.LOGISTIC, imbalance): partial(fit_estimators, logistic, imbalance) for imbalance in Imbalance},
    (Family.FOREST, Imbalance.NONE): partial(fit_estimators, forest, Imbalance.NONE),
    (Family.XGBOOST, Imbalance.NONE): fit_xgboost,
    (Family.LIGHTGBM, Imbalance.NONE): fit_lightgbm,
    (Family.LIGHTGBM, Imbalance.CLASS_WEIGHTS): fit_lightgbm_weighted,
    (Family.LIGHTGBM, Imbalance.SMOTE): fit_lightgbm_smote,
}
