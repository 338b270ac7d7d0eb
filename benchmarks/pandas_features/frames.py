"""Reading, cleaning and the few steps that every table's recipes share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

CLIENT: Final = "SK_ID_CURR"
LOAN: Final = "SK_ID_PREV"
CREDIT: Final = "SK_ID_BUREAU"

_SCORES: Final = ("EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3")
_DOCUMENTS: Final = tuple(f"FLAG_DOCUMENT_{number}" for number in range(2, 22))
_ENQUIRIES: Final = tuple(f"AMT_REQ_CREDIT_BUREAU_{span}" for span in ("HOUR", "DAY", "WEEK", "MON", "QRT", "YEAR"))

# fmt: off
_APPLICATION: Final = (
    CLIENT, "NAME_CONTRACT_TYPE", "AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE", "AMT_INCOME_TOTAL",
    "NAME_INCOME_TYPE", "OCCUPATION_TYPE", "ORGANIZATION_TYPE", "NAME_EDUCATION_TYPE", "NAME_HOUSING_TYPE",
    "DAYS_EMPLOYED", "DAYS_REGISTRATION", "DAYS_ID_PUBLISH", "DAYS_LAST_PHONE_CHANGE", "OWN_CAR_AGE",
    "FLAG_OWN_REALTY", "FLAG_WORK_PHONE", *_SCORES, *_DOCUMENTS, *_ENQUIRIES,
)

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "application_train": _APPLICATION,
    "application_test": _APPLICATION,
    "bureau": (
        CLIENT, CREDIT, "CREDIT_ACTIVE", "CREDIT_TYPE", "DAYS_CREDIT", "DAYS_CREDIT_ENDDATE", "DAYS_ENDDATE_FACT",
        "DAYS_CREDIT_UPDATE", "CREDIT_DAY_OVERDUE", "AMT_CREDIT_MAX_OVERDUE", "CNT_CREDIT_PROLONG", "AMT_CREDIT_SUM",
        "AMT_CREDIT_SUM_DEBT", "AMT_CREDIT_SUM_OVERDUE", "AMT_ANNUITY",
    ),
    "bureau_balance": (CREDIT, "MONTHS_BALANCE", "STATUS"),
    "previous_application": (
        CLIENT, LOAN, "NAME_CONTRACT_TYPE", "NAME_CONTRACT_STATUS", "FLAG_LAST_APPL_PER_CONTRACT", "DAYS_DECISION",
        "AMT_ANNUITY", "AMT_APPLICATION", "AMT_CREDIT", "AMT_GOODS_PRICE", "AMT_DOWN_PAYMENT", "RATE_DOWN_PAYMENT",
        "CNT_PAYMENT", "NAME_YIELD_GROUP", "PRODUCT_COMBINATION", "CODE_REJECT_REASON", "NAME_CLIENT_TYPE",
        "DAYS_LAST_DUE_1ST_VERSION", "DAYS_LAST_DUE", "DAYS_TERMINATION", "NFLAG_INSURED_ON_APPROVAL",
    ),
    "POS_CASH_balance": (
        CLIENT, LOAN, "MONTHS_BALANCE", "CNT_INSTALMENT", "CNT_INSTALMENT_FUTURE", "NAME_CONTRACT_STATUS", "SK_DPD",
        "SK_DPD_DEF",
    ),
    "installments_payments": (
        CLIENT, LOAN, "NUM_INSTALMENT_VERSION", "NUM_INSTALMENT_NUMBER", "DAYS_INSTALMENT", "DAYS_ENTRY_PAYMENT",
        "AMT_INSTALMENT", "AMT_PAYMENT",
    ),
    "credit_card_balance": (
        CLIENT, LOAN, "MONTHS_BALANCE", "AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL", "AMT_DRAWINGS_CURRENT",
        "AMT_DRAWINGS_ATM_CURRENT", "CNT_DRAWINGS_CURRENT", "CNT_DRAWINGS_ATM_CURRENT", "AMT_PAYMENT_CURRENT",
        "AMT_INST_MIN_REGULARITY", "AMT_TOTAL_RECEIVABLE", "AMT_RECEIVABLE_PRINCIPAL", "SK_DPD", "SK_DPD_DEF",
    ),
}
"""The columns that the features read, table by table."""

UNKNOWN: Final[Mapping[str, Mapping[str, tuple[object, ...]]]] = {
    "application": {"DAYS_EMPLOYED": (365_243,), "ORGANIZATION_TYPE": ("XNA",), "DAYS_LAST_PHONE_CHANGE": (0,)},
    "previous_application": {
        "NAME_CONTRACT_TYPE": ("XNA",), "NAME_YIELD_GROUP": ("XNA",), "NAME_CLIENT_TYPE": ("XNA",),
        "CODE_REJECT_REASON": ("XNA", "XAP"), "AMT_APPLICATION": (0,), "AMT_CREDIT": (0,), "CNT_PAYMENT": (0,),
        "DAYS_LAST_DUE_1ST_VERSION": (365_243,), "DAYS_LAST_DUE": (365_243,), "DAYS_TERMINATION": (365_243,),
    },
    "POS_CASH_balance": {"NAME_CONTRACT_STATUS": ("XNA",)},
}
"""Codes that stand for a missing value."""

LOWEST: Final[Mapping[str, Mapping[str, float]]] = {
    "bureau": {"DAYS_CREDIT_ENDDATE": -40_000, "DAYS_ENDDATE_FACT": -40_000, "DAYS_CREDIT_UPDATE": -40_000},
    "credit_card_balance": {"AMT_DRAWINGS_CURRENT": 0, "AMT_DRAWINGS_ATM_CURRENT": 0},
}
"""Values below these are mistakes of the files and count as missing."""
# fmt: on

TEXT: Final = frozenset(
    {
        *("CREDIT_ACTIVE", "CREDIT_TYPE", "STATUS", "FLAG_OWN_REALTY", "FLAG_LAST_APPL_PER_CONTRACT"),
        *("PRODUCT_COMBINATION", "CODE_REJECT_REASON", "OCCUPATION_TYPE", "ORGANIZATION_TYPE"),
        *(column for columns in COLUMNS.values() for column in columns if column.startswith("NAME_")),
    }
)


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """Read what the features need; a table without a file has no rows."""
    return {name: _read_table(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items()}


def typed(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give rows made by hand the columns and types that reading gives: floats, whole keys, categories."""
    columns = {column: rows.get(column, np.nan) for column in COLUMNS[name]}
    types = {column: _type(column) for column in columns}
    return pd.DataFrame(columns, index=rows.index).astype(types)


