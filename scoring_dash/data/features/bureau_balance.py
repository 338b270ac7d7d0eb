"""Features of ``bureau_balance``: the monthly state of the credits at other lenders.

The months are summed up per credit before they meet the clients: 27 million rows become 0.8 million, and only those are
joined. A month of unknown state (``X``) counts neither as late nor as on time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.exact import quotient
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, define

_T: Final = TableName.BUREAU_BALANCE
_OWNER: Final = "bureau.SK_ID_CURR"
_LATE: Final = ("1", "2", "3", "4", "5")
_UNKNOWN: Final = "X"


def prepare(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """One row a credit: numbers of months by state, and the month of the last delay."""
    months = tables[_T]
    months = months.filter(months.MONTHS_BALANCE <= 0)
    late = months.STATUS.isin(_LATE)
    known = months.STATUS != _UNKNOWN
    recent = months.MONTHS_BALANCE >= -12
    credits = months.group_by("SK_ID_BUREAU").aggregate(
        known_months=months.count(where=known),
        late_months=months.count(where=late),
        known_months_12=months.count(where=known & recent),
        late_months_12=months.count(where=late & recent),
        closed_months=months.count(where=months.STATUS == "C"),
        last_late=(0 - months.MONTHS_BALANCE).min(where=late),
    )
    owners = tables[TableName.BUREAU]
    owners = owners.filter(owners.DAYS_CREDIT <= 0).select("SK_ID_BUREAU", CLIENT_KEY)
    return credits.inner_join(owners, "SK_ID_BUREAU")


def _share(months: Any, known_months: Any) -> Any:
    return quotient(months.sum(), known_months.sum())


# fmt: off
DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    define(Feature("bureau_late_month_share", _T, ("STATUS", _OWNER), "all", Unit.SHARE, Theme.PAST_PUNCTUALITY,
                   "Part des mois en retard ailleurs", "Share of months late elsewhere", monotone=1),
           lambda credits: _share(credits.late_months, credits.known_months)),
    define(Feature("bureau_late_month_share_12m", _T, ("STATUS", "MONTHS_BALANCE", _OWNER), "last 12 months",
                   Unit.SHARE, Theme.RECENT_PUNCTUALITY, "Part des mois en retard ailleurs (12 derniers mois)",
                   "Share of months late elsewhere (last 12 months)", monotone=1),
           lambda credits: _share(credits.late_months_12, credits.known_months_12)),
    define(Feature("bureau_months_since_late", _T, ("STATUS", "MONTHS_BALANCE", _OWNER), "all", Unit.MONTHS,
                   Theme.RECENT_PUNCTUALITY, "Temps depuis le dernier retard ailleurs",
                   "Time since the last late payment elsewhere", monotone=-1),
           lambda credits: credits.last_late.min()),
    define(Feature("bureau_closed_month_share", _T, ("STATUS", _OWNER), "all", Unit.SHARE, Theme.CREDIT_HISTORY,
                   "Part des mois où le crédit ailleurs était soldé",
                   "Share of months with the credit elsewhere paid off"),
           lambda credits: _share(credits.closed_months, credits.known_months)),
)
# fmt: on
