"""Features of ``previous_application``: what the client asked us for before, and our answer.

Only the last application of each contract counts (``FLAG_LAST_APPL_PER_CONTRACT``): the others are slips of the pen.
In the real files no decision, last due date or termination lies after day 0. ``DAYS_LAST_DUE_1ST_VERSION`` may: it is
the plan made when the loan was granted, known on day 0. What past goods were bought is not used: it may tell of health.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import amount, in_days, in_millionths, in_thousandths, number, share
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, Recipe, define

_T: Final = TableName.PREVIOUS_APPLICATION
_RATE: Final = ("AMT_ANNUITY", "CNT_PAYMENT", "AMT_CREDIT")


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row an application, in whole numbers, with its rank of recency (1 is the latest).

    ``approved_recency`` ranks among the approved ones alone; ``rate`` is the simple interest per instalment.
    """
    past = tables[_T]
    past = past.filter((past.FLAG_LAST_APPL_PER_CONTRACT == "Y") & (past.DAYS_DECISION <= 0))
    past = past.mutate(is_approved=past.NAME_CONTRACT_STATUS == "Approved")
    order = [past.DAYS_DECISION.desc(), past.SK_ID_PREV.desc()]
    term, credit = past.CNT_PAYMENT.nullif(0), past.AMT_CREDIT.nullif(0)
    return past.select(
        CLIENT_KEY,
        "is_approved",
        is_refused=past.NAME_CONTRACT_STATUS == "Refused",
        is_revolving=past.NAME_CONTRACT_TYPE == "Revolving loans",
        is_cash=past.NAME_CONTRACT_TYPE == "Cash loans",
        recency=ibis.row_number().over(group_by=CLIENT_KEY, order_by=order) + 1,
        approved_recency=ibis.row_number().over(group_by=[CLIENT_KEY, past.is_approved], order_by=order) + 1,
        ago=0 - past.DAYS_DECISION,
        rate=in_millionths((past.AMT_ANNUITY * term / credit - 1) / term, lowest=-1, highest=1),
        asked_to_granted=in_millionths(past.AMT_APPLICATION / credit, lowest=0, highest=100),
        credit_to_instalment=in_millionths(credit / past.AMT_ANNUITY.nullif(0), lowest=0, highest=1_000),
        instalments=in_days(term),
        instalment=in_thousandths(past.AMT_ANNUITY),
        credit=in_thousandths(credit),
        price=in_thousandths(past.AMT_GOODS_PRICE),
        down_payment=in_thousandths(past.AMT_DOWN_PAYMENT),
        down_payment_rate=in_millionths(past.RATE_DOWN_PAYMENT, lowest=-1, highest=1),
        yield_group=past.NAME_YIELD_GROUP,
        product=past.PRODUCT_COMBINATION,
        status=past.NAME_CONTRACT_STATUS,
        reason=past.CODE_REJECT_REASON,
        client_kind=past.NAME_CLIENT_TYPE,
        planned_end=in_days(past.DAYS_LAST_DUE_1ST_VERSION),
        last_due=0 - in_days(past.DAYS_LAST_DUE),
        ended=0 - in_days(past.DAYS_TERMINATION),
        early=in_days(past.DAYS_LAST_DUE_1ST_VERSION - past.DAYS_LAST_DUE),
        insured=past.NFLAG_INSURED_ON_APPROVAL.cast("int64"),
    )


def _asked_within(days: int) -> Recipe:
    return lambda past: past.count(where=past.ago <= days)


def _refused_among_last(n: int) -> Recipe:
    return lambda past: share(past.is_refused, past.recency <= n)


def _in_yield_group(name: str) -> Recipe:
    return lambda past: share(past.yield_group == name)


def _approved_rate(statistic: str) -> Recipe:
    return lambda past: number(getattr(past.rate, statistic)(where=past.is_approved))


def _asked_to_granted(statistic: str) -> Recipe:
    return lambda past: number(getattr(past.asked_to_granted, statistic)())


def _latest(column: str) -> Recipe:
    return lambda past: past[column].max(where=past.recency == 1)


