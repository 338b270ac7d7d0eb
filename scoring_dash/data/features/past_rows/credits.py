"""One row a credit at another lender, with the sums over its monthly states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from scoring_dash.core.words import TableName
from scoring_dash.data.features import bureau, bureau_balance
from scoring_dash.data.features.exact import amount, number, quotient
from scoring_dash.data.features.past_rows.source import RowInput, RowSource
from scoring_dash.data.features.registry import CLIENT_KEY

_CREDIT: Final = [CLIENT_KEY, "SK_ID_BUREAU"]


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row a credit; the sums over months are there if their table is."""
    credits = bureau.prepare(tables)
    latest_first = [credits.opened, credits.SK_ID_BUREAU.desc()]
    rows = credits.select(
        *_CREDIT,
        "kind",
        recency=ibis.row_number().over(group_by=CLIENT_KEY, order_by=latest_first) + 1,
        days_ago=credits.opened,
        **{name: credits[name] for name in _AS_THEY_ARE},
        **{name: credits[name].cast("int64") for name in _STATES},
        **{name: amount(credits[name]) for name in _AMOUNTS},
        used=number(credits.used),
    )
    if TableName.BUREAU_BALANCE not in tables:
        return rows
    months = _months(bureau_balance.prepare(tables))
    added = [name for name in months.columns if name not in _CREDIT]
    return rows.left_join(months, _CREDIT).select(*rows.columns, *added)


def _months(credits: ibis.Table) -> ibis.Table:
    return credits.select(
        *_CREDIT,
        "known_months",
        "late_months",
        "late_months_12",
        months_since_late=credits.last_late,
        late_month_share=quotient(credits.late_months, credits.known_months),
        closed_month_share=quotient(credits.closed_months, credits.known_months),
    )


_STATES: Final[Mapping[str, tuple[str, ...]]] = {"is_active": ("CREDIT_ACTIVE",), "is_closed": ("CREDIT_ACTIVE",)}

_AS_THEY_ARE: Final[Mapping[str, tuple[str, ...]]] = {
    "updated": ("DAYS_CREDIT_UPDATE",),
    "ends": ("DAYS_CREDIT_ENDDATE",),
    "closed": ("DAYS_ENDDATE_FACT",),
    "early": ("DAYS_CREDIT_ENDDATE", "DAYS_ENDDATE_FACT"),
    "overdue_days": ("CREDIT_DAY_OVERDUE",),
    "prolonged": ("CNT_CREDIT_PROLONG",),
}

_AMOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "debt": ("AMT_CREDIT_SUM_DEBT",),
    "granted": ("AMT_CREDIT_SUM",),
    "left": ("AMT_CREDIT_SUM", "AMT_CREDIT_SUM_DEBT"),
    "max_overdue": ("AMT_CREDIT_MAX_OVERDUE",),
    "overdue": ("AMT_CREDIT_SUM_OVERDUE",),
    "instalment": ("AMT_ANNUITY",),
}

_MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "known_months": ("STATUS",),
    "late_months": ("STATUS",),
    "late_months_12": ("STATUS", "MONTHS_BALANCE"),
    "months_since_late": ("STATUS", "MONTHS_BALANCE"),
    "late_month_share": ("STATUS",),
    "closed_month_share": ("STATUS",),
}

_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "days_ago": ("DAYS_CREDIT",),
    **_STATES,
    **_AS_THEY_ARE,
    **_AMOUNTS,
    "used": ("AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM"),
}

SOURCE: Final = RowSource(
    TableName.BUREAU,
    prepare,
    (
        *(RowInput(name, columns) for name, columns in _OWN.items()),
        RowInput("kind", ("CREDIT_TYPE",), is_categorical=True),
        *(
            RowInput(name, tuple(f"{TableName.BUREAU_BALANCE}.{column}" for column in columns))
            for name, columns in _MONTHS.items()
        ),
    ),
)
"""Credits at other lenders as a source of row scores."""
