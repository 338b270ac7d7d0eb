"""Reasons and alerts as sentences: what the screen shows and what the API answers as ``text``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import AssessmentWarning, FeatureValue, Reason, WarningCode
from scoring_dash.core.words import Changeability, Direction, TableName, Theme, Unit
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.subjects import meaning_of_negative, subject_of
from scoring_dash.i18n.values import feature_label, value_text


def theme_name(theme: Theme, texts: Texts) -> str:
    """Name of a theme for a person."""
    return texts.say(_THEMES[theme])


def reason_title(reason: Reason, texts: Texts) -> str:
    """What weighs, and which way, in a few words; the detail follows its colon."""
    return texts.say("{title}:", title=texts.say(_TITLES[reason.theme][reason.direction]))


def reason_detail(reason: Reason, feature: Feature, texts: Texts) -> str:
    """The feature that weighs most, with the client's value and the usual one: it continues the title."""
    value, usual = (_told(stored, feature, texts) for stored in (reason.value, reason.typical_value))
    subject = subject_of(feature, texts)
    words = {"value": value or "", "usual": usual or ""}
    if subject is None:
        return texts.say(_QUOTED[_case(value, usual)], feature=feature_label(feature, texts), **words)
    told = subject.words if value is None else subject.before_verb
    return texts.say(_template(feature, _case(value, usual), is_plural=subject.is_plural), subject=told, **words)


def reason_text(reason: Reason, feature: Feature, texts: Texts) -> str:
    """One complete sentence for a reason: what the screen shows, title and detail."""
    return f"{reason_title(reason, texts)} {reason_detail(reason, feature, texts)}"


def changeability_name(what: Changeability, direction: Direction, texts: Texts) -> str:
    """What can be done about a reason, in a few words.

    What speaks for the client does not "fade": it may change with time.
    """
    return texts.say(_CHANGEABILITIES[what] if direction is Direction.RAISES else _CHANGEABILITIES_IN_FAVOUR[what])


def warning_text(
    warning: AssessmentWarning,
    feature: Feature | None,
    texts: Texts,
    *,
    usual_range: tuple[float, float] | None = None,
) -> str:
    """One or two complete sentences for an alert.

    Parameters
    ----------
    feature : Feature or None
        What ``warning.feature`` names.
    usual_range : (low, high) or None
        Least and greatest value of that feature seen in training.
    """
    if feature is None:
        return texts.say(_ALERTS[warning.code])
    label, value = feature_label(feature, texts), value_text(warning.value, feature, texts)
    if warning.code is not WarningCode.OUT_OF_RANGE or usual_range is None:
        return texts.say(_ALERTS_OF_A_VALUE[warning.code], feature=label, value=value)
    low, high = (value_text(bound, feature, texts) for bound in usual_range)
    if value in (low, high):  # the difference hides behind the last decimal shown
        return texts.say(_JUST_OUTSIDE, feature=label, value=value)
    return texts.say(_OUTSIDE, feature=label, value=value, low=low, high=high)


class _Case(StrEnum):
    """What is known of a value and of the usual one."""

    DIFFERENT = "different"
    SAME = "same"
    UNUSUAL_TO_KNOW = "unusual_to_know"
    UNKNOWN = "unknown"
    BOTH_UNKNOWN = "both_unknown"


def _case(value: str | None, usual: str | None) -> _Case:
    if value is None:
        return _Case.BOTH_UNKNOWN if usual is None else _Case.UNKNOWN
    if usual is None:
        return _Case.UNUSUAL_TO_KNOW
    return _Case.SAME if value == usual else _Case.DIFFERENT


def _told(value: FeatureValue, feature: Feature, texts: Texts) -> str | None:
    if value is None:
        return None
    told = value_text(value, feature, texts)
    if feature.unit in _NAMES:
        return texts.say("“{feature}”", feature=told)
    meaning = meaning_of_negative(feature, texts) if isinstance(value, float) and value < 0 else None
    return told if meaning is None else f"{told} ({meaning})"


