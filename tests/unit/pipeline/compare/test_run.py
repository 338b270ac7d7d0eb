"""The comparison on invented files: what runs, what is reported, and what is printed."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from support.tiny_model import QUICK, tiny_data

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.data.assemble import FeatureMatrix
from scoring_dash.data.features.forbidden import FORBIDDEN_GROUPS
from scoring_dash.model.families import Family, Imbalance
from scoring_dash.pipeline.compare.families import calibration_evidence
from scoring_dash.pipeline.compare.report import ComparisonReport, SetKind, as_json
from scoring_dash.pipeline.compare.run import ComparisonOptions, compare, read_families
from scoring_dash.pipeline.compare.summary import comparison_summary

DATA = tiny_data()
FAST = (Family.DUMMY, Family.LOGISTIC, Family.LIGHTGBM)


def forbidden() -> FeatureMatrix:
    """Sex without any bearing on the outcome, and an age that gives most of it away."""
    past = DATA.past
    random = np.random.default_rng(1)
    sex, age = FORBIDDEN_GROUPS["sex"][0].feature, FORBIDDEN_GROUPS["age"][0].feature
    values = np.array(
        [random.integers(0, 2, len(past.client_ids)), 12_000 - 4_000.0 * past.outcomes + random.normal(0, 3_000, 900)],
        dtype=np.float32,
    )
    return FeatureMatrix(past.client_ids, values, (sex, age), {"sex": ("F", "M")})


@pytest.fixture(scope="module")
def report() -> ComparisonReport:
    options = ComparisonOptions(FAST, class_weights=True, smote=True)
    return compare(DATA, options, seed=0, forbidden=forbidden(), plan=QUICK)


def test_the_dummy_comes_first_and_every_variant_once(report: ComparisonReport) -> None:
    assert [result.name for result in report.families] == [
        "dummy",
        "logistic",
        "logistic + class weights",
        "logistic + SMOTE",
        "lightgbm",
        "lightgbm + class weights",
        "lightgbm + SMOTE",
    ]


def test_all_are_judged_on_the_same_files(report: ComparisonReport) -> None:
    assert {result.calibration.default_rate for result in report.families} == {report.default_rate}
    assert {result.metrics["default_rate"].value for result in report.families} == {report.default_rate}
    assert report.default_rate == pytest.approx(DATA.past.outcomes.mean())
    assert (report.files, report.features, report.folds) == (900, 6, 3)


def test_the_order_of_the_families_asked_for_does_not_matter() -> None:
    asked = ComparisonOptions((Family.LIGHTGBM, Family.DUMMY), smote=True)
    assert [(item.family, item.imbalance) for item in asked.variants] == [
        (Family.DUMMY, Imbalance.NONE),
        (Family.LIGHTGBM, Imbalance.NONE),
        (Family.LIGHTGBM, Imbalance.SMOTE),
    ]


def test_exclusions_name_what_they_cost(report: ComparisonReport) -> None:
    results = {result.name: result for result in report.exclusions}
    assert list(results) == [
        "lawful",
        "lawful + sex",
        "lawful + age",
        "all",
        "allowed only",
        "without external scores",
    ]
    lawful = results["lawful"]
    assert (lawful.kind, lawful.features, dict(lawful.difference)) == (SetKind.LAWFUL, 6, {})
    assert results["all"].features == 8
    assert results["without external scores"].features == 4
    # The age gives the outcome away, the sex says nothing.
    gain = results["lawful + age"].difference["auc"]
    assert gain.low > 0.05
    assert gain.value == pytest.approx(results["lawful + age"].auc - lawful.auc)
    assert results["lawful + sex"].difference["auc"].low < 0.01
    assert results["without external scores"].difference["auc"].value < -0.01


def test_lightgbm_is_the_same_among_the_families_and_the_exclusions(report: ComparisonReport) -> None:
    family = next(result for result in report.families if result.name == "lightgbm")
    assert family.metrics["auc"].value == pytest.approx(report.exclusions[0].auc, abs=1e-12)
    assert family.metrics["cost"].value == pytest.approx(report.exclusions[0].cost, abs=1e-12)


def test_the_report_is_json_and_repeats(report: ComparisonReport) -> None:
    again = compare(DATA, ComparisonOptions(FAST), seed=0, plan=QUICK)
    assert again.exclusions == ()
    assert [replace(result, timing=again.families[0].timing) for result in again.families] == [
        replace(result, timing=again.families[0].timing)
        for result in report.families
        if result.imbalance is Imbalance.NONE
    ]
    written = json.loads(json.dumps(as_json(report), allow_nan=False))
    assert written["families"][0]["metrics"]["auc"].keys() == {"value", "low", "high"}
    assert written["families"][0]["calibration"]["slope"] is None
    assert len(written["families"][1]["calibration"]["reliability"]) == 10
    assert written["exclusions"][1]["group"] == "sex"


def test_the_tables_fit_a_terminal(report: ComparisonReport) -> None:
    text = comparison_summary(report)
    assert max(map(len, text.splitlines())) <= 110
    for name in ("dummy", "logistic + class weights", "lightgbm + SMOTE", "lawful + age", "allowed, none to justify"):
        assert name in text


def test_families_are_read_from_a_list() -> None:
    assert read_families(" lightgbm, dummy ") == (Family.LIGHTGBM, Family.DUMMY)
    for text in ("dummy,boost", "", ","):
        with pytest.raises(ConfigurationError, match="allowed: dummy, logistic, forest, xgboost, lightgbm"):
            read_families(text)


def test_calibration_evidence_tells_right_from_stretched_probabilities() -> None:
    random = np.random.default_rng(0)
    margins = random.normal(-2, 1, 20_000)
    outcomes = (random.random(20_000) < 1 / (1 + np.exp(-margins))).astype(np.int8)
    right = calibration_evidence(1 / (1 + np.exp(-margins)), outcomes)
    stretched = calibration_evidence(1 / (1 + np.exp(-2 * margins)), outcomes)
    lifted = calibration_evidence(1 / (1 + np.exp(-(margins + 2))), outcomes)
    assert right.slope is not None and right.slope_half_width is not None
    assert abs(right.slope - 1) < 2 * right.slope_half_width
    assert stretched.slope == pytest.approx(right.slope / 2, rel=1e-6)
    # Lifted alike, as class weights do: the slope stays, the mean and the cost at 1/11 tell.
    assert lifted.slope == pytest.approx(right.slope, rel=1e-6)
    assert lifted.mean_probability > 2 * right.mean_probability
    assert lifted.cost_at_theory > right.cost_at_theory


@pytest.mark.parametrize("constant", [0.0, 0.08, 1.0])
def test_equal_probabilities_have_no_slope(constant: float) -> None:
    outcomes = (np.arange(200) % 10 == 0).astype(np.int8)
    assert calibration_evidence(np.full(200, constant), outcomes).slope is None