# fmt: off
_COUNTS: Final = (
    define(Feature("previous_count", _T, ("SK_ID_PREV",), "all", Unit.COUNT, Theme.PAST_APPLICATIONS,
                   "Demandes passées chez nous", "Past applications with us", zero_when_no_rows=True),
           lambda past: past.count()),
    define(Feature("previous_approved_count", _T, ("NAME_CONTRACT_STATUS",), "all", Unit.COUNT, Theme.PAST_APPLICATIONS,
                   "Demandes passées acceptées", "Past applications accepted", zero_when_no_rows=True),
           lambda past: past.count(where=past.is_approved)),
    *(define(Feature(f"previous_{span}d_count", _T, ("DAYS_DECISION",), f"last {span} days", Unit.COUNT,
                     Theme.PAST_APPLICATIONS, f"Demandes passées chez nous ({span} derniers jours)",
                     f"Past applications with us (last {span} days)", zero_when_no_rows=True),
             _asked_within(span))
      for span in (180, 730)),
    define(Feature("previous_refused_share", _T, ("NAME_CONTRACT_STATUS",), "all", Unit.SHARE, Theme.PAST_APPLICATIONS,
                   "Part des demandes passées refusées", "Share of past applications refused", monotone=1),
           lambda past: share(past.is_refused)),
    define(Feature("previous_refused_share_365d", _T, ("NAME_CONTRACT_STATUS", "DAYS_DECISION"), "last 365 days",
                   Unit.SHARE, Theme.PAST_APPLICATIONS, "Part des demandes refusées (365 derniers jours)",
                   "Share of applications refused (last 365 days)", monotone=1),
           lambda past: share(past.is_refused, past.ago <= 365)),
    *(define(Feature(f"previous_refused_share_last_{n}", _T, ("NAME_CONTRACT_STATUS", "DAYS_DECISION"),
                     f"last {n} applications", Unit.SHARE, Theme.PAST_APPLICATIONS,
                     f"Part des demandes refusées ({n} dernières demandes)",
                     f"Share of applications refused (last {n} applications)", monotone=1),
             _refused_among_last(n))
      for n in (3, 5)),
    define(Feature("previous_days_since_refusal", _T, ("NAME_CONTRACT_STATUS", "DAYS_DECISION"), "all", Unit.DAYS,
                   Theme.PAST_APPLICATIONS, "Temps depuis le dernier refus", "Time since the last refusal",
                   monotone=-1),
           lambda past: past.ago.min(where=past.is_refused)),
    define(Feature("previous_days_since_approval", _T, ("NAME_CONTRACT_STATUS", "DAYS_DECISION"), "all", Unit.DAYS,
                   Theme.PAST_APPLICATIONS, "Temps depuis la dernière acceptation", "Time since the last acceptance"),
           lambda past: past.ago.min(where=past.is_approved)),
    define(Feature("previous_days_since_first", _T, ("DAYS_DECISION",), "all", Unit.DAYS, Theme.PAST_APPLICATIONS,
                   "Temps depuis la première demande chez nous", "Time since the first application with us"),
           lambda past: past.ago.max()),
    define(Feature("previous_revolving_share", _T, ("NAME_CONTRACT_TYPE",), "all", Unit.SHARE, Theme.PAST_APPLICATIONS,
                   "Part des demandes passées de crédit renouvelable",
                   "Share of past applications for revolving credit"),
           lambda past: share(past.is_revolving)),
    define(Feature("previous_cash_share", _T, ("NAME_CONTRACT_TYPE",), "all", Unit.SHARE, Theme.PAST_APPLICATIONS,
                   "Part des demandes passées de prêt personnel", "Share of past applications for personal loans"),
           lambda past: share(past.is_cash)),
    *(define(Feature(f"previous_yield_{word}_share", _T, ("NAME_YIELD_GROUP",), "all", Unit.SHARE,
                     Theme.PAST_APPLICATIONS, f"Part des demandes passées à {fr}",
                     f"Share of past applications at {en}"),
             _in_yield_group(name))
      for word, name, fr, en in (
          ("high", "high", "taux élevé", "a high rate"),
          ("promotional", "low_action", "taux promotionnel", "a promotional rate"),
          ("low", "low_normal", "taux bas", "a low rate"),
      )),
)

