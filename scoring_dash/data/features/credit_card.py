"""Features of ``credit_card_balance``: the monthly state of the client's cards with us.

Nearly every client has one card; with several, the latest state is the sum over cards, each at its own latest month.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import amount, in_days, in_millionths, in_thousandths, number, quotient, share
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, define

_T: Final = TableName.CREDIT_CARD_BALANCE
_READ: Final = (
    "AMT_BALANCE",
    "AMT_CREDIT_LIMIT_ACTUAL",
    "AMT_DRAWINGS_CURRENT",
    "AMT_DRAWINGS_ATM_CURRENT",
    "CNT_DRAWINGS_CURRENT",
    "CNT_DRAWINGS_ATM_CURRENT",
    "AMT_PAYMENT_CURRENT",
    "AMT_INST_MIN_REGULARITY",
    "AMT_TOTAL_RECEIVABLE",
    "AMT_RECEIVABLE_PRINCIPAL",
    "SK_DPD",
    "SK_DPD_DEF",
)
_USE: Final = ("AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL")


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row a card and month, in whole numbers; ``recency`` 1 is the card's latest month."""
    months = tables[_T]
    months = months.filter(months.MONTHS_BALANCE <= 0)
    # A month listed twice counts once, with the higher of each figure: the order of rows must not decide.
    months = months.group_by([CLIENT_KEY, "SK_ID_PREV", "MONTHS_BALANCE"]).aggregate(
        **{column: months[column].max() for column in _READ}
    )
    limit = months.AMT_CREDIT_LIMIT_ACTUAL.cast("float64").nullif(0)
    order = months.MONTHS_BALANCE.desc()
    return months.select(
        CLIENT_KEY,
        ago=0 - months.MONTHS_BALANCE,
        recency=ibis.row_number().over(group_by=[CLIENT_KEY, "SK_ID_PREV"], order_by=order) + 1,
        use=in_millionths(months.AMT_BALANCE / limit, lowest=-10, highest=10),
        balance=in_thousandths(months.AMT_BALANCE),
        ceiling=in_thousandths(limit),
        drawn=in_thousandths(months.AMT_DRAWINGS_CURRENT),
        drawn_cash=in_thousandths(months.AMT_DRAWINGS_ATM_CURRENT),
        drawings=in_days(months.CNT_DRAWINGS_CURRENT.cast("float64")),
        cash_drawings=in_days(months.CNT_DRAWINGS_ATM_CURRENT.cast("float64")),
        paid=in_thousandths(months.AMT_PAYMENT_CURRENT),
        minimum=in_thousandths(months.AMT_INST_MIN_REGULARITY),
        charges=in_thousandths(months.AMT_TOTAL_RECEIVABLE - months.AMT_RECEIVABLE_PRINCIPAL),
        days_late=months.SK_DPD,
        days_late_tolerant=months.SK_DPD_DEF,
    )


def _latest(months: Any, column: str, place: int = 1) -> Any:
    return months[column].sum(where=months.recency == place)


