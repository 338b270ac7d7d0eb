"""What a client can do about the fact behind a reason: change it, wait, have it checked, or nothing.

One rule for each theme, and exceptions by name or by window. A theme or a feature without a rule is an error, not a
guess: a client must not be told that he can change what he cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Changeability, TableName, Theme

_CAN_CHANGE, _FADES = Changeability.CAN_CHANGE, Changeability.FADES
_ASK_SOURCE, _FIXED = Changeability.ASK_SOURCE, Changeability.FIXED

_RECENT_WINDOWS: Final = ("last ", "latest ")


def changeability(feature: Feature) -> Changeability:
    """What can be done about a feature's value, before the next application at the latest.

    Raises
    ------
    KeyError
        If the feature's theme has no rule.
    """
    if feature.name in _BY_FEATURE:
        return _BY_FEATURE[feature.name]
    rule = _BY_THEME[feature.theme]
    if feature.table in _AGENCIES and feature.theme is Theme.LEARNED_SCORES:
        return _ASK_SOURCE
    # What was done lately makes room for what is done next; all of the past does not.
    return _FADES if rule is _FIXED and feature.window.startswith(_RECENT_WINDOWS) else rule


_AGENCIES: Final = (TableName.BUREAU, TableName.BUREAU_BALANCE)

_BY_THEME: Final[Mapping[Theme, Changeability]] = MappingProxyType(
    {
        Theme.EXTERNAL_SCORES: _ASK_SOURCE,
        Theme.LOAN_SIZE: _CAN_CHANGE,
        Theme.LOAN_PRICE: _CAN_CHANGE,
        Theme.INCOME_JOB: _FIXED,
        Theme.ASSETS: _FIXED,
        Theme.RECENT_PUNCTUALITY: _FADES,
        Theme.PAST_PUNCTUALITY: _FADES,
        Theme.DEBTS_ELSEWHERE: _ASK_SOURCE,
        Theme.CREDIT_HISTORY: _FIXED,
        Theme.PAST_APPLICATIONS: _FIXED,
        Theme.CARD_USE: _FADES,
        Theme.COMPLETENESS: _FADES,
        Theme.LEARNED_SCORES: _FADES,
    }
)

_DECLARED: Final = (
    # What the client declares and may complete with a document.
    "income",
    "income_to_occupation_ratio",
    "income_to_sector_ratio",
    "work_phone",
    "document_count",
    "missing_fact_count",
)
_GROWING_OLD: Final = (
    # A date that recedes, or a debt with us that is being repaid.
    "bureau_closed_days",
    "bureau_latest_opened_days",
    "enquiry_count_3_months",
    "enquiry_count_12_months",
    "bureau_opened_180d_count",
    "bureau_opened_365d_count",
    "bureau_opened_730d_count",
    "bureau_microloan_365d_count",
    "our_debt",
    "our_debt_to_income_ratio",
    "pos_left_share_3m",
    "pos_open_count",
    "pos_open_debt",
    "pos_open_instalments",
    "pos_open_instalments_left",
    "previous_days_since_approval",
    "previous_days_since_end",
    "previous_days_since_last_due",
    "previous_days_since_refusal",
    "previous_refused_share",
)
_HELD_ELSEWHERE: Final = ("bureau_overdue", "bureau_overdue_days", "bureau_updated_days")
_DONE: Final = (
    # The highest or the total of all times: no later good month lowers it.
    "bureau_max_overdue",
    "bureau_prolonged_count",
    "card_cash_drawn",
    "card_days_late_max",
    "card_days_late_tolerant_max",
    "card_month_count",
    "card_use_max",
    "history_source_count",
    "instalment_days_late_max_all",
    "instalment_parts_max",
    "pos_days_late_max",
    "pos_days_late_tolerant_max",
)

_BY_FEATURE: Final[Mapping[str, Changeability]] = MappingProxyType(
    {
        **dict.fromkeys(_DECLARED, _CAN_CHANGE),
        **dict.fromkeys(_GROWING_OLD, _FADES),
        **dict.fromkeys(_HELD_ELSEWHERE, _ASK_SOURCE),
        **dict.fromkeys(_DONE, _FIXED),
    }
)
