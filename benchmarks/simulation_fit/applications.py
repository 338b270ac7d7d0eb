"""Aggregates of the application tables: profile shares, latent effects, marginal distributions, buildings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.simulation_fit.scores import (
    COARSE,
    Array,
    Copula,
    Score,
    design,
    effects_by_level,
    fit_copula,
    knots,
    lower_triangle,
    normal_score,
    shares,
    significant,
)

SENTINEL = 365243
AGE_BANDS = (25, 30, 35, 40, 45, 50, 55, 60)
LEVELS: dict[str, list[str]] = {
    "NAME_CONTRACT_TYPE": ["Cash loans", "Revolving loans"],
    "CODE_GENDER": ["F", "M"],
    "NAME_INCOME_TYPE": ["Working", "Commercial associate", "State servant", "Pensioner"],
    "NAME_EDUCATION_TYPE": [
        "Secondary / secondary special", "Higher education", "Incomplete higher", "Lower secondary", "Academic degree",
    ],
    "NAME_FAMILY_STATUS": ["Married", "Single / not married", "Civil marriage", "Separated", "Widow"],
    "NAME_HOUSING_TYPE": [
        "House / apartment", "With parents", "Municipal apartment", "Rented apartment", "Office apartment",
        "Co-op apartment",
    ],
    "OCCUPATION_TYPE": [
        "", "Laborers", "Sales staff", "Core staff", "Managers", "Drivers", "High skill tech staff", "Accountants",
        "Medicine staff", "Security staff", "Cooking staff", "Cleaning staff", "Private service staff",
        "Low-skill Laborers", "Secretaries", "Waiters/barmen staff", "Realty agents", "HR staff", "IT staff",
    ],
}  # fmt: skip
DOCUMENTS = ["3", "", "6", "8", "5", "3,16", "3,18", "11", "9", "3,14", "3,13", "8,13", "18", "8,16", "3,15", "7"]
PLACES = [
    "REG_REGION_NOT_LIVE_REGION", "REG_REGION_NOT_WORK_REGION", "LIVE_REGION_NOT_WORK_REGION",
    "REG_CITY_NOT_LIVE_CITY", "REG_CITY_NOT_WORK_CITY", "LIVE_CITY_NOT_WORK_CITY",
]  # fmt: skip
BUILDING = [
    "APARTMENTS", "BASEMENTAREA", "YEARS_BEGINEXPLUATATION", "YEARS_BUILD", "COMMONAREA", "ELEVATORS", "ENTRANCES",
    "FLOORSMAX", "FLOORSMIN", "LANDAREA", "LIVINGAPARTMENTS", "LIVINGAREA", "NONLIVINGAPARTMENTS", "NONLIVINGAREA",
]  # fmt: skip


def prepare(frame: pd.DataFrame) -> pd.DataFrame:
    """Application rows with the rare income types folded away and the derived columns of the latents."""
    folded = frame.NAME_INCOME_TYPE.replace(
        {"Unemployed": "Pensioner", "Businessman": "Commercial associate", "Student": "Working",
         "Maternity leave": "Working"}
    )  # fmt: skip
    cash = frame.NAME_CONTRACT_TYPE == "Cash loans"
    derived = {
        "NAME_INCOME_TYPE": folded,
        "age_years": -frame.DAYS_BIRTH / 365.25,
        "income": frame.AMT_INCOME_TOTAL,
        "employed": frame.DAYS_EMPLOYED.where(frame.DAYS_EMPLOYED <= 0),
        "registration": frame.DAYS_REGISTRATION,
        "identity": frame.DAYS_ID_PUBLISH,
        "phone_change": frame.DAYS_LAST_PHONE_CHANGE,
        "goods": frame.AMT_GOODS_PRICE.where(cash),
        "goods_revolving": frame.AMT_CREDIT.where(~cash),
        "credit_to_goods": (frame.AMT_CREDIT / frame.AMT_GOODS_PRICE).where(cash),
        "credit_to_annuity": (frame.AMT_CREDIT / frame.AMT_ANNUITY).where(cash),
        "score_1": frame.EXT_SOURCE_1,
        "score_2": frame.EXT_SOURCE_2,
        "score_3": frame.EXT_SOURCE_3,
        "score_1_known": frame.EXT_SOURCE_1.notna().astype(int),
        "bureau_file": (
            frame.AMT_REQ_CREDIT_BUREAU_YEAR.notna().astype(int) * (1 + frame.EXT_SOURCE_3.notna().astype(int))
        ),
        "own_car": (frame.FLAG_OWN_CAR == "Y").astype(int),
        "car_age": frame.OWN_CAR_AGE,
        "own_realty": (frame.FLAG_OWN_REALTY == "Y").astype(int),
        "work_phone": frame.FLAG_WORK_PHONE.where(frame.FLAG_EMP_PHONE == 1),
        "home_phone": frame.FLAG_PHONE,
        "email": frame.FLAG_EMAIL,
        "region_rating": frame.REGION_RATING_CLIENT,
        "hour": frame.HOUR_APPR_PROCESS_START,
        "lives_elsewhere": frame.REG_CITY_NOT_LIVE_CITY,
        "works_elsewhere": frame.REG_CITY_NOT_WORK_CITY.where(frame.FLAG_EMP_PHONE == 1),
        "circle": frame.OBS_30_CNT_SOCIAL_CIRCLE,
        "circle_defaults": (frame.DEF_30_CNT_SOCIAL_CIRCLE > 0).astype(int).where(frame.OBS_30_CNT_SOCIAL_CIRCLE > 0),
        "enquiries_month": frame.AMT_REQ_CREDIT_BUREAU_MON,
        "enquiries_quarter": frame.AMT_REQ_CREDIT_BUREAU_QRT,
        "enquiries_year": frame.AMT_REQ_CREDIT_BUREAU_YEAR,
        "building_known": frame.EMERGENCYSTATE_MODE.notna().astype(int),
        "total_area": frame.TOTALAREA_MODE,
    }
    return frame.assign(**derived)


NUMERIC = (
    "income", "employed", "registration", "identity", "phone_change", "goods", "credit_to_goods", "credit_to_annuity",
    "score_1", "score_2", "score_3", "car_age", "hour", "circle", "enquiries_month", "enquiries_quarter",
    "enquiries_year", "total_area",
)  # fmt: skip
LEVELLED: dict[str, list[int]] = {
    "score_1_known": [0, 1], "bureau_file": [0, 1, 2], "own_car": [0, 1], "own_realty": [0, 1], "work_phone": [0, 1],
    "home_phone": [0, 1], "email": [0, 1], "region_rating": [1, 2, 3], "lives_elsewhere": [0, 1],
    "works_elsewhere": [0, 1], "circle_defaults": [0, 1], "building_known": [0, 1],
}  # fmt: skip
LATENTS = (*NUMERIC, *LEVELLED)


def latent_scores(frame: pd.DataFrame) -> list[Score]:
    """Normal scores of all latents; goods are scored within their contract type."""
    scores = [normal_score(frame[name]) for name in LATENTS]
    goods = LATENTS.index("goods")
    revolving = normal_score(frame.goods_revolving)
    scores[goods] = Score(np.where(np.isnan(scores[goods].values), revolving.values, scores[goods].values), 1.0)
    return scores


def fit(train: pd.DataFrame, test: pd.DataFrame) -> tuple[dict[str, Any], Copula, tuple[Array, list[tuple[str, str]]]]:
    """All parameters of the application tables, the copula, and its regressors with their names.

    Parameters
    ----------
    train, test : DataFrame
        Prepared application rows.
    """
    both = pd.concat([train, test], ignore_index=True)
    age_score = normal_score(both.age_years).values
    regressors, names = design(both, age_score, LEVELS)
    copula = fit_copula(latent_scores(both), regressors)
    parameters = {
        "levels": LEVELS,
        "profiles": _profiles(train, test, both),
        "tables": _tables(train, test, both),
        "age": _age(both),
        "effects": effects_by_level(copula.coefficients, names),
        "latents": list(LATENTS),
        "residual": lower_triangle(copula.residual),
        "margins": _margins(train, test),
        "population": {
            str(rating): knots(both.REGION_POPULATION_RELATIVE[both.region_rating == rating], digits=6)
            for rating in (1, 2, 3)
        },
        "building": _building(both),
    }
    return parameters, copula, (regressors, names)


def _profiles(train: pd.DataFrame, test: pd.DataFrame, both: pd.DataFrame) -> dict[str, Any]:
    columns = ["CODE_GENDER", "NAME_INCOME_TYPE", "NAME_EDUCATION_TYPE"]
    index = pd.MultiIndex.from_product([LEVELS[column] for column in columns])
    return {
        "revolving": {"train": float(significant((train.NAME_CONTRACT_TYPE != "Cash loans").mean(), 3)),
                      "test": float(significant((test.NAME_CONTRACT_TYPE != "Cash loans").mean(), 2))},
        "shares": {
            contract: significant(
                rows[columns].value_counts(normalize=True).reindex(index, fill_value=0.0).to_list(), 3
            )
            for contract, rows in both.groupby("NAME_CONTRACT_TYPE")
        },
    }  # fmt: skip


def _age(both: pd.DataFrame) -> dict[str, list[float]]:
    rounded = both.assign(age_years=both.age_years)
    cells = {
        f"{income}|{gender}": knots(rows.age_years, COARSE)
        for (income, gender), rows in rounded.groupby(["NAME_INCOME_TYPE", "CODE_GENDER"])
    }
    return {**cells, "all": knots(both.age_years, COARSE)}


def _margins(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, Any]:
    margins: dict[str, Any] = {}
    for book, rows in (("train", train), ("test", test)):
        margins[book] = {name: knots(rows[name]) for name in (*NUMERIC, "goods_revolving") if name != "goods_revolving"}
        margins[book] |= {name: shares(rows[name].dropna(), LEVELLED[name]) for name in LEVELLED}
    margins["goods_revolving"] = knots(train.goods_revolving)
    return margins


def _conditional(
    rows: pd.DataFrame, given: list[str], column: str, levels: list[Any], prior: float = 10.0
) -> dict[str, Any]:
    """Shares of a column's levels in each cell, drawn towards the overall shares by ``prior`` pseudo-rows."""
    overall = rows[column].value_counts(normalize=True).reindex(levels, fill_value=0.0)
    result = {}
    for key, cell in rows.groupby(given, observed=True):
        counts = cell[column].value_counts().reindex(levels, fill_value=0) + prior * overall
        label = "|".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
        result[label] = [round(float(value), 4) for value in counts / counts.sum()]
    return result


