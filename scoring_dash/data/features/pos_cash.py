"""Features of ``POS_CASH_balance``: the monthly state of our shop and cash loans to the client.

Months are first summed up per loan. Loans whose rows stop long before day 0 without a closing row are common in the
real files (a quarter of those left 'Active'), so a loan is **open** only if its latest month is one of the last three.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import amount, in_days, in_millionths, in_thousandths, latest, number, quotient
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, define

_T: Final = TableName.POS_CASH_BALANCE
_EARLIEST: Final = 1_200
_OPEN_WITHIN: Final = 3
_INSTALMENT: Final = "previous_application.AMT_ANNUITY"


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row a loan, in whole numbers; ``instalment`` is null when past applications are unknown."""
    loans = _loans(tables[_T])
    is_open = (loans.latest_active == 1) & (loans.left > 0) & (loans.last_month <= _OPEN_WITHIN)
    recency = [loans.last_month, loans.SK_ID_PREV.desc()]
    loans = loans.mutate(is_open=is_open, is_latest=ibis.row_number().over(group_by=CLIENT_KEY, order_by=recency) == 0)
    if TableName.PREVIOUS_APPLICATION not in tables:
        return loans.mutate(instalment=ibis.null("int64"))
    past = tables[TableName.PREVIOUS_APPLICATION]
    return loans.left_join(past.select("SK_ID_PREV", instalment=in_thousandths(past.AMT_ANNUITY)), "SK_ID_PREV")


def _loans(months: ibis.Table) -> ibis.Table:
    # A 'Signed' row precedes the loan: it has no instalment yet.
    months = months.filter((months.MONTHS_BALANCE <= 0) & (months.NAME_CONTRACT_STATUS.fill_null("") != "Signed"))
    months = months.mutate(
        ago=0 - months.MONTHS_BALANCE,
        term=in_days(months.CNT_INSTALMENT),
        left=in_days(months.CNT_INSTALMENT_FUTURE),
        left_share=in_millionths(months.CNT_INSTALMENT_FUTURE / months.CNT_INSTALMENT.nullif(0), lowest=0, highest=100),
        is_late=months.SK_DPD > 0,
        is_active=(months.NAME_CONTRACT_STATUS == "Active").cast("int64"),
        is_completed=(months.NAME_CONTRACT_STATUS == "Completed").cast("int64"),
    )
    recency = _EARLIEST - months.ago
    return months.group_by([CLIENT_KEY, "SK_ID_PREV"]).aggregate(
        months=months.count(),
        first_month=months.ago.max(),
        last_month=months.ago.min(),
        late_months=months.count(where=months.is_late),
        months_12=months.count(where=months.ago <= 12),
        late_months_12=months.count(where=months.is_late & (months.ago <= 12)),
        last_late=months.ago.min(where=months.is_late),
        days_late_max=months.SK_DPD.max(),
        days_late_tolerant_max=months.SK_DPD_DEF.max(),
        latest_active=latest(months.is_active, recency),
        left=latest(months.left, recency),
        left_share_3=months.left_share.sum(where=months.ago <= _OPEN_WITHIN),
        left_share_3_months=months.left_share.count(where=months.ago <= _OPEN_WITHIN),
        completed=months.is_completed.max(),
        shortening=latest(months.term, months.ago) - latest(months.term, recency),
    )


