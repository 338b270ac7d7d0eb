"""Features of ``installments_payments``: when and how much the client paid on each instalment of our loans.

One instalment may be paid in parts, so rows are first summed up per (loan, calendar version, number). It is late by
the days from its due date to its **last** part payment. Payments entered after day 0 did not exist on day 0 and are
ignored; an instalment never paid has an unknown delay and a full shortfall.

When a calendar changes, the original repeats one payment on the rows of both versions of an instalment (0.5 % of the
real rows), each with a part of the sum due. A payment is therefore credited up to the sum due and no further: credited
amounts add up to what was paid, and no shortfall is invented. Real shortfalls are then rare (one instalment in 3,000):
the share of instalments paid in several parts tells more, and stands in the catalogue in place of that of short ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import amount, deviation, in_days, in_thousandths, quotient, share
from scoring_dash.data.features.formulas import or_zero, positive_part
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, Recipe, define

_T: Final = TableName.INSTALLMENTS_PAYMENTS
_DAYS: Final = ("DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT")
_AMOUNTS: Final = ("AMT_INSTALMENT", "AMT_PAYMENT", "DAYS_ENTRY_PAYMENT")
_TYPE: Final = "previous_application.NAME_CONTRACT_TYPE"
_HORIZON: Final = 2_922  # days: the files reach eight years back


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row an instalment, in whole numbers, with its rank of recency (1 fell due last).

    ``contract_type`` is null when past applications are unknown; ``is_latest_loan`` marks the loan that began last.
    """
    instalments = _instalments(tables[_T])
    return instalments.left_join(_loans(instalments, tables), [CLIENT_KEY, "SK_ID_PREV"]).select(
        *instalments.columns, "is_latest_loan", "contract_type"
    )


def _instalments(rows: ibis.Table) -> ibis.Table:
    rows = rows.filter(rows.DAYS_INSTALMENT <= 0)
    is_paid = rows.DAYS_ENTRY_PAYMENT <= 0
    keys = [CLIENT_KEY, "SK_ID_PREV", "NUM_INSTALMENT_VERSION", "NUM_INSTALMENT_NUMBER"]
    sums = rows.group_by(keys).aggregate(
        due_ago=(0 - in_days(rows.DAYS_INSTALMENT)).max(),
        paid_ago=(0 - in_days(rows.DAYS_ENTRY_PAYMENT)).min(where=is_paid),
        due=in_thousandths(rows.AMT_INSTALMENT).max(),
        paid=in_thousandths(rows.AMT_PAYMENT).sum(where=is_paid),
        parts=rows.count(where=is_paid),
    )
    late = sums.due_ago - sums.paid_ago
    order = [
        sums.due_ago,
        sums.SK_ID_PREV.desc(),
        sums.NUM_INSTALMENT_NUMBER.desc(),
        sums.NUM_INSTALMENT_VERSION.desc(),
    ]
    return sums.select(
        CLIENT_KEY,
        "SK_ID_PREV",
        "due_ago",
        "paid_ago",
        "parts",
        version=in_days(sums.NUM_INSTALMENT_VERSION),
        late=late,
        days_late=positive_part(late),
        days_early=positive_part(0 - late),
        credited=sums.paid - positive_part(sums.paid - sums.due),
        short=positive_part(sums.due - or_zero(sums.paid)),
        weight=positive_part(_HORIZON - sums.due_ago),
        recency=ibis.row_number().over(group_by=CLIENT_KEY, order_by=order) + 1,
    )


