"""The whole catalogue, from raw tables to one row a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from benchmarks.pandas_features import (
    application,
    bureau,
    bureau_balance,
    credit_card,
    cross,
    installments,
    pos_cash,
    previous_application,
)
from benchmarks.pandas_features.frames import clean

ZERO_WITHOUT_ROWS: Final = (
    *("bureau_credit_count", "bureau_active_count", "bureau_kind_count", "bureau_microloan_365d_count"),
    *(f"bureau_opened_{days}d_count" for days in (180, 365, 730)),
    *("bureau_prolonged_count", "previous_count", "previous_approved_count", "previous_180d_count"),
    *("previous_730d_count", "pos_month_count", "pos_loan_count", "pos_open_count", "pos_open_instalments_left"),
    *("pos_open_instalments", "pos_open_debt", "instalment_version_count", "instalment_count", "card_balance_latest"),
    "card_month_count",
)
"""Nobody's loans are no loans: what counts or adds up what runs today is 0 without a row, not missing."""

HISTORIES: Final = (bureau, bureau_balance, previous_application, pos_cash, installments, credit_card)


def build(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every feature of every client of the two application tables.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The eight raw tables as ``frames.read`` gives them; those without rows must be there too.

    Returns
    -------
    DataFrame
        One row a client, by number; text for categories, NaN where missing.
    """
    cleaned = clean(tables)
    known = application.features(cleaned)
    for history in HISTORIES:
        known = known.join(history.features(cleaned))
    zero = list(ZERO_WITHOUT_ROWS)
    known[zero] = known[zero].fillna(0)
    return known.join(cross.features(cleaned, known)).sort_index()
