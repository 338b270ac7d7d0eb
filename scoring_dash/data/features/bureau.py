"""Features of ``bureau``: the client's credits at other lenders, one row a credit.

Rows dated after the application, or last updated after it, are ignored: they hold what nobody could know on day 0.
Debts below zero are overpayments and count as no debt, so that they do not pay for another credit. An end more than
50 years ahead (13 % of the real cards) stands for "no end" and is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import amount, in_days, in_millionths, in_thousandths, number, quotient, share
from scoring_dash.data.features.formulas import positive_part
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, Recipe, define

_T: Final = TableName.BUREAU
_SPANS: Final = (180, 365, 730)
_NO_END: Final = 50 * 365
_HIGHEST_RATIO: Final = 100


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row a credit, in whole numbers, with the client's most recent credit marked.

    ``opened`` and ``updated`` are days before the application; ``ends`` is a day after it (negative: before).
    """
    credits = tables[_T]
    credits = credits.filter((credits.DAYS_CREDIT <= 0) & (credits.DAYS_CREDIT_UPDATE.fill_null(0) <= 0))
    recency = ibis.window(group_by=CLIENT_KEY, order_by=[credits.DAYS_CREDIT.desc(), credits.SK_ID_BUREAU.desc()])
    debt = positive_part(credits.AMT_CREDIT_SUM_DEBT)
    granted = credits.AMT_CREDIT_SUM.nullif(0)
    ends = (credits.DAYS_CREDIT_ENDDATE <= _NO_END).ifelse(credits.DAYS_CREDIT_ENDDATE, None)
    return credits.select(
        CLIENT_KEY,
        "SK_ID_BUREAU",
        kind=credits.CREDIT_TYPE,
        is_latest=ibis.row_number().over(recency) == 0,
        is_active=credits.CREDIT_ACTIVE == "Active",
        is_closed=credits.CREDIT_ACTIVE == "Closed",
        opened=0 - in_days(credits.DAYS_CREDIT),
        updated=0 - in_days(credits.DAYS_CREDIT_UPDATE),
        ends=in_days(ends),
        closed=0 - in_days(credits.DAYS_ENDDATE_FACT),
        early=in_days(ends - credits.DAYS_ENDDATE_FACT),
        debt=in_thousandths(debt),
        granted=in_thousandths(granted),
        left=in_thousandths(granted - debt),
        used=in_millionths(debt / granted, lowest=0, highest=_HIGHEST_RATIO),
        # Both sides of Σ debt / Σ granted must cover the same credits.
        debt_with_granted=in_thousandths(granted.notnull().ifelse(debt, None)),
        granted_with_debt=in_thousandths(debt.notnull().ifelse(granted, None)),
        max_overdue=in_thousandths(credits.AMT_CREDIT_MAX_OVERDUE),
        overdue=in_thousandths(credits.AMT_CREDIT_SUM_OVERDUE),
        overdue_days=credits.CREDIT_DAY_OVERDUE,
        prolonged=credits.CNT_CREDIT_PROLONG,
        instalment=in_thousandths(credits.AMT_ANNUITY),
    )


def _opened_within(days: int) -> Recipe:
    return lambda credits: credits.count(where=credits.opened <= days)


def _is_kind(name: str) -> Recipe:
    return lambda credits: share(credits.kind == name)


def _debt_ratio(credits: Any, where: Any = None) -> Any:
    owed = quotient(credits.debt_with_granted.sum(where=where), credits.granted_with_debt.sum(where=where))
    return (owed > _HIGHEST_RATIO).ifelse(_HIGHEST_RATIO, owed)