def _tables(train: pd.DataFrame, test: pd.DataFrame, both: pd.DataFrame) -> dict[str, Any]:
    rows = both.assign(
        band=np.searchsorted(AGE_BANDS, both.age_years),
        OCCUPATION_TYPE=both.OCCUPATION_TYPE.fillna(""),
        suite=both.NAME_TYPE_SUITE.fillna(""),
        children=both.CNT_CHILDREN.clip(upper=5),
        documents=_documents(both),
        place="p" + both[PLACES].astype(str).agg("".join, axis=1),
        education=np.where(
            both.NAME_EDUCATION_TYPE.isin(["Higher education", "Academic degree"]), "higher",
            np.where(both.NAME_EDUCATION_TYPE == "Incomplete higher", "incomplete", "secondary")),
    )  # fmt: skip
    rows["book"] = ["train"] * len(train) + ["test"] * len(test)
    working = rows[rows.NAME_INCOME_TYPE != "Pensioner"]
    organizations = sorted(set(working.ORGANIZATION_TYPE))
    occupations = LEVELS["OCCUPATION_TYPE"]
    places = sorted(rows.place.value_counts().index[:24])
    suites = ["Unaccompanied", "Family", "Spouse, partner", "Children", "Other_B", "", "Other_A", "Group of people"]
    weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    overall = working.OCCUPATION_TYPE.value_counts(normalize=True).reindex(occupations)
    tilt = {
        education: significant(
            ((cell.OCCUPATION_TYPE.value_counts().reindex(occupations, fill_value=0) + 20 * overall)
             / (len(cell) + 20) / overall).to_list(), 3)
        for education, cell in working.groupby("education")
    }  # fmt: skip
    return {
        "age_bands": list(AGE_BANDS),
        "family": _conditional(rows, ["CODE_GENDER", "band"], "NAME_FAMILY_STATUS", LEVELS["NAME_FAMILY_STATUS"]),
        "housing": _conditional(rows, ["band"], "NAME_HOUSING_TYPE", LEVELS["NAME_HOUSING_TYPE"]),
        "children": _conditional(rows, ["NAME_FAMILY_STATUS", "band"], "children", [0, 1, 2, 3, 4, 5]),
        "organizations": organizations,
        "organization": _conditional(working, ["NAME_INCOME_TYPE", "CODE_GENDER"], "ORGANIZATION_TYPE", organizations),
        "occupation": _conditional(working, ["ORGANIZATION_TYPE"], "OCCUPATION_TYPE", occupations, 20.0),
        "occupation_by_gender": _ratio(working, "CODE_GENDER", "OCCUPATION_TYPE", occupations),
        "occupation_by_education": tilt,
        "documents_levels": DOCUMENTS,
        "documents": _conditional(
            rows.assign(pension=rows.NAME_INCOME_TYPE == "Pensioner"), ["book", "NAME_CONTRACT_TYPE", "pension"],
            "documents", DOCUMENTS, 1.0),
        "places_levels": [place[1:] for place in places],
        "places": _conditional(rows, ["lives_elsewhere", "REG_CITY_NOT_WORK_CITY"], "place", places, 0.0),
        "suites": suites,
        "suite": _conditional(rows, ["book"], "suite", suites),
        "weekdays": weekdays,
        "weekday": _conditional(rows, ["book"], "WEEKDAY_APPR_PROCESS_START", weekdays),
        "circle_defaults_more": round(float((rows.DEF_30_CNT_SOCIAL_CIRCLE > 1).sum()
                                            / (rows.DEF_30_CNT_SOCIAL_CIRCLE > 0).sum()), 3),
        "enquiries_recent": {
            name: shares(rows[f"AMT_REQ_CREDIT_BUREAU_{name}"].dropna(), [0, 1, 2]) for name in ("HOUR", "DAY", "WEEK")
        },
    }  # fmt: skip


