"""Histories agree with each other: loans, their balances and instalments; credits elsewhere and their months."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from scoring_dash.core.words import TableName

Tables = Mapping[TableName, pd.DataFrame]
NEVER = 365_243


def with_loan(rows: pd.DataFrame, previous: pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns of their loan, ``_loan`` behind the names that both have."""
    return rows.merge(previous.reset_index(), on="SK_ID_PREV", how="left", suffixes=("", "_loan"))


@pytest.fixture(scope="module")
def previous(tables: Tables) -> pd.DataFrame:
    return tables[TableName.PREVIOUS_APPLICATION].set_index("SK_ID_PREV")


@pytest.fixture(scope="module")
def instalments(tables: Tables, previous: pd.DataFrame) -> pd.DataFrame:
    """Instalments with what their loan was."""
    return with_loan(tables[TableName.INSTALLMENTS_PAYMENTS], previous)


@pytest.fixture(scope="module")
def loan_instalments(instalments: pd.DataFrame) -> pd.DataFrame:
    return instalments[instalments.NAME_CONTRACT_TYPE.isin(["Cash loans", "Consumer loans"])]


def test_balances_of_loans_belong_to_granted_loans_of_the_same_client(tables: Tables, previous: pd.DataFrame) -> None:
    rows = with_loan(tables[TableName.POS_CASH_BALANCE], previous)

    assert (rows.SK_ID_CURR_loan == rows.SK_ID_CURR).all()
    assert (rows.NAME_CONTRACT_STATUS_loan == "Approved").all()
    assert rows.NAME_CONTRACT_TYPE.isin(["Cash loans", "Consumer loans"]).all()


def test_cards_belong_to_granted_cards_or_are_older_than_the_table(tables: Tables, previous: pd.DataFrame) -> None:
    cards = with_loan(tables[TableName.CREDIT_CARD_BALANCE], previous)
    listed = cards.SK_ID_CURR_loan.notna()

    assert (cards.SK_ID_CURR_loan == cards.SK_ID_CURR)[listed].all()
    assert (cards.NAME_CONTRACT_TYPE[listed] == "Revolving loans").all()
    assert (cards.NAME_CONTRACT_STATUS_loan[listed] == "Approved").all()
    assert (cards[~listed].groupby("SK_ID_PREV").MONTHS_BALANCE.min() == -96).all()


def test_no_instalment_is_due_or_paid_before_the_decision_or_after_the_application(instalments: pd.DataFrame) -> None:
    assert (instalments.DAYS_INSTALMENT <= -2).all()
    assert not (instalments.DAYS_ENTRY_PAYMENT > -2).any()
    assert not (instalments.DAYS_INSTALMENT < instalments.DAYS_DECISION).any()
    assert not (instalments.DAYS_ENTRY_PAYMENT < instalments.DAYS_DECISION).any()


def test_instalments_match_the_annuity_and_the_number(loan_instalments: pd.DataFrame) -> None:
    regular = loan_instalments.groupby("SK_ID_PREV").head(1)
    regular = regular[regular.CNT_PAYMENT > 3]

    share = np.isclose(regular.AMT_INSTALMENT, regular.AMT_ANNUITY, rtol=0.07).mean()
    assert share > 0.95  # others repaid all at once
    assert (loan_instalments.NUM_INSTALMENT_NUMBER <= loan_instalments.CNT_PAYMENT).all()
    assert (regular.DAYS_INSTALMENT == regular.DAYS_FIRST_DUE).all()


def test_parts_of_an_instalment_add_up_to_it(loan_instalments: pd.DataFrame) -> None:
    paid = loan_instalments.dropna(subset=["AMT_PAYMENT"])
    sums = paid.groupby(["SK_ID_PREV", "NUM_INSTALMENT_NUMBER"]).agg({"AMT_PAYMENT": "sum", "AMT_INSTALMENT": "first"})

    assert sums.AMT_PAYMENT.to_numpy() == pytest.approx(sums.AMT_INSTALMENT.to_numpy(), abs=0.01)
    assert (loan_instalments.groupby(["SK_ID_PREV", "NUM_INSTALMENT_NUMBER"]).size() > 1).mean() > 0.03


