"""Row-level aggregates of the histories: shares of categories in cells, distributions of amounts and dates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.simulation_fit.scores import COARSE, knots, significant

PAST_EDGES = (-2000, -1200, -700, -365, -180)
"""Bounds of the bands of days before the application, oldest first."""
SPAN_EDGES = (7, 13, 25)
"""Bounds of the bands of terms in instalments."""


def bands(days: pd.Series) -> pd.Series:
    """Band of each number of days, 0 the oldest."""
    return pd.Series(np.searchsorted(PAST_EDGES, days), index=days.index)


def shares_in(rows: pd.DataFrame, given: list[str], column: str, least: float = 0.002) -> dict[str, Any]:
    """Shares of a column's levels in each cell, ``{"levels": [...], "cells": {key: [...]}}``, without rare levels."""
    filled = rows[column].astype(object).where(rows[column].notna(), "").astype(str)
    overall = filled.value_counts(normalize=True)
    levels = list(overall[overall >= least].index)
    prior = 5.0 * overall.reindex(levels)
    cells = {}
    for key, cell in filled.groupby([rows[name] for name in given]):
        counts = cell.value_counts().reindex(levels, fill_value=0) + (prior if len(cell) < 200 else 0.0)
        if counts.sum() > 0:
            label = "|".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
            cells[label] = [round(float(value), 3) for value in counts / counts.sum()]
    return {"levels": levels, "cells": cells}


def knots_in(rows: pd.DataFrame, given: list[str], column: str, least: int = 30) -> dict[str, list[float]]:
    """Quantiles of a column in each cell with enough rows, and in all rows under ``"all"``."""
    known = rows[rows[column].notna()]
    cells = {"all": knots(known[column], COARSE)}
    for key, cell in known.groupby(given):
        if len(cell) >= least:
            label = "|".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
            cells[label] = knots(cell[column], COARSE)
    return cells


def rates_in(rows: pd.DataFrame, given: list[str], event: pd.Series) -> dict[str, float]:
    """How often an event happens in each cell, drawn towards the overall rate by five pseudo-rows."""
    result = {}
    overall = float(event.mean())
    for key, cell in event.groupby([rows[name] for name in given]):
        label = "|".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
        result[label] = float(significant((cell.sum() + 5 * overall) / (len(cell) + 5), 3))
    return result


