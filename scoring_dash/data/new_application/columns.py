"""Which columns a new application may hold, which it must, and which are accepted but never read."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.schema import TABLES, Column

CLIENT_NUMBER: Final = "SK_ID_CURR"

APPLICATION: Final = TABLES[TableName.APPLICATION_TEST]

COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {column.name: column for column in APPLICATION.columns if column.use is not ColumnUse.FORBIDDEN}
)
"""The columns that are read, by name, in the order of the table; the client's number is one of them."""

NEVER_READ: Final = (
    *(column.name for column in APPLICATION.columns if column.use is ColumnUse.FORBIDDEN),
    "TARGET",  # a past outcome: it tells nothing that may decide
)
"""What a file may hold without harm: columns that may not decide on a loan."""

NEEDED: Final = ("NAME_CONTRACT_TYPE", "AMT_INCOME_TOTAL", "AMT_CREDIT", "AMT_ANNUITY")
"""Without these the model has no loan to judge; a file that lacks one of them is more likely misspelt than so poor."""

POSITIVE: Final = frozenset({"AMT_INCOME_TOTAL", "AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE"})
"""Amounts of which zero is an empty field in disguise: every ratio over it would be missing."""

_NEAR: Final = 0.6
_MOST_CANDIDATES: Final = 3


def nearest_columns(name: str) -> tuple[str, ...]:
    """Names of the table that resemble one that it does not have, the nearest first."""
    known = {column.upper(): column for column in (*APPLICATION.column_names, "TARGET")}
    found = get_close_matches(name.strip().upper()[:60], known, n=_MOST_CANDIDATES, cutoff=_NEAR)
    return tuple(known[match] for match in found)