# fmt: off
_COUNTS: Final = (
    define(Feature("bureau_credit_count", _T, ("SK_ID_BUREAU",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Crédits connus dans d'autres établissements", "Credits known at other lenders",
                   zero_when_no_rows=True),
           lambda credits: credits.count()),
    define(Feature("bureau_active_count", _T, ("CREDIT_ACTIVE",), "all", Unit.COUNT, Theme.DEBTS_ELSEWHERE,
                   "Crédits en cours dans d'autres établissements", "Running credits at other lenders",
                   zero_when_no_rows=True),
           lambda credits: credits.count(where=credits.is_active)),
    define(Feature("bureau_active_share", _T, ("CREDIT_ACTIVE",), "all", Unit.SHARE, Theme.DEBTS_ELSEWHERE,
                   "Part des crédits ailleurs encore en cours", "Share of credits elsewhere that are still running"),
           lambda credits: share(credits.is_active)),
    *(define(Feature(f"bureau_opened_{span}d_count", _T, ("DAYS_CREDIT",), f"last {span} days", Unit.COUNT,
                     Theme.DEBTS_ELSEWHERE, f"Crédits ouverts ailleurs ({span} derniers jours)",
                     f"Credits opened elsewhere (last {span} days)", zero_when_no_rows=True),
             _opened_within(span))
      for span in _SPANS),
    define(Feature("bureau_kind_count", _T, ("CREDIT_TYPE",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Types de crédit différents ailleurs", "Different kinds of credit elsewhere",
                   zero_when_no_rows=True),
           lambda credits: credits.kind.nunique()),
    define(Feature("bureau_microloan_365d_count", _T, ("CREDIT_TYPE", "DAYS_CREDIT"), "last 365 days", Unit.COUNT,
                   Theme.DEBTS_ELSEWHERE, "Microcrédits ouverts ailleurs (365 derniers jours)",
                   "Microloans opened elsewhere (last 365 days)", monotone=1, zero_when_no_rows=True),
           lambda credits: credits.count(where=(credits.kind == "Microloan") & (credits.opened <= 365))),
)

_KINDS: Final = tuple(
    define(Feature(f"bureau_{word}_share", _T, ("CREDIT_TYPE",), "all", Unit.SHARE, Theme.CREDIT_HISTORY,
                   f"Part des {fr} parmi les crédits ailleurs", f"Share of {en} among credits elsewhere"),
           _is_kind(name))
    for word, name, fr, en in (
        ("consumer", "Consumer credit", "crédits à la consommation", "consumer credits"),
        ("card", "Credit card", "cartes de crédit", "credit cards"),
        ("car", "Car loan", "crédits automobiles", "car loans"),
        ("mortgage", "Mortgage", "crédits immobiliers", "mortgages"),
        ("microloan", "Microloan", "microcrédits", "microloans"),
    )
)

_DATES: Final = (
    define(Feature("bureau_latest_opened_days", _T, ("DAYS_CREDIT",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Temps depuis le dernier crédit ouvert ailleurs", "Time since the last credit opened elsewhere"),
           lambda credits: credits.opened.min()),
    define(Feature("bureau_mean_opened_days", _T, ("DAYS_CREDIT",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Ancienneté moyenne des crédits ailleurs", "Mean age of the credits elsewhere"),
           lambda credits: credits.opened.mean()),
    define(Feature("bureau_first_opened_days", _T, ("DAYS_CREDIT",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Temps depuis le premier crédit ouvert ailleurs", "Time since the first credit opened elsewhere"),
           lambda credits: credits.opened.max()),
    define(Feature("bureau_latest_active_days", _T, ("DAYS_CREDIT", "CREDIT_ACTIVE"), "all", Unit.DAYS,
                   Theme.DEBTS_ELSEWHERE, "Ancienneté du plus récent crédit en cours ailleurs",
                   "Age of the most recent running credit elsewhere"),
           lambda credits: credits.opened.min(where=credits.is_active)),
    define(Feature("bureau_gap_days", _T, ("DAYS_CREDIT",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Temps moyen entre deux crédits ouverts ailleurs", "Mean time between two credits opened elsewhere"),
           lambda credits: quotient(credits.opened.max() - credits.opened.min(), credits.opened.count() - 1)),
    define(Feature("bureau_last_end_days", _T, ("DAYS_CREDIT_ENDDATE", "CREDIT_ACTIVE"), "all", Unit.DAYS,
                   Theme.DEBTS_ELSEWHERE, "Jours restants au plus long crédit en cours ailleurs",
                   "Days left on the longest running credit elsewhere"),
           lambda credits: credits.ends.max(where=credits.is_active)),
    define(Feature("bureau_next_end_days", _T, ("DAYS_CREDIT_ENDDATE", "CREDIT_ACTIVE"), "all", Unit.DAYS,
                   Theme.DEBTS_ELSEWHERE, "Jours avant la prochaine fin de crédit ailleurs",
                   "Days until the next credit elsewhere ends"),
           lambda credits: credits.ends.min(where=credits.is_active & (credits.ends > 0))),
    define(Feature("bureau_closed_days", _T, ("DAYS_ENDDATE_FACT", "CREDIT_ACTIVE"), "all", Unit.DAYS,
                   Theme.CREDIT_HISTORY, "Temps depuis le dernier crédit soldé ailleurs",
                   "Time since the last credit paid off elsewhere"),
           lambda credits: credits.closed.min(where=credits.is_closed & (credits.closed >= 0))),
    define(Feature("bureau_closed_early_days", _T, ("DAYS_CREDIT_ENDDATE", "DAYS_ENDDATE_FACT", "CREDIT_ACTIVE"), "all",
                   Unit.DAYS, Theme.CREDIT_HISTORY, "Avance moyenne du solde ailleurs (négative : retard)",
                   "Mean days credits elsewhere ended early (negative: late)"),
           lambda credits: credits.early.mean(where=credits.is_closed)),
    define(Feature("bureau_updated_days", _T, ("DAYS_CREDIT_UPDATE", "CREDIT_ACTIVE"), "all", Unit.DAYS,
                   Theme.COMPLETENESS, "Âge des dernières nouvelles des crédits en cours ailleurs",
                   "Age of the latest news of running credits elsewhere"),
           lambda credits: credits.updated.min(where=credits.is_active)),
)

_DEBTS: Final = (
    define(Feature("bureau_active_debt", _T, ("AMT_CREDIT_SUM_DEBT", "CREDIT_ACTIVE"), "all", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Dette totale des crédits en cours ailleurs",
                   "Total debt of running credits elsewhere", monotone=1),
           lambda credits: amount(credits.debt.sum(where=credits.is_active))),
    define(Feature("bureau_active_debt_max", _T, ("AMT_CREDIT_SUM_DEBT", "CREDIT_ACTIVE"), "all", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Plus grosse dette en cours ailleurs", "Largest running debt elsewhere",
                   monotone=1),
           lambda credits: amount(credits.debt.max(where=credits.is_active))),
    define(Feature("bureau_debt_mean", _T, ("AMT_CREDIT_SUM_DEBT",), "all", Unit.CURRENCY, Theme.DEBTS_ELSEWHERE,
                   "Dette moyenne par crédit ailleurs", "Mean debt per credit elsewhere", monotone=1),
           lambda credits: amount(credits.debt.mean())),
    define(Feature("bureau_debt_365d", _T, ("AMT_CREDIT_SUM_DEBT", "DAYS_CREDIT"), "last 365 days", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Dette des crédits ouverts ailleurs (365 derniers jours)",
                   "Debt of credits opened elsewhere (last 365 days)", monotone=1),
           lambda credits: amount(credits.debt.sum(where=credits.opened <= 365))),
    define(Feature("bureau_active_granted", _T, ("AMT_CREDIT_SUM", "CREDIT_ACTIVE"), "all", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Montant accordé des crédits en cours ailleurs",
                   "Amount granted of running credits elsewhere"),
           lambda credits: amount(credits.granted.sum(where=credits.is_active))),
    define(Feature("bureau_granted", _T, ("AMT_CREDIT_SUM",), "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Montant total accordé ailleurs", "Total amount granted elsewhere"),
           lambda credits: amount(credits.granted.sum())),
    define(Feature("bureau_granted_max", _T, ("AMT_CREDIT_SUM",), "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Plus gros crédit accordé ailleurs", "Largest credit granted elsewhere"),
           lambda credits: amount(credits.granted.max())),
    define(Feature("bureau_left", _T, ("AMT_CREDIT_SUM", "AMT_CREDIT_SUM_DEBT", "CREDIT_ACTIVE"), "all", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Somme remboursée ou disponible des crédits en cours ailleurs",
                   "Amount repaid or unused of running credits elsewhere"),
           lambda credits: amount(credits.left.sum(where=credits.is_active))),
    define(Feature("bureau_left_min", _T, ("AMT_CREDIT_SUM", "AMT_CREDIT_SUM_DEBT", "CREDIT_ACTIVE"), "all",
                   Unit.CURRENCY, Theme.DEBTS_ELSEWHERE, "Plus faible montant remboursé d'un crédit en cours ailleurs",
                   "Smallest amount repaid of a running credit elsewhere"),
           lambda credits: amount(credits.left.min(where=credits.is_active))),
    define(Feature("bureau_active_instalments", _T, ("AMT_ANNUITY", "CREDIT_ACTIVE"), "all", Unit.CURRENCY,
                   Theme.DEBTS_ELSEWHERE, "Échéances des crédits en cours ailleurs",
                   "Instalments of running credits elsewhere", monotone=1),
           lambda credits: amount(credits.instalment.sum(where=credits.is_active))),
)

_USE: Final = (
    define(Feature("bureau_debt_ratio_max", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM"), "all", Unit.SHARE,
                   Theme.DEBTS_ELSEWHERE, "Plus forte part restant due d'un crédit ailleurs",
                   "Highest part still owed of a credit elsewhere", monotone=1),
           lambda credits: number(credits.used.max())),
    define(Feature("bureau_active_debt_ratio_mean", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM", "CREDIT_ACTIVE"),
                   "all", Unit.SHARE, Theme.DEBTS_ELSEWHERE, "Part moyenne restant due des crédits en cours ailleurs",
                   "Mean part still owed of running credits elsewhere", monotone=1),
           lambda credits: number(credits.used.mean(where=credits.is_active))),
    define(Feature("bureau_active_debt_ratio", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM", "CREDIT_ACTIVE"), "all",
                   Unit.SHARE, Theme.DEBTS_ELSEWHERE, "Part restant due du total des crédits en cours ailleurs",
                   "Part still owed of all running credits elsewhere", monotone=1),
           lambda credits: _debt_ratio(credits, credits.is_active)),
    define(Feature("bureau_debt_ratio", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM"), "all", Unit.SHARE,
                   Theme.DEBTS_ELSEWHERE, "Part restant due du total des crédits ailleurs",
                   "Part still owed of all credits elsewhere", monotone=1),
           _debt_ratio),
    define(Feature("bureau_latest_debt_ratio", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM", "DAYS_CREDIT"),
                   "latest credit", Unit.SHARE, Theme.DEBTS_ELSEWHERE, "Part restant due du dernier crédit ailleurs",
                   "Part still owed of the latest credit elsewhere", monotone=1),
           lambda credits: number(credits.used.max(where=credits.is_latest))),
    define(Feature("bureau_debt_ratio_365d", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM", "DAYS_CREDIT"),
                   "last 365 days", Unit.SHARE, Theme.DEBTS_ELSEWHERE,
                   "Part restant due des crédits ailleurs (365 derniers jours)",
                   "Part still owed of credits elsewhere (last 365 days)", monotone=1),
           lambda credits: _debt_ratio(credits, credits.opened <= 365)),
    define(Feature("bureau_card_debt_ratio", _T, ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM", "CREDIT_ACTIVE",
                                                  "CREDIT_TYPE"), "all", Unit.SHARE, Theme.DEBTS_ELSEWHERE,
                   "Utilisation des cartes de crédit ailleurs", "Use of credit cards elsewhere", monotone=1),
           lambda credits: _debt_ratio(credits, credits.is_active & (credits.kind == "Credit card"))),
)

_OVERDUE: Final = (
    define(Feature("bureau_max_overdue", _T, ("AMT_CREDIT_MAX_OVERDUE",), "all", Unit.CURRENCY, Theme.PAST_PUNCTUALITY,
                   "Plus gros impayé ailleurs", "Largest amount ever overdue elsewhere", monotone=1),
           lambda credits: amount(credits.max_overdue.max())),
    define(Feature("bureau_max_overdue_mean", _T, ("AMT_CREDIT_MAX_OVERDUE",), "all", Unit.CURRENCY,
                   Theme.PAST_PUNCTUALITY, "Impayé maximal moyen par crédit ailleurs",
                   "Mean largest overdue amount per credit elsewhere", monotone=1),
           lambda credits: amount(credits.max_overdue.mean())),
    define(Feature("bureau_max_overdue_730d", _T, ("AMT_CREDIT_MAX_OVERDUE", "DAYS_CREDIT"), "last 730 days",
                   Unit.CURRENCY, Theme.RECENT_PUNCTUALITY,
                   "Plus gros impayé des crédits ailleurs (730 derniers jours)",
                   "Largest amount overdue on credits elsewhere (last 730 days)", monotone=1),
           lambda credits: amount(credits.max_overdue.max(where=credits.opened <= 730))),
    define(Feature("bureau_latest_max_overdue", _T, ("AMT_CREDIT_MAX_OVERDUE", "DAYS_CREDIT"), "latest credit",
                   Unit.CURRENCY, Theme.RECENT_PUNCTUALITY, "Plus gros impayé du dernier crédit ailleurs",
                   "Largest amount overdue on the latest credit elsewhere", monotone=1),
           lambda credits: amount(credits.max_overdue.max(where=credits.is_latest))),
    define(Feature("bureau_overdue", _T, ("AMT_CREDIT_SUM_OVERDUE",), "all", Unit.CURRENCY, Theme.RECENT_PUNCTUALITY,
                   "Montant actuellement impayé ailleurs", "Amount overdue elsewhere today", monotone=1),
           lambda credits: amount(credits.overdue.sum())),
    define(Feature("bureau_overdue_days", _T, ("CREDIT_DAY_OVERDUE",), "all", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Retard actuel le plus long ailleurs", "Longest current delay elsewhere", monotone=1),
           lambda credits: credits.overdue_days.max()),
    define(Feature("bureau_prolonged_count", _T, ("CNT_CREDIT_PROLONG",), "all", Unit.COUNT, Theme.PAST_PUNCTUALITY,
                   "Prolongations de crédits ailleurs", "Extensions of credits elsewhere", monotone=1,
                   zero_when_no_rows=True),
           lambda credits: credits.prolonged.sum()),
)
# fmt: on

DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (*_COUNTS, *_KINDS, *_DATES, *_DEBTS, *_USE, *_OVERDUE)
