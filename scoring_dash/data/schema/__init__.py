"""Every column of the eight tables, described once: type, unit, range, meaning, may it be used.

May a column decide? ``policy.toml`` says so, in one place. Needs nothing beyond the standard library, so that the
server can show it as a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.words import TableName
from scoring_dash.data.schema.application import APPLICATION_TEST, APPLICATION_TRAIN
from scoring_dash.data.schema.bureau import BUREAU
from scoring_dash.data.schema.bureau_balance import BUREAU_BALANCE
from scoring_dash.data.schema.column import CategoryLabel, Column, ColumnKind, Table
from scoring_dash.data.schema.credit_card_balance import CREDIT_CARD_BALANCE
from scoring_dash.data.schema.installments_payments import INSTALLMENTS_PAYMENTS
from scoring_dash.data.schema.policy import load_policies, with_policies
from scoring_dash.data.schema.pos_cash_balance import POS_CASH_BALANCE
from scoring_dash.data.schema.previous_application import PREVIOUS_APPLICATION

__all__ = ["TABLES", "CategoryLabel", "Column", "ColumnKind", "Table", "category_label"]

TABLES: Final[Mapping[TableName, Table]] = MappingProxyType(
    {
        table.name: table
        for table in with_policies(
            (
                APPLICATION_TRAIN,
                APPLICATION_TEST,
                BUREAU,
                BUREAU_BALANCE,
                PREVIOUS_APPLICATION,
                POS_CASH_BALANCE,
                INSTALLMENTS_PAYMENTS,
                CREDIT_CARD_BALANCE,
            ),
            load_policies(),
        )
    }
)


def category_label(table: TableName, column: str, value: str, language: str) -> str:
    """Name of a category for a person, in ``"fr"`` or ``"en"``.

    Returns
    -------
    str
        The value itself if the table, the column or the category is not known: a screen must show a
        client's file even when it holds something new.
    """
    if table not in TABLES or column not in TABLES[table]:
        return value
    return TABLES[table].column(column).category_label(value, language)
