from __future__ import annotations

import pytest
from support.feature_tables import features_of

from scoring_dash.core.words import TableName

CARD = TableName.CREDIT_CARD_BALANCE


def month(ago: int, balance: float, *, limit: int = 1_000, card: int = 1, **values: object) -> dict[str, object]:
    return {
        "SK_ID_PREV": card,
        "MONTHS_BALANCE": -ago,
        "AMT_BALANCE": balance,
        "AMT_CREDIT_LIMIT_ACTUAL": limit,
        **values,
    }


def card(*rows: dict[str, object]) -> dict[str, float | str | None]:
    return features_of({CARD: rows})


def test_use_of_the_limit_by_window() -> None:
    got = card(month(1, 500.0), month(2, 600.0), month(6, 100.0), month(30, 900.0))
    assert got["card_use_max_2m"] == pytest.approx(0.6)
    assert got["card_use_mean_6m"] == pytest.approx(0.4)
    assert got["card_use_max"] == pytest.approx(0.9)
    assert got["card_use_mean"] == pytest.approx(0.525)
    assert got["card_use_latest"] == 0.5
    assert got["card_balance_latest"] == 500
    assert got["card_month_count"] == 4


def test_a_limit_of_zero_gives_no_use() -> None:
    got = card(month(1, 500.0, limit=0))
    assert got["card_use_latest"] is None
    assert got["card_use_max"] is None
    assert got["card_balance_latest"] == 500


def test_two_cards_are_added_each_at_its_latest_month() -> None:
    got = card(month(1, 100.0), month(2, 900.0), month(3, 300.0, limit=3_000, card=2), month(50, 7.0, card=3))
    assert got["card_use_latest"] == pytest.approx((100 + 300 + 7) / 5_000)
    assert got["card_balance_latest"] == 400  # the third card has no recent month
    assert got["card_limit_latest"] == 5_000


def test_the_limit_is_compared_with_its_lowest() -> None:
    assert card(month(1, 0.0, limit=3_000), month(2, 0.0, limit=2_000), month(9, 0.0))["card_limit_growth"] == 3


def test_cash_drawings_and_payments() -> None:
    got = card(
        month(1, 0.0, AMT_DRAWINGS_ATM_CURRENT=100.0, AMT_DRAWINGS_CURRENT=300.0, CNT_DRAWINGS_CURRENT=5,
              CNT_DRAWINGS_ATM_CURRENT=2.0, AMT_PAYMENT_CURRENT=30.0, AMT_INST_MIN_REGULARITY=10.0),
        month(20, 0.0, AMT_DRAWINGS_ATM_CURRENT=100.0, AMT_DRAWINGS_CURRENT=100.0, CNT_DRAWINGS_CURRENT=1,
              CNT_DRAWINGS_ATM_CURRENT=1.0, AMT_PAYMENT_CURRENT=0.0, AMT_INST_MIN_REGULARITY=10.0),
    )  # fmt: skip
    assert got["card_cash_drawn"] == 200
    assert got["card_cash_share"] == 0.5
    assert got["card_drawings_mean_12m"] == 5
    assert got["card_cash_drawings_mean_12m"] == 2
    assert got["card_paid_to_minimum_12m"] == 3


def test_the_change_over_six_months_needs_six_months() -> None:
    rows = [month(ago, 100.0 * ago) for ago in range(1, 8)]
    assert card(*rows)["card_balance_change_6m"] == pytest.approx(-0.6)
    assert card(*rows[:6])["card_balance_change_6m"] is None


def test_delays_and_charges() -> None:
    got = card(
        month(1, 0.0, SK_DPD=0, SK_DPD_DEF=0, AMT_TOTAL_RECEIVABLE=110.0, AMT_RECEIVABLE_PRINCIPAL=100.0),
        month(5, 0.0, SK_DPD=7, SK_DPD_DEF=1, AMT_TOTAL_RECEIVABLE=100.0, AMT_RECEIVABLE_PRINCIPAL=100.0),
    )
    assert (got["card_days_late_max"], got["card_days_late_tolerant_max"]) == (7, 1)
    assert (got["card_late_month_share"], got["card_months_since_late"]) == (0.5, 5)
    assert got["card_charges_mean"] == 5


def test_a_month_after_the_application_is_ignored() -> None:
    assert card(month(1, 10.0), month(-1, 900.0)) == card(month(1, 10.0))


def test_a_month_listed_twice_counts_once_whatever_the_order_of_its_rows() -> None:
    rows = [month(1, 100.0), month(1, 300.0), month(2, 200.0)]
    for listed in (rows, rows[::-1]):
        got = card(*listed)
        assert got["card_use_latest"] == pytest.approx(0.3)
        assert got["card_month_count"] == 2