def _ratio(rows: pd.DataFrame, given: str, column: str, levels: list[str]) -> dict[str, Any]:
    """How much more frequent each level is in a cell than overall."""
    overall = rows[column].value_counts(normalize=True).reindex(levels)
    return {
        str(key): significant(
            ((cell[column].value_counts().reindex(levels, fill_value=0) + 20 * overall)
             / (len(cell) + 20) / overall).to_list(), 3)
        for key, cell in rows.groupby(given)
    }  # fmt: skip


def _documents(rows: pd.DataFrame) -> pd.Series:
    """Numbers of the documents handed in, comma-separated, for the frequent combinations; else the first one."""
    columns = [column for column in rows.columns if column.startswith("FLAG_DOCUMENT_")]
    text = pd.Series("", index=rows.index)
    for column in columns:
        number = column.rsplit("_", 1)[1]
        text = text.where(rows[column] == 0, text.where(text == "", text + ",") + number)
    return text.where(text.isin(DOCUMENTS), text.str.split(",").str[0])


def _building(both: pd.DataFrame) -> dict[str, Any]:
    known = both[both.building_known == 1]
    averages = [f"{name}_AVG" for name in BUILDING]
    area = normal_score(known.total_area)
    scores = [normal_score(known[column]) for column in averages]
    copula = fit_copula(scores, np.nan_to_num(area.values)[:, None], ridge=0.0)
    columns = [*averages, "TOTALAREA_MODE", "FONDKAPREMONT_MODE", "HOUSETYPE_MODE", "WALLSMATERIAL_MODE"]
    nameable = {
        "FONDKAPREMONT_MODE": ["reg oper account", "reg oper spec account", "org spec account", "not specified"],
        "HOUSETYPE_MODE": ["block of flats", "specific housing", "terraced house"],
        "WALLSMATERIAL_MODE": ["Panel", "Stone, brick", "Block", "Wooden", "Mixed", "Monolithic", "Others"],
        "EMERGENCYSTATE_MODE": ["No", "Yes"],
    }
    area_band = pd.qcut(known.total_area.fillna(known.total_area.median()), 4, labels=False, duplicates="drop")
    return {
        "columns": BUILDING,
        "known": significant([known[column].notna().mean() for column in columns], 3),
        "area_effect": [round(float(value), 3) for value in copula.coefficients[0]],
        "residual": lower_triangle(copula.residual),
        "knots": {kind: {name: knots(known[f"{name}_{kind}"], COARSE) for name in BUILDING}
                  for kind in ("AVG", "MODE", "MEDI")},
        "likeness": {kind: significant([_likeness(known, name, kind) for name in BUILDING])
                     for kind in ("MODE", "MEDI")},
        "levels": nameable,
        "shares": {column: _conditional(known.assign(quarter=area_band), ["quarter"], column, nameable[column], 5.0)
                   for column in nameable},
    }  # fmt: skip


def _likeness(known: pd.DataFrame, name: str, kind: str) -> float:
    """Correlation of the latents of two statistics of a measure, from their rank correlation."""
    ranks = known[f"{name}_AVG"].corr(known[f"{name}_{kind}"], method="spearman")
    return float(2.0 * np.sin(np.pi * ranks / 6.0))
