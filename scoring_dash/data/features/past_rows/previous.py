"""One row a past application with us: what was asked, what we answered, and how the loan was then repaid.

The same applications count as in ``previous_application``. What was bought and where (goods, purpose, channel, shop) is
left out: it may tell of health or of the place of residence, and nobody could tell it apart inside a learned score.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis

from scoring_dash.core.words import TableName
from scoring_dash.data.features import installments, pos_cash
from scoring_dash.data.features.exact import amount, in_millionths, in_thousandths, number, quotient, share
from scoring_dash.data.features.past_rows.source import RowInput, RowSource
from scoring_dash.data.features.registry import CLIENT_KEY

_T: Final = TableName.PREVIOUS_APPLICATION
_LOAN: Final = [CLIENT_KEY, "SK_ID_PREV"]


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row an application; the sums over instalments and months are there if their tables are."""
    rows = _applications(tables[_T])
    for table, sum_up in _REPAYMENTS.items():
        if table in tables:
            sums = sum_up(tables[table])
            added = [name for name in sums.columns if name not in _LOAN]
            rows = rows.left_join(sums, _LOAN).select(*rows.columns, *added)
    return rows


def _applications(past: ibis.Table) -> ibis.Table:
    past = past.filter((past.FLAG_LAST_APPL_PER_CONTRACT == "Y") & (past.DAYS_DECISION <= 0))
    credit, term = past.AMT_CREDIT.nullif(0), past.CNT_PAYMENT.nullif(0)
    latest_first = [past.DAYS_DECISION.desc(), past.SK_ID_PREV.desc()]
    last_due = _happened(past.DAYS_LAST_DUE)
    return past.select(
        *_LOAN,
        recency=ibis.row_number().over(group_by=CLIENT_KEY, order_by=latest_first) + 1,
        days_ago=0 - past.DAYS_DECISION,
        **{name: past[column] for name, column in _CATEGORIES.items()},
        asked=past.AMT_APPLICATION,
        granted=credit,
        instalment=past.AMT_ANNUITY,
        price=past.AMT_GOODS_PRICE,
        down_payment=past.AMT_DOWN_PAYMENT,
        down_payment_rate=past.RATE_DOWN_PAYMENT,
        term=term,
        rate=(past.AMT_ANNUITY * term / credit - 1) / term,
        asked_to_granted=past.AMT_APPLICATION / credit,
        granted_to_instalment=credit / past.AMT_ANNUITY.nullif(0),
        price_to_granted=past.AMT_GOODS_PRICE / credit,
        first_drawing=_happened(past.DAYS_FIRST_DRAWING),
        # Plans made when the loan was granted: known on day 0 though they may lie after it.
        first_due=past.DAYS_FIRST_DUE,
        planned_end=past.DAYS_LAST_DUE_1ST_VERSION,
        last_due=last_due,
        ended=_happened(past.DAYS_TERMINATION),
        early=past.DAYS_LAST_DUE_1ST_VERSION - last_due,
        insured=past.NFLAG_INSURED_ON_APPROVAL,
    )


def _happened(day: Any) -> Any:
    """A day that lies after day 0 was not known on day 0."""
    return (day <= 0).ifelse(day, None)


def _instalments(rows: ibis.Table) -> ibis.Table:
    rows = installments.prepare({TableName.INSTALLMENTS_PAYMENTS: rows})
    return rows.group_by(_LOAN).aggregate(
        instalment_count=rows.count(),
        instalment_latest=rows.due_ago.min(),
        instalment_late_share=share(rows.late > 0),
        instalment_late_share_365d=share(rows.late > 0, rows.due_ago <= 365),
        instalment_days_late_mean=rows.days_late.mean(),
        instalment_days_late_max=rows.days_late.max(),
        instalment_days_early_mean=rows.days_early.mean(),
        instalment_short=amount(rows.short.sum()),
        instalment_split_share=share(rows.parts > 1),
        instalment_versions=rows.version.nunique(),
    )


def _pos_months(months: ibis.Table) -> ibis.Table:
    loans = pos_cash.prepare({TableName.POS_CASH_BALANCE: months})
    return loans.select(
        *_LOAN,
        pos_months=loans.months,
        pos_latest_month=loans.last_month,
        pos_left=loans.left,
        pos_completed=loans.completed,
        pos_shortening=loans.shortening,
        pos_late_share=quotient(loans.late_months, loans.months),
        pos_late_share_12m=quotient(loans.late_months_12, loans.months_12),
        pos_months_since_late=loans.last_late,
        pos_days_late_max=loans.days_late_max,
        pos_days_late_tolerant_max=loans.days_late_tolerant_max,
    )


def _card_months(months: ibis.Table) -> ibis.Table:
    months = months.filter(months.MONTHS_BALANCE <= 0)
    limit = months.AMT_CREDIT_LIMIT_ACTUAL.cast("float64").nullif(0)
    use = in_millionths(months.AMT_BALANCE / limit, lowest=-10, highest=10)
    recent = months.MONTHS_BALANCE >= -6
    return months.group_by(_LOAN).aggregate(
        card_months=months.count(),
        card_use_mean=number(use.mean()),
        card_use_max=number(use.max()),
        card_use_mean_6m=number(use.mean(where=recent)),
        card_balance_max=amount(in_thousandths(months.AMT_BALANCE).max()),
        card_cash_drawn=amount(in_thousandths(months.AMT_DRAWINGS_ATM_CURRENT).sum()),
        card_late_share=share(months.SK_DPD > 0),
        card_days_late_max=months.SK_DPD.max(),
        card_days_late_tolerant_max=months.SK_DPD_DEF.max(),
    )