def test_what_is_overdue_in_a_month_was_paid_late(tables: Tables, loan_instalments: pd.DataFrame) -> None:
    overdue = tables[TableName.POS_CASH_BALANCE].query("SK_DPD > 0").SK_ID_PREV.unique()
    delay = loan_instalments.DAYS_ENTRY_PAYMENT.fillna(0) - loan_instalments.DAYS_INSTALMENT
    latest = delay.groupby(loan_instalments.SK_ID_PREV).max()

    assert len(overdue) > 50
    assert (latest.loc[overdue] > 0).all()


def test_instalments_left_fall_by_one_a_month(tables: Tables) -> None:
    rows = tables[TableName.POS_CASH_BALANCE].sort_values(["SK_ID_PREV", "MONTHS_BALANCE"])
    active = rows[rows.NAME_CONTRACT_STATUS.isin(["Active", "Signed"])]
    steps = active.groupby("SK_ID_PREV")[["MONTHS_BALANCE", "CNT_INSTALMENT_FUTURE"]].diff().dropna()

    assert (steps.MONTHS_BALANCE == 1).all()
    assert (steps.CNT_INSTALMENT_FUTURE == -1).all()
    assert (rows.CNT_INSTALMENT_FUTURE[rows.NAME_CONTRACT_STATUS == "Completed"] == 0).all()


def test_completed_loans_are_terminated_in_the_table_of_applications(tables: Tables, previous: pd.DataFrame) -> None:
    done = tables[TableName.POS_CASH_BALANCE].query("NAME_CONTRACT_STATUS == 'Completed'").SK_ID_PREV

    assert (previous.loc[done].DAYS_LAST_DUE < 0).all()


def test_dates_of_a_loan_follow_each_other(previous: pd.DataFrame) -> None:
    loans = previous[previous.NAME_CONTRACT_TYPE.isin(["Cash loans", "Consumer loans"])].dropna(subset="DAYS_FIRST_DUE")

    assert (loans.NAME_CONTRACT_STATUS == "Approved").all()
    assert (loans.DAYS_FIRST_DUE > loans.DAYS_DECISION).all()
    ended = loans[loans.DAYS_TERMINATION < NEVER]
    assert (ended.DAYS_LAST_DUE <= ended.DAYS_TERMINATION).all()
    assert (ended.DAYS_LAST_DUE <= ended.DAYS_LAST_DUE_1ST_VERSION).all()
    assert (loans.DAYS_FIRST_DRAWING == NEVER).all()


def test_only_granted_applications_have_dates_and_only_refused_ones_a_reason(previous: pd.DataFrame) -> None:
    granted = previous.NAME_CONTRACT_STATUS == "Approved"

    assert previous[~granted].filter(regex="^DAYS_(FIRST|LAST|TERM)").isna().all().all()
    assert (previous.CODE_REJECT_REASON[granted] == "XAP").all()
    assert (previous.CODE_REJECT_REASON[previous.NAME_CONTRACT_STATUS == "Refused"] != "XAP").all()
    assert (previous.CNT_PAYMENT[previous.NAME_CONTRACT_TYPE == "Revolving loans"].dropna() == 0).all()


def test_one_card_a_client(previous: pd.DataFrame) -> None:
    cards = previous.query("NAME_CONTRACT_TYPE == 'Revolving loans' and NAME_CONTRACT_STATUS == 'Approved'")

    assert cards.SK_ID_CURR.is_unique
    assert len(cards) > 500


def test_the_balance_of_a_card_stays_near_its_limit(tables: Tables) -> None:
    cards = tables[TableName.CREDIT_CARD_BALANCE].query("AMT_CREDIT_LIMIT_ACTUAL > 0")

    assert (cards.AMT_BALANCE >= 0).all()
    assert (cards.AMT_BALANCE <= 1.5 * cards.AMT_CREDIT_LIMIT_ACTUAL).all()
    assert (cards.AMT_BALANCE <= 1.1 * cards.AMT_CREDIT_LIMIT_ACTUAL).mean() > 0.97
    assert (cards.AMT_DRAWINGS_CURRENT > 0).mean() > 0.1