def fit_bureau(bureau: pd.DataFrame, clients: pd.DataFrame) -> dict[str, Any]:
    """Parameters of bureau rows.

    Parameters
    ----------
    clients : DataFrame
        SK_ID_CURR and whether the client is in the test book.
    """
    kinds = ["Consumer credit", "Credit card", "Car loan", "Mortgage", "Microloan"]
    oldest = bureau.groupby("SK_ID_CURR").DAYS_CREDIT.transform("min")
    rows = bureau.assign(
        kind=bureau.CREDIT_TYPE.where(bureau.CREDIT_TYPE.isin(kinds), "Consumer credit"),
        band=bands(bureau.DAYS_CREDIT),
        active=bureau.CREDIT_ACTIVE == "Active",
        position=(bureau.DAYS_CREDIT / oldest).where(oldest < bureau.DAYS_CREDIT),
        planned=(bureau.DAYS_CREDIT_ENDDATE - bureau.DAYS_CREDIT).where(bureau.DAYS_CREDIT_ENDDATE > -10000),
        term=np.select([bureau.DAYS_CREDIT_ENDDATE.isna(), bureau.DAYS_CREDIT_ENDDATE > 0], ["none", "future"], "past"),
        test=bureau.SK_ID_CURR.map(clients.set_index("SK_ID_CURR").test),
    )
    rows["life"] = ((rows.DAYS_ENDDATE_FACT - rows.DAYS_CREDIT) / rows.planned.where(rows.planned > 0)).where(
        rows.DAYS_ENDDATE_FACT > -10000
    )
    closed = rows[rows.CREDIT_ACTIVE == "Closed"]
    owing = rows[rows.active & (rows.AMT_CREDIT_SUM > 0)]
    rows["debt_share"] = (owing.AMT_CREDIT_SUM_DEBT / owing.AMT_CREDIT_SUM).clip(0, 1.2)
    rows["update_lag"] = (closed.DAYS_CREDIT_UPDATE - closed.DAYS_ENDDATE_FACT).clip(0, 2900)
    rows["overdue_amount"] = rows.AMT_CREDIT_MAX_OVERDUE.where(rows.AMT_CREDIT_MAX_OVERDUE > 0)
    annuity = rows.AMT_ANNUITY.where(rows.AMT_ANNUITY > 0)
    months = rows.planned.clip(30, 6000).fillna(1000) / 30.4
    rows["annuity_factor"] = (annuity * months / rows.AMT_CREDIT_SUM).where(rows.AMT_CREDIT_SUM > 0).clip(0, 20)
    missing = {
        column: rates_in(rows, ["CREDIT_ACTIVE"], rows[column].isna())
        for column in ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM_LIMIT", "AMT_CREDIT_MAX_OVERDUE")
    }
    return {
        "kinds": kinds,
        "kind": shares_in(rows, ["band"], "kind", 0.0),
        "rare_kinds": significant(
            bureau.CREDIT_TYPE[~bureau.CREDIT_TYPE.isin(kinds)].value_counts().div(len(bureau)).to_dict(), 2
        ),
        "position": knots(rows.position, COARSE),
        "planned": knots_in(rows, ["kind"], "planned"),
        "planned_missing": rates_in(rows, ["kind"], rows.planned.isna()),
        "active": rates_in(rows, ["kind", "term", "band"], rows.active),
        "life": knots_in(closed.assign(life=rows.life), ["kind"], "life"),
        "amount": knots_in(rows[rows.AMT_CREDIT_SUM > 0], ["kind", "active"], "AMT_CREDIT_SUM"),
        "amount_zero": rates_in(rows, ["kind"], rows.AMT_CREDIT_SUM == 0),
        "debt_share": knots_in(rows, ["kind"], "debt_share"),
        "limit_positive": rates_in(rows, ["kind", "active"], rows.AMT_CREDIT_SUM_LIMIT > 0),
        "missing": missing,
        "overdue": rates_in(rows[rows.AMT_CREDIT_MAX_OVERDUE.notna()], ["active"], rows.AMT_CREDIT_MAX_OVERDUE > 0),
        "overdue_amount": knots(rows.overdue_amount, COARSE),
        "now_overdue": rates_in(rows, ["active"], rows.CREDIT_DAY_OVERDUE > 0),
        "overdue_days": knots(rows.CREDIT_DAY_OVERDUE[rows.CREDIT_DAY_OVERDUE > 0], COARSE),
        "prolonged": float(significant((rows.CNT_CREDIT_PROLONG > 0).mean(), 2)),
        "update": knots(rows.DAYS_CREDIT_UPDATE[rows.active], COARSE),
        "update_lag": knots(rows.update_lag, COARSE),
        "annuity_known": rates_in(rows, ["test", "active"], rows.AMT_ANNUITY.notna()),
        "annuity_positive": rates_in(rows[rows.AMT_ANNUITY.notna()], ["test", "active"], rows.AMT_ANNUITY > 0),
        "annuity_factor": knots_in(rows, ["kind"], "annuity_factor"),
        "currency": shares_in(rows.assign(one="all"), ["one"], "CREDIT_CURRENCY", 0.0),
        "sold": float(significant((rows.CREDIT_ACTIVE == "Sold").mean(), 2)),
    }


