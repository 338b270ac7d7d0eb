"""Monthly states of our shop and cash loans: one row a loan and month."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, LOAN, flag, number_of_rows, ratio, total

_KEYS: Final = [CLIENT, LOAN]
_OPEN_WITHIN: Final = 3


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the running and past loans, by client."""
    months = prepare(tables["POS_CASH_balance"])
    loans = by_loan(months, tables["previous_application"])
    return pd.concat([counts(months, loans), delays(months, loans), progress(months, loans), open_loans(loans)], axis=1)


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """Months of loans that have begun, with what a recipe needs beside the raw columns."""
    months = table[(table["MONTHS_BALANCE"] <= 0) & (table["NAME_CONTRACT_STATUS"] != "Signed")].copy()
    status = months["NAME_CONTRACT_STATUS"]
    months["ago"] = -months["MONTHS_BALANCE"]
    months["is_late"] = (months["SK_DPD"] > 0).astype("float64")
    months["active"] = flag(status == "Active", status.notna())
    months["completed"] = flag(status == "Completed", status.notna())
    months["left_share"] = ratio(months["CNT_INSTALMENT_FUTURE"], months["CNT_INSTALMENT"]).clip(0, 100)
    return months


def by_loan(months: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """One row a loan: its first, last and worst months, its latest state, its instalment."""
    loans = months.groupby(_KEYS).agg(
        months=("ago", "size"),
        first_month=("ago", "max"),
        last_month=("ago", "min"),
        late_months=("is_late", "sum"),
        completed=("completed", "max"),
    )
    loans["active"] = _last_known(months, "active")
    loans["left"] = _last_known(months, "CNT_INSTALMENT_FUTURE")
    loans["shortening"] = _first_known(months, "CNT_INSTALMENT") - _last_known(months, "CNT_INSTALMENT")
    loans = loans.reset_index()
    loans = loans.merge(past[[LOAN, "AMT_ANNUITY"]], on=LOAN, how="left")
    loans["debt"] = loans["AMT_ANNUITY"] * loans["left"]
    return loans


def counts(months: pd.DataFrame, loans: pd.DataFrame) -> pd.DataFrame:
    span = loans.groupby(CLIENT).agg(first=("first_month", "max"), last=("last_month", "min"))
    return pd.DataFrame(
        {
            "pos_month_count": number_of_rows(months),
            "pos_loan_count": number_of_rows(loans),
            "pos_span_months": span["first"] - span["last"],
        }
    )


def delays(months: pd.DataFrame, loans: pd.DataFrame) -> pd.DataFrame:
    ordered = loans.sort_values([CLIENT, "last_month", LOAN], ascending=[True, True, False])
    newest = ordered.drop_duplicates(CLIENT).set_index(CLIENT)
    everything = months.groupby(CLIENT)
    return pd.DataFrame(
        {
            "pos_days_late_max": everything["SK_DPD"].max(),
            "pos_days_late_tolerant_max": everything["SK_DPD_DEF"].max(),
            "pos_late_month_share": everything["is_late"].mean(),
            "pos_late_month_share_12m": months[months["ago"] <= 12].groupby(CLIENT)["is_late"].mean(),
            "pos_months_since_late": months[months["is_late"] == 1].groupby(CLIENT)["ago"].min(),
            "pos_late_month_share_latest": newest["late_months"] / newest["months"],
        }
    )


def progress(months: pd.DataFrame, loans: pd.DataFrame) -> pd.DataFrame:
    recent = months[months["ago"] <= _OPEN_WITHIN]
    return pd.DataFrame(
        {
            "pos_left_share_3m": recent.groupby(CLIENT)["left_share"].mean(),
            "pos_completed_share": loans.groupby(CLIENT)["completed"].mean(),
            "pos_shortening_max": loans.groupby(CLIENT)["shortening"].max(),
        }
    )


def open_loans(loans: pd.DataFrame) -> pd.DataFrame:
    running = loans[(loans["active"] == 1) & (loans["left"] > 0) & (loans["last_month"] <= _OPEN_WITHIN)]
    sums = total(running, ["left", "AMT_ANNUITY", "debt"])
    return pd.DataFrame(
        {
            "pos_open_count": number_of_rows(running),
            "pos_open_instalments_left": sums["left"],
            "pos_open_instalments": sums["AMT_ANNUITY"],
            "pos_open_debt": sums["debt"],
        }
    )


def _last_known(months: pd.DataFrame, column: str) -> pd.Series:
    """A loan's value in the latest month that tells it; the larger one if that month has two rows."""
    known = months.dropna(subset=column).sort_values([*_KEYS, "MONTHS_BALANCE", column])
    return known.drop_duplicates(_KEYS, keep="last").set_index(_KEYS)[column]


def _first_known(months: pd.DataFrame, column: str) -> pd.Series:
    known = months.dropna(subset=column).sort_values([*_KEYS, "ago", column])
    return known.drop_duplicates(_KEYS, keep="last").set_index(_KEYS)[column]