def _template(feature: Feature, case: _Case, *, is_plural: bool) -> str:
    if case in _UNKNOWN:
        of_the_file, of_the_history = _UNKNOWN[case]
        return of_the_file if feature.table is TableName.APPLICATION_TRAIN else of_the_history
    if feature.unit in _NAMES:
        return _NAMED[case]
    return _MEASURED[case][is_plural]


_NAMES: Final = (Unit.CATEGORY, Unit.LEVEL)

# One form for a subject in the singular, one for the plural.
_MEASURED: Final[Mapping[_Case, tuple[str, str]]] = MappingProxyType(
    {
        _Case.DIFFERENT: (
            message("{subject} is {value} (usually {usual})."),
            message("{subject} are {value} (usually {usual})."),
        ),
        _Case.SAME: (message("{subject} is {value}, as usual."), message("{subject} are {value}, as usual.")),
        _Case.UNUSUAL_TO_KNOW: (
            message("{subject} is {value}, where usually nothing is given."),
            message("{subject} are {value}, where usually nothing is given."),
        ),
    }
)
# A category is no quantity: French says "est de 3" but "est « Ouvrier »".
_NAMED: Final[Mapping[_Case, str]] = MappingProxyType(
    {
        _Case.DIFFERENT: message("{subject} reads {value} (usually {usual})."),
        _Case.SAME: message("{subject} reads {value}, as usual."),
        _Case.UNUSUAL_TO_KNOW: message("{subject} reads {value}, where usually nothing is given."),
    }
)
_UNKNOWN: Final[Mapping[_Case, tuple[str, str]]] = MappingProxyType(
    {
        _Case.UNKNOWN: (
            message("the file does not give {subject} (usually {usual})."),
            message("the client's history does not tell {subject} (usually {usual})."),
        ),
        _Case.BOTH_UNKNOWN: (
            message("the file does not give {subject}, as usual."),
            message("the client's history does not tell {subject}, as usual."),
        ),
    }
)
_QUOTED: Final[Mapping[_Case, str]] = MappingProxyType(
    {
        _Case.DIFFERENT: message("to “{feature}” the file answers {value} (usually {usual})."),
        _Case.SAME: message("to “{feature}” the file answers {value}, as usual."),
        _Case.UNUSUAL_TO_KNOW: message("to “{feature}” the file answers {value}, where usually nothing is given."),
        _Case.UNKNOWN: message("to “{feature}” the file gives no answer (usually {usual})."),
        _Case.BOTH_UNKNOWN: message("to “{feature}” the file gives no answer, as usual."),
    }
)

_CHANGEABILITIES: Final[Mapping[Changeability, str]] = MappingProxyType(
    {
        Changeability.CAN_CHANGE: message("can change"),
        Changeability.FADES: message("fades with time"),
        Changeability.ASK_SOURCE: message("to be checked with its source"),
        Changeability.FIXED: message("cannot change"),
    }
)
_CHANGEABILITIES_IN_FAVOUR: Final[Mapping[Changeability, str]] = MappingProxyType(
    {**_CHANGEABILITIES, Changeability.FADES: message("changes with time")}
)

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
        WarningCode.UNLIKE_PAST_FILES: message(
            "No past file resembles this one as a whole: the model has hardly met such a combination. "
            "Read it with particular care."
        ),
    }
)
_ALERTS_OF_A_VALUE: Final[Mapping[WarningCode, str]] = MappingProxyType(
    {
        **_ALERTS,
        WarningCode.MISSING_EXTERNAL_SCORES: message("Missing: {feature}."),
        WarningCode.OUT_OF_RANGE: message("Outside what the model has seen: {feature}, {value}."),
    }
)
_OUTSIDE: Final = message(
    "For “{feature}” the file gives {value}: outside what the model has seen ({low} to {high}). "
    "Check it with the client."
)
_JUST_OUTSIDE: Final = message(
    "For “{feature}” the file gives {value}: just outside what the model has seen. Check it with the client."
)