def _loans(instalments: ibis.Table, tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    loans = instalments.group_by([CLIENT_KEY, "SK_ID_PREV"]).aggregate(first_due=instalments.due_ago.max())
    order = [loans.first_due, loans.SK_ID_PREV.desc()]
    loans = loans.select(
        CLIENT_KEY, "SK_ID_PREV", is_latest_loan=ibis.row_number().over(group_by=CLIENT_KEY, order_by=order) == 0
    )
    if TableName.PREVIOUS_APPLICATION not in tables:
        return loans.mutate(contract_type=ibis.null("string"))
    past = tables[TableName.PREVIOUS_APPLICATION]
    return loans.left_join(past.select("SK_ID_PREV", contract_type=past.NAME_CONTRACT_TYPE), "SK_ID_PREV")


class _Window(NamedTuple):
    """Which instalments are looked at, by their due date, and how a label says so."""

    suffix: str
    words: str
    fr: str
    en: str
    theme: Theme
    days: int | None

    def rows(self, instalments: Any) -> Any:
        return None if self.days is None else instalments.due_ago <= self.days


class _Statistic(NamedTuple):
    """What is measured in every window."""

    name: str
    columns: tuple[str, ...]
    unit: Unit
    fr: str
    en: str
    monotone: int
    recipe: Callable[[Any, Any], Any]


# fmt: off
_WINDOWS: Final = (
    *(_Window(f"{days}d", f"last {days} days", f" ({days} derniers jours)", f" (last {days} days)",
              Theme.RECENT_PUNCTUALITY, days)
      for days in (90, 365)),
    _Window("all", "all", "", "", Theme.PAST_PUNCTUALITY, None),
)

_STATISTICS: Final = (
    _Statistic("days_late_mean", _DAYS, Unit.DAYS, "Retard moyen des échéances", "Mean delay of instalments", 1,
               lambda rows, where: rows.days_late.mean(where=where)),
    _Statistic("days_late_max", _DAYS, Unit.DAYS, "Plus long retard d'une échéance", "Longest delay of an instalment",
               1, lambda rows, where: rows.days_late.max(where=where)),
    _Statistic("late_share", _DAYS, Unit.SHARE, "Part des échéances payées en retard", "Share of instalments paid late",
               1, lambda rows, where: share(rows.late > 0, where)),
    _Statistic("days_early_mean", _DAYS, Unit.DAYS, "Avance moyenne des paiements", "Mean days paid ahead of time", 0,
               lambda rows, where: rows.days_early.mean(where=where)),
    _Statistic("late_sd", _DAYS, Unit.DAYS, "Irrégularité des dates de paiement", "Irregularity of payment dates", 0,
               lambda rows, where: deviation(rows.late, where)),
    _Statistic("short_mean", _AMOUNTS, Unit.CURRENCY, "Somme manquante par échéance, en moyenne",
               "Mean sum missing per instalment", 1, lambda rows, where: amount(rows.short.mean(where=where))),
    _Statistic("split_share", ("DAYS_ENTRY_PAYMENT",), Unit.SHARE, "Part d'échéances payées en plusieurs fois",
               "Share of instalments paid in several parts", 0, lambda rows, where: share(rows.parts > 1, where)),
)


def _measured(statistic: _Statistic, window: _Window) -> FeatureDefinition:
    columns = tuple(dict.fromkeys((*statistic.columns, *(() if window.days is None else ("DAYS_INSTALMENT",)))))
    return define(
        Feature(f"instalment_{statistic.name}_{window.suffix}", _T, columns, window.words, statistic.unit, window.theme,
                statistic.fr + window.fr, statistic.en + window.en, monotone=statistic.monotone),
        lambda rows: statistic.recipe(rows, window.rows(rows)),
    )


def _later_than(days: int) -> Recipe:
    return lambda rows: share(rows.late > days, rows.due_ago <= 730)


_LATEST_LOAN: Final = (
    define(Feature("instalment_days_late_mean_latest", _T, _DAYS, "latest loan", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Retard moyen sur le crédit le plus récent", "Mean delay on the most recent loan", monotone=1),
           lambda rows: rows.days_late.mean(where=rows.is_latest_loan)),
    define(Feature("instalment_days_late_max_latest", _T, _DAYS, "latest loan", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Plus long retard sur le crédit le plus récent", "Longest delay on the most recent loan",
                   monotone=1),
           lambda rows: rows.days_late.max(where=rows.is_latest_loan)),
    define(Feature("instalment_late_share_latest", _T, _DAYS, "latest loan", Unit.SHARE, Theme.RECENT_PUNCTUALITY,
                   "Part d'échéances en retard sur le crédit le plus récent",
                   "Share of instalments late on the most recent loan", monotone=1),
           lambda rows: share(rows.late > 0, rows.is_latest_loan)),
    define(Feature("instalment_short_latest", _T, (*_AMOUNTS, "DAYS_INSTALMENT"), "latest loan", Unit.CURRENCY,
                   Theme.RECENT_PUNCTUALITY, "Somme manquante sur le crédit le plus récent",
                   "Sum missing on the most recent loan", monotone=1),
           lambda rows: amount(rows.short.sum(where=rows.is_latest_loan))),
    define(Feature("instalment_late_mean_last_5", _T, _DAYS, "last 5 instalments", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Retard moyen des 5 dernières échéances (négatif : avance)",
                   "Mean delay of the last 5 instalments (negative: early)", monotone=1),
           lambda rows: rows.late.mean(where=rows.recency <= 5)),
    define(Feature("instalment_late_max_last_5", _T, _DAYS, "last 5 instalments", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Plus long retard des 5 dernières échéances (négatif : avance)",
                   "Longest delay of the last 5 instalments (negative: early)", monotone=1),
           lambda rows: rows.late.max(where=rows.recency <= 5)),
)

_HISTORY: Final = (
    define(Feature("instalment_late_share_cash", _T, (*_DAYS, _TYPE), "all", Unit.SHARE, Theme.PAST_PUNCTUALITY,
                   "Part d'échéances en retard sur les prêts personnels", "Share of instalments late on personal loans",
                   monotone=1),
           lambda rows: share(rows.late > 0, rows.contract_type == "Cash loans")),
    define(Feature("instalment_late_share_consumer", _T, (*_DAYS, _TYPE), "all", Unit.SHARE, Theme.PAST_PUNCTUALITY,
                   "Part d'échéances en retard sur les crédits en magasin", "Share of instalments late on shop loans",
                   monotone=1),
           lambda rows: share(rows.late > 0, rows.contract_type == "Consumer loans")),
    define(Feature("instalment_days_since_late", _T, _DAYS, "all", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Temps depuis la dernière échéance payée en retard", "Time since the last instalment paid late",
                   monotone=-1),
           lambda rows: rows.due_ago.min(where=rows.late > 0)),
    # Weights fall from 1 today to 0 eight years ago (NoxMoon's time-scaled sums).
    define(Feature("instalment_days_late_weighted", _T, _DAYS, "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Jours de retard cumulés, les plus récents pesant le plus",
                   "Days of delay in all, recent ones weighing most", monotone=1),
           lambda rows: (rows.days_late * rows.weight).sum().cast("float64") / _HORIZON),
    define(Feature("instalment_days_early_weighted", _T, _DAYS, "all", Unit.DAYS, Theme.PAST_PUNCTUALITY,
                   "Jours d'avance cumulés, les plus récents pesant le plus",
                   "Days paid ahead in all, recent ones weighing most"),
           lambda rows: (rows.days_early * rows.weight).sum().cast("float64") / _HORIZON),
    define(Feature("instalment_paid_weighted", _T, (*_AMOUNTS, "DAYS_INSTALMENT"), "all", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Sommes remboursées, les plus récentes pesant le plus",
                   "Sums repaid, recent ones weighing most"),
           lambda rows: amount((rows.credited * rows.weight).sum()) / _HORIZON),
    define(Feature("instalment_late_share_trend", _T, _DAYS, "last 360 days", Unit.SHARE, Theme.RECENT_PUNCTUALITY,
                   "Part d'échéances en retard : évolution sur un an",
                   "Change in the share of late instalments over a year"),
           lambda rows: share(rows.late > 0, rows.due_ago <= 180)
           - share(rows.late > 0, (rows.due_ago > 180) & (rows.due_ago <= 360))),
    define(Feature("instalment_late_mean_trend", _T, _DAYS, "last 365 days and all", Unit.DAYS,
                   Theme.RECENT_PUNCTUALITY,
                   "Écart entre le retard moyen sur un an et celui de toujours",
                   "Mean delay over a year less mean delay of all time"),
           lambda rows: rows.late.mean(where=rows.due_ago <= 365) - rows.late.mean()),
    define(Feature("instalment_version_count", _T, ("NUM_INSTALMENT_VERSION",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Calendriers de remboursement différents", "Different repayment calendars", zero_when_no_rows=True),
           lambda rows: rows.version.nunique()),
    define(Feature("instalment_version_max", _T, ("NUM_INSTALMENT_VERSION",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Plus grand nombre de changements de calendrier", "Largest number of calendar changes"),
           lambda rows: rows.version.max()),
    define(Feature("instalment_paid", _T, _AMOUNTS, "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Total remboursé chez nous", "Total repaid to us"),
           lambda rows: amount(rows.credited.sum())),
    define(Feature("instalment_paid_365d", _T, (*_AMOUNTS, "DAYS_INSTALMENT"), "last 365 days", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Total remboursé chez nous (365 derniers jours)",
                   "Total repaid to us (last 365 days)"),
           lambda rows: amount(rows.credited.sum(where=rows.due_ago <= 365))),
    define(Feature("instalment_paid_mean", _T, _AMOUNTS, "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Paiement moyen par échéance", "Mean payment per instalment"),
           lambda rows: amount(rows.credited.mean())),
    define(Feature("instalment_paid_min", _T, _AMOUNTS, "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Plus petit paiement d'une échéance", "Smallest payment of an instalment"),
           lambda rows: amount(rows.credited.min())),
    define(Feature("instalment_paid_max", _T, _AMOUNTS, "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Plus gros paiement d'une échéance", "Largest payment of an instalment"),
           lambda rows: amount(rows.credited.max())),
    *(define(Feature(f"instalment_late_{days}d_share_730d", _T, _DAYS, "last 730 days", Unit.SHARE,
                     Theme.RECENT_PUNCTUALITY, f"Part d'échéances en retard de plus de {days} jours (2 ans)",
                     f"Share of instalments over {days} days late (2 years)", monotone=1),
             _later_than(days))
      for days in (7, 30)),
    define(Feature("instalment_parts_max", _T, ("DAYS_ENTRY_PAYMENT",), "all", Unit.COUNT,
                   Theme.PAST_PUNCTUALITY, "Plus grand nombre de paiements pour une échéance",
                   "Most part payments for one instalment"),
           lambda rows: rows.parts.max()),
    define(Feature("instalment_payment_gap_365d", _T, _DAYS, "last 365 days", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Temps moyen entre deux paiements (365 derniers jours)",
                   "Mean time between payments (last 365 days)"),
           lambda rows: quotient(
               rows.paid_ago.max(where=rows.due_ago <= 365) - rows.paid_ago.min(where=rows.due_ago <= 365),
               rows.paid_ago.count(where=rows.due_ago <= 365) - 1)),
    define(Feature("instalment_count", _T, ("NUM_INSTALMENT_NUMBER",), "all", Unit.COUNT, Theme.CREDIT_HISTORY,
                   "Échéances connues chez nous", "Instalments on record with us", zero_when_no_rows=True),
           lambda rows: rows.count()),
)
# fmt: on

DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    *(_measured(statistic, window) for window in _WINDOWS for statistic in _STATISTICS),
    *_LATEST_LOAN,
    *_HISTORY,
)
