from __future__ import annotations

import pytest
from support.feature_tables import features_of

from scoring_dash.core.words import TableName

PREVIOUS = TableName.PREVIOUS_APPLICATION


def asked(number: int, ago: int, status: str = "Approved", **values: object) -> dict[str, object]:
    return {
        "SK_ID_PREV": number,
        "DAYS_DECISION": -ago,
        "NAME_CONTRACT_STATUS": status,
        "FLAG_LAST_APPL_PER_CONTRACT": "Y",
        "NAME_CONTRACT_TYPE": "Cash loans",
        **values,
    }


def previous(*rows: dict[str, object]) -> dict[str, float | str | None]:
    return features_of({PREVIOUS: rows})


def test_refusals_are_shared_over_all_recent_and_last_applications() -> None:
    got = previous(
        asked(1, 100),
        asked(2, 200, "Refused"),
        asked(3, 300, "Refused"),
        asked(4, 500),
        asked(5, 800, "Canceled"),
        asked(6, 900, "Refused"),
    )
    assert got["previous_count"] == 6
    assert got["previous_approved_count"] == 2
    assert (got["previous_180d_count"], got["previous_730d_count"]) == (1, 4)
    assert got["previous_refused_share"] == 0.5
    assert got["previous_refused_share_365d"] == pytest.approx(2 / 3)
    assert got["previous_refused_share_last_3"] == pytest.approx(2 / 3)
    assert got["previous_refused_share_last_5"] == pytest.approx(2 / 5)
    assert got["previous_days_since_refusal"] == 200
    assert got["previous_days_since_approval"] == 100
    assert got["previous_days_since_first"] == 900


def test_slips_of_the_pen_and_decisions_of_the_future_are_ignored() -> None:
    known = asked(1, 100)
    slip = asked(2, 50, "Refused", FLAG_LAST_APPL_PER_CONTRACT="N")
    assert previous(known, slip, asked(3, -1, "Refused")) == previous(known)


def test_cost_is_the_simple_interest_per_instalment_of_approved_loans() -> None:
    # 12 instalments of 110 for 1,000: 320 of interest, 320 / 1,000 / 12; then 10 of 105 for 1,000.
    dear = {"AMT_ANNUITY": 110.0, "CNT_PAYMENT": 12.0, "AMT_CREDIT": 1_000.0}
    cheap = {"AMT_ANNUITY": 105.0, "CNT_PAYMENT": 10.0, "AMT_CREDIT": 1_000.0, "NAME_CONTRACT_TYPE": "Consumer loans"}
    got = previous(asked(1, 300, **dear), asked(2, 200, **cheap), asked(3, 100, "Refused", **dear))
    assert got["previous_rate_max"] == pytest.approx(0.32 / 12, abs=1e-6)
    assert got["previous_rate_min"] == pytest.approx(0.005, abs=1e-6)
    assert got["previous_rate_mean"] == pytest.approx((0.32 / 12 + 0.005) / 2, abs=1e-6)
    assert got["previous_rate_latest"] == pytest.approx(0.005, abs=1e-6)
    assert got["previous_rate_cash_mean"] == pytest.approx(0.32 / 12, abs=1e-6)


def test_sizes_of_past_loans() -> None:
    got = previous(
        asked(1, 900, AMT_CREDIT=1_000.0, AMT_ANNUITY=100.0, CNT_PAYMENT=12.0, AMT_APPLICATION=900.0),
        asked(2, 500, AMT_CREDIT=3_000.0, AMT_ANNUITY=100.5, CNT_PAYMENT=36.0, AMT_APPLICATION=3_000.0),
        asked(3, 400, "Refused", AMT_CREDIT=8_000.0, CNT_PAYMENT=60.0, AMT_APPLICATION=16_000.0),
    )
    assert got["previous_credit_mean"] == 2_000
    assert got["previous_credit_max"] == 3_000
    assert got["previous_credit_730d"] == 3_000
    assert got["previous_instalment_mean"] == 100.25
    assert got["previous_credit_to_instalment_mean"] == pytest.approx((10 + 3_000 / 100.5) / 2, abs=1e-5)
    assert got["previous_term_mean"] == 24
    assert got["previous_term_mean_last_3"] == 36
    assert got["previous_term_latest"] == 60
    assert got["previous_asked_to_granted_max"] == 2
    assert got["previous_asked_to_granted_refused"] == 2
    assert got["previous_asked_to_granted_min"] == pytest.approx(0.9)


def test_categories_are_those_of_the_latest_application_even_when_missing() -> None:
    got = previous(
        asked(1, 100, "Refused", CODE_REJECT_REASON="LIMIT", NAME_CLIENT_TYPE="XNA", PRODUCT_COMBINATION="Cash"),
        asked(2, 200, CODE_REJECT_REASON="XAP", NAME_CLIENT_TYPE="New", PRODUCT_COMBINATION="Card Street"),
    )
    assert got["previous_latest_status"] == "Refused"
    assert got["previous_latest_reject_reason"] == "LIMIT"
    assert got["previous_latest_product"] == "Cash"
    assert got["previous_latest_client_kind"] is None


def test_ends_of_loans_and_the_code_for_no_date() -> None:
    got = previous(
        asked(1, 900, DAYS_LAST_DUE_1ST_VERSION=-100.0, DAYS_LAST_DUE=-160.0, DAYS_TERMINATION=-150.0),
        asked(2, 300, DAYS_LAST_DUE_1ST_VERSION=200.0, DAYS_LAST_DUE=365_243.0, DAYS_TERMINATION=365_243.0),
    )
    assert got["previous_planned_end_max"] == 200
    assert got["previous_planned_end_mean"] == 50
    assert got["previous_days_since_last_due"] == 160
    assert got["previous_days_since_end"] == 150
    assert got["previous_early_days"] == 60


def test_shares_of_products_rates_and_insurance() -> None:
    got = previous(
        asked(1, 1, NAME_CONTRACT_TYPE="Revolving loans", NAME_YIELD_GROUP="XNA", AMT_DOWN_PAYMENT=10.0),
        asked(
            2, 2, NAME_YIELD_GROUP="high", NFLAG_INSURED_ON_APPROVAL=1.0, RATE_DOWN_PAYMENT=0.2, AMT_DOWN_PAYMENT=50.0
        ),
        asked(3, 3, NAME_YIELD_GROUP="low_action", NFLAG_INSURED_ON_APPROVAL=0.0, RATE_DOWN_PAYMENT=0.1),
    )
    assert got["previous_revolving_share"] == pytest.approx(1 / 3)
    assert got["previous_yield_high_share"] == 0.5
    assert got["previous_yield_promotional_share"] == 0.5
    assert got["previous_insured_share"] == 0.5
    assert got["previous_down_payment_rate"] == pytest.approx(0.15)
    assert got["previous_down_payment_max"] == 50