# fmt: off
DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    define(Feature("card_use_max_2m", _T, (*_USE, "MONTHS_BALANCE"), "last 2 months", Unit.SHARE, Theme.CARD_USE,
                   "Plus forte utilisation de la carte (2 derniers mois)", "Highest use of the card (last 2 months)",
                   monotone=1),
           lambda months: number(months.use.max(where=months.ago <= 2))),
    define(Feature("card_use_mean_6m", _T, (*_USE, "MONTHS_BALANCE"), "last 6 months", Unit.SHARE, Theme.CARD_USE,
                   "Utilisation moyenne de la carte (6 derniers mois)", "Mean use of the card (last 6 months)",
                   monotone=1),
           lambda months: number(months.use.mean(where=months.ago <= 6))),
    define(Feature("card_use_max", _T, _USE, "all", Unit.SHARE, Theme.CARD_USE,
                   "Plus forte utilisation de la carte", "Highest use of the card", monotone=1),
           lambda months: number(months.use.max())),
    define(Feature("card_use_mean", _T, _USE, "all", Unit.SHARE, Theme.CARD_USE,
                   "Utilisation moyenne de la carte", "Mean use of the card", monotone=1),
           lambda months: number(months.use.mean())),
    define(Feature("card_use_latest", _T, (*_USE, "MONTHS_BALANCE"), "latest month", Unit.SHARE, Theme.CARD_USE,
                   "Utilisation actuelle de la carte", "Current use of the card", monotone=1),
           lambda months: quotient(_latest(months, "balance"), _latest(months, "ceiling"))),
    define(Feature("card_balance_latest", _T, ("AMT_BALANCE", "MONTHS_BALANCE"), "last 3 months", Unit.CURRENCY,
                   Theme.CARD_USE, "Solde dû sur la carte", "Balance owed on the card", monotone=1,
                   zero_when_no_rows=True),
           lambda months: amount(months.balance.sum(where=(months.recency == 1) & (months.ago <= 3)))),
    define(Feature("card_limit_latest", _T, ("AMT_CREDIT_LIMIT_ACTUAL", "MONTHS_BALANCE"), "latest month",
                   Unit.CURRENCY,
                   Theme.CARD_USE, "Plafond actuel de la carte", "Current limit of the card"),
           lambda months: amount(_latest(months, "ceiling"))),
    define(Feature("card_limit_growth", _T, ("AMT_CREDIT_LIMIT_ACTUAL", "MONTHS_BALANCE"), "all", Unit.RATIO,
                   Theme.CARD_USE, "Plafond actuel rapporté au plus bas plafond connu",
                   "Current limit compared with the lowest one known"),
           lambda months: quotient(months.ceiling.max(where=months.recency == 1), months.ceiling.min())),
    define(Feature("card_cash_drawn", _T, ("AMT_DRAWINGS_ATM_CURRENT",), "all", Unit.CURRENCY, Theme.CARD_USE,
                   "Total des retraits d'espèces par carte", "Total cash drawn by card"),
           lambda months: amount(months.drawn_cash.sum())),
    define(Feature("card_cash_share", _T, ("AMT_DRAWINGS_ATM_CURRENT", "AMT_DRAWINGS_CURRENT"), "all", Unit.SHARE,
                   Theme.CARD_USE, "Part des retraits d'espèces dans l'usage de la carte",
                   "Share of cash in what the card paid"),
           lambda months: quotient(months.drawn_cash.sum(), months.drawn.sum())),
    define(Feature("card_drawings_mean_12m", _T, ("CNT_DRAWINGS_CURRENT", "MONTHS_BALANCE"), "last 12 months",
                   Unit.COUNT, Theme.CARD_USE, "Opérations par carte et par mois (12 derniers mois)",
                   "Card transactions a month (last 12 months)"),
           lambda months: months.drawings.mean(where=months.ago <= 12)),
    define(Feature("card_cash_drawings_mean_12m", _T, ("CNT_DRAWINGS_ATM_CURRENT", "MONTHS_BALANCE"), "last 12 months",
                   Unit.COUNT, Theme.CARD_USE, "Retraits d'espèces par mois (12 derniers mois)",
                   "Cash withdrawals a month (last 12 months)"),
           lambda months: months.cash_drawings.mean(where=months.ago <= 12)),
    define(Feature("card_paid_to_minimum_12m", _T, ("AMT_PAYMENT_CURRENT", "AMT_INST_MIN_REGULARITY", "MONTHS_BALANCE"),
                   "last 12 months", Unit.RATIO, Theme.CARD_USE,
                   "Paiements rapportés au minimum dû de la carte (12 derniers mois)",
                   "Card payments compared with the minimum due (last 12 months)"),
           lambda months: quotient(months.paid.sum(where=months.ago <= 12),
           months.minimum.sum(where=months.ago <= 12))),
    define(Feature("card_days_late_max", _T, ("SK_DPD",), "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Plus long retard sur la carte", "Longest delay on the card", monotone=1),
           lambda months: months.days_late.max()),
    define(Feature("card_days_late_tolerant_max", _T, ("SK_DPD_DEF",), "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Plus long retard sur la carte, petites sommes exclues",
                   "Longest delay on the card, small sums aside",
                   monotone=1),
           lambda months: months.days_late_tolerant.max()),
    define(Feature("card_late_month_share", _T, ("SK_DPD",), "all", Unit.SHARE, Theme.PAST_PUNCTUALITY,
                   "Part des mois en retard sur la carte", "Share of months late on the card", monotone=1),
           lambda months: share(months.days_late > 0)),
    define(Feature("card_months_since_late", _T, ("SK_DPD", "MONTHS_BALANCE"), "all", Unit.MONTHS,
                   Theme.RECENT_PUNCTUALITY, "Temps depuis le dernier retard sur la carte",
                   "Time since the last delay on the card", monotone=-1),
           lambda months: months.ago.min(where=months.days_late > 0)),
    define(Feature("card_balance_change_6m", _T, (*_USE, "MONTHS_BALANCE"), "last 6 months", Unit.SHARE, Theme.CARD_USE,
                   "Hausse du solde de la carte en 6 mois, rapportée au plafond",
                   "Rise of the card balance in 6 months, compared with the limit"),
           lambda months: quotient(_latest(months, "balance") - _latest(months, "balance", 7), _latest(months,
           "ceiling"))),
    define(Feature("card_charges_mean", _T, ("AMT_TOTAL_RECEIVABLE", "AMT_RECEIVABLE_PRINCIPAL"), "all", Unit.CURRENCY,
                   Theme.CARD_USE, "Intérêts et frais dus sur la carte, en moyenne",
                   "Interest and fees due on the card, on average"),
           lambda months: amount(months.charges.mean())),
    define(Feature("card_month_count", _T, ("MONTHS_BALANCE",), "all", Unit.COUNT, Theme.CARD_USE,
                   "Mois de suivi de la carte", "Months on record of the card", zero_when_no_rows=True),
           lambda months: months.count()),
)
# fmt: on
