from __future__ import annotations

import pytest
from support.feature_tables import APPLICATION, features_of

from scoring_dash.core.words import TableName
from scoring_dash.data.features import application


def applied(**values: object) -> dict[str, float | str | None]:
    return features_of({APPLICATION: [values]})


def test_external_scores_are_summed_up_over_those_present() -> None:
    got = applied(EXT_SOURCE_1=0.2, EXT_SOURCE_2=0.6, EXT_SOURCE_3=0.7)
    assert got["external_score_mean"] == pytest.approx(0.5)
    assert (got["external_score_min"], got["external_score_max"]) == pytest.approx((0.2, 0.7))
    assert got["external_score_product"] == pytest.approx(0.084)
    assert got["external_score_weighted_mean"] == pytest.approx((2 * 0.2 + 0.6 + 3 * 0.7) / 6)


def test_with_one_external_score_its_value_stands_for_all_and_the_rest_is_missing() -> None:
    got = applied(EXT_SOURCE_2=0.6)
    assert [got[f"external_score_{word}"] for word in ("mean", "min", "max", "weighted_mean")] == pytest.approx(
        [0.6] * 4
    )
    assert [got[f"external_score_{word}"] for word in ("product", "1")] == [None] * 2


def test_without_external_scores_all_is_missing() -> None:
    got = applied()
    assert {got[name] for name in got if name.startswith("external_score_")} == {None}


def test_the_loan_is_compared_with_price_income_and_instalment() -> None:
    got = applied(AMT_CREDIT=12_000.0, AMT_ANNUITY=600.0, AMT_GOODS_PRICE=10_000.0, AMT_INCOME_TOTAL=24_000.0)
    assert got["credit_to_instalment_ratio"] == 20
    assert got["credit_to_price_ratio"] == pytest.approx(1.2)
    assert got["financed_fees"] == 2_000
    assert got["financed_fees_to_income_ratio"] == pytest.approx(1 / 12)
    assert got["instalment_to_income_ratio"] == pytest.approx(0.025)
    assert got["credit_to_income_ratio"] == 0.5


def test_a_down_payment_leaves_no_financed_fees_and_no_price_leaves_them_unknown() -> None:
    assert applied(AMT_CREDIT=9_000.0, AMT_GOODS_PRICE=10_000.0)["financed_fees"] == 0
    assert applied(AMT_CREDIT=9_000.0)["financed_fees"] is None


def test_a_denominator_of_zero_gives_a_missing_value() -> None:
    got = applied(AMT_CREDIT=9_000.0, AMT_ANNUITY=0.0, AMT_INCOME_TOTAL=0.0, AMT_GOODS_PRICE=0.0, DAYS_EMPLOYED=0)
    ratios = [name for name in got if name.endswith("_ratio")]
    assert {got[name] for name in ratios} == {None}


def test_durations_are_positive_and_the_code_for_no_job_is_missing() -> None:
    got = applied(DAYS_EMPLOYED=-730, DAYS_LAST_PHONE_CHANGE=-365.0, OWN_CAR_AGE=4.0)
    assert got["job_tenure_days"] == 730
    assert got["phone_change_days"] == 365
    assert got["phone_change_to_job_tenure_ratio"] == 0.5
    assert got["car_age_to_job_tenure_ratio"] == 2
    assert applied(DAYS_EMPLOYED=365_243)["job_tenure_days"] is None


def test_parental_leave_and_codes_for_unknown_are_missing_categories() -> None:
    assert applied(NAME_INCOME_TYPE="Maternity leave")["income_type"] is None
    assert applied(NAME_INCOME_TYPE="Working")["income_type"] == "Working"
    assert applied(ORGANIZATION_TYPE="XNA")["employer_sector"] is None


@pytest.mark.parametrize(
    ("education", "level"),
    [("Lower secondary", 0), ("Higher education", 3), ("Academic degree", 4), ("Apprenticeship", None), (None, None)],
)
def test_education_is_an_ordered_level(education: str | None, level: int | None) -> None:
    assert applied(NAME_EDUCATION_TYPE=education)["education_level"] == level


def test_documents_and_enquiries_are_counted() -> None:
    documents = {f"FLAG_DOCUMENT_{number}": int(number in (3, 8)) for number in range(2, 22)}
    spans = ("HOUR", "DAY", "WEEK", "MON", "QRT", "YEAR")
    enquiries = {
        f"AMT_REQ_CREDIT_BUREAU_{span}": float(count) for span, count in zip(spans, (0, 0, 1, 0, 2, 4), strict=True)
    }
    got = applied(**documents, **enquiries)
    assert got["document_count"] == 2
    assert (got["enquiry_count_3_months"], got["enquiry_count_12_months"]) == (3, 7)


def test_missing_facts_are_counted() -> None:
    nothing = applied()["missing_fact_count"]
    assert nothing == 12
    assert applied(EXT_SOURCE_2=0.5, OCCUPATION_TYPE="Drivers")["missing_fact_count"] == 10


def test_owning_a_home_is_a_flag() -> None:
    assert [applied(FLAG_OWN_REALTY=text)["owns_home"] for text in ("Y", "N", None)] == [1, 0, None]


def test_asking_for_less_moves_no_constrained_feature_to_the_risky_side() -> None:
    """Three ways to ask for less at the same duration; fees may be financed or a down payment made."""
    signs = {item.name: item.feature.monotone for item in application.DEFINITIONS}
    for price in (8_000.0, 10_000.0, 13_000.0):
        asked = {"AMT_CREDIT": 10_000.0, "AMT_ANNUITY": 500.0, "AMT_GOODS_PRICE": price, "AMT_INCOME_TOTAL": 20_000.0}
        before = applied(**asked)
        less = {**asked, "AMT_CREDIT": 7_500.0, "AMT_ANNUITY": 375.0}
        for after in (applied(**less), applied(**{**less, "AMT_GOODS_PRICE": price * 0.75})):
            changed = {name for name in before if before[name] != after[name]}
            assert {name for name in changed if signs[name] == 0} == set()
            for name in changed:
                assert signs[name] * (float(after[name] or 0) - float(before[name] or 0)) < 0, name


def test_declaring_more_income_moves_no_feature_to_the_risky_side() -> None:
    asked = {"AMT_CREDIT": 10_000.0, "AMT_ANNUITY": 500.0, "AMT_GOODS_PRICE": 9_000.0, "DAYS_EMPLOYED": -900}
    before, after = (applied(**asked, AMT_INCOME_TOTAL=income) for income in (20_000.0, 25_000.0))
    for definition in application.DEFINITIONS:
        if before[definition.name] != after[definition.name]:
            change = float(after[definition.name] or 0) - float(before[definition.name] or 0)
            assert definition.feature.monotone * change < 0, definition.name


def test_past_and_current_files_are_one_population() -> None:
    got = features_of(
        {
            APPLICATION: [{"SK_ID_CURR": 1, "TARGET": 1}],
            TableName.APPLICATION_TEST: [{"SK_ID_CURR": 2, "AMT_CREDIT": 5.0}],
        },
        client=2,
    )
    assert got["credit_amount"] == 5
