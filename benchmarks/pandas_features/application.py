"""The application itself: one row a client, so that every feature is a sum or a quotient of columns."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from benchmarks.pandas_features.frames import CLIENT, flag, ratio

_SCORES: Final = ["EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3"]
_WEIGHTS: Final = np.array([2.0, 1.0, 3.0])
_RECENT: Final = [f"AMT_REQ_CREDIT_BUREAU_{span}" for span in ("HOUR", "DAY", "WEEK", "MON", "QRT")]
_EXPECTED: Final = [
    *_SCORES,
    *("AMT_ANNUITY", "AMT_GOODS_PRICE", "NAME_INCOME_TYPE", "OCCUPATION_TYPE", "ORGANIZATION_TYPE", "DAYS_EMPLOYED"),
    *("DAYS_LAST_PHONE_CHANGE", "OWN_CAR_AGE", "AMT_REQ_CREDIT_BUREAU_YEAR"),
]
_TERM_EDGES: Final = [-np.inf, 7.75, 10.75, 14, 18, 19, 27, 30.75, np.inf]
_TERMS: Final = [6, 12, 18, 24, 30, 36, 48, 60]
_EDUCATION: Final = {
    "Lower secondary": 0,
    "Secondary / secondary special": 1,
    "Incomplete higher": 2,
    "Higher education": 3,
    "Academic degree": 4,
}


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of the application, by client."""
    rows = tables["application"].set_index(CLIENT)
    return pd.concat(
        [external_scores(rows), loan(rows), loan_price(rows), income_and_job(rows), assets(rows), file(rows)], axis=1
    )


def external_scores(rows: pd.DataFrame) -> pd.DataFrame:
    scores = rows[_SCORES]
    weights = scores.notna() * _WEIGHTS
    return pd.DataFrame(
        {
            "external_score_1": rows["EXT_SOURCE_1"],
            "external_score_2": rows["EXT_SOURCE_2"],
            "external_score_3": rows["EXT_SOURCE_3"],
            "external_score_mean": scores.mean(axis=1),
            "external_score_min": scores.min(axis=1),
            "external_score_max": scores.max(axis=1),
            "external_score_product": scores.prod(axis=1, skipna=False),
            "external_score_weighted_mean": ratio((scores * _WEIGHTS).sum(axis=1), weights.sum(axis=1)),
        }
    )


def loan(rows: pd.DataFrame) -> pd.DataFrame:
    credit, instalment, income = rows["AMT_CREDIT"], rows["AMT_ANNUITY"], rows["AMT_INCOME_TOTAL"]
    fees = (credit - rows["AMT_GOODS_PRICE"]).clip(lower=0)
    return pd.DataFrame(
        {
            "contract_type": rows["NAME_CONTRACT_TYPE"],
            "credit_amount": credit,
            "instalment_amount": instalment,
            "credit_to_instalment_ratio": ratio(credit, instalment),
            "credit_to_price_ratio": ratio(credit, rows["AMT_GOODS_PRICE"]),
            "financed_fees": fees,
            "financed_fees_to_income_ratio": ratio(fees, income),
            "instalment_to_income_ratio": ratio(instalment, income),
            "credit_to_income_ratio": ratio(credit, income),
        }
    )


def loan_price(rows: pd.DataFrame) -> pd.DataFrame:
    """Term and price of a personal loan, from the usual terms for its credit / instalment."""
    duration = ratio(rows["AMT_CREDIT"], rows["AMT_ANNUITY"])
    term = pd.cut(duration, _TERM_EDGES, right=False, labels=_TERMS).astype("float64")
    term = term.where(rows["NAME_CONTRACT_TYPE"] == "Cash loans")
    interest = ratio(term * rows["AMT_ANNUITY"], rows["AMT_CREDIT"]) - 1
    return pd.DataFrame(
        {"implied_term": term, "implied_interest_share": interest, "implied_cost": interest / term},
    )


def to_median_income(rows: pd.DataFrame, column: str) -> pd.Series:
    """Income beside the median of past clients of the same group, where there are 30 of them or more."""
    past = rows[rows["IS_PAST"] & rows["AMT_INCOME_TOTAL"].notna()].groupby(column, observed=True)["AMT_INCOME_TOTAL"]
    medians = past.median().where(past.count() >= 30)
    return ratio(rows["AMT_INCOME_TOTAL"], rows[column].astype("object").map(medians).astype("float64"))


def income_and_job(rows: pd.DataFrame) -> pd.DataFrame:
    tenure = -rows["DAYS_EMPLOYED"]
    return pd.DataFrame(
        {
            "income": rows["AMT_INCOME_TOTAL"],
            "income_type": rows["NAME_INCOME_TYPE"].mask(rows["NAME_INCOME_TYPE"] == "Maternity leave"),
            "occupation": rows["OCCUPATION_TYPE"],
            "employer_sector": rows["ORGANIZATION_TYPE"],
            "income_to_occupation_ratio": to_median_income(rows, "OCCUPATION_TYPE"),
            "income_to_sector_ratio": to_median_income(rows, "ORGANIZATION_TYPE"),
            "education_level": rows["NAME_EDUCATION_TYPE"].astype("object").map(_EDUCATION).astype("float64"),
            "job_tenure_days": tenure,
            "phone_change_to_job_tenure_ratio": ratio(-rows["DAYS_LAST_PHONE_CHANGE"], tenure),
            "work_phone": rows["FLAG_WORK_PHONE"],
        }
    )


def assets(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "housing_type": rows["NAME_HOUSING_TYPE"],
            "owns_home": flag(rows["FLAG_OWN_REALTY"] == "Y", rows["FLAG_OWN_REALTY"].notna()),
            "car_age": rows["OWN_CAR_AGE"],
            "car_age_to_job_tenure_ratio": ratio(365 * rows["OWN_CAR_AGE"], -rows["DAYS_EMPLOYED"]),
        }
    )


def file(rows: pd.DataFrame) -> pd.DataFrame:
    documents = [column for column in rows if str(column).startswith("FLAG_DOCUMENT_")]
    return pd.DataFrame(
        {
            "registration_days": -rows["DAYS_REGISTRATION"],
            "identity_document_days": -rows["DAYS_ID_PUBLISH"],
            "phone_change_days": -rows["DAYS_LAST_PHONE_CHANGE"],
            "document_count": rows[documents].sum(axis=1, skipna=False),
            "missing_fact_count": rows[_EXPECTED].isna().sum(axis=1),
            "enquiry_count_3_months": rows[_RECENT].sum(axis=1, skipna=False),
            "enquiry_count_12_months": rows[[*_RECENT, "AMT_REQ_CREDIT_BUREAU_YEAR"]].sum(axis=1, skipna=False),
        }
    )
