"""Predicted against observed, counted by hand."""

import numpy as np
import pytest

from scoring_dash.model.evaluation.metrics import evaluate
from scoring_dash.model.evaluation.reliability import calibration, fold_figures, reliability_bins, segment_figures


def test_bins_hold_equal_numbers_from_low_to_high() -> None:
    probabilities = np.array([0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.15, 0.25, 0.95, 0.05, 0.35, 0.45] * 2)
    defaulted = (probabilities > 0.5).astype(np.int8)
    bins = reliability_bins(probabilities, defaulted)
    assert [item.observed.files for item in bins] == [3] * 10
    # The three lowest of 30: twice 0.05 and once 0.1; nobody above 0.5 among them.
    assert bins[0].predicted == pytest.approx((0.05 + 0.05 + 0.1) / 3)
    assert [item.observed.rate for item in bins][:6] == [0.0] * 6
    assert bins[-1].observed.rate == 1.0


def test_few_files_make_few_bins() -> None:
    assert len(reliability_bins(np.array([0.1, 0.2, 0.3]), np.array([0, 1, 0], dtype=np.int8))) == 3


def test_the_served_line_judges_the_probability_and_not_the_margin() -> None:
    random = np.random.default_rng(0)
    margins = random.normal(-2, 1, 20_000)
    probabilities = 1 / (1 + np.exp(-(0.5 * margins - 0.3)))  # what the calibrator made of them
    defaulted = (random.random(20_000) < probabilities).astype(np.int8)
    found = calibration(margins, probabilities, defaulted)
    assert found.margins is not None and found.served is not None
    assert found.margins.slope == pytest.approx(0.5, abs=2 * found.margins.slope_half_width)
    assert found.served.slope == pytest.approx(1.0, abs=2 * found.served.slope_half_width)


def test_no_line_where_there_is_nothing_to_fit() -> None:
    margins = np.linspace(-3, 3, 100)
    one_default = (np.arange(100) == 99).astype(np.int8)
    apart = (margins > 0).astype(np.int8)
    flat = np.zeros(100)
    for line, outcome in ((margins, one_default), (flat, apart)):
        assert calibration(line, 1 / (1 + np.exp(-line)), outcome).margins is None


def test_groups_are_counted_apart_and_small_ones_have_no_ranking() -> None:
    probabilities = np.concatenate([np.linspace(0.1, 0.5, 40), [0.2, 0.4]])
    defaulted = np.concatenate([np.tile([0, 1], 20), [0, 1]]).astype(np.int8)
    contract = np.array(["Cash loans"] * 40 + ["Revolving loans"] * 2)
    (table,) = segment_figures({"contract_type": contract}, probabilities, defaulted, seed=0)
    cash, revolving = table.groups
    assert (cash.group, cash.reliability.observed.files, cash.reliability.observed.rate) == ("Cash loans", 40, 0.5)
    assert cash.auc is not None
    # Each defaulter i of 20 stands above the i good ones before him, and his twin: 210 of 400 pairs.
    assert cash.auc.value == pytest.approx(210 / 400)
    assert cash.auc.low < cash.auc.value < cash.auc.high
    assert revolving.auc is None
    assert revolving.reliability.predicted == pytest.approx(0.3)


def test_each_fold_is_measured_on_its_own_files() -> None:
    random = np.random.default_rng(1)
    probabilities = random.random(600)
    defaulted = (random.random(600) < probabilities).astype(np.int8)
    fold_of = (np.arange(600) % 3).astype(np.int8)
    folds = fold_figures(fold_of, probabilities, defaulted, 0.3)
    for fold in folds:
        members = fold_of == fold.fold
        alone = evaluate(probabilities[members], defaulted[members], 0.3, seed=0, replicates=2)
        assert (fold.auc, fold.log_loss, fold.cost) == (
            alone["auc"].value,
            alone["log_loss"].value,
            alone["cost"].value,
        )
    assert [fold.files for fold in folds] == [200, 200, 200]
