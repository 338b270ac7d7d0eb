"""Features over several tables: row formulas over the raw application and other features.

They read history only through features that are stored beside them, so a scenario with another amount, instalment or
income can be rebuilt from the client's stored row (``rebuild``), without a history table in reach.

**Asking for less.** Every feature here that moves with the amount or the instalment of the new loan rises with it and
is constrained to +1. Ratios with the *new* loan below the line, such as debt elsewhere / credit asked for, are left
out: they would rise when a client asks for less.
"""

from __future__ import annotations

from typing import Any, Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.formulas import or_zero, ratio, smallest_known
from scoring_dash.data.features.loan_terms import implied_cost
from scoring_dash.data.features.registry import FeatureDefinition, define

_APP: Final = TableName.APPLICATION_TRAIN
_PREVIOUS: Final = TableName.PREVIOUS_APPLICATION
_INSTALMENTS: Final = TableName.INSTALLMENTS_PAYMENTS
_DAYS_A_MONTH: Final = 30.4375

_CREDIT: Final = f"{_APP}.AMT_CREDIT"
_INSTALMENT: Final = f"{_APP}.AMT_ANNUITY"
_INCOME: Final = f"{_APP}.AMT_INCOME_TOTAL"
_OPEN_LOANS: Final = (
    f"{TableName.POS_CASH_BALANCE}.CNT_INSTALMENT_FUTURE",
    f"{_PREVIOUS}.AMT_ANNUITY",
)
_OUR_DEBT: Final = (*_OPEN_LOANS, f"{TableName.CREDIT_CARD_BALANCE}.AMT_BALANCE")
_ALL_DEBT: Final = (*_OUR_DEBT, f"{TableName.BUREAU}.AMT_CREDIT_SUM_DEBT")
_OUR_DEBT_INPUTS: Final = ("pos_open_debt", "card_balance_latest")
_ALL_DEBT_INPUTS: Final = (*_OUR_DEBT_INPUTS, "bureau_active_debt")


def _our_debt(row: Any) -> Any:
    return row.pos_open_debt + row.card_balance_latest


def _all_debt(row: Any) -> Any:
    return _our_debt(row) + or_zero(row.bureau_active_debt)


def _days_since_late(row: Any) -> Any:
    months = smallest_known(row.bureau_months_since_late, row.pos_months_since_late, row.card_months_since_late)
    return smallest_known(months * _DAYS_A_MONTH, row.instalment_days_since_late)


def _table_count(row: Any) -> Any:
    counts = (
        row.bureau_credit_count,
        row.previous_count,
        row.pos_loan_count,
        row.instalment_count,
        row.card_month_count,
    )
    # A count above zero divided by itself is 1; zero over zero is missing, hence 0.
    return sum((or_zero(ratio(count, count)) for count in counts[1:]), or_zero(ratio(counts[0], counts[0])))