_REPAYMENTS: Final = {
    TableName.INSTALLMENTS_PAYMENTS: _instalments,
    TableName.POS_CASH_BALANCE: _pos_months,
    TableName.CREDIT_CARD_BALANCE: _card_months,
}

_CATEGORIES: Final = {
    "contract_type": "NAME_CONTRACT_TYPE",
    "status": "NAME_CONTRACT_STATUS",
    "reject_reason": "CODE_REJECT_REASON",
    "client_kind": "NAME_CLIENT_TYPE",
    "portfolio": "NAME_PORTFOLIO",
    "product_type": "NAME_PRODUCT_TYPE",
    "payment_type": "NAME_PAYMENT_TYPE",
    "yield_group": "NAME_YIELD_GROUP",
    "product": "PRODUCT_COMBINATION",
}

_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "days_ago": ("DAYS_DECISION",),
    "asked": ("AMT_APPLICATION",),
    "granted": ("AMT_CREDIT",),
    "instalment": ("AMT_ANNUITY",),
    "price": ("AMT_GOODS_PRICE",),
    "down_payment": ("AMT_DOWN_PAYMENT",),
    "down_payment_rate": ("RATE_DOWN_PAYMENT",),
    "term": ("CNT_PAYMENT",),
    "rate": ("AMT_ANNUITY", "CNT_PAYMENT", "AMT_CREDIT"),
    "asked_to_granted": ("AMT_APPLICATION", "AMT_CREDIT"),
    "granted_to_instalment": ("AMT_CREDIT", "AMT_ANNUITY"),
    "price_to_granted": ("AMT_GOODS_PRICE", "AMT_CREDIT"),
    "first_drawing": ("DAYS_FIRST_DRAWING",),
    "first_due": ("DAYS_FIRST_DUE",),
    "planned_end": ("DAYS_LAST_DUE_1ST_VERSION",),
    "last_due": ("DAYS_LAST_DUE",),
    "ended": ("DAYS_TERMINATION",),
    "early": ("DAYS_LAST_DUE_1ST_VERSION", "DAYS_LAST_DUE"),
    "insured": ("NFLAG_INSURED_ON_APPROVAL",),
}

_DELAY: Final = ("DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT")
_INSTALMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "instalment_count": ("NUM_INSTALMENT_NUMBER",),
    "instalment_latest": ("DAYS_INSTALMENT",),
    "instalment_late_share": _DELAY,
    "instalment_late_share_365d": _DELAY,
    "instalment_days_late_mean": _DELAY,
    "instalment_days_late_max": _DELAY,
    "instalment_days_early_mean": _DELAY,
    "instalment_short": ("AMT_INSTALMENT", "AMT_PAYMENT", "DAYS_ENTRY_PAYMENT"),
    "instalment_split_share": ("DAYS_ENTRY_PAYMENT",),
    "instalment_versions": ("NUM_INSTALMENT_VERSION",),
}

_POS: Final[Mapping[str, tuple[str, ...]]] = {
    "pos_months": ("MONTHS_BALANCE",),
    "pos_latest_month": ("MONTHS_BALANCE",),
    "pos_left": ("CNT_INSTALMENT_FUTURE", "MONTHS_BALANCE"),
    "pos_completed": ("NAME_CONTRACT_STATUS",),
    "pos_shortening": ("CNT_INSTALMENT", "MONTHS_BALANCE"),
    "pos_late_share": ("SK_DPD",),
    "pos_late_share_12m": ("SK_DPD", "MONTHS_BALANCE"),
    "pos_months_since_late": ("SK_DPD", "MONTHS_BALANCE"),
    "pos_days_late_max": ("SK_DPD",),
    "pos_days_late_tolerant_max": ("SK_DPD_DEF",),
}

_CARD: Final[Mapping[str, tuple[str, ...]]] = {
    "card_months": ("MONTHS_BALANCE",),
    "card_use_mean": ("AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL"),
    "card_use_max": ("AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL"),
    "card_use_mean_6m": ("AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL", "MONTHS_BALANCE"),
    "card_balance_max": ("AMT_BALANCE",),
    "card_cash_drawn": ("AMT_DRAWINGS_ATM_CURRENT",),
    "card_late_share": ("SK_DPD",),
    "card_days_late_max": ("SK_DPD",),
    "card_days_late_tolerant_max": ("SK_DPD_DEF",),
}

SOURCE: Final = RowSource(
    _T,
    prepare,
    (
        *(RowInput(name, columns) for name, columns in _OWN.items()),
        *(RowInput(name, (column,), is_categorical=True) for name, column in _CATEGORIES.items()),
        *(
            RowInput(name, tuple(f"{table}.{column}" for column in columns))
            for table, inputs in (
                (TableName.INSTALLMENTS_PAYMENTS, _INSTALMENTS),
                (TableName.POS_CASH_BALANCE, _POS),
                (TableName.CREDIT_CARD_BALANCE, _CARD),
            )
            for name, columns in inputs.items()
        ),
    ),
)
"""Past applications as a source of row scores."""
