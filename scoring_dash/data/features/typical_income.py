"""What clients of the same occupation or sector usually earn: learnt once from the past files, then fixed.

The figures belong to the model: they are stored with it and used for every later client, so that a client's features
do not depend on who else is scored.
"""

from __future__ import annotations

from typing import Any, Final

import ibis

GROUPINGS: Final = ("OCCUPATION_TYPE", "ORGANIZATION_TYPE")
_LEAST_CLIENTS: Final = 30
"""A median of fewer clients says little; theirs is left out, and the comparison is missing for them."""


def learn_typical_incomes(applications: ibis.Table) -> dict[str, dict[str, float]]:
    """Median declared income of each occupation and of each employer's sector.

    Parameters
    ----------
    applications : ibis.Table
        Cleaned ``application_train``: the outcome is not read, and current files take no part.

    Returns
    -------
    dict of str to dict of str to float
        By column of ``GROUPINGS``, then by category in sorted order; categories of fewer than 30 clients are left out.
    """
    return {column: _medians(applications, column) for column in GROUPINGS}


def _medians(applications: ibis.Table, column: str) -> dict[str, float]:
    known: Any = applications.filter(applications[column].notnull(), applications.AMT_INCOME_TOTAL.notnull())
    groups = known.group_by(column).aggregate(clients=known.count(), income=known.AMT_INCOME_TOTAL.median())
    rows = groups.filter(groups.clients >= _LEAST_CLIENTS).order_by(column).to_pyarrow().to_pylist()
    return {row[column]: float(row["income"]) for row in rows}