# fmt: off
DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    define(Feature("pos_month_count", _T, ("MONTHS_BALANCE",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Mois de suivi de nos crédits", "Months on record of our loans", zero_when_no_rows=True),
           lambda loans: loans.months.sum()),
    define(Feature("pos_loan_count", _T, ("SK_ID_PREV",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Crédits suivis chez nous", "Loans on record with us", zero_when_no_rows=True),
           lambda loans: loans.count()),
    define(Feature("pos_open_count", _T, ("NAME_CONTRACT_STATUS", "CNT_INSTALMENT_FUTURE", "MONTHS_BALANCE"),
                   "last 3 months", Unit.COUNT, Theme.CREDIT_HISTORY, "Crédits en cours chez nous",
                   "Running loans with us", zero_when_no_rows=True),
           lambda loans: loans.count(where=loans.is_open)),
    define(Feature("pos_days_late_max", _T, ("SK_DPD",), "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Plus long retard sur nos crédits", "Longest delay on our loans", monotone=1),
           lambda loans: loans.days_late_max.max()),
    define(Feature("pos_days_late_tolerant_max", _T, ("SK_DPD_DEF",), "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Plus long retard sur nos crédits, petites sommes exclues",
                   "Longest delay on our loans, small sums aside", monotone=1),
           lambda loans: loans.days_late_tolerant_max.max()),
    define(Feature("pos_late_month_share", _T, ("SK_DPD",), "all", Unit.SHARE, Theme.PAST_PUNCTUALITY,
                   "Part des mois en retard sur nos crédits", "Share of months late on our loans", monotone=1),
           lambda loans: quotient(loans.late_months.sum(), loans.months.sum())),
    define(Feature("pos_late_month_share_12m", _T, ("SK_DPD", "MONTHS_BALANCE"), "last 12 months", Unit.SHARE,
                   Theme.RECENT_PUNCTUALITY, "Part des mois en retard sur nos crédits (12 derniers mois)",
                   "Share of months late on our loans (last 12 months)", monotone=1),
           lambda loans: quotient(loans.late_months_12.sum(), loans.months_12.sum())),
    define(Feature("pos_months_since_late", _T, ("SK_DPD", "MONTHS_BALANCE"), "all", Unit.MONTHS,
                   Theme.RECENT_PUNCTUALITY, "Temps depuis le dernier retard sur nos crédits",
                   "Time since the last delay on our loans", monotone=-1),
           lambda loans: loans.last_late.min()),
    define(Feature("pos_open_instalments_left", _T, ("CNT_INSTALMENT_FUTURE", "NAME_CONTRACT_STATUS", "MONTHS_BALANCE"),
                   "last 3 months", Unit.COUNT, Theme.CREDIT_HISTORY, "Échéances restantes sur nos crédits en cours",
                   "Instalments left on our running loans", zero_when_no_rows=True),
           lambda loans: loans.left.sum(where=loans.is_open)),
    define(Feature("pos_left_share_3m", _T, ("CNT_INSTALMENT_FUTURE", "CNT_INSTALMENT", "MONTHS_BALANCE"),
                   "last 3 months", Unit.SHARE, Theme.CREDIT_HISTORY,
                   "Part des échéances restantes sur nos crédits (3 derniers mois)",
                   "Share of instalments left on our loans (last 3 months)"),
           lambda loans: number(quotient(loans.left_share_3.sum(), loans.left_share_3_months.sum()))),
    define(Feature("pos_completed_share", _T, ("NAME_CONTRACT_STATUS",), "all", Unit.SHARE, Theme.CREDIT_HISTORY,
                   "Part de nos crédits menés à leur terme", "Share of our loans repaid in full"),
           lambda loans: loans.completed.mean()),
    define(Feature("pos_shortening_max", _T, ("CNT_INSTALMENT", "MONTHS_BALANCE"), "all", Unit.MONTHS,
                   Theme.CREDIT_HISTORY, "Plus fort raccourcissement d'un de nos crédits",
                   "Largest shortening of one of our loans"),
           lambda loans: loans.shortening.max()),
    define(Feature("pos_span_months", _T, ("MONTHS_BALANCE",), "all", Unit.MONTHS, Theme.CREDIT_HISTORY,
                   "Durée couverte par l'historique de nos crédits", "Time covered by the history of our loans"),
           lambda loans: loans.first_month.max() - loans.last_month.min()),
    define(Feature("pos_late_month_share_latest", _T, ("SK_DPD", "MONTHS_BALANCE"), "latest loan", Unit.SHARE,
                   Theme.RECENT_PUNCTUALITY, "Part des mois en retard sur notre crédit le plus récent",
                   "Share of months late on our most recent loan", monotone=1),
           lambda loans: quotient(loans.late_months.max(where=loans.is_latest),
                                  loans.months.max(where=loans.is_latest))),
    define(Feature("pos_open_instalments", _T, ("NAME_CONTRACT_STATUS", "CNT_INSTALMENT_FUTURE", "MONTHS_BALANCE",
                                                _INSTALMENT), "last 3 months", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Échéances de nos crédits en cours", "Instalments of our running loans", monotone=1,
                   zero_when_no_rows=True),
           lambda loans: amount(loans.instalment.sum(where=loans.is_open))),
    define(Feature("pos_open_debt", _T, ("NAME_CONTRACT_STATUS", "CNT_INSTALMENT_FUTURE", "MONTHS_BALANCE",
                                         _INSTALMENT), "last 3 months", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                                         "Reste à rembourser sur nos crédits en cours",
                   "Left to repay on our running loans", monotone=1, zero_when_no_rows=True),
           lambda loans: amount((loans.instalment * loans.left).sum(where=loans.is_open))),
)
# fmt: on
