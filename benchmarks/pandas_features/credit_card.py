"""Monthly states of our credit cards: one row a card and month."""

from __future__ import annotations

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, LOAN, flag, number_of_rows, share_of, total


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the cards, by client."""
    months = prepare(tables["credit_card_balance"])
    return pd.concat([use(months), limits(months), drawings(months), delays(months), change(months)], axis=1)


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """Months up to day 0, each card's latest first, with what a recipe needs beside the raw columns."""
    months = table[table["MONTHS_BALANCE"] <= 0]
    months = months.groupby([CLIENT, LOAN, "MONTHS_BALANCE"], as_index=False).max()  # a month listed twice counts once
    months = months.sort_values([CLIENT, LOAN, "MONTHS_BALANCE"], ascending=[True, True, False])
    months["ago"] = -months["MONTHS_BALANCE"]
    months["recency"] = months.groupby([CLIENT, LOAN]).cumcount() + 1
    months["limit"] = months["AMT_CREDIT_LIMIT_ACTUAL"].where(months["AMT_CREDIT_LIMIT_ACTUAL"] != 0)
    months["use"] = (months["AMT_BALANCE"] / months["limit"]).clip(-10, 10)
    months["charges"] = months["AMT_TOTAL_RECEIVABLE"] - months["AMT_RECEIVABLE_PRINCIPAL"]
    months["is_late"] = flag(months["SK_DPD"] > 0, months["SK_DPD"].notna())
    return months


def latest(months: pd.DataFrame) -> pd.DataFrame:
    """The latest month of each card: a client with two cards has two rows."""
    return months[months["recency"] == 1]


def use(months: pd.DataFrame) -> pd.DataFrame:
    everything = months.groupby(CLIENT)["use"]
    return pd.DataFrame(
        {
            "card_use_max_2m": months[months["ago"] <= 2].groupby(CLIENT)["use"].max(),
            "card_use_mean_6m": months[months["ago"] <= 6].groupby(CLIENT)["use"].mean(),
            "card_use_max": everything.max(),
            "card_use_mean": everything.mean(),
            "card_use_latest": share_of(latest(months), "AMT_BALANCE", "limit"),
        }
    )


def limits(months: pd.DataFrame) -> pd.DataFrame:
    now = latest(months)
    recent = now[now["ago"] <= 3]
    return pd.DataFrame(
        {
            "card_balance_latest": total(recent, ["AMT_BALANCE"])["AMT_BALANCE"],
            "card_limit_latest": total(now, ["limit"])["limit"],
            "card_limit_growth": now.groupby(CLIENT)["limit"].max() / months.groupby(CLIENT)["limit"].min(),
            "card_charges_mean": months.groupby(CLIENT)["charges"].mean(),
            "card_month_count": number_of_rows(months),
        }
    )


def drawings(months: pd.DataFrame) -> pd.DataFrame:
    year = months[months["ago"] <= 12]
    return pd.DataFrame(
        {
            "card_cash_drawn": total(months, ["AMT_DRAWINGS_ATM_CURRENT"])["AMT_DRAWINGS_ATM_CURRENT"],
            "card_cash_share": share_of(months, "AMT_DRAWINGS_ATM_CURRENT", "AMT_DRAWINGS_CURRENT"),
            "card_drawings_mean_12m": year.groupby(CLIENT)["CNT_DRAWINGS_CURRENT"].mean(),
            "card_cash_drawings_mean_12m": year.groupby(CLIENT)["CNT_DRAWINGS_ATM_CURRENT"].mean(),
            "card_paid_to_minimum_12m": share_of(year, "AMT_PAYMENT_CURRENT", "AMT_INST_MIN_REGULARITY"),
        }
    )


def delays(months: pd.DataFrame) -> pd.DataFrame:
    everything = months.groupby(CLIENT)
    return pd.DataFrame(
        {
            "card_days_late_max": everything["SK_DPD"].max(),
            "card_days_late_tolerant_max": everything["SK_DPD_DEF"].max(),
            "card_late_month_share": everything["is_late"].mean(),
            "card_months_since_late": months[months["SK_DPD"] > 0].groupby(CLIENT)["ago"].min(),
        }
    )


def change(months: pd.DataFrame) -> pd.DataFrame:
    """How much more is owed than six months before, seen from each card's latest month."""
    now = total(latest(months), ["AMT_BALANCE", "limit"])
    before = total(months[months["recency"] == 7], ["AMT_BALANCE"])
    return pd.DataFrame({"card_balance_change_6m": (now["AMT_BALANCE"] - before["AMT_BALANCE"]) / now["limit"]})