_PRICE: Final = (
    *(define(Feature(f"previous_rate_{how}", _T, (*_RATE, "NAME_CONTRACT_STATUS"), "all", Unit.SHARE,
                     Theme.PAST_APPLICATIONS, f"Coût {fr} des crédits passés, par échéance",
                     f"{en} cost of past loans, per instalment"),
             _approved_rate(how))
      for how, fr, en in (("mean", "moyen", "Mean"), ("min", "le plus bas", "Lowest"),
                          ("max", "le plus élevé", "Highest"))),
    define(Feature("previous_rate_latest", _T, (*_RATE, "NAME_CONTRACT_STATUS", "DAYS_DECISION"),
                   "latest approved loan",
                   Unit.SHARE, Theme.PAST_APPLICATIONS, "Coût du dernier crédit accordé, par échéance",
                   "Cost of the latest loan granted, per instalment"),
           lambda past: number(past.rate.max(where=past.is_approved & (past.approved_recency == 1)))),
    define(Feature("previous_rate_cash_mean", _T, (*_RATE, "NAME_CONTRACT_STATUS", "NAME_CONTRACT_TYPE"), "all",
                   Unit.SHARE, Theme.PAST_APPLICATIONS, "Coût moyen des prêts personnels passés, par échéance",
                   "Mean cost of past personal loans, per instalment"),
           lambda past: number(past.rate.mean(where=past.is_approved & past.is_cash))),
    *(define(Feature(f"previous_asked_to_granted_{how}", _T, ("AMT_APPLICATION", "AMT_CREDIT"), "all", Unit.RATIO,
                     Theme.PAST_APPLICATIONS, f"Montant demandé rapporté au montant accordé ({fr})",
                     f"Amount asked for compared with amount granted ({en})"),
             _asked_to_granted(how))
      for how, fr, en in (("min", "minimum", "lowest"), ("mean", "moyenne", "mean"), ("max", "maximum", "highest"))),
    define(Feature("previous_asked_to_granted_refused", _T, ("AMT_APPLICATION", "AMT_CREDIT", "NAME_CONTRACT_STATUS"),
                   "all", Unit.RATIO, Theme.PAST_APPLICATIONS, "Montant demandé rapporté au montant proposé (refus)",
                   "Amount asked for compared with amount offered (refusals)"),
           lambda past: number(past.asked_to_granted.mean(where=past.is_refused))),
)

