"""Families: each learns, none sees a held-out file, and rebalancing does to the probabilities what is said of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from support.tiny_model import tiny_data

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.model.families import Family, Imbalance, LabelledFiles, Variant, fit_folds
from scoring_dash.model.train import TrainingPlan, split_folds, train_models

BRISK = TrainingPlan(
    folds=3, most_rounds=60, patience=20, parameters={**TrainingPlan().parameters, "learning_rate": 0.1}
)

ALL_VARIANTS = [
    *(Variant(family) for family in Family),
    *(
        Variant(family, imbalance)
        for family in (Family.LOGISTIC, Family.LIGHTGBM)
        for imbalance in (Imbalance.CLASS_WEIGHTS, Imbalance.SMOTE)
    ),
]
EACH = pytest.mark.parametrize("variant", ALL_VARIANTS, ids=lambda variant: variant.name)


@pytest.fixture(scope="module")
def files() -> LabelledFiles:
    """Invented files of which about one in seven defaults."""
    past = tiny_data(past=1500).past
    kept = np.flatnonzero((past.outcomes == 0) | (np.arange(1500) % 5 == 0))
    outcomes = past.outcomes[kept]
    rows = np.ascontiguousarray(past.values[:, kept].T)
    return LabelledFiles(rows, outcomes, tiny_data().features, split_folds(outcomes, BRISK.folds, 0), 0)


@EACH
def test_every_variant_gives_probabilities_and_ranks_better_than_chance(variant: Variant, files: LabelledFiles) -> None:
    found = fit_folds(variant, files, BRISK).out_of_fold(files)
    assert found.shape == files.outcomes.shape
    assert ((found >= 0) & (found <= 1)).all()
    auc = roc_auc_score(files.outcomes, found)
    assert auc == pytest.approx(0.5, abs=0.02) if variant.family is Family.DUMMY else auc > 0.62


def test_the_dummy_gives_the_default_rate(files: LabelledFiles) -> None:
    found = fit_folds(Variant(Family.DUMMY), files, BRISK).out_of_fold(files)
    assert found == pytest.approx(files.outcomes.mean(), abs=0.001)


def test_lightgbm_is_the_model_of_train(files: LabelledFiles) -> None:
    found = fit_folds(Variant(Family.LIGHTGBM), files, BRISK).out_of_fold(files)
    values = np.ascontiguousarray(files.rows.T)
    margins = train_models(values, files.outcomes, files.features, seed=0, plan=BRISK).out_of_fold_margins
    assert found.tolist() == (1 / (1 + np.exp(-margins))).tolist()


@pytest.mark.parametrize(
    "variant",
    [Variant(Family.LOGISTIC), Variant(Family.LOGISTIC, Imbalance.SMOTE), Variant(Family.FOREST)],
    ids=lambda variant: variant.name,
)
def test_what_a_fold_holds_out_changes_nothing_in_its_model(variant: Variant, files: LabelledFiles) -> None:
    """Neither its outcomes nor its values: imputation, scaling, categories and SMOTE are learnt inside the fold."""
    held_out = files.fold_of == 0
    rows, outcomes = files.rows.copy(), files.outcomes.copy()
    rows[held_out] = rows[held_out] * 3 + 1
    outcomes[held_out] = 1 - outcomes[held_out]
    altered = replace(files, rows=rows, outcomes=outcomes)
    honest, other = (fit_folds(variant, one, BRISK) for one in (files, altered))
    probe = files.rows[:50]
    # Not to the bit: the forest's threads add its trees up in any order.
    assert honest.predict[0](probe) == pytest.approx(other.predict[0](probe), abs=1e-12)
    assert honest.predict[1](probe) != pytest.approx(other.predict[1](probe), abs=1e-3)


@pytest.mark.parametrize("family", [Family.LOGISTIC, Family.LIGHTGBM])
def test_rebalancing_lifts_probabilities_far_above_the_default_rate(family: Family, files: LabelledFiles) -> None:
    rate = float(files.outcomes.mean())
    means = {
        imbalance: float(fit_folds(Variant(family, imbalance), files, BRISK).out_of_fold(files).mean())
        for imbalance in Imbalance
    }
    assert means[Imbalance.NONE] == pytest.approx(rate, abs=0.01)
    assert means[Imbalance.CLASS_WEIGHTS] > 2 * rate
    assert means[Imbalance.SMOTE] > 2 * rate


@pytest.mark.parametrize("family", [Family.XGBOOST, Family.LIGHTGBM])
def test_boosting_keeps_the_monotone_constraints(family: Family, files: LabelledFiles) -> None:
    predict = fit_folds(Variant(family), files, BRISK).predict[0]
    rows = np.repeat(files.rows[:1], 50, axis=0)
    place = [feature.name for feature in files.features].index("external_score_2")
    rows[:, place] = np.linspace(0, 1, 50)
    found = predict(rows)
    assert (np.diff(found) <= 0).all()
    assert found[0] > found[-1]


@EACH
def test_the_same_seed_gives_the_same_bits(variant: Variant, files: LabelledFiles) -> None:
    if variant.family is Family.FOREST:
        pytest.skip("threads add its trees up in any order: the last bit may differ")
    first, second = (fit_folds(variant, files, BRISK).out_of_fold(files) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_a_treatment_that_a_family_lacks_is_refused(files: LabelledFiles) -> None:
    with pytest.raises(InvalidRequestError, match=r"forest \+ SMOTE"):
        fit_folds(Variant(Family.FOREST, Imbalance.SMOTE), files, BRISK)
