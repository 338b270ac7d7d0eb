from __future__ import annotations

import pytest
from support.feature_tables import features_of

from scoring_dash.core.words import TableName

INSTALMENTS, PREVIOUS = TableName.INSTALLMENTS_PAYMENTS, TableName.PREVIOUS_APPLICATION


def paid(
    number: int,
    due: int,
    on: int | None,
    *,
    owed: float = 100.0,
    sum_paid: float = 100.0,
    loan: int = 1,
    version: float = 1.0,
) -> dict[str, object]:
    """An instalment due so many days before the application, paid so many days before it."""
    return {
        "SK_ID_PREV": loan,
        "NUM_INSTALMENT_VERSION": version,
        "NUM_INSTALMENT_NUMBER": number,
        "DAYS_INSTALMENT": float(-due),
        "DAYS_ENTRY_PAYMENT": None if on is None else float(-on),
        "AMT_INSTALMENT": owed,
        "AMT_PAYMENT": sum_paid if on is not None else None,
    }


def instalments(*rows: dict[str, object]) -> dict[str, float | str | None]:
    return features_of({INSTALMENTS: rows})


def test_days_late_and_early_are_told_apart() -> None:
    got = instalments(paid(1, 400, 410), paid(2, 370, 364), paid(3, 60, 56), paid(4, 30, 30))
    assert got["instalment_days_late_mean_all"] == 2.5
    assert got["instalment_days_late_max_all"] == 6
    assert got["instalment_late_share_all"] == 0.5
    assert got["instalment_days_early_mean_all"] == 2.5
    assert got["instalment_days_late_mean_90d"] == 2
    assert got["instalment_late_share_365d"] == 0.5
    assert got["instalment_days_since_late"] == 60
    # Late by -10, 6, 4, 0: mean 0, squares 100 + 36 + 16 over three degrees of freedom.
    assert got["instalment_late_sd_all"] == pytest.approx((152 / 3) ** 0.5)
    assert got["instalment_late_mean_trend"] == 2


def test_part_payments_add_up_and_the_last_one_dates_the_instalment() -> None:
    got = instalments(paid(1, 60, 80, sum_paid=40.0), paid(1, 60, 50, sum_paid=60.0), paid(2, 30, 31))
    assert got["instalment_count"] == 2
    assert got["instalment_short_mean_all"] == 0
    assert got["instalment_days_late_max_all"] == 10
    assert got["instalment_split_share_90d"] == 0.5
    assert got["instalment_parts_max"] == 2
    assert got["instalment_paid"] == 200


def test_a_payment_repeated_by_a_change_of_calendar_is_credited_once() -> None:
    got = instalments(
        paid(9, 131, 144, owed=134.44, sum_paid=139.99, version=1.0),
        paid(9, 131, 144, owed=5.55, sum_paid=139.99, version=2.0),
    )
    assert got["instalment_paid"] == pytest.approx(139.99)
    assert got["instalment_short_mean_all"] == 0
    assert (got["instalment_version_count"], got["instalment_version_max"]) == (2, 2)


def test_an_instalment_never_paid_is_short_by_all_of_it_and_of_unknown_delay() -> None:
    got = instalments(paid(1, 60, None, owed=70.5))
    assert got["instalment_short_mean_all"] == 70.5
    assert got["instalment_late_share_all"] is None
    assert got["instalment_paid"] is None


def test_a_payment_entered_after_the_application_has_not_happened_yet() -> None:
    assert instalments(paid(1, 5, -10)) == instalments(paid(1, 5, None))
    assert instalments(paid(1, 40, 40), paid(2, -3, 3))["instalment_count"] == 1


def test_the_latest_loan_is_the_one_that_began_last() -> None:
    got = instalments(
        paid(1, 900, 890, loan=1),
        paid(2, 10, 10, loan=1),
        paid(1, 500, 480, loan=2),
        paid(2, 470, 470, loan=2, sum_paid=99.0),
    )
    assert got["instalment_days_late_max_latest"] == 20
    assert got["instalment_late_share_latest"] == 0.5
    assert got["instalment_short_latest"] == 1


def test_the_last_five_fell_due_last() -> None:
    got = instalments(*(paid(number, 10 * number, 10 * number - number) for number in range(1, 8)))
    assert got["instalment_late_mean_last_5"] == 3
    assert got["instalment_late_max_last_5"] == 5


def test_recent_delays_weigh_more() -> None:
    # Weights fall from 1 on day 0 to 0 after 2,922 days.
    got = instalments(paid(1, 0, 0), paid(2, 1461, 1451), paid(3, 2922, 2900))
    assert got["instalment_days_late_weighted"] == pytest.approx(10 * 0.5)
    assert got["instalment_paid_weighted"] == pytest.approx(100 * (1 + 0.5))


def test_trend_of_the_share_of_late_instalments() -> None:
    got = instalments(paid(1, 100, 90), paid(2, 150, 150), paid(3, 200, 200), paid(4, 300, 300))
    assert got["instalment_late_share_trend"] == 0.5


def test_long_delays_and_the_time_between_payments() -> None:
    got = instalments(paid(1, 300, 292), paid(2, 270, 239), paid(3, 240, 232))
    assert got["instalment_late_7d_share_730d"] == 1
    assert got["instalment_late_30d_share_730d"] == pytest.approx(1 / 3)
    assert got["instalment_payment_gap_365d"] == 30


def test_lateness_by_kind_of_loan_comes_from_the_past_applications() -> None:
    previous = [
        {"SK_ID_PREV": 1, "NAME_CONTRACT_TYPE": "Cash loans"},
        {"SK_ID_PREV": 2, "NAME_CONTRACT_TYPE": "Consumer loans"},
    ]
    rows = [paid(1, 50, 40, loan=1), paid(1, 50, 50, loan=2), paid(1, 50, 10, loan=3)]
    got = features_of({INSTALMENTS: rows, PREVIOUS: previous})
    assert got["instalment_late_share_cash"] == 1
    assert got["instalment_late_share_consumer"] == 0
    assert "instalment_late_share_cash" not in instalments(*rows)
