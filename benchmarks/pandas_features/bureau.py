"""Credits at other lenders: one row a credit."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, CREDIT, flag, number_of_rows, ratio, share_of, total

_NO_END: Final = 50 * 365
_HIGHEST: Final = 100
_KINDS: Final = {
    "consumer": "Consumer credit",
    "card": "Credit card",
    "car": "Car loan",
    "mortgage": "Mortgage",
    "microloan": "Microloan",
}


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the credits elsewhere, by client."""
    credits = prepare(tables["bureau"])
    parts = [counts(credits), kinds(credits), dates(credits), debts(credits), use(credits), overdue(credits)]
    return pd.concat(parts, axis=1)


def prepare(bureau: pd.DataFrame) -> pd.DataFrame:
    """Credits known on day 0, with what a recipe needs beside the raw columns."""
    credits = bureau[(bureau["DAYS_CREDIT"] <= 0) & ~(bureau["DAYS_CREDIT_UPDATE"] > 0)].copy()
    credits["opened"] = -credits["DAYS_CREDIT"]
    credits["updated"] = -credits["DAYS_CREDIT_UPDATE"]
    credits["closed"] = -credits["DAYS_ENDDATE_FACT"]
    credits["ends"] = credits["DAYS_CREDIT_ENDDATE"].where(credits["DAYS_CREDIT_ENDDATE"] <= _NO_END)
    credits["early"] = credits["ends"] - credits["DAYS_ENDDATE_FACT"]
    credits["debt"] = credits["AMT_CREDIT_SUM_DEBT"].clip(lower=0)
    credits["granted"] = credits["AMT_CREDIT_SUM"].where(credits["AMT_CREDIT_SUM"] != 0)
    credits["left"] = credits["granted"] - credits["debt"]
    credits["used"] = ratio(credits["debt"], credits["granted"]).clip(upper=_HIGHEST)
    credits["debt_with_granted"] = credits["debt"].where(credits["granted"].notna())
    credits["granted_with_debt"] = credits["granted"].where(credits["debt"].notna())
    return credits


def active(credits: pd.DataFrame) -> pd.DataFrame:
    return credits[credits["CREDIT_ACTIVE"] == "Active"]


def opened_within(credits: pd.DataFrame, days: int) -> pd.DataFrame:
    return credits[credits["opened"] <= days]


def latest(credits: pd.DataFrame) -> pd.DataFrame:
    """Each client's credit opened last; of two opened the same day, the one with the higher number."""
    ordered = credits.sort_values([CLIENT, "DAYS_CREDIT", CREDIT])
    return ordered.drop_duplicates(CLIENT, keep="last").set_index(CLIENT)


def counts(credits: pd.DataFrame) -> pd.DataFrame:
    recent = opened_within(credits, 365)
    is_active = flag(credits["CREDIT_ACTIVE"] == "Active", credits["CREDIT_ACTIVE"].notna())
    return pd.DataFrame(
        {
            "bureau_credit_count": number_of_rows(credits),
            "bureau_active_count": number_of_rows(active(credits)),
            "bureau_active_share": is_active.groupby(credits[CLIENT]).mean(),
            **{f"bureau_opened_{n}d_count": number_of_rows(opened_within(credits, n)) for n in (180, 365, 730)},
            "bureau_kind_count": credits.groupby(CLIENT)["CREDIT_TYPE"].nunique(),
            "bureau_microloan_365d_count": number_of_rows(recent[recent["CREDIT_TYPE"] == "Microloan"]),
        }
    )


def kinds(credits: pd.DataFrame) -> pd.DataFrame:
    is_kind = pd.DataFrame(
        {
            f"bureau_{word}_share": flag(credits["CREDIT_TYPE"] == name, credits["CREDIT_TYPE"].notna())
            for word, name in _KINDS.items()
        }
    )
    return is_kind.groupby(credits[CLIENT]).mean()


