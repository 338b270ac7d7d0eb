from __future__ import annotations

import pytest
from support.feature_tables import features_of

from scoring_dash.core.words import TableName

BUREAU = TableName.BUREAU


def credit(number: int, **values: object) -> dict[str, object]:
    return {"SK_ID_BUREAU": number, "CREDIT_ACTIVE": "Active", "DAYS_CREDIT": -100, **values}


def bureau(*rows: dict[str, object]) -> dict[str, float | str | None]:
    return features_of({BUREAU: rows})


def test_credits_are_counted_by_state_age_and_kind() -> None:
    got = bureau(
        credit(1, DAYS_CREDIT=-30, CREDIT_TYPE="Microloan"),
        credit(2, DAYS_CREDIT=-200, CREDIT_TYPE="Credit card"),
        credit(3, DAYS_CREDIT=-700, CREDIT_TYPE="Consumer credit", CREDIT_ACTIVE="Closed"),
        credit(4, DAYS_CREDIT=-2000, CREDIT_TYPE="Consumer credit", CREDIT_ACTIVE="Closed"),
    )
    assert got["bureau_credit_count"] == 4
    assert got["bureau_active_count"] == 2
    assert got["bureau_active_share"] == 0.5
    assert [got[f"bureau_opened_{days}d_count"] for days in (180, 365, 730)] == [1, 2, 3]
    assert got["bureau_kind_count"] == 3
    assert got["bureau_consumer_share"] == 0.5
    assert got["bureau_microloan_365d_count"] == 1


def test_dates_are_positive_days_before_the_application() -> None:
    got = bureau(
        credit(1, DAYS_CREDIT=-100, DAYS_CREDIT_ENDDATE=50.0, DAYS_CREDIT_UPDATE=-7),
        credit(2, DAYS_CREDIT=-400, DAYS_CREDIT_ENDDATE=900.0, DAYS_CREDIT_UPDATE=-20),
        credit(3, DAYS_CREDIT=-700, CREDIT_ACTIVE="Closed", DAYS_CREDIT_ENDDATE=-90.0, DAYS_ENDDATE_FACT=-120.0),
    )
    assert got["bureau_latest_opened_days"] == 100
    assert got["bureau_mean_opened_days"] == 400
    assert got["bureau_first_opened_days"] == 700
    assert got["bureau_gap_days"] == 300
    assert got["bureau_last_end_days"] == 900
    assert got["bureau_next_end_days"] == 50
    assert got["bureau_closed_days"] == 120
    assert got["bureau_closed_early_days"] == 30
    assert got["bureau_updated_days"] == 7


def test_a_card_without_end_has_no_end_date() -> None:
    assert bureau(credit(1, DAYS_CREDIT_ENDDATE=31_198.0))["bureau_last_end_days"] is None


def test_debts_add_up_and_an_overpayment_pays_for_no_other_credit() -> None:
    got = bureau(
        credit(1, AMT_CREDIT_SUM=1_000.0, AMT_CREDIT_SUM_DEBT=600.0, AMT_ANNUITY=100.5),
        credit(2, AMT_CREDIT_SUM=1_000.0, AMT_CREDIT_SUM_DEBT=-50.0, AMT_ANNUITY=20.25),
        credit(3, AMT_CREDIT_SUM=5_000.0),
        credit(4, AMT_CREDIT_SUM=2_000.0, AMT_CREDIT_SUM_DEBT=0.0, CREDIT_ACTIVE="Closed"),
    )
    assert got["bureau_active_debt"] == 600
    assert got["bureau_active_debt_max"] == 600
    assert got["bureau_debt_mean"] == 200
    assert got["bureau_active_granted"] == 7_000
    assert got["bureau_left"] == 1_400
    assert got["bureau_left_min"] == 400
    assert got["bureau_active_instalments"] == 120.75
    # The third credit, whose debt is not known, takes part in neither side.
    assert got["bureau_active_debt_ratio"] == pytest.approx(0.3)
    assert got["bureau_debt_ratio"] == pytest.approx(0.15)
    assert got["bureau_debt_ratio_max"] == pytest.approx(0.6)


def test_a_credit_of_zero_has_no_debt_ratio_and_a_tiny_one_is_held_at_100() -> None:
    assert bureau(credit(1, AMT_CREDIT_SUM=0.0, AMT_CREDIT_SUM_DEBT=5.0))["bureau_debt_ratio_max"] is None
    tiny = bureau(credit(1, AMT_CREDIT_SUM=0.001, AMT_CREDIT_SUM_DEBT=500.0, CREDIT_TYPE="Credit card"))
    assert tiny["bureau_debt_ratio_max"] == 100
    assert tiny["bureau_card_debt_ratio"] == 100


def test_the_debt_of_a_credit_without_amount_is_in_neither_side_of_the_ratio() -> None:
    known = credit(1, AMT_CREDIT_SUM=1_000.0, AMT_CREDIT_SUM_DEBT=250.0)
    unknown = credit(2, AMT_CREDIT_SUM=0.0, AMT_CREDIT_SUM_DEBT=800.0)
    assert bureau(known, unknown)["bureau_debt_ratio"] == pytest.approx(0.25)


def test_of_two_credits_of_the_same_day_the_higher_number_is_the_latest() -> None:
    rows = [
        credit(7, DAYS_CREDIT=-10, AMT_CREDIT_MAX_OVERDUE=1.0),
        credit(9, DAYS_CREDIT=-10, AMT_CREDIT_MAX_OVERDUE=2.0),
        credit(8, DAYS_CREDIT=-10, AMT_CREDIT_MAX_OVERDUE=3.0),
    ]
    assert bureau(*rows)["bureau_latest_max_overdue"] == 2
    assert bureau(*reversed(rows))["bureau_latest_max_overdue"] == 2


def test_overdue_amounts_days_and_extensions() -> None:
    got = bureau(
        credit(1, AMT_CREDIT_MAX_OVERDUE=90.0, AMT_CREDIT_SUM_OVERDUE=5.0, CREDIT_DAY_OVERDUE=3, CNT_CREDIT_PROLONG=1),
        credit(2, AMT_CREDIT_MAX_OVERDUE=10.0, AMT_CREDIT_SUM_OVERDUE=2.5, CREDIT_DAY_OVERDUE=0, CNT_CREDIT_PROLONG=2,
               DAYS_CREDIT=-900),
    )  # fmt: skip
    assert (got["bureau_max_overdue"], got["bureau_max_overdue_mean"], got["bureau_max_overdue_730d"]) == (90, 50, 90)
    assert (got["bureau_overdue"], got["bureau_overdue_days"], got["bureau_prolonged_count"]) == (7.5, 3, 3)


@pytest.mark.parametrize("future", [{"DAYS_CREDIT": 1}, {"DAYS_CREDIT_UPDATE": 3}])
def test_what_is_dated_after_the_application_is_ignored(future: dict[str, int]) -> None:
    known = credit(1, AMT_CREDIT_SUM_DEBT=100.0, DAYS_CREDIT_UPDATE=-1)
    assert bureau(known, credit(2, AMT_CREDIT_SUM_DEBT=1e6, **future)) == bureau(known)