# fmt: off
DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    define(Feature("instalment_to_past_max_ratio", None, (_INSTALMENT, f"{_INSTALMENTS}.AMT_PAYMENT"), "all",
                   Unit.RATIO,
                   Theme.LOAN_SIZE, "Échéance demandée rapportée au plus gros paiement passé",
                   "New instalment compared with the largest past payment", monotone=1),
           lambda row: ratio(row.AMT_ANNUITY, row.instalment_paid_max), ("instalment_paid_max",)),
    define(Feature("instalment_to_past_mean_ratio", None, (_INSTALMENT, f"{_INSTALMENTS}.AMT_PAYMENT"), "all",
                   Unit.RATIO, Theme.LOAN_SIZE, "Échéance demandée rapportée au paiement moyen passé",
                   "New instalment compared with the mean past payment", monotone=1),
           lambda row: ratio(row.AMT_ANNUITY, row.instalment_paid_mean), ("instalment_paid_mean",)),
    define(Feature("instalment_to_previous_mean_ratio", None, (_INSTALMENT, f"{_PREVIOUS}.AMT_ANNUITY"), "all",
                   Unit.RATIO, Theme.LOAN_SIZE, "Échéance demandée rapportée à celle des crédits passés",
                   "New instalment compared with that of past loans", monotone=1),
           lambda row: ratio(row.AMT_ANNUITY, row.previous_instalment_mean), ("previous_instalment_mean",)),
    define(Feature("credit_to_previous_mean_ratio", None, (_CREDIT, f"{_PREVIOUS}.AMT_CREDIT"), "all", Unit.RATIO,
                   Theme.LOAN_SIZE, "Crédit demandé rapporté au crédit passé moyen",
                   "Credit asked for compared with the mean past loan", monotone=1),
           lambda row: ratio(row.AMT_CREDIT, row.previous_credit_mean), ("previous_credit_mean",)),
    define(Feature("credit_to_previous_max_ratio", None, (_CREDIT, f"{_PREVIOUS}.AMT_CREDIT"), "all", Unit.RATIO,
                   Theme.LOAN_SIZE, "Crédit demandé rapporté au plus gros crédit passé",
                   "Credit asked for compared with the largest past loan", monotone=1),
           lambda row: ratio(row.AMT_CREDIT, row.previous_credit_max), ("previous_credit_max",)),
    # Both sides are numbers of instalments: asking for less at the same duration leaves it as it is.
    define(Feature("duration_to_previous_ratio", None, (_CREDIT, _INSTALMENT, f"{_PREVIOUS}.AMT_CREDIT",
                                                        f"{_PREVIOUS}.AMT_ANNUITY"), "all", Unit.RATIO, Theme.LOAN_SIZE,
                   "Nombre d'échéances demandé rapporté à celui des crédits passés",
                   "Instalments asked for compared with those of past loans"),
           lambda row: ratio(ratio(row.AMT_CREDIT, row.AMT_ANNUITY), row.previous_credit_to_instalment_mean),
           ("previous_credit_to_instalment_mean",)),
    define(Feature("implied_cost_minus_previous", None, (_CREDIT, _INSTALMENT, f"{_APP}.NAME_CONTRACT_TYPE",
                                                         f"{_PREVIOUS}.AMT_CREDIT", f"{_PREVIOUS}.AMT_ANNUITY",
                                                         f"{_PREVIOUS}.CNT_PAYMENT"), "all", Unit.SHARE,
                   Theme.LOAN_PRICE, "Coût probable du crédit demandé, moins celui des crédits passés",
                   "Likely cost of the loan asked for, less that of past loans"),
           lambda row: implied_cost(row) - row.previous_rate_mean, ("previous_rate_mean",)),
    define(Feature("our_debt", None, _OUR_DEBT, "last 3 months", Unit.CURRENCY, Theme.CREDIT_HISTORY,
                   "Dette en cours chez nous (crédits et carte)", "Running debt with us (loans and card)", monotone=1),
           _our_debt, _OUR_DEBT_INPUTS),
    define(Feature("our_debt_to_income_ratio", None, (*_OUR_DEBT, _INCOME), "last 3 months", Unit.RATIO,
                   Theme.CREDIT_HISTORY, "Dette en cours chez nous rapportée au revenu",
                   "Running debt with us compared with income", monotone=1),
           lambda row: ratio(_our_debt(row), row.AMT_INCOME_TOTAL), _OUR_DEBT_INPUTS),
    define(Feature("our_debt_and_credit", None, (*_OUR_DEBT, _CREDIT), "last 3 months", Unit.CURRENCY, Theme.LOAN_SIZE,
                   "Dette chez nous, crédit demandé compris", "Debt with us, the credit asked for included",
                   monotone=1),
           lambda row: _our_debt(row) + row.AMT_CREDIT, _OUR_DEBT_INPUTS),
    define(Feature("all_debt", None, _ALL_DEBT, "all", Unit.CURRENCY, Theme.DEBTS_ELSEWHERE,
                   "Dette totale, ici et ailleurs", "Total debt, here and elsewhere", monotone=1),
           _all_debt, _ALL_DEBT_INPUTS),
    define(Feature("all_debt_to_income_ratio", None, (*_ALL_DEBT, _INCOME), "all", Unit.RATIO, Theme.DEBTS_ELSEWHERE,
                   "Dette totale rapportée au revenu", "Total debt compared with income", monotone=1),
           lambda row: ratio(_all_debt(row), row.AMT_INCOME_TOTAL), _ALL_DEBT_INPUTS),
    define(Feature("all_debt_and_credit_to_income_ratio", None, (*_ALL_DEBT, _CREDIT, _INCOME), "all", Unit.RATIO,
                   Theme.LOAN_SIZE, "Dette totale, crédit demandé compris, rapportée au revenu",
                   "Total debt with the credit asked for, compared with income", monotone=1),
           lambda row: ratio(_all_debt(row) + row.AMT_CREDIT, row.AMT_INCOME_TOTAL), _ALL_DEBT_INPUTS),
    define(Feature("all_instalments_to_income_ratio", None, (_INSTALMENT, *_OPEN_LOANS,
                   f"{TableName.BUREAU}.AMT_ANNUITY",
                                                             _INCOME), "all", Unit.RATIO, Theme.LOAN_SIZE,
                   "Toutes les échéances, demande comprise, rapportées au revenu",
                   "All instalments, the new one included, compared with income", monotone=1),
           lambda row: ratio(row.AMT_ANNUITY + row.pos_open_instalments + or_zero(row.bureau_active_instalments),
                             row.AMT_INCOME_TOTAL),
           ("pos_open_instalments", "bureau_active_instalments")),
    define(Feature("days_since_late_anywhere", None,
                   (f"{TableName.BUREAU_BALANCE}.STATUS", f"{TableName.BUREAU}.SK_ID_CURR",
                    f"{TableName.POS_CASH_BALANCE}.SK_DPD", f"{TableName.CREDIT_CARD_BALANCE}.SK_DPD",
                    f"{_INSTALMENTS}.DAYS_ENTRY_PAYMENT"), "all", Unit.DAYS, Theme.RECENT_PUNCTUALITY,
                   "Temps depuis le dernier retard, ici ou ailleurs", "Time since the last delay, here or elsewhere",
                   monotone=-1),
           _days_since_late, ("bureau_months_since_late", "pos_months_since_late", "card_months_since_late",
                              "instalment_days_since_late")),
    define(Feature("history_source_count", None,
                   (f"{TableName.BUREAU}.SK_ID_BUREAU", f"{_PREVIOUS}.SK_ID_PREV",
                   f"{TableName.POS_CASH_BALANCE}.SK_ID_PREV",
                    f"{_INSTALMENTS}.SK_ID_PREV", f"{TableName.CREDIT_CARD_BALANCE}.SK_ID_PREV"), "all", Unit.COUNT,
                   Theme.COMPLETENESS, "Nombre de sources d'historique", "Number of sources of history"),
           _table_count, ("bureau_credit_count", "previous_count", "pos_loan_count", "instalment_count",
                          "card_month_count")),
)
# fmt: on
