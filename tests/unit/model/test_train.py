from __future__ import annotations

import numpy as np
import pytest
from support.tiny_model import QUICK, tiny_data

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.train import TrainedModels, split_folds, train_models

DATA = tiny_data(past=900, current=3)
OUTCOMES = DATA.past.outcomes


def trained(fold_of: np.ndarray | None) -> TrainedModels:
    return train_models(DATA.past.values, OUTCOMES, DATA.features, seed=4, plan=QUICK, fold_of=fold_of)


def test_every_fold_has_its_share_of_files_and_of_defaults() -> None:
    fold_of = split_folds(OUTCOMES, 3, seed=4)
    assert np.bincount(fold_of).tolist() == [300, 300, 300]
    assert np.ptp(np.bincount(fold_of, OUTCOMES)) <= 1
    np.testing.assert_array_equal(split_folds(OUTCOMES, 3, seed=4), fold_of)
    assert (split_folds(OUTCOMES, 3, seed=5) != fold_of).any()


def test_folds_made_before_are_those_of_the_models() -> None:
    usual = trained(None)
    np.testing.assert_array_equal(usual.fold_of, split_folds(OUTCOMES, QUICK.folds, seed=4))
    np.testing.assert_array_equal(trained(usual.fold_of).out_of_fold_margins, usual.out_of_fold_margins)
    other = split_folds(OUTCOMES, QUICK.folds, seed=9)
    np.testing.assert_array_equal(trained(other).fold_of, other)
    assert (trained(other).out_of_fold_margins != usual.out_of_fold_margins).any()


def test_folds_of_another_number_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="into 5 folds; the training plan wants 3"):
        trained(split_folds(OUTCOMES, 5, seed=4))


def test_too_few_files_of_one_outcome_cannot_be_split() -> None:
    with pytest.raises(ConfigurationError, match="the rarer outcome has 2 files; at least 3"):
        split_folds(np.array([0, 0, 0, 0, 1, 1], np.int8), 3, seed=0)
