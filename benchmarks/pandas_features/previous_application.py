"""Past applications with us: one row an application."""

from __future__ import annotations

from typing import Final

import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, LOAN, flag, number_of_rows, ratio, total

_YIELDS: Final = {"high": "high", "promotional": "low_action", "low": "low_normal"}


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the past applications, by client."""
    past = prepare(tables["previous_application"])
    parts = [counts(past), refusals(past), kinds(past), cost(past), asked(past), terms(past), size(past)]
    return pd.concat([*parts, latest(past), ends(past)], axis=1)


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """The last application of each contract, latest first, with what a recipe needs beside the raw columns."""
    past = table[(table["FLAG_LAST_APPL_PER_CONTRACT"] == "Y") & (table["DAYS_DECISION"] <= 0)]
    past = past.sort_values([CLIENT, "DAYS_DECISION", LOAN], ascending=[True, False, False])
    past["recency"] = past.groupby(CLIENT).cumcount() + 1
    past["ago"] = -past["DAYS_DECISION"]
    past["refused"] = flag(past["NAME_CONTRACT_STATUS"] == "Refused", past["NAME_CONTRACT_STATUS"].notna())
    interest = past["AMT_ANNUITY"] * past["CNT_PAYMENT"] / past["AMT_CREDIT"] - 1
    past["rate"] = (interest / past["CNT_PAYMENT"]).clip(-1, 1)
    past["asked_to_granted"] = (past["AMT_APPLICATION"] / past["AMT_CREDIT"]).clip(0, 100)
    past["duration"] = ratio(past["AMT_CREDIT"], past["AMT_ANNUITY"]).clip(0, 1_000)
    past["down_payment_rate"] = past["RATE_DOWN_PAYMENT"].clip(-1, 1)
    return past


def approved(past: pd.DataFrame) -> pd.DataFrame:
    return past[past["NAME_CONTRACT_STATUS"] == "Approved"]


def counts(past: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "previous_count": number_of_rows(past),
            "previous_approved_count": number_of_rows(approved(past)),
            "previous_180d_count": number_of_rows(past[past["ago"] <= 180]),
            "previous_730d_count": number_of_rows(past[past["ago"] <= 730]),
            "previous_days_since_approval": approved(past).groupby(CLIENT)["ago"].min(),
            "previous_days_since_first": past.groupby(CLIENT)["ago"].max(),
        }
    )


def refusals(past: pd.DataFrame) -> pd.DataFrame:
    last = {n: past[past["recency"] <= n] for n in (3, 5)}
    return pd.DataFrame(
        {
            "previous_refused_share": past.groupby(CLIENT)["refused"].mean(),
            "previous_refused_share_365d": past[past["ago"] <= 365].groupby(CLIENT)["refused"].mean(),
            **{f"previous_refused_share_last_{n}": rows.groupby(CLIENT)["refused"].mean() for n, rows in last.items()},
            "previous_days_since_refusal": past[past["refused"] == 1].groupby(CLIENT)["ago"].min(),
        }
    )


def kinds(past: pd.DataFrame) -> pd.DataFrame:
    contract, group = past["NAME_CONTRACT_TYPE"], past["NAME_YIELD_GROUP"]
    shares = pd.DataFrame(
        {
            "previous_revolving_share": flag(contract == "Revolving loans", contract.notna()),
            "previous_cash_share": flag(contract == "Cash loans", contract.notna()),
            **{f"previous_yield_{word}_share": flag(group == name, group.notna()) for word, name in _YIELDS.items()},
            "previous_insured_share": past["NFLAG_INSURED_ON_APPROVAL"],
        }
    )
    return shares.groupby(past[CLIENT]).mean()


def cost(past: pd.DataFrame) -> pd.DataFrame:
    granted = approved(past)
    rate = granted.groupby(CLIENT)["rate"].agg(["mean", "min", "max"])
    cash = granted[granted["NAME_CONTRACT_TYPE"] == "Cash loans"]
    return pd.DataFrame(
        {
            "previous_rate_mean": rate["mean"],
            "previous_rate_min": rate["min"],
            "previous_rate_max": rate["max"],
            "previous_rate_latest": granted.drop_duplicates(CLIENT).set_index(CLIENT)["rate"],
            "previous_rate_cash_mean": cash.groupby(CLIENT)["rate"].mean(),
        }
    )


def asked(past: pd.DataFrame) -> pd.DataFrame:
    everything = past.groupby(CLIENT)["asked_to_granted"].agg(["min", "mean", "max"])
    refused = past[past["refused"] == 1].groupby(CLIENT)["asked_to_granted"].mean()
    return everything.add_prefix("previous_asked_to_granted_").assign(previous_asked_to_granted_refused=refused)


def terms(past: pd.DataFrame) -> pd.DataFrame:
    granted = approved(past).groupby(CLIENT)
    return pd.DataFrame(
        {
            "previous_credit_to_instalment_mean": granted["duration"].mean(),
            "previous_credit_to_instalment_max": granted["duration"].max(),
            "previous_term_mean": granted["CNT_PAYMENT"].mean(),
            "previous_term_mean_last_3": past[past["recency"] <= 3].groupby(CLIENT)["CNT_PAYMENT"].mean(),
            "previous_term_latest": past[past["recency"] == 1].set_index(CLIENT)["CNT_PAYMENT"],
        }
    )


def size(past: pd.DataFrame) -> pd.DataFrame:
    granted, everything = approved(past).groupby(CLIENT), past.groupby(CLIENT)
    recent = approved(past[past["ago"] <= 730])
    return pd.DataFrame(
        {
            "previous_instalment_mean": granted["AMT_ANNUITY"].mean(),
            "previous_instalment_max": granted["AMT_ANNUITY"].max(),
            "previous_credit_mean": granted["AMT_CREDIT"].mean(),
            "previous_credit_max": granted["AMT_CREDIT"].max(),
            "previous_credit_730d": total(recent, ["AMT_CREDIT"])["AMT_CREDIT"],
            "previous_price_max": everything["AMT_GOODS_PRICE"].max(),
            "previous_down_payment_max": everything["AMT_DOWN_PAYMENT"].max(),
            "previous_down_payment_rate": granted["down_payment_rate"].mean(),
        }
    )


def latest(past: pd.DataFrame) -> pd.DataFrame:
    row = past[past["recency"] == 1].set_index(CLIENT)
    return pd.DataFrame(
        {
            "previous_latest_product": row["PRODUCT_COMBINATION"],
            "previous_latest_status": row["NAME_CONTRACT_STATUS"],
            "previous_latest_reject_reason": row["CODE_REJECT_REASON"],
            "previous_latest_client_kind": row["NAME_CLIENT_TYPE"],
        }
    )


def ends(past: pd.DataFrame) -> pd.DataFrame:
    everything = past.groupby(CLIENT)
    early = past["DAYS_LAST_DUE_1ST_VERSION"] - past["DAYS_LAST_DUE"]
    return pd.DataFrame(
        {
            "previous_planned_end_max": everything["DAYS_LAST_DUE_1ST_VERSION"].max(),
            "previous_planned_end_mean": everything["DAYS_LAST_DUE_1ST_VERSION"].mean(),
            "previous_days_since_last_due": -everything["DAYS_LAST_DUE"].max(),
            "previous_days_since_end": -everything["DAYS_TERMINATION"].max(),
            "previous_early_days": early.groupby(past[CLIENT]).mean(),
        }
    )
