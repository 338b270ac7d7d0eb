"""Two clients written by hand, with round numbers: what each feature must be can be checked by eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from scoring_dash.core.words import TableName

ANNA: Final = 100_001
BORIS: Final = 100_002
"""He has never had a loan: nothing but his application is known."""

Row = Mapping[str, Any]

_APPLICATIONS: Final = {
    TableName.APPLICATION_TRAIN: [
        {
            "SK_ID_CURR": ANNA,
            "NAME_CONTRACT_TYPE": "Cash loans",
            **{"AMT_CREDIT": 1_200.0, "AMT_ANNUITY": 100.0, "AMT_GOODS_PRICE": 1_000.0, "AMT_INCOME_TOTAL": 2_000.0},
            **{"EXT_SOURCE_1": 0.2, "EXT_SOURCE_2": 0.4, "EXT_SOURCE_3": 0.6},
            **{"NAME_INCOME_TYPE": "Working", "OCCUPATION_TYPE": "Drivers", "ORGANIZATION_TYPE": "XNA"},
            **{"NAME_EDUCATION_TYPE": "Higher education", "NAME_HOUSING_TYPE": "With parents"},
            **{"DAYS_EMPLOYED": -730, "DAYS_REGISTRATION": -900.0, "DAYS_ID_PUBLISH": -800},
            **{"DAYS_LAST_PHONE_CHANGE": -365.0, "OWN_CAR_AGE": 4.0, "FLAG_OWN_REALTY": "Y", "FLAG_WORK_PHONE": 1},
            **{f"FLAG_DOCUMENT_{number}": int(number in (3, 6)) for number in range(2, 22)},
            **{f"AMT_REQ_CREDIT_BUREAU_{span}": 0.0 for span in ("HOUR", "DAY", "WEEK")},
            **{"AMT_REQ_CREDIT_BUREAU_MON": 1.0, "AMT_REQ_CREDIT_BUREAU_QRT": 2.0, "AMT_REQ_CREDIT_BUREAU_YEAR": 4.0},
        }
    ],
    TableName.APPLICATION_TEST: [{"SK_ID_CURR": BORIS, "DAYS_EMPLOYED": 365_243}],
}

_ELSEWHERE: Final = {
    # A card used to a quarter, and a shop loan paid off ten days early.
    TableName.BUREAU: [
        {
            **{"SK_ID_BUREAU": 1, "CREDIT_ACTIVE": "Active", "CREDIT_TYPE": "Credit card", "DAYS_CREDIT": -100},
            **{"DAYS_CREDIT_ENDDATE": 300.0, "DAYS_CREDIT_UPDATE": -5, "AMT_CREDIT_SUM": 400.0},
            **{"AMT_CREDIT_SUM_DEBT": 100.0, "AMT_ANNUITY": 20.0, "AMT_CREDIT_MAX_OVERDUE": 30.0},
            **{"AMT_CREDIT_SUM_OVERDUE": 7.0, "CREDIT_DAY_OVERDUE": 3, "CNT_CREDIT_PROLONG": 1},
        },
        {
            **{"SK_ID_BUREAU": 2, "CREDIT_ACTIVE": "Closed", "CREDIT_TYPE": "Consumer credit", "DAYS_CREDIT": -500},
            **{"DAYS_CREDIT_ENDDATE": -200.0, "DAYS_ENDDATE_FACT": -210.0, "DAYS_CREDIT_UPDATE": -190},
            **{"AMT_CREDIT_SUM": 600.0, "AMT_CREDIT_SUM_DEBT": 0.0, "AMT_CREDIT_MAX_OVERDUE": 10.0},
            **{"AMT_CREDIT_SUM_OVERDUE": 0.0, "CREDIT_DAY_OVERDUE": 0, "CNT_CREDIT_PROLONG": 0},
        },
    ],
    # Late in one month of the last year and in one before; one month unknown.
    TableName.BUREAU_BALANCE: [
        {"SK_ID_BUREAU": number, "MONTHS_BALANCE": month, "STATUS": status}
        for number, month, status in (
            *((1, -1, "0"), (1, -2, "1"), (1, -3, "X"), (1, -4, "0")),
            *((2, -7, "C"), (2, -14, "2")),
        )
    ],
}

# A shop loan and a personal loan granted, the latest application refused.
_PAST: Final = {
    TableName.PREVIOUS_APPLICATION: [
        {
            **{"SK_ID_PREV": 11, "NAME_CONTRACT_TYPE": "Consumer loans", "NAME_CONTRACT_STATUS": "Approved"},
            **{"FLAG_LAST_APPL_PER_CONTRACT": "Y", "DAYS_DECISION": -1_000},
            **{"AMT_APPLICATION": 500.0, "AMT_CREDIT": 500.0, "AMT_GOODS_PRICE": 550.0},
            **{"AMT_ANNUITY": 62.5, "CNT_PAYMENT": 10.0, "AMT_DOWN_PAYMENT": 50.0, "RATE_DOWN_PAYMENT": 0.1},
            **{"NAME_YIELD_GROUP": "low_normal", "NAME_CLIENT_TYPE": "New", "CODE_REJECT_REASON": "XAP"},
            **{"PRODUCT_COMBINATION": "POS industry with interest", "NFLAG_INSURED_ON_APPROVAL": 0.0},
            **{"DAYS_LAST_DUE_1ST_VERSION": -670.0, "DAYS_LAST_DUE": -700.0, "DAYS_TERMINATION": -690.0},
        },
        {
            **{"SK_ID_PREV": 12, "NAME_CONTRACT_TYPE": "Cash loans", "NAME_CONTRACT_STATUS": "Approved"},
            **{"FLAG_LAST_APPL_PER_CONTRACT": "Y", "DAYS_DECISION": -300},
            **{"AMT_APPLICATION": 480.0, "AMT_CREDIT": 960.0, "AMT_GOODS_PRICE": 480.0},
            **{"AMT_ANNUITY": 60.0, "CNT_PAYMENT": 20.0, "NAME_YIELD_GROUP": "high", "NAME_CLIENT_TYPE": "Repeater"},
            **{"CODE_REJECT_REASON": "XAP", "PRODUCT_COMBINATION": "Cash", "NFLAG_INSURED_ON_APPROVAL": 1.0},
            **{"DAYS_LAST_DUE_1ST_VERSION": 300.0, "DAYS_LAST_DUE": 365_243.0, "DAYS_TERMINATION": 365_243.0},
        },
        {
            **{"SK_ID_PREV": 13, "NAME_CONTRACT_TYPE": "Revolving loans", "NAME_CONTRACT_STATUS": "Refused"},
            **{"FLAG_LAST_APPL_PER_CONTRACT": "Y", "DAYS_DECISION": -50},
            **{"AMT_APPLICATION": 200.0, "AMT_CREDIT": 100.0, "AMT_GOODS_PRICE": 200.0},
            **{"AMT_ANNUITY": 10.0, "CNT_PAYMENT": 0.0, "NAME_YIELD_GROUP": "XNA", "NAME_CLIENT_TYPE": "Repeater"},
            **{"CODE_REJECT_REASON": "HC", "PRODUCT_COMBINATION": "Card Street"},
        },
    ],
    # The shop loan was shortened from 10 to 8 months and repaid; of the personal loan 15 of 20 instalments are left.
    TableName.POS_CASH_BALANCE: [
        {
            **{"SK_ID_PREV": loan, "MONTHS_BALANCE": month, "CNT_INSTALMENT": term, "CNT_INSTALMENT_FUTURE": left},
            **{"NAME_CONTRACT_STATUS": status, "SK_DPD": late, "SK_DPD_DEF": late // 2},
        }
        for loan, month, term, left, status, late in (
            *((11, -33, 10.0, 10.0, "Signed", 0), (11, -32, 10.0, 9.0, "Active", 0)),
            *((11, -25, 8.0, 1.0, "Active", 8), (11, -24, 8.0, 0.0, "Completed", 0)),
            *((12, -3, 20.0, 17.0, "Active", 0), (12, -2, 20.0, 16.0, "Active", 4), (12, -1, 20.0, 15.0, "Active", 0)),
        )
    ],
    # Shop loan: on time, then 10 days late. Personal loan: 4 days early, paid in two parts the last of which came
    # 6 days late, and not paid at all.
    TableName.INSTALLMENTS_PAYMENTS: [
        {
            **{"SK_ID_PREV": loan, "NUM_INSTALMENT_VERSION": version, "NUM_INSTALMENT_NUMBER": number},
            **{"DAYS_INSTALMENT": due, "DAYS_ENTRY_PAYMENT": came, "AMT_INSTALMENT": owed, "AMT_PAYMENT": paid},
        }
        for loan, version, number, due, came, owed, paid in (
            *((11, 1.0, 1, -974.0, -974.0, 55.0, 55.0), (11, 2.0, 2, -487.0, -477.0, 55.0, 55.0)),
            *((12, 1.0, 1, -200.0, -204.0, 60.0, 60.0), (12, 1.0, 2, -80.0, -84.0, 60.0, 20.0)),
            *((12, 1.0, 2, -80.0, -74.0, 60.0, 40.0), (12, 1.0, 3, -50.0, None, 60.0, None)),
        )
    ],
    # Seven months of a card of 100 (50 at first): 10 owed at first, 40 now.
    TableName.CREDIT_CARD_BALANCE: [
        {
            **{"SK_ID_PREV": 14, "MONTHS_BALANCE": month, "AMT_BALANCE": owed, "AMT_CREDIT_LIMIT_ACTUAL": limit},
            **{
                "AMT_DRAWINGS_CURRENT": drawn,
                "AMT_DRAWINGS_ATM_CURRENT": cash,
                "CNT_DRAWINGS_CURRENT": int(drawn / 10),
            },
            **{"CNT_DRAWINGS_ATM_CURRENT": cash / 10, "AMT_PAYMENT_CURRENT": 10.0, "AMT_INST_MIN_REGULARITY": 5.0},
            **{"AMT_TOTAL_RECEIVABLE": owed, "AMT_RECEIVABLE_PRINCIPAL": owed - 2, "SK_DPD": late, "SK_DPD_DEF": 0},
        }
        for month, owed, limit, drawn, cash, late in (
            *((-7, 10.0, 50.0, 10.0, 0.0, 0), (-6, 20.0, 100.0, 10.0, 10.0, 0), (-5, 20.0, 100.0, 0.0, 0.0, 9)),
            *((-4, 20.0, 100.0, 0.0, 0.0, 0), (-3, 20.0, 100.0, 0.0, 0.0, 0), (-2, 50.0, 100.0, 40.0, 20.0, 0)),
            (-1, 40.0, 100.0, 10.0, 0.0, 0),
        )
    ],
}

HAND_MADE: Final[Mapping[TableName, list[dict[str, Any]]]] = {**_APPLICATIONS, **_ELSEWHERE, **_PAST}

_OF_THE_APPLICATION: Final = {
    **{"external_score_1": 0.2, "external_score_2": 0.4, "external_score_3": 0.6, "external_score_mean": 0.4},
    **{"external_score_min": 0.2, "external_score_max": 0.6},
    **{"external_score_product": 0.2 * 0.4 * 0.6},
    "external_score_weighted_mean": (2 * 0.2 + 1 * 0.4 + 3 * 0.6) / 6,
    **{"contract_type": "Cash loans", "credit_amount": 1_200, "instalment_amount": 100, "financed_fees": 200},
    **{"credit_to_instalment_ratio": 12, "credit_to_price_ratio": 1.2, "financed_fees_to_income_ratio": 0.1},
    # 12 instalments without interest are sold over 18 months: 1,800 to repay 1,200.
    **{"implied_term": 18, "implied_interest_share": 0.5, "implied_cost": 0.5 / 18},
    # Nobody to compare with: a median of fewer than 30 clients is not used.
    **{"income_to_occupation_ratio": None, "income_to_sector_ratio": None},
    **{"instalment_to_income_ratio": 0.05, "credit_to_income_ratio": 0.6, "income": 2_000},
    **{"income_type": "Working", "occupation": "Drivers", "employer_sector": None, "education_level": 3},
    **{"job_tenure_days": 730, "phone_change_to_job_tenure_ratio": 0.5, "work_phone": 1},
    **{"housing_type": "With parents", "owns_home": 1, "car_age": 4, "car_age_to_job_tenure_ratio": 2},
    **{"registration_days": 900, "identity_document_days": 800, "phone_change_days": 365, "document_count": 2},
    **{"missing_fact_count": 1, "enquiry_count_3_months": 3, "enquiry_count_12_months": 7},
}

_OF_BUREAU: Final = {
    **{"bureau_credit_count": 2, "bureau_active_count": 1, "bureau_active_share": 0.5, "bureau_kind_count": 2},
    **{"bureau_opened_180d_count": 1, "bureau_opened_365d_count": 1, "bureau_opened_730d_count": 2},
    **{"bureau_microloan_365d_count": 0, "bureau_consumer_share": 0.5, "bureau_card_share": 0.5},
    **{"bureau_car_share": 0, "bureau_mortgage_share": 0, "bureau_microloan_share": 0},
    **{"bureau_latest_opened_days": 100, "bureau_mean_opened_days": 300, "bureau_first_opened_days": 500},
    **{"bureau_latest_active_days": 100, "bureau_gap_days": 400, "bureau_last_end_days": 300},
    **{"bureau_next_end_days": 300, "bureau_closed_days": 210, "bureau_closed_early_days": 10},
    **{"bureau_updated_days": 5, "bureau_active_debt": 100, "bureau_active_debt_max": 100, "bureau_debt_mean": 50},
    **{"bureau_debt_365d": 100, "bureau_active_granted": 400, "bureau_granted": 1_000, "bureau_granted_max": 600},
    **{"bureau_left": 300, "bureau_left_min": 300, "bureau_active_instalments": 20, "bureau_debt_ratio_max": 0.25},
    **{"bureau_active_debt_ratio_mean": 0.25, "bureau_active_debt_ratio": 0.25, "bureau_debt_ratio": 0.1},
    **{"bureau_latest_debt_ratio": 0.25, "bureau_debt_ratio_365d": 0.25, "bureau_card_debt_ratio": 0.25},
    **{"bureau_max_overdue": 30, "bureau_max_overdue_mean": 20, "bureau_max_overdue_730d": 30},
    **{"bureau_latest_max_overdue": 30, "bureau_overdue": 7, "bureau_overdue_days": 3, "bureau_prolonged_count": 1},
    # Five known months; of the four of the last year one late.
    **{"bureau_late_month_share": 2 / 5, "bureau_late_month_share_12m": 1 / 4, "bureau_closed_month_share": 1 / 5},
    "bureau_months_since_late": 2,
}

_OF_PAST_APPLICATIONS: Final = {
    **{"previous_count": 3, "previous_approved_count": 2, "previous_180d_count": 1, "previous_730d_count": 2},
    **{"previous_refused_share": 1 / 3, "previous_refused_share_365d": 1 / 2, "previous_refused_share_last_3": 1 / 3},
    **{"previous_refused_share_last_5": 1 / 3, "previous_days_since_refusal": 50, "previous_days_since_approval": 300},
    **{"previous_days_since_first": 1_000, "previous_revolving_share": 1 / 3, "previous_cash_share": 1 / 3},
    **{"previous_yield_high_share": 0.5, "previous_yield_promotional_share": 0, "previous_yield_low_share": 0.5},
    # A quarter of interest over 10 instalments, and over 20.
    **{"previous_rate_mean": 0.01875, "previous_rate_min": 0.0125, "previous_rate_max": 0.025},
    **{"previous_rate_latest": 0.0125, "previous_rate_cash_mean": 0.0125, "previous_asked_to_granted_min": 0.5},
    **{"previous_asked_to_granted_mean": (1 + 0.5 + 2) / 3, "previous_asked_to_granted_max": 2},
    **{"previous_asked_to_granted_refused": 2, "previous_credit_to_instalment_mean": 12, "previous_term_mean": 15},
    **{"previous_credit_to_instalment_max": 16, "previous_term_mean_last_3": 15, "previous_term_latest": None},
    **{"previous_instalment_mean": 61.25, "previous_instalment_max": 62.5, "previous_credit_mean": 730},
    **{"previous_credit_max": 960, "previous_credit_730d": 960, "previous_price_max": 550},
    **{"previous_down_payment_max": 50, "previous_down_payment_rate": 0.1, "previous_insured_share": 0.5},
    **{"previous_latest_product": "Card Street", "previous_latest_status": "Refused"},
    **{"previous_latest_reject_reason": "HC", "previous_latest_client_kind": "Repeater"},
    **{"previous_planned_end_max": 300, "previous_planned_end_mean": -185, "previous_days_since_last_due": 700},
    **{"previous_days_since_end": 690, "previous_early_days": 30},
}

_OF_LOANS: Final = {
    **{"pos_month_count": 6, "pos_loan_count": 2, "pos_open_count": 1, "pos_days_late_max": 8},
    **{"pos_days_late_tolerant_max": 4, "pos_late_month_share": 2 / 6, "pos_late_month_share_12m": 1 / 3},
    **{"pos_months_since_late": 2, "pos_open_instalments_left": 15, "pos_left_share_3m": (17 + 16 + 15) / 3 / 20},
    **{"pos_completed_share": 0.5, "pos_shortening_max": 2, "pos_span_months": 31},
    **{"pos_late_month_share_latest": 1 / 3, "pos_open_instalments": 60, "pos_open_debt": 15 * 60},
}

# Delays, oldest first: 0, 10, -4, 6, unknown.
_OF_INSTALMENTS: Final = {
    **{"instalment_days_late_mean_90d": 6, "instalment_days_late_max_90d": 6, "instalment_late_share_90d": 1},
    **{"instalment_days_early_mean_90d": 0, "instalment_late_sd_90d": None, "instalment_short_mean_90d": 30},
    **{"instalment_split_share_90d": 1 / 2, "instalment_days_late_mean_365d": 3, "instalment_days_late_max_365d": 6},
    **{"instalment_late_share_365d": 1 / 2, "instalment_days_early_mean_365d": 2, "instalment_late_sd_365d": 50**0.5},
    **{"instalment_short_mean_365d": 20, "instalment_split_share_365d": 1 / 3, "instalment_days_late_mean_all": 4},
    **{"instalment_days_late_max_all": 10, "instalment_late_share_all": 1 / 2, "instalment_days_early_mean_all": 1},
    **{"instalment_late_sd_all": ((9 + 49 + 49 + 9) / 3) ** 0.5, "instalment_short_mean_all": 12},
    **{"instalment_split_share_all": 1 / 5, "instalment_days_late_mean_latest": 3},
    **{"instalment_days_late_max_latest": 6, "instalment_late_share_latest": 1 / 2, "instalment_short_latest": 60},
    **{"instalment_late_mean_last_5": 3, "instalment_late_max_last_5": 10, "instalment_late_share_cash": 1 / 2},
    **{"instalment_late_share_consumer": 1 / 2, "instalment_days_since_late": 80},
    # 974 days are a third of eight years and 487 a sixth.
    "instalment_days_late_weighted": 10 * 5 / 6 + 6 * (1 - 80 / 2_922),
    "instalment_days_early_weighted": 4 * (1 - 200 / 2_922),
    "instalment_paid_weighted": 55 * 2 / 3 + 55 * 5 / 6 + 60 * (1 - 200 / 2_922) + 60 * (1 - 80 / 2_922),
    **{"instalment_late_share_trend": 1 - 0, "instalment_late_mean_trend": 1 - 3, "instalment_version_count": 2},
    **{"instalment_version_max": 2, "instalment_paid": 230, "instalment_paid_365d": 120, "instalment_paid_mean": 57.5},
    **{"instalment_paid_min": 55, "instalment_paid_max": 60, "instalment_late_7d_share_730d": 1 / 3},
    **{"instalment_late_30d_share_730d": 0, "instalment_parts_max": 2, "instalment_payment_gap_365d": 204 - 74},
    "instalment_count": 5,
}

_OF_CARDS: Final = {
    **{"card_use_max_2m": 0.5, "card_use_mean_6m": (4 * 0.2 + 0.5 + 0.4) / 6, "card_use_max": 0.5},
    **{"card_use_mean": (5 * 0.2 + 0.5 + 0.4) / 7, "card_use_latest": 0.4, "card_balance_latest": 40},
    **{"card_limit_latest": 100, "card_limit_growth": 2, "card_cash_drawn": 30, "card_cash_share": 30 / 70},
    **{"card_drawings_mean_12m": 7 / 7, "card_cash_drawings_mean_12m": 3 / 7, "card_paid_to_minimum_12m": 2},
    **{"card_days_late_max": 9, "card_days_late_tolerant_max": 0, "card_late_month_share": 1 / 7},
    **{"card_months_since_late": 5, "card_balance_change_6m": (40 - 10) / 100, "card_charges_mean": 2},
    "card_month_count": 7,
}

_OVER_TABLES: Final = {
    **{"instalment_to_past_max_ratio": 100 / 60, "instalment_to_past_mean_ratio": 100 / 57.5},
    **{"instalment_to_previous_mean_ratio": 100 / 61.25, "credit_to_previous_mean_ratio": 1_200 / 730},
    **{"credit_to_previous_max_ratio": 1_200 / 960, "duration_to_previous_ratio": 12 / 12},
    "implied_cost_minus_previous": 0.5 / 18 - 0.01875,
    **{"our_debt": 900 + 40, "our_debt_to_income_ratio": 0.47, "our_debt_and_credit": 940 + 1_200},
    **{"all_debt": 940 + 100, "all_debt_to_income_ratio": 0.52, "all_debt_and_credit_to_income_ratio": 1.12},
    **{"all_instalments_to_income_ratio": (100 + 60 + 20) / 2_000, "days_since_late_anywhere": 2 * 30.4375},
    "history_source_count": 5,
}

ANNAS_FEATURES: Final[Mapping[str, float | str | None]] = {
    **_OF_THE_APPLICATION,
    **_OF_BUREAU,
    **_OF_PAST_APPLICATIONS,
    **_OF_LOANS,
    **_OF_INSTALMENTS,
    **_OF_CARDS,
    **_OVER_TABLES,
}
"""What each feature of the catalogue is for ``ANNA``; None where missing."""
