"""Conformal sets: the definition written out slowly, and the promise kept for each outcome apart."""

import numpy as np
import pytest

from scoring_dash.model.evaluation.conformal import conformal_figures, conformal_sets, cross_conformal_sets


def draw(random: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """A calibrated score that is far from certain, at a default rate of about 8 %."""
    probabilities = 1 / (1 + np.exp(-random.normal(-2.9, 1.1, n)))
    return probabilities, (random.random(n) < probabilities).astype(np.int8)


def slow_set(known: np.ndarray, outcomes: np.ndarray, probability: float, level: float) -> tuple[bool, bool]:
    """Leave an outcome out when he and those at least as strange are too few of its files."""
    repaid = [value for value, outcome in zip(known, outcomes, strict=True) if outcome == 0]
    defaulted = [value for value, outcome in zip(known, outcomes, strict=True) if outcome == 1]
    as_risky = 1 + sum(value >= probability for value in repaid)
    as_safe = 1 + sum(value <= probability for value in defaulted)
    return as_risky * 100 > (100 - level * 100) * (len(repaid) + 1), as_safe * 100 > (100 - level * 100) * (
        len(defaulted) + 1
    )


def test_sets_equal_the_definition() -> None:
    random = np.random.default_rng(0)
    known, outcomes = draw(random, 300)
    known = np.round(known, 2)  # ties
    asked = np.round(random.random(60), 2)
    found = conformal_sets(known, outcomes, asked, level=0.8)
    assert [tuple(line) for line in found.tolist()] == [slow_set(known, outcomes, value, 0.8) for value in asked]


@pytest.mark.parametrize(("known_defaulters", "may_default"), [(8, True), (9, False)])
def test_who_is_stranger_than_all_is_excluded_once_there_are_nine(known_defaulters: int, may_default: bool) -> None:
    # He would be one of nine, more than the tenth that may be wrong; or one of ten, no more than that.
    known = np.concatenate([np.full(100, 0.05), np.full(known_defaulters, 0.5)])
    outcomes = np.concatenate([np.zeros(100), np.ones(known_defaulters)]).astype(np.int8)
    assert bool(conformal_sets(known, outcomes, np.array([0.01]))[0, 1]) is may_default


def test_each_outcome_is_covered_as_promised() -> None:
    """Pooled over 40 draws of calibration and test files, within 3 binomial deviations."""
    random = np.random.default_rng(7)
    held, files = np.zeros(2), np.zeros(2)
    for _ in range(40):
        known, outcomes = draw(random, 4000)
        asked, truth = draw(random, 2000)
        sets = conformal_sets(known, outcomes, asked)
        for outcome in (0, 1):
            held[outcome] += sets[truth == outcome, outcome].sum()
            files[outcome] += (truth == outcome).sum()
    for outcome in (0, 1):
        # Calibration files are drawn too: about 320 defaulters a draw, 40 draws, add their own deviation.
        calibration_files = 40 * 4000 * files[outcome] / files.sum()
        deviation = np.sqrt(0.09 / files[outcome] + 0.09 / calibration_files)
        assert held[outcome] / files[outcome] == pytest.approx(0.9, abs=3 * deviation)


def test_the_outcomes_of_a_fold_do_not_touch_its_own_sets() -> None:
    random = np.random.default_rng(3)
    probabilities, defaulted = draw(random, 2000)
    fold_of = (np.arange(2000) % 4).astype(np.int8)
    before = cross_conformal_sets(probabilities, defaulted, fold_of)
    other = np.where(fold_of == 2, 1 - defaulted, defaulted).astype(np.int8)
    after = cross_conformal_sets(probabilities, other, fold_of)
    assert (before[fold_of == 2] == after[fold_of == 2]).all()
    assert (before[fold_of != 2] != after[fold_of != 2]).any()


def test_shares_are_counted_by_hand() -> None:
    sets = np.array([[True, False], [True, True], [False, True], [False, False], [True, True]])
    found = conformal_figures(sets, np.array([0, 0, 1, 1, 1], dtype=np.int8))
    assert (found.repays, found.both, found.defaults, found.neither) == (0.2, 0.4, 0.2, 0.2)
    assert (found.covered_repaid.rate, found.covered_defaulted.rate) == (1.0, pytest.approx(2 / 3))
