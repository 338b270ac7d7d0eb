"""One row an instalment of our loans: when it fell due, when and how much of it was paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from scoring_dash.core.words import TableName
from scoring_dash.data.features import installments
from scoring_dash.data.features.exact import amount
from scoring_dash.data.features.formulas import or_zero
from scoring_dash.data.features.past_rows.source import RowInput, RowSource
from scoring_dash.data.features.registry import CLIENT_KEY

_SUMS: Final = ("AMT_INSTALMENT", "AMT_PAYMENT", "DAYS_ENTRY_PAYMENT")
_DELAY: Final = ("DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT")


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row an instalment; the kind of loan is there if past applications are."""
    rows = installments.prepare(tables)
    kind = {"contract_type": rows.contract_type} if TableName.PREVIOUS_APPLICATION in tables else {}
    return rows.select(
        CLIENT_KEY,
        "recency",
        "paid_ago",
        "late",
        "days_late",
        "days_early",
        "parts",
        "version",
        days_ago=rows.due_ago,
        due=amount(or_zero(rows.credited) + rows.short),
        short=amount(rows.short),
        on_latest_loan=rows.is_latest_loan.cast("int64"),
        **kind,
    )


_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "days_ago": ("DAYS_INSTALMENT",),
    "paid_ago": ("DAYS_ENTRY_PAYMENT",),
    "late": _DELAY,
    "days_late": _DELAY,
    "days_early": _DELAY,
    "due": _SUMS,
    "short": _SUMS,
    "parts": ("DAYS_ENTRY_PAYMENT",),
    "version": ("NUM_INSTALMENT_VERSION",),
    "on_latest_loan": ("DAYS_INSTALMENT",),
}

SOURCE: Final = RowSource(
    TableName.INSTALLMENTS_PAYMENTS,
    prepare,
    (
        *(RowInput(name, columns) for name, columns in _OWN.items()),
        RowInput("contract_type", (f"{TableName.PREVIOUS_APPLICATION}.NAME_CONTRACT_TYPE",), is_categorical=True),
    ),
)
"""Instalments as a source of row scores."""
