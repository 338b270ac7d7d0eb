"""Application columns: codes, grids, columns that go together, drift between the books."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from scoring_dash.core.words import TableName

Tables = Mapping[TableName, pd.DataFrame]


def test_pensioners_have_the_code_for_no_employer(applications: pd.DataFrame) -> None:
    pensioner = applications.NAME_INCOME_TYPE == "Pensioner"

    assert ((applications.DAYS_EMPLOYED == 365_243) == pensioner).all()
    assert ((applications.ORGANIZATION_TYPE == "XNA") == pensioner).all()
    assert ((~pensioner).astype(int) == applications.FLAG_EMP_PHONE).all()
    assert applications.OCCUPATION_TYPE[pensioner].isna().all()
    assert pensioner.mean() == pytest.approx(0.18, abs=0.03)


def test_nobody_has_worked_or_registered_before_being_born(applications: pd.DataFrame) -> None:
    employed = applications.DAYS_EMPLOYED.where(applications.DAYS_EMPLOYED <= 0)

    assert not (employed < applications.DAYS_BIRTH + 15 * 365).any()
    assert (applications.DAYS_REGISTRATION >= applications.DAYS_BIRTH - 1).all()
    assert (applications.DAYS_BIRTH < -20 * 365).all()


def test_amounts_keep_their_grids(applications: pd.DataFrame) -> None:
    assert (applications.AMT_GOODS_PRICE.dropna() % 4500 == 0).all()
    assert ((applications.AMT_CREDIT / 4.5) % 1 == 0).all()
    assert (applications.AMT_INCOME_TOTAL % 4500 == 0).mean() > 0.9
    cash = applications[applications.NAME_CONTRACT_TYPE == "Cash loans"]
    assert (cash.AMT_CREDIT >= cash.AMT_GOODS_PRICE - 4.5).all()


def test_a_revolving_loan_costs_a_twentieth_a_month(applications: pd.DataFrame) -> None:
    revolving = applications[applications.NAME_CONTRACT_TYPE == "Revolving loans"]

    assert (revolving.AMT_ANNUITY / revolving.AMT_CREDIT).to_numpy() == pytest.approx(0.05, abs=1e-3)


def test_revolving_loans_are_frequent_in_the_past_only(tables: Tables) -> None:
    past, current = (
        (tables[name].NAME_CONTRACT_TYPE == "Revolving loans").mean()
        for name in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)
    )

    assert past == pytest.approx(0.096, abs=0.025)
    assert current < 0.04


def test_the_family_adds_up(applications: pd.DataFrame) -> None:
    couple = applications.NAME_FAMILY_STATUS.isin(["Married", "Civil marriage"])

    assert (applications.CNT_CHILDREN + 1 + couple == applications.CNT_FAM_MEMBERS).all()


def test_building_columns_are_missing_together(applications: pd.DataFrame) -> None:
    measures = applications.filter(regex="_(AVG|MEDI)$|APARTMENTS_MODE$|AREA_MODE$")
    unknown = applications.EMERGENCYSTATE_MODE.isna()

    assert measures[unknown].isna().all().all()
    assert unknown.mean() == pytest.approx(0.47, abs=0.05)
    assert (applications.APARTMENTS_AVG.isna() == applications.APARTMENTS_MEDI.isna()).all()


def test_without_enquiries_there_is_no_third_score(applications: pd.DataFrame) -> None:
    """Both come from the credit bureau."""
    unknown = applications.AMT_REQ_CREDIT_BUREAU_YEAR.isna()

    assert applications.EXT_SOURCE_3[unknown].isna().all()
    assert unknown.mean() == pytest.approx(0.13, abs=0.03)


def test_car_age_is_known_for_car_owners_only(applications: pd.DataFrame) -> None:
    assert ((applications.FLAG_OWN_CAR == "Y") == applications.OWN_CAR_AGE.notna()).all()


def test_late_acquaintances_are_among_the_acquaintances(applications: pd.DataFrame) -> None:
    known = applications.dropna(subset=["OBS_30_CNT_SOCIAL_CIRCLE"])

    assert (known.DEF_30_CNT_SOCIAL_CIRCLE <= known.OBS_30_CNT_SOCIAL_CIRCLE).all()
    assert (known.DEF_60_CNT_SOCIAL_CIRCLE <= known.DEF_30_CNT_SOCIAL_CIRCLE).all()
    assert (known.DEF_60_CNT_SOCIAL_CIRCLE <= known.OBS_60_CNT_SOCIAL_CIRCLE).all()


@pytest.mark.parametrize("score", ["EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3"])
def test_external_scores_tell_defaults_apart(tables: Tables, score: str) -> None:
    past = tables[TableName.APPLICATION_TRAIN]
    means = past.groupby("TARGET")[score].mean()

    assert means[1] < means[0] - 0.05
    assert past[score].dropna().between(0, 1).all()
