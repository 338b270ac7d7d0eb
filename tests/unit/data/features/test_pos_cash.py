from __future__ import annotations

import pytest
from support.feature_tables import features_of

from scoring_dash.core.words import TableName

POS, PREVIOUS = TableName.POS_CASH_BALANCE, TableName.PREVIOUS_APPLICATION


def month(
    loan: int, ago: int, left: float, *, status: str = "Active", late: int = 0, term: float = 12.0
) -> dict[str, object]:
    return {
        "SK_ID_PREV": loan,
        "MONTHS_BALANCE": -ago,
        "CNT_INSTALMENT": term,
        "CNT_INSTALMENT_FUTURE": left,
        "NAME_CONTRACT_STATUS": status,
        "SK_DPD": late,
        "SK_DPD_DEF": 0,
    }


def pos(*rows: dict[str, object], previous: list[dict[str, object]] | None = None) -> dict[str, float | str | None]:
    return features_of({POS: rows} if previous is None else {POS: rows, PREVIOUS: previous})


def test_delays_are_counted_in_months_over_all_loans() -> None:
    got = pos(month(1, 30, 5, late=40), month(1, 29, 4), month(1, 28, 3), month(2, 1, 9, late=3))
    assert got["pos_month_count"] == 4
    assert got["pos_loan_count"] == 2
    assert got["pos_days_late_max"] == 40
    assert got["pos_late_month_share"] == 0.5
    assert got["pos_late_month_share_12m"] == 1
    assert got["pos_months_since_late"] == 1
    assert got["pos_span_months"] == 29


def test_a_loan_is_open_when_it_was_active_lately_with_instalments_left() -> None:
    got = pos(
        month(1, 2, 7),
        month(1, 1, 6),
        month(2, 40, 8),  # its rows stop without a closing one
        month(3, 2, 1),
        month(3, 1, 0, status="Completed"),
    )
    assert got["pos_open_count"] == 1
    assert got["pos_open_instalments_left"] == 6
    assert got["pos_completed_share"] == pytest.approx(1 / 3)
    assert got["pos_left_share_3m"] == pytest.approx((7 / 12 + 6 / 12 + 1 / 12 + 0) / 4, abs=1e-6)


def test_what_is_left_to_repay_uses_the_instalment_of_the_past_application() -> None:
    previous = [{"SK_ID_PREV": 1, "AMT_ANNUITY": 100.25}, {"SK_ID_PREV": 2, "AMT_ANNUITY": 9_000.0}]
    got = pos(month(1, 1, 6), month(2, 40, 8), previous=previous)
    assert got["pos_open_instalments"] == 100.25
    assert got["pos_open_debt"] == 601.5


def test_without_past_applications_the_debt_is_left_out() -> None:
    got = pos(month(1, 1, 6))
    assert "pos_open_debt" not in got
    assert got["pos_open_count"] == 1


def test_a_loan_that_is_only_signed_has_not_begun() -> None:
    got = pos(month(1, 5, 12, status="Signed"), month(1, 4, 12), month(1, 3, 11))
    assert got["pos_month_count"] == 2


def test_shortening_compares_the_first_term_with_the_last() -> None:
    assert pos(month(1, 9, 12, term=24), month(1, 3, 2, term=10), month(2, 9, 3, term=6))["pos_shortening_max"] == 14


def test_the_latest_loan_is_the_one_whose_rows_go_furthest_then_the_higher_number() -> None:
    rows = [month(1, 1, 3, late=5), month(2, 1, 3), month(2, 2, 4, late=1), month(3, 8, 3, late=9)]
    assert pos(*rows)["pos_late_month_share_latest"] == 0.5
    assert pos(*reversed(rows))["pos_late_month_share_latest"] == 0.5


def test_a_month_after_the_application_is_ignored() -> None:
    assert pos(month(1, 1, 3), month(1, -1, 3, late=90)) == pos(month(1, 1, 3))