def test_months_of_a_card_follow_each_other(tables: Tables) -> None:
    cards = tables[TableName.CREDIT_CARD_BALANCE].sort_values(["SK_ID_PREV", "MONTHS_BALANCE"])

    assert (cards.groupby("SK_ID_PREV").MONTHS_BALANCE.diff().dropna() == 1).all()
    assert cards.MONTHS_BALANCE.between(-96, -1).all()


def test_only_closed_credits_elsewhere_have_an_end(tables: Tables) -> None:
    bureau = tables[TableName.BUREAU]
    closed = bureau.CREDIT_ACTIVE == "Closed"

    assert (bureau.DAYS_ENDDATE_FACT.notna() == closed).all()
    assert (bureau.DAYS_ENDDATE_FACT >= bureau.DAYS_CREDIT)[closed].all()
    assert (bureau.AMT_CREDIT_SUM_DEBT[closed].fillna(0) == 0).all()
    assert (bureau.AMT_CREDIT_SUM_DEBT.fillna(0) <= 1.21 * bureau.AMT_CREDIT_SUM).all()
    assert bureau.DAYS_CREDIT.between(-2922, -1).all()


def test_months_of_a_credit_elsewhere_lie_in_its_life(tables: Tables) -> None:
    bureau = tables[TableName.BUREAU].set_index("SK_ID_BUREAU")
    rows = tables[TableName.BUREAU_BALANCE].join(bureau, on="SK_ID_BUREAU")

    assert rows.SK_ID_CURR.notna().all()
    assert (np.floor(rows.DAYS_CREDIT / 30.4375) <= rows.MONTHS_BALANCE).all()
    after_end = np.ceil(rows.DAYS_ENDDATE_FACT / 30.4375) < rows.MONTHS_BALANCE
    assert ((rows.STATUS == "C") == after_end).all()
    assert not tables[TableName.BUREAU_BALANCE].duplicated(["SK_ID_BUREAU", "MONTHS_BALANCE"]).any()


def test_monthly_states_cover_a_third_of_the_past_and_nearly_all_current_clients(tables: Tables) -> None:
    bureau = tables[TableName.BUREAU]
    covered = bureau.SK_ID_CURR[bureau.SK_ID_BUREAU.isin(tables[TableName.BUREAU_BALANCE].SK_ID_BUREAU)].unique()
    books = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)
    past, current = (tables[name].SK_ID_CURR.isin(covered).mean() for name in books)

    assert past == pytest.approx(0.30, abs=0.04)
    assert current == pytest.approx(0.87, abs=0.06)


@pytest.mark.parametrize(
    ("name", "share", "rows"),
    [
        (TableName.BUREAU, 0.86, 4.8),
        (TableName.PREVIOUS_APPLICATION, 0.96, 4.7),
        (TableName.POS_CASH_BALANCE, 0.94, 28.0),
        (TableName.INSTALLMENTS_PAYMENTS, 0.95, 37.0),
        (TableName.CREDIT_CARD_BALANCE, 0.28, 10.3),
    ],
)
def test_rows_per_client_are_near_the_original(tables: Tables, name: TableName, share: float, rows: float) -> None:
    counts = tables[name].groupby("SK_ID_CURR").size()

    assert len(counts) / 3_000 == pytest.approx(share, abs=0.04)
    assert counts.sum() / 3_000 == pytest.approx(rows, rel=0.2)


def test_refusals_and_open_credits_go_with_low_scores(tables: Tables, applications: pd.DataFrame) -> None:
    score = applications.set_index("SK_ID_CURR").EXT_SOURCE_3
    previous, bureau = tables[TableName.PREVIOUS_APPLICATION], tables[TableName.BUREAU]
    refused = (previous.NAME_CONTRACT_STATUS == "Refused").groupby(previous.SK_ID_CURR).mean()
    active = (bureau.CREDIT_ACTIVE == "Active").groupby(bureau.SK_ID_CURR).mean()

    assert refused.corr(score.reindex(refused.index)) < -0.05
    assert active.corr(score.reindex(active.index)) < -0.15
