"""Monthly states of the credits at other lenders: one row a credit and month."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, CREDIT, ratio

_LATE: Final = ["1", "2", "3", "4", "5"]


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the monthly states elsewhere, by client."""
    months = owned(prepare(tables["bureau_balance"]), known_on_day_0(tables["bureau"]))
    return pd.concat([shares(months), last_delay(months)], axis=1)


def known_on_day_0(bureau: pd.DataFrame) -> pd.DataFrame:
    """A credit opened after the application says nothing of the past."""
    return bureau[bureau["DAYS_CREDIT"] <= 0]


def prepare(balance: pd.DataFrame) -> pd.DataFrame:
    """One row a credit: in how many months it was late, paid off or known at all."""
    months = balance[balance["MONTHS_BALANCE"] <= 0]
    known, late = months["STATUS"].notna() & (months["STATUS"] != "X"), months["STATUS"].isin(_LATE)
    recent = months["MONTHS_BALANCE"] >= -12
    states = pd.DataFrame(
        {
            "known": known,
            "late": late,
            "known_12": known & recent,
            "late_12": late & recent,
            "closed": months["STATUS"] == "C",
            "last_late": -months["MONTHS_BALANCE"].where(late),
        }
    )
    by_credit = states.groupby(months[CREDIT])
    sums = by_credit[["known", "late", "known_12", "late_12", "closed"]].sum()
    return sums.join(by_credit["last_late"].min())


def owned(states: pd.DataFrame, bureau: pd.DataFrame) -> pd.DataFrame:
    """Tell whose credit it is; months of a credit that the bureau table lacks are nobody's."""
    return bureau[[CLIENT, CREDIT]].merge(states, left_on=CREDIT, right_index=True)


def shares(months: pd.DataFrame) -> pd.DataFrame:
    sums = months.groupby(CLIENT)[["known", "late", "known_12", "late_12", "closed"]].sum()
    return pd.DataFrame(
        {
            "bureau_late_month_share": ratio(sums["late"], sums["known"]),
            "bureau_late_month_share_12m": ratio(sums["late_12"], sums["known_12"]),
            "bureau_closed_month_share": ratio(sums["closed"], sums["known"]),
        }
    )


def last_delay(months: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"bureau_months_since_late": months.groupby(CLIENT)["last_late"].min()})
