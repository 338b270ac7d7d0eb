"""Instalments of our loans: one row a payment, several of which may pay one instalment."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, LOAN, flag, number_of_rows, ratio, total

_VERSION: Final = "NUM_INSTALMENT_VERSION"
_NUMBER: Final = "NUM_INSTALMENT_NUMBER"
_KEYS: Final = [CLIENT, LOAN, _VERSION, _NUMBER]
_HORIZON: Final = 2_922


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the instalments, by client."""
    rows = prepare(tables["installments_payments"], tables["previous_application"])
    windows = [measured(rows[rows["due_ago"] <= days], f"{days}d") for days in (90, 365)]
    parts = [*windows, measured(rows, "all"), latest_loan(rows), last_five(rows), kinds(rows)]
    return pd.concat([*parts, lateness(rows), weighted(rows), trends(rows), calendars(rows), paid(rows)], axis=1)


def prepare(table: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """One row an instalment that fell due by day 0, latest first: when it was due and paid, what was missing."""
    rows = instalments(table[table["DAYS_INSTALMENT"] <= 0])
    late = rows["due_ago"] - rows["paid_ago"]
    rows["late"] = late
    rows["is_late"] = flag(late > 0, late.notna())
    rows["days_late"] = late.clip(lower=0)
    rows["days_early"] = (-late).clip(lower=0)
    rows["is_split"] = (rows["parts"] > 1).astype("float64")
    rows["credited"] = rows["paid"].where(~(rows["paid"] > rows["due"]), rows["due"]).where(rows["due"].notna())
    rows["short"] = (rows["due"] - rows["paid"].fillna(0)).clip(lower=0)
    rows["weight"] = (1 - rows["due_ago"] / _HORIZON).clip(lower=0)
    rows = rows.sort_values([CLIENT, "due_ago", LOAN, _NUMBER, _VERSION], ascending=[True, True, False, False, False])
    rows["recency"] = rows.groupby(CLIENT).cumcount() + 1
    return rows.merge(past[[LOAN, "NAME_CONTRACT_TYPE"]], on=LOAN, how="left")


def instalments(table: pd.DataFrame) -> pd.DataFrame:
    """Put the part payments of an instalment together; what was paid after day 0 has not been paid yet."""
    is_paid = table["DAYS_ENTRY_PAYMENT"] <= 0
    payments = table[_KEYS].assign(
        due_ago=-table["DAYS_INSTALMENT"],
        due=table["AMT_INSTALMENT"],
        paid_ago=-table["DAYS_ENTRY_PAYMENT"].where(is_paid),
        paid=table["AMT_PAYMENT"].where(is_paid),
        parts=is_paid,
    )
    groups = payments.groupby(_KEYS, dropna=False)
    together = groups.agg({"due_ago": "max", "due": "max", "paid_ago": "min", "parts": "sum"})
    together["paid"] = groups["paid"].sum(min_count=1)
    return together.reset_index()


def measured(rows: pd.DataFrame, window: str) -> pd.DataFrame:
    groups = rows.groupby(CLIENT)
    return pd.DataFrame(
        {
            f"instalment_days_late_mean_{window}": groups["days_late"].mean(),
            f"instalment_days_late_max_{window}": groups["days_late"].max(),
            f"instalment_late_share_{window}": groups["is_late"].mean(),
            f"instalment_days_early_mean_{window}": groups["days_early"].mean(),
            f"instalment_late_sd_{window}": groups["late"].std(),
            f"instalment_short_mean_{window}": groups["short"].mean(),
            f"instalment_split_share_{window}": groups["is_split"].mean(),
        }
    )


def latest_loan(rows: pd.DataFrame) -> pd.DataFrame:
    """The loan whose first instalment fell due last; of two, the one with the higher number."""
    began = rows.groupby([CLIENT, LOAN])["due_ago"].max().reset_index()
    began = began.sort_values([CLIENT, "due_ago", LOAN], ascending=[True, True, False]).drop_duplicates(CLIENT)
    groups = rows.merge(began[[CLIENT, LOAN]], on=[CLIENT, LOAN]).groupby(CLIENT)
    return pd.DataFrame(
        {
            "instalment_days_late_mean_latest": groups["days_late"].mean(),
            "instalment_days_late_max_latest": groups["days_late"].max(),
            "instalment_late_share_latest": groups["is_late"].mean(),
            "instalment_short_latest": groups["short"].sum(min_count=1),
        }
    )


def last_five(rows: pd.DataFrame) -> pd.DataFrame:
    late = rows[rows["recency"] <= 5].groupby(CLIENT)["late"]
    return pd.DataFrame({"instalment_late_mean_last_5": late.mean(), "instalment_late_max_last_5": late.max()})


def kinds(rows: pd.DataFrame) -> pd.DataFrame:
    cash = rows[rows["NAME_CONTRACT_TYPE"] == "Cash loans"]
    consumer = rows[rows["NAME_CONTRACT_TYPE"] == "Consumer loans"]
    return pd.DataFrame(
        {
            "instalment_late_share_cash": cash.groupby(CLIENT)["is_late"].mean(),
            "instalment_late_share_consumer": consumer.groupby(CLIENT)["is_late"].mean(),
        }
    )


def lateness(rows: pd.DataFrame) -> pd.DataFrame:
    recent = rows[rows["due_ago"] <= 730]
    over = {days: flag(recent["late"] > days, recent["late"].notna()) for days in (7, 30)}
    return pd.DataFrame(
        {
            "instalment_days_since_late": rows[rows["late"] > 0].groupby(CLIENT)["due_ago"].min(),
            **{f"instalment_late_{n}d_share_730d": late.groupby(recent[CLIENT]).mean() for n, late in over.items()},
        }
    )


def weighted(rows: pd.DataFrame) -> pd.DataFrame:
    """Sums whose weight falls from 1 on day 0 to 0 eight years ago."""
    measures = {"days_late": "days_late", "days_early": "days_early", "paid": "credited"}
    products = pd.DataFrame(
        {f"instalment_{name}_weighted": rows[column] * rows["weight"] for name, column in measures.items()}
    )
    return products.groupby(rows[CLIENT]).sum(min_count=1)


def trends(rows: pd.DataFrame) -> pd.DataFrame:
    recent = rows[rows["due_ago"] <= 180].groupby(CLIENT)["is_late"].mean()
    before = rows[(rows["due_ago"] > 180) & (rows["due_ago"] <= 360)].groupby(CLIENT)["is_late"].mean()
    year = rows[rows["due_ago"] <= 365].groupby(CLIENT)["late"].mean()
    return pd.DataFrame(
        {
            "instalment_late_share_trend": recent - before,
            "instalment_late_mean_trend": year - rows.groupby(CLIENT)["late"].mean(),
        }
    )


def calendars(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(CLIENT)
    return pd.DataFrame(
        {
            "instalment_version_count": groups[_VERSION].nunique(),
            "instalment_version_max": groups[_VERSION].max(),
            "instalment_parts_max": groups["parts"].max(),
            "instalment_count": number_of_rows(rows),
        }
    )


def paid(rows: pd.DataFrame) -> pd.DataFrame:
    year = rows[rows["due_ago"] <= 365]
    payments = year.groupby(CLIENT)["paid_ago"].agg(["min", "max", "count"])
    credited = rows.groupby(CLIENT)["credited"].agg(["mean", "min", "max"])
    return pd.DataFrame(
        {
            "instalment_paid": total(rows, ["credited"])["credited"],
            "instalment_paid_365d": total(year, ["credited"])["credited"],
            "instalment_paid_mean": credited["mean"],
            "instalment_paid_min": credited["min"],
            "instalment_paid_max": credited["max"],
            "instalment_payment_gap_365d": ratio(payments["max"] - payments["min"], payments["count"] - 1),
        }
    )
