"""Reasons and alerts as sentences: what the screen shows and what the API answers as ``text``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import AssessmentWarning, Reason, WarningCode
from scoring_dash.core.words import Direction, Theme
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.values import feature_label, value_text


def theme_name(theme: Theme, texts: Texts) -> str:
    """Name of a theme for a person."""
    return texts.say(_THEMES[theme])


def reason_title(reason: Reason, texts: Texts) -> str:
    """What weighs, and which way, in a few words."""
    return texts.say(_TITLES[reason.theme][reason.direction])


def reason_detail(reason: Reason, feature: Feature, texts: Texts) -> str:
    """The feature that weighs most, with the client's value and the typical one."""
    label, value = feature_label(feature, texts), value_text(reason.value, feature, texts)
    if reason.typical_value is None:
        return texts.say("{feature}: {value}", feature=label, value=value)
    typical = value_text(reason.typical_value, feature, texts)
    return texts.say("{feature}: {value}; typically {typical}", feature=label, value=value, typical=typical)


def reason_text(reason: Reason, feature: Feature, texts: Texts) -> str:
    """One complete sentence for a reason."""
    return f"{reason_title(reason, texts)} ({_lower_first(reason_detail(reason, feature, texts))})."


def warning_text(warning: AssessmentWarning, feature: Feature | None, texts: Texts) -> str:
    """One complete sentence for an alert.

    Parameters
    ----------
    feature : Feature or None
        What ``warning.feature`` names.
    """
    if feature is None:
        return texts.say(_ALERTS[warning.code])
    label, value = feature_label(feature, texts), value_text(warning.value, feature, texts)
    return texts.say(_ALERTS_OF_A_VALUE[warning.code], feature=label, value=value)


def _lower_first(text: str) -> str:
    """Text that continues a sentence: an acronym keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_THEMES: Final[Mapping[Theme, str]] = MappingProxyType(
    {
        Theme.EXTERNAL_SCORES: message("Scores from outside agencies"),
        Theme.LOAN_SIZE: message("Size of this loan"),
        Theme.LOAN_PRICE: message("Term and price of this loan"),
        Theme.INCOME_JOB: message("Income and job"),
        Theme.ASSETS: message("Housing and possessions"),
        Theme.RECENT_PUNCTUALITY: message("Recent payments"),
        Theme.PAST_PUNCTUALITY: message("Older payments"),
        Theme.DEBTS_ELSEWHERE: message("Debts elsewhere"),
        Theme.CREDIT_HISTORY: message("Credit history"),
        Theme.PAST_APPLICATIONS: message("Past applications"),
        Theme.CARD_USE: message("Use of credit cards"),
        Theme.COMPLETENESS: message("File and contact details"),
        Theme.LEARNED_SCORES: message("Risk read in past loans"),
    }
)

# The titles say which way the model weighs a theme, not what the client did: a theme may weigh against a client
# whose payments were merely less regular than those of the files just accepted.
_TITLES: Final[Mapping[Theme, Mapping[Direction, str]]] = MappingProxyType(
    {
        Theme.EXTERNAL_SCORES: {
            Direction.RAISES: message("Unfavourable scores from outside agencies"),
            Direction.LOWERS: message("Favourable scores from outside agencies"),
        },
        Theme.LOAN_SIZE: {
            Direction.RAISES: message("A heavy loan for this client"),
            Direction.LOWERS: message("A moderate loan for this client"),
        },
        Theme.LOAN_PRICE: {
            Direction.RAISES: message("An unfavourable term or price of the loan"),
            Direction.LOWERS: message("A favourable term or price of the loan"),
        },
        Theme.INCOME_JOB: {
            Direction.RAISES: message("Income and job offer little reassurance"),
            Direction.LOWERS: message("Reassuring income and job"),
        },
        Theme.ASSETS: {
            Direction.RAISES: message("Housing and possessions offer little reassurance"),
            Direction.LOWERS: message("Reassuring housing and possessions"),
        },
        Theme.RECENT_PUNCTUALITY: {
            Direction.RAISES: message("Recent payments offer little reassurance"),
            Direction.LOWERS: message("Reassuring recent payments"),
        },
        Theme.PAST_PUNCTUALITY: {
            Direction.RAISES: message("Older payments offer little reassurance"),
            Direction.LOWERS: message("Reassuring older payments"),
        },
        Theme.DEBTS_ELSEWHERE: {
            Direction.RAISES: message("Debts elsewhere weigh on the file"),
            Direction.LOWERS: message("Debts elsewhere under control"),
        },
        Theme.CREDIT_HISTORY: {
            Direction.RAISES: message("Unfavourable credit history"),
            Direction.LOWERS: message("Favourable credit history"),
        },
        Theme.PAST_APPLICATIONS: {
            Direction.RAISES: message("Unfavourable past applications"),
            Direction.LOWERS: message("Favourable past applications"),
        },
        Theme.CARD_USE: {
            Direction.RAISES: message("Unfavourable use of credit cards"),
            Direction.LOWERS: message("Favourable use of credit cards"),
        },
        Theme.COMPLETENESS: {
            Direction.RAISES: message("File and contact details offer little reassurance"),
            Direction.LOWERS: message("Reassuring file and contact details"),
        },
        Theme.LEARNED_SCORES: {
            Direction.RAISES: message("Past loans that resemble those of riskier files"),
            Direction.LOWERS: message("Past loans that resemble those of safer files"),
        },
    }
)

_ALERTS: Final[Mapping[WarningCode, str]] = MappingProxyType(
    {
        WarningCode.OUT_OF_FOLD: message("Past file: scored by a model that has not seen its outcome."),
        WarningCode.NO_BUREAU_HISTORY: message("No credit with other institutions is known."),
        WarningCode.NO_PREVIOUS_APPLICATION: message("No previous application with us is known."),
        WarningCode.MISSING_EXTERNAL_SCORES: message("Scores from outside agencies are missing."),
        WarningCode.OUT_OF_RANGE: message("A value lies outside what the model has seen."),
    }
)
_ALERTS_OF_A_VALUE: Final[Mapping[WarningCode, str]] = MappingProxyType(
    {
        **_ALERTS,
        WarningCode.MISSING_EXTERNAL_SCORES: message("Missing: {feature}."),
        WarningCode.OUT_OF_RANGE: message("Outside what the model has seen: {feature}, {value}."),
    }
)