def fit_bureau_balance(balance: pd.DataFrame, bureau: pd.DataFrame, clients: pd.DataFrame) -> dict[str, Any]:
    """Parameters of the monthly bureau balances."""
    ids = balance.groupby("SK_ID_BUREAU").MONTHS_BALANCE.agg(["min", "max"])
    covered = bureau.merge(ids, left_on="SK_ID_BUREAU", right_index=True)
    covered["test"] = covered.SK_ID_CURR.map(clients.set_index("SK_ID_CURR").test)
    clients_covered = bureau.assign(covered=bureau.SK_ID_BUREAU.isin(ids.index)).groupby("SK_ID_CURR").covered.max()
    test = clients.set_index("SK_ID_CURR").test.reindex(clients_covered.index)
    open_months = balance[~balance.STATUS.isin(["C"])]
    # Each credit counts by its open months, so that the share of unknown months comes out right.
    unknown = (open_months.STATUS == "X").groupby(open_months.SK_ID_BUREAU).transform("mean")
    late = open_months[open_months.STATUS != "X"]
    statuses = late.STATUS.value_counts(normalize=True).reindex(list("012345"), fill_value=0.0)
    return {
        "covered": {
            str(bool(key)): float(significant(value, 3)) for key, value in clients_covered.groupby(test).mean().items()
        },
        "stops_early": rates_in(covered, ["test", "CREDIT_ACTIVE"], covered["max"] < 0),
        "unknown": knots(unknown, COARSE),
        "late": significant(statuses.to_list(), 3),
    }  # fmt: skip