def dates(credits: pd.DataFrame) -> pd.DataFrame:
    closed = credits[credits["CREDIT_ACTIVE"] == "Closed"]
    running = active(credits)
    opened = credits.groupby(CLIENT)["opened"].agg(["min", "mean", "max", "count"])
    return pd.DataFrame(
        {
            "bureau_latest_opened_days": opened["min"],
            "bureau_mean_opened_days": opened["mean"],
            "bureau_first_opened_days": opened["max"],
            "bureau_latest_active_days": running.groupby(CLIENT)["opened"].min(),
            "bureau_gap_days": ratio(opened["max"] - opened["min"], opened["count"] - 1),
            "bureau_last_end_days": running.groupby(CLIENT)["ends"].max(),
            "bureau_next_end_days": running[running["ends"] > 0].groupby(CLIENT)["ends"].min(),
            "bureau_closed_days": closed[closed["closed"] >= 0].groupby(CLIENT)["closed"].min(),
            "bureau_closed_early_days": closed.groupby(CLIENT)["early"].mean(),
            "bureau_updated_days": running.groupby(CLIENT)["updated"].min(),
        }
    )


def debts(credits: pd.DataFrame) -> pd.DataFrame:
    running = active(credits)
    running_total = total(running, ["debt", "granted", "left", "AMT_ANNUITY"])
    everything = credits.groupby(CLIENT)
    return pd.DataFrame(
        {
            "bureau_active_debt": running_total["debt"],
            "bureau_active_debt_max": running.groupby(CLIENT)["debt"].max(),
            "bureau_debt_mean": everything["debt"].mean(),
            "bureau_debt_365d": total(opened_within(credits, 365), ["debt"])["debt"],
            "bureau_active_granted": running_total["granted"],
            "bureau_granted": total(credits, ["granted"])["granted"],
            "bureau_granted_max": everything["granted"].max(),
            "bureau_left": running_total["left"],
            "bureau_left_min": running.groupby(CLIENT)["left"].min(),
            "bureau_active_instalments": running_total["AMT_ANNUITY"],
        }
    )


def use(credits: pd.DataFrame) -> pd.DataFrame:
    running = active(credits)
    return pd.DataFrame(
        {
            "bureau_debt_ratio_max": credits.groupby(CLIENT)["used"].max(),
            "bureau_active_debt_ratio_mean": running.groupby(CLIENT)["used"].mean(),
            "bureau_active_debt_ratio": _debt_ratio(running),
            "bureau_debt_ratio": _debt_ratio(credits),
            "bureau_latest_debt_ratio": latest(credits)["used"],
            "bureau_debt_ratio_365d": _debt_ratio(opened_within(credits, 365)),
            "bureau_card_debt_ratio": _debt_ratio(running[running["CREDIT_TYPE"] == "Credit card"]),
        }
    )


def overdue(credits: pd.DataFrame) -> pd.DataFrame:
    everything = credits.groupby(CLIENT)
    return pd.DataFrame(
        {
            "bureau_max_overdue": everything["AMT_CREDIT_MAX_OVERDUE"].max(),
            "bureau_max_overdue_mean": everything["AMT_CREDIT_MAX_OVERDUE"].mean(),
            "bureau_max_overdue_730d": opened_within(credits, 730).groupby(CLIENT)["AMT_CREDIT_MAX_OVERDUE"].max(),
            "bureau_latest_max_overdue": latest(credits)["AMT_CREDIT_MAX_OVERDUE"],
            "bureau_overdue": everything["AMT_CREDIT_SUM_OVERDUE"].sum(min_count=1),
            "bureau_overdue_days": everything["CREDIT_DAY_OVERDUE"].max(),
            "bureau_prolonged_count": everything["CNT_CREDIT_PROLONG"].sum(),
        }
    )


def _debt_ratio(credits: pd.DataFrame) -> pd.Series:
    return share_of(credits, "debt_with_granted", "granted_with_debt").clip(upper=_HIGHEST)
