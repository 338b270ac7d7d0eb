from __future__ import annotations

import pytest
from support.feature_tables import APPLICATION, Rows, Values, features_of

from scoring_dash.core.words import TableName
from scoring_dash.data.features import cross

LOAN = {"AMT_CREDIT": 12_000.0, "AMT_ANNUITY": 600.0, "AMT_INCOME_TOTAL": 30_000.0}
HISTORY: Rows = {
    TableName.BUREAU: [
        {"SK_ID_BUREAU": 1, "CREDIT_ACTIVE": "Active", "DAYS_CREDIT": -90, "AMT_CREDIT_SUM_DEBT": 900.0,
         "AMT_ANNUITY": 90.0}
    ],
    TableName.BUREAU_BALANCE: [{"SK_ID_BUREAU": 1, "MONTHS_BALANCE": -4, "STATUS": "1"}],
    TableName.PREVIOUS_APPLICATION: [
        {"SK_ID_PREV": 1, "DAYS_DECISION": -500, "NAME_CONTRACT_STATUS": "Approved", "FLAG_LAST_APPL_PER_CONTRACT": "Y",
         "NAME_CONTRACT_TYPE": "Cash loans", "AMT_CREDIT": 6_000.0, "AMT_ANNUITY": 300.0}
    ],
    TableName.POS_CASH_BALANCE: [
        {"SK_ID_PREV": 1, "MONTHS_BALANCE": -1, "CNT_INSTALMENT": 20.0, "CNT_INSTALMENT_FUTURE": 5.0,
         "NAME_CONTRACT_STATUS": "Active", "SK_DPD": 0}
    ],
    TableName.INSTALLMENTS_PAYMENTS: [
        {"SK_ID_PREV": 1, "NUM_INSTALMENT_VERSION": 1.0, "NUM_INSTALMENT_NUMBER": number,
         "DAYS_INSTALMENT": -float(due), "DAYS_ENTRY_PAYMENT": -float(on), "AMT_INSTALMENT": 300.0,
         "AMT_PAYMENT": 300.0}
        for number, due, on in ((1, 90, 80), (2, 60, 60))
    ],
    TableName.CREDIT_CARD_BALANCE: [
        {"SK_ID_PREV": 2, "MONTHS_BALANCE": -1, "AMT_BALANCE": 600.0, "AMT_CREDIT_LIMIT_ACTUAL": 2_000, "SK_DPD": 0}
    ],
}  # fmt: skip


def crossed(*, loan: dict[str, float] = LOAN, history: Rows = HISTORY) -> Values:
    return features_of({APPLICATION: [dict(loan)], **history})


def test_the_new_loan_is_compared_with_past_ones() -> None:
    got = crossed()
    assert got["instalment_to_past_max_ratio"] == 2
    assert got["instalment_to_past_mean_ratio"] == 2
    assert got["instalment_to_previous_mean_ratio"] == 2
    assert got["credit_to_previous_mean_ratio"] == 2
    assert got["credit_to_previous_max_ratio"] == 2
    assert got["duration_to_previous_ratio"] == 1


def test_debts_here_and_elsewhere_add_up() -> None:
    got = crossed()
    assert got["our_debt"] == 5 * 300 + 600
    assert got["our_debt_to_income_ratio"] == pytest.approx(0.07)
    assert got["our_debt_and_credit"] == 14_100
    assert got["all_debt"] == 3_000
    assert got["all_debt_to_income_ratio"] == pytest.approx(0.1)
    assert got["all_debt_and_credit_to_income_ratio"] == 0.5
    assert got["all_instalments_to_income_ratio"] == pytest.approx((600 + 300 + 90) / 30_000)


def test_the_latest_delay_is_the_latest_of_all_sources() -> None:
    assert crossed()["days_since_late_anywhere"] == 90
    on_time = {**HISTORY, TableName.INSTALLMENTS_PAYMENTS: []}
    assert crossed(history=on_time)["days_since_late_anywhere"] == pytest.approx(4 * 30.4375)


def test_sources_of_history_are_counted() -> None:
    assert crossed()["history_source_count"] == 5
    assert crossed(history={**HISTORY, TableName.CREDIT_CARD_BALANCE: []})["history_source_count"] == 4


def test_a_client_without_history_has_no_debt_and_nothing_to_compare_with() -> None:
    got = crossed(history={name: [] for name in HISTORY})
    assert got["our_debt"] == 0
    assert got["all_debt_and_credit_to_income_ratio"] == pytest.approx(0.4)
    assert got["history_source_count"] == 0
    assert got["credit_to_previous_mean_ratio"] is None
    assert got["days_since_late_anywhere"] is None


@pytest.mark.parametrize("change", [{"AMT_CREDIT": 9_000.0, "AMT_ANNUITY": 450.0}, {"AMT_INCOME_TOTAL": 40_000.0}])
def test_asking_for_less_or_earning_more_moves_no_feature_to_the_risky_side(change: dict[str, float]) -> None:
    before, after = crossed(), crossed(loan={**LOAN, **change})
    for definition in cross.DEFINITIONS:
        move = float(after[definition.name] or 0) - float(before[definition.name] or 0)
        assert definition.feature.monotone * move <= 0, definition.name
        assert definition.feature.monotone != 0 or move == 0, definition.name