def clean(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Make codes and impossible values missing; put past and current applications into one table."""
    books = [
        tables[name].assign(IS_PAST=name == "application_train")
        for name in ("application_train", "application_test")
        if len(tables[name])
    ]
    joined = {"application": pd.concat(books, ignore_index=True)}
    joined |= {name: table for name, table in tables.items() if not name.startswith("application")}
    return {name: _clean_table(name, table) for name, table in joined.items()}


def ratio(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """``numerator / denominator``; missing where the denominator is zero."""
    return numerator / denominator.where(denominator != 0)


def flag(condition: pd.Series, known: pd.Series) -> pd.Series:
    """1 where a condition holds, 0 where it does not, missing where nobody knows: its mean is a share."""
    return condition.astype("float64").where(known)


def total(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Sum of each client's known values; missing if he has none."""
    return rows.groupby(CLIENT)[list(columns)].sum(min_count=1)


def number_of_rows(rows: pd.DataFrame) -> pd.Series:
    """How many rows each client has."""
    return rows.groupby(CLIENT).size()


def share_of(rows: pd.DataFrame, part: str, whole: str) -> pd.Series:
    """Each client's sum of one column divided by his sum of another."""
    sums = total(rows, [part, whole])
    return ratio(sums[part], sums[whole])


def _read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=_type(column)) for column in columns})
    types = {column: _type(column) for column in columns}
    return pd.read_csv(path, usecols=list(columns), dtype=types, keep_default_na=False, na_values=[""])


def _type(column: str) -> str:
    if column in TEXT:
        return "category"
    return "int64" if column in (CLIENT, LOAN, CREDIT, "MONTHS_BALANCE") else "float64"


def _clean_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    table = table.copy(deep=False)
    for column, codes in UNKNOWN.get(name, {}).items():
        table[column] = table[column].mask(table[column].isin(codes))
    for column, lowest in LOWEST.get(name, {}).items():
        table[column] = table[column].mask(table[column] < lowest)
    return table