def fit_previous(previous: pd.DataFrame) -> dict[str, Any]:
    """Parameters of previous applications."""
    rows = previous[previous.NAME_CONTRACT_TYPE != "XNA"].sort_values(["SK_ID_CURR", "DAYS_DECISION"])
    first = ~rows.duplicated("SK_ID_CURR")
    oldest = rows.groupby("SK_ID_CURR").DAYS_DECISION.transform("min")
    rows = rows.assign(
        kind=rows.NAME_CONTRACT_TYPE.str.split(" ").str[0],
        status=rows.NAME_CONTRACT_STATUS,
        first=first.map({True: "first", False: "later"}),
        band=bands(rows.DAYS_DECISION),
        position=(rows.DAYS_DECISION / oldest).where(~first),
        priced=rows.AMT_CREDIT > 0,
        span=np.searchsorted(SPAN_EDGES, rows.CNT_PAYMENT.fillna(12)),
        goods=rows.NAME_GOODS_CATEGORY,
    )
    rows["event"] = rows.kind + " " + rows.status
    cash, consumer = rows.kind == "Cash", rows.kind == "Consumer"
    asked = rows.AMT_APPLICATION > 0
    rows["credit_share"] = (rows.AMT_CREDIT / rows.AMT_APPLICATION).where(cash & rows.priced & asked)
    paid_down = rows.AMT_DOWN_PAYMENT > 0
    rows["down_share"] = (rows.AMT_DOWN_PAYMENT / rows.AMT_GOODS_PRICE).where(consumer & paid_down)
    financed = rows.AMT_GOODS_PRICE - rows.AMT_DOWN_PAYMENT.fillna(0)
    rows["fee"] = (rows.AMT_CREDIT / financed).where(consumer & rows.priced)
    rows["rate"] = ((rows.AMT_ANNUITY * rows.CNT_PAYMENT / rows.AMT_CREDIT - 1) / rows.CNT_PAYMENT * 12).where(
        rows.CNT_PAYMENT > 0
    )
    priced = rows[rows.priced]
    return {
        "position": knots_in(rows.assign(start=bands(oldest)), ["start"], "position"),
        "same_day": 0.27,
        "primary_rate": knots(rows.RATE_INTEREST_PRIMARY, COARSE, 6),
        "privileged_rate": knots(rows.RATE_INTEREST_PRIVILEGED, COARSE, 6),
        "event": shares_in(rows, ["first", "band"], "event", 0.0),
        "priced": rates_in(rows, ["event"], rows.priced),
        "product": shares_in(rows, ["event"], "PRODUCT_COMBINATION", 0.0),
        "yield": shares_in(priced, ["PRODUCT_COMBINATION"], "NAME_YIELD_GROUP", 0.001),
        "term": shares_in(priced[(priced.kind != "Revolving") & (priced.CNT_PAYMENT > 0)].assign(
            CNT_PAYMENT=priced.CNT_PAYMENT.astype("Int64"), granted=priced.status == "Approved"),
            ["PRODUCT_COMBINATION", "granted"], "CNT_PAYMENT", 0.002),
        "rate": knots_in(priced[priced.rate > 0], ["kind", "NAME_YIELD_GROUP"], "rate"),
        "goods": shares_in(rows[consumer], ["PRODUCT_COMBINATION"], "goods", 0.001),
        "industry": shares_in(rows[consumer], ["PRODUCT_COMBINATION"], "NAME_SELLER_INDUSTRY", 0.001),
        "industry_other": shares_in(rows[~consumer], ["kind"], "NAME_SELLER_INDUSTRY", 0.002),
        "channel": shares_in(rows, ["PRODUCT_COMBINATION"], "CHANNEL_TYPE", 0.0005),
        "product_type": shares_in(rows, ["PRODUCT_COMBINATION"], "NAME_PRODUCT_TYPE", 0.0),
        "area": knots_in(rows, ["CHANNEL_TYPE"], "SELLERPLACE_AREA"),
        "payment": shares_in(rows, ["event"], "NAME_PAYMENT_TYPE", 0.0),
        "reject": shares_in(rows, ["event"], "CODE_REJECT_REASON", 0.0001),
        "client": shares_in(rows, ["first", "kind"], "NAME_CLIENT_TYPE", 0.0),
        "suite": shares_in(rows, ["event"], "NAME_TYPE_SUITE", 0.0),
        "purpose": shares_in(rows, ["PRODUCT_COMBINATION"], "NAME_CASH_LOAN_PURPOSE", 0.00005),
        "weekday": shares_in(rows, ["kind"], "WEEKDAY_APPR_PROCESS_START", 0.0),
        "hour": knots(rows.HOUR_APPR_PROCESS_START, COARSE),
        "insured": rates_in(rows[rows.NFLAG_INSURED_ON_APPROVAL.notna()], ["kind", "NAME_YIELD_GROUP"],
                            rows.NFLAG_INSURED_ON_APPROVAL == 1),
        "asked": knots_in(priced[priced.AMT_APPLICATION > 0], ["event", "span"], "AMT_APPLICATION"),
        "asked_zero": rates_in(priced[priced.kind == "Revolving"], ["event"], priced.AMT_APPLICATION == 0),
        "limit": knots_in(priced[priced.kind == "Revolving"], ["event", "band"], "AMT_CREDIT"),
        "credit_share": knots(rows.credit_share.dropna(), COARSE),
        "paid_down": rates_in(rows[consumer], ["event"], paid_down),
        "down_share": knots(rows.down_share.dropna(), COARSE),
        "fee": knots(rows.fee.dropna(), COARSE),
        **_schedule(rows[rows.status == "Approved"]),
    }  # fmt: skip


def _schedule(approved: pd.DataFrame) -> dict[str, Any]:
    dated = approved.DAYS_FIRST_DUE.notna()
    loans = approved[dated & (approved.kind != "Revolving") & (approved.DAYS_FIRST_DUE < 0)]
    due = loans.DAYS_FIRST_DUE + 30 * (loans.CNT_PAYMENT - 1)
    over = loans[(due < -30) & (loans.DAYS_LAST_DUE < 0)]
    paid = ((over.DAYS_LAST_DUE - over.DAYS_FIRST_DUE) / 30 + 1) / over.CNT_PAYMENT
    ended = loans[loans.DAYS_TERMINATION < 0]
    return {
        "undated": rates_in(approved, ["kind"], ~dated),
        "first_due": knots_in(loans.assign(gap=loans.DAYS_FIRST_DUE - loans.DAYS_DECISION), ["kind"], "gap"),
        "paid_share": knots_in(over.assign(paid=paid.clip(0.02, 1)), ["kind"], "paid"),
        "closing": knots(ended.DAYS_TERMINATION - ended.DAYS_LAST_DUE, COARSE),
    }


