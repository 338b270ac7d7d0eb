"""Features over several tables: the new loan beside the past ones, debts here and elsewhere together."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, ratio

_DAYS_A_MONTH: Final = 30.4375
_COUNTS: Final = [
    "bureau_credit_count",
    "previous_count",
    "pos_loan_count",
    "instalment_count",
    "card_month_count",
]
_MONTHS_SINCE: Final = ["bureau_months_since_late", "pos_months_since_late", "card_months_since_late"]


def features(tables: dict[str, pd.DataFrame], known: pd.DataFrame) -> pd.DataFrame:
    """Every feature over several tables, by client; ``known`` holds the other features."""
    rows = tables["application"].set_index(CLIENT).loc[known.index]
    return pd.concat([new_loan(rows, known), debts(rows, known), history(known)], axis=1)


def new_loan(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    credit, instalment = rows["AMT_CREDIT"], rows["AMT_ANNUITY"]
    duration = ratio(credit, instalment)
    return pd.DataFrame(
        {
            "instalment_to_past_max_ratio": ratio(instalment, known["instalment_paid_max"]),
            "instalment_to_past_mean_ratio": ratio(instalment, known["instalment_paid_mean"]),
            "instalment_to_previous_mean_ratio": ratio(instalment, known["previous_instalment_mean"]),
            "credit_to_previous_mean_ratio": ratio(credit, known["previous_credit_mean"]),
            "credit_to_previous_max_ratio": ratio(credit, known["previous_credit_max"]),
            "duration_to_previous_ratio": ratio(duration, known["previous_credit_to_instalment_mean"]),
            "implied_cost_minus_previous": known["implied_cost"] - known["previous_rate_mean"],
        }
    )


def debts(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    income = rows["AMT_INCOME_TOTAL"]
    ours = known["pos_open_debt"] + known["card_balance_latest"]
    everything = ours + known["bureau_active_debt"].fillna(0)
    elsewhere = known["bureau_active_instalments"].fillna(0)
    instalments = rows["AMT_ANNUITY"] + known["pos_open_instalments"] + elsewhere
    return pd.DataFrame(
        {
            "our_debt": ours,
            "our_debt_to_income_ratio": ratio(ours, income),
            "our_debt_and_credit": ours + rows["AMT_CREDIT"],
            "all_debt": everything,
            "all_debt_to_income_ratio": ratio(everything, income),
            "all_debt_and_credit_to_income_ratio": ratio(everything + rows["AMT_CREDIT"], income),
            "all_instalments_to_income_ratio": ratio(instalments, income),
        }
    )


def history(known: pd.DataFrame) -> pd.DataFrame:
    days = known[_MONTHS_SINCE] * _DAYS_A_MONTH
    return pd.DataFrame(
        {
            "days_since_late_anywhere": days.join(known["instalment_days_since_late"]).min(axis=1),
            "history_source_count": (known[_COUNTS] > 0).sum(axis=1),
        }
    )
