"""The audit by hand on eight kinds of clients, and its rules: small groups withheld, both ways of counting agree."""

import numpy as np
import pytest

from scoring_dash.model.evaluation.results import FairnessTable
from scoring_dash.monitoring.fairness import fairness_tables

THRESHOLD = 0.1
#          sex  probability  defaulted
CLIENTS = (
    ("F", 0.02, 0),
    ("F", 0.05, 0),
    ("F", 0.08, 1),
    ("F", 0.20, 1),
    ("M", 0.04, 0),
    ("M", 0.15, 0),
    ("M", 0.30, 0),
    ("M", 0.10, 1),
)


def audit(copies: int = 8, extra: tuple[tuple[str, float, int], ...] = ()) -> FairnessTable:
    sex, probabilities, defaulted = zip(*(CLIENTS * copies + extra), strict=True)
    (table,) = fairness_tables(
        {"sex": np.array(sex)}, np.array(probabilities), np.array(defaulted, dtype=np.int8), THRESHOLD, seed=0
    )
    return table


def test_eight_clients_by_hand() -> None:
    women, men = audit().groups
    # Women: 0.02, 0.05, 0.08 pass; both good ones pass; of the two in default, one passes.
    assert (women.group, women.files) == ("F", 32)
    assert women.approval.value == 3 / 4
    assert women.false_refusal is not None and women.false_refusal.value == 0.0
    assert women.missed_default is not None and women.missed_default.value == 1 / 2
    assert women.auc is not None and women.auc.value == 1.0
    # Men: 0.04 and 0.10 (at the threshold) pass; two of three good ones are refused; the one in default passes.
    assert men.approval.value == 1 / 2
    assert men.false_refusal is not None and men.false_refusal.value == pytest.approx(2 / 3)
    assert men.missed_default is not None and men.missed_default.value == 1.0
    # Above one of the three good ones.
    assert men.auc is None  # eight in default are fewer than ten
    assert women.predicted.value == pytest.approx((0.02 + 0.05 + 0.08 + 0.20) / 4)
    assert (women.observed.value, men.observed.value) == (1 / 2, 1 / 4)


def test_groups_are_compared() -> None:
    table = audit()
    assert table.approval_ratio is not None and table.approval_ratio.value == pytest.approx((1 / 2) / (3 / 4))
    assert not table.four_fifths
    assert table.false_refusal_gap is not None and table.false_refusal_gap.value == pytest.approx(2 / 3)
    assert table.missed_default_gap is not None and table.missed_default_gap.value == pytest.approx(1 / 2)


def test_the_ranking_of_a_group_is_its_own() -> None:
    assert (men := audit(16).groups[1].auc) is not None
    assert men.value == pytest.approx(1 / 3)


def test_intervals_are_as_wide_as_the_binomial_law_says() -> None:
    approval = audit(100).groups[0].approval  # 400 women, 3 of 4 approved
    deviation = (0.75 * 0.25 / 400) ** 0.5
    assert approval.high - approval.low == pytest.approx(2 * 1.96 * deviation, rel=0.25)
    assert approval.low < 0.75 < approval.high


def test_a_small_group_is_withheld_and_changes_nothing() -> None:
    with_strangers = audit(8, (("X", 0.9, 1),) * 29)
    assert [group.group for group in with_strangers.groups] == ["F", "M"]
    assert (with_strangers.withheld_groups, with_strangers.withheld_files) == (1, 29)
    assert with_strangers.approval_ratio == audit(8).approval_ratio
    assert "X" not in repr(with_strangers)
    assert [group.group for group in audit(8, (("X", 0.9, 1),) * 30).groups] == ["F", "M", "X"]


def test_a_group_without_defaults_has_no_missed_ones() -> None:
    others = audit(8, (("X", 0.02, 0),) * 40).groups[2]
    assert others.missed_default is None
    assert others.auc is None
    assert others.false_refusal is not None and others.false_refusal.value == 0.0


def test_one_group_alone_is_compared_with_nobody() -> None:
    table = audit(3)  # 12 of each: both withheld
    assert table.groups == ()
    assert table.approval_ratio is None and table.four_fifths


def test_the_figures_of_fairlearn_are_those_that_are_resampled() -> None:
    """Point figures come from fairlearn, gaps and intervals from our own weighted sums: they must agree."""
    random = np.random.default_rng(5)
    n = 4000
    probabilities = random.beta(1, 9, n)
    defaulted = (random.random(n) < probabilities).astype(np.int8)
    bands = np.array(["a", "b", "c"])[random.integers(0, 3, n)]
    (table,) = fairness_tables({"age": bands}, probabilities, defaulted, THRESHOLD, seed=1)
    refusals = [group.false_refusal.value for group in table.groups if group.false_refusal]
    assert table.false_refusal_gap is not None
    assert table.false_refusal_gap.value == pytest.approx(max(refusals) - min(refusals), abs=1e-12)
    for group in table.groups:
        members = bands == group.group
        assert group.approval.value == pytest.approx((probabilities[members] <= THRESHOLD).mean(), abs=1e-12)
        assert group.auc is not None and group.auc.low < group.auc.value < group.auc.high