def fit_instalments(instalments: pd.DataFrame, previous: pd.DataFrame, repaid: pd.Series) -> dict[str, Any]:
    """Parameters of instalments; punctuality only of the clients who repaid, for defaults were over-sampled.

    Parameters
    ----------
    repaid : Series
        SK_ID_CURR of the clients without default.
    """
    rows = instalments.merge(previous[["SK_ID_PREV", "NAME_CONTRACT_TYPE"]], on="SK_ID_PREV")
    rows = rows[rows.SK_ID_CURR.isin(repaid)]
    rows["kind"] = rows.NAME_CONTRACT_TYPE.str.split(" ").str[0]
    rows["late"] = rows.DAYS_ENTRY_PAYMENT - rows.DAYS_INSTALMENT
    loans = rows[rows.kind != "Revolving"]
    parts = loans.groupby(["SK_ID_PREV", "NUM_INSTALMENT_NUMBER"]).size()
    return {
        "late": knots_in(rows, ["kind"], "late"),
        "in_parts": float(significant((parts > 1).mean(), 2)),
    }


def fit_cards(cards: pd.DataFrame, previous: pd.DataFrame) -> dict[str, Any]:
    """Parameters of card balances; a card is "owing" in the months that close with a balance."""
    rows = cards.sort_values(["SK_ID_PREV", "MONTHS_BALANCE"])
    limit = rows.AMT_CREDIT_LIMIT_ACTUAL.where(rows.AMT_CREDIT_LIMIT_ACTUAL > 0)
    owing = rows.AMT_BALANCE > 0
    card = rows.SK_ID_PREV
    owed_before = owing.groupby(card).shift(1, fill_value=False).astype(bool)
    used = owing.groupby(card).transform("max")
    begun = owing.groupby(card).cummax()
    ever_before = begun.groupby(card).shift(1, fill_value=False).astype(bool)
    staying = owing & owed_before
    share = (rows.AMT_BALANCE / limit)[owing].groupby(card[owing]).mean().clip(0, 1.1)
    paid = rows.AMT_PAYMENT_TOTAL_CURRENT
    ratio = (paid / rows.AMT_INST_MIN_REGULARITY)[staying & (paid > 0) & (rows.AMT_INST_MIN_REGULARITY > 0)]
    drawn = rows.AMT_DRAWINGS_CURRENT > 0
    leftover = rows.AMT_PAYMENT_CURRENT[(paid == 0) & (rows.AMT_PAYMENT_CURRENT > 0)]
    asleep = rows.AMT_CREDIT_LIMIT_ACTUAL == 0
    return {
        "never_used": float(significant(1.0 - used.groupby(card).first().mean(), 3)),
        "share_owed": knots(share, COARSE),
        "settles": float(significant((~owing[owed_before]).mean(), 3)),
        "resumes": float(significant(owing[~owed_before & ever_before].mean(), 3)),
        "draws": float(significant(drawn[staying].mean(), 3)),
        "drawn_share": knots((rows.AMT_DRAWINGS_CURRENT / limit)[staying & drawn].dropna().clip(0, 1), COARSE),
        "cash": float(significant((rows.AMT_DRAWINGS_ATM_CURRENT > 0)[drawn].mean(), 3)),
        "paid_to_minimum": knots(ratio.clip(0, 40), COARSE),
        "skips": float(significant((paid == 0)[staying].mean(), 3)),
        "leftover": knots(leftover, COARSE),
        "old_limit": knots(limit[~card.isin(previous.SK_ID_PREV)].groupby(card).max().dropna(), COARSE),
        "asleep": float(significant(asleep.mean(), 3)),
    }