_SIZE: Final = (
    define(Feature("previous_credit_to_instalment_mean", _T, ("AMT_CREDIT", "AMT_ANNUITY", "NAME_CONTRACT_STATUS"),
                   "all",
                   Unit.RATIO, Theme.CREDIT_HISTORY, "Nombre d'échéances des crédits passés, hors intérêts (moyenne)",
                   "Instalments to repay past loans, interest aside (mean)"),
           lambda past: number(past.credit_to_instalment.mean(where=past.is_approved))),
    define(Feature("previous_credit_to_instalment_max", _T, ("AMT_CREDIT", "AMT_ANNUITY", "NAME_CONTRACT_STATUS"),
                   "all",
                   Unit.RATIO, Theme.CREDIT_HISTORY, "Nombre d'échéances des crédits passés, hors intérêts (maximum)",
                   "Instalments to repay past loans, interest aside (highest)"),
           lambda past: number(past.credit_to_instalment.max(where=past.is_approved))),
    define(Feature("previous_term_mean", _T, ("CNT_PAYMENT", "NAME_CONTRACT_STATUS"), "all", Unit.MONTHS,
                   Theme.CREDIT_HISTORY, "Durée moyenne des crédits passés accordés",
                   "Mean term of past loans granted"),
           lambda past: past.instalments.mean(where=past.is_approved)),
    define(Feature("previous_term_mean_last_3", _T, ("CNT_PAYMENT", "DAYS_DECISION"), "last 3 applications",
                   Unit.MONTHS,
                   Theme.CREDIT_HISTORY, "Durée moyenne des 3 dernières demandes",
                   "Mean term of the last 3 applications"),
           lambda past: past.instalments.mean(where=past.recency <= 3)),
    define(Feature("previous_term_latest", _T, ("CNT_PAYMENT", "DAYS_DECISION"), "latest application", Unit.MONTHS,
                   Theme.CREDIT_HISTORY, "Durée de la dernière demande", "Term of the latest application"),
           _latest("instalments")),
    define(Feature("previous_instalment_mean", _T, ("AMT_ANNUITY", "NAME_CONTRACT_STATUS"), "all", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Échéance moyenne des crédits passés", "Mean instalment of past loans"),
           lambda past: amount(past.instalment.mean(where=past.is_approved))),
    define(Feature("previous_instalment_max", _T, ("AMT_ANNUITY", "NAME_CONTRACT_STATUS"), "all", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Plus forte échéance d'un crédit passé", "Highest instalment of a past loan"),
           lambda past: amount(past.instalment.max(where=past.is_approved))),
    define(Feature("previous_credit_mean", _T, ("AMT_CREDIT", "NAME_CONTRACT_STATUS"), "all", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Montant moyen des crédits passés", "Mean amount of past loans"),
           lambda past: amount(past.credit.mean(where=past.is_approved))),
    define(Feature("previous_credit_max", _T, ("AMT_CREDIT", "NAME_CONTRACT_STATUS"), "all", Unit.CURRENCY,
                   Theme.CREDIT_HISTORY, "Plus gros crédit passé accordé", "Largest past loan granted"),
           lambda past: amount(past.credit.max(where=past.is_approved))),
    define(Feature("previous_credit_730d", _T, ("AMT_CREDIT", "NAME_CONTRACT_STATUS", "DAYS_DECISION"), "last 730 days",
                   Unit.CURRENCY, Theme.CREDIT_HISTORY, "Crédits accordés chez nous (730 derniers jours)",
                   "Loans granted by us (last 730 days)"),
           lambda past: amount(past.credit.sum(where=past.is_approved & (past.ago <= 730)))),
    define(Feature("previous_price_max", _T, ("AMT_GOODS_PRICE",), "all", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Prix de l'achat le plus cher financé ou demandé", "Price of the dearest purchase asked for"),
           lambda past: amount(past.price.max())),
    define(Feature("previous_down_payment_max", _T, ("AMT_DOWN_PAYMENT",), "all", Unit.CURRENCY,
                   Theme.PAST_APPLICATIONS,
                   "Plus gros apport d'une demande passée", "Largest down payment of a past application"),
           lambda past: amount(past.down_payment.max())),
    define(Feature("previous_down_payment_rate", _T, ("RATE_DOWN_PAYMENT", "NAME_CONTRACT_STATUS"), "all", Unit.SHARE,
                   Theme.PAST_APPLICATIONS, "Taux d'apport moyen des crédits passés",
                   "Mean down-payment rate of past loans"),
           lambda past: number(past.down_payment_rate.mean(where=past.is_approved))),
    define(Feature("previous_insured_share", _T, ("NFLAG_INSURED_ON_APPROVAL",), "all", Unit.SHARE,
                   Theme.PAST_APPLICATIONS, "Part des crédits passés assurés", "Share of past loans with insurance"),
           lambda past: past.insured.mean()),
)

_LATEST: Final = tuple(
    define(Feature(f"previous_latest_{word}", _T, (column, "DAYS_DECISION"), "latest application", Unit.CATEGORY,
                   Theme.PAST_APPLICATIONS, fr, en),
           _latest(prepared))
    for word, prepared, column, fr, en in (
        ("product", "product", "PRODUCT_COMBINATION", "Produit de la dernière demande",
        "Product of the latest application"),
        ("status", "status", "NAME_CONTRACT_STATUS", "Suite donnée à la dernière demande",
         "Outcome of the latest application"),
        ("reject_reason", "reason", "CODE_REJECT_REASON", "Motif de refus de la dernière demande",
         "Reason for refusing the latest application"),
        ("client_kind", "client_kind", "NAME_CLIENT_TYPE", "Client nouveau ou connu à la dernière demande",
         "New or known client at the latest application"),
    )
)

_ENDS: Final = (
    define(Feature("previous_planned_end_max", _T, ("DAYS_LAST_DUE_1ST_VERSION",), "all", Unit.DAYS,
                   Theme.CREDIT_HISTORY,
                   "Jours jusqu'à la dernière échéance prévue (négatif : passée)",
                   "Days to the last planned due date with us (negative: past)"),
           lambda past: past.planned_end.max()),
    define(Feature("previous_planned_end_mean", _T, ("DAYS_LAST_DUE_1ST_VERSION",), "all", Unit.DAYS,
                   Theme.CREDIT_HISTORY, "Fin prévue des crédits passés, en moyenne (négatif : passée)",
                   "Planned end of past loans, on average (negative: past)"),
           lambda past: past.planned_end.mean()),
    define(Feature("previous_days_since_last_due", _T, ("DAYS_LAST_DUE",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Temps depuis la dernière échéance d'un crédit soldé",
                   "Time since the last due date of a loan repaid"),
           lambda past: past.last_due.min()),
    define(Feature("previous_days_since_end", _T, ("DAYS_TERMINATION",), "all", Unit.DAYS, Theme.CREDIT_HISTORY,
                   "Temps depuis la clôture du dernier crédit", "Time since the last loan was closed"),
           lambda past: past.ended.min()),
    define(Feature("previous_early_days", _T, ("DAYS_LAST_DUE_1ST_VERSION", "DAYS_LAST_DUE"), "all", Unit.DAYS,
                   Theme.PAST_PUNCTUALITY, "Avance moyenne de remboursement (négatif : retard)",
                   "Mean days repaid ahead of plan (negative: late)"),
           lambda past: past.early.mean()),
)
# fmt: on

DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (*_COUNTS, *_PRICE, *_SIZE, *_LATEST, *_ENDS)
