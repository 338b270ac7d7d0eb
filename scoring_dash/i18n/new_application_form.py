"""The words of the form of a new application: questions, choices, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.core.results import FeatureValue
from scoring_dash.data.new_application.columns import COLUMNS
from scoring_dash.data.new_application.form import DAYS_PER_YEAR, AnswerKind, FieldGroup, FormField
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.new_application import fault_text
from scoring_dash.i18n.numbers import number


def group_name(group: FieldGroup, texts: Texts) -> str:
    """Heading of a group of questions."""
    return texts.say(_GROUPS[group])


def question(field: FormField, texts: Texts) -> str:
    """What a field asks."""
    return texts.say(_QUESTIONS[field.name])


def hint(field: FormField, usual: FeatureValue, texts: Texts) -> str:
    """How to answer, or what is usual; empty where the question says it all.

    Parameters
    ----------
    usual : FeatureValue
        The usual value of the field's column, as the model has it; None where it is not known.
    """
    parts = [texts.say(_HINTS[field.name])] if field.name in _HINTS else []
    if isinstance(usual, int | float):
        shown = usual / DAYS_PER_YEAR if field.kind is AnswerKind.YEARS_AGO else usual
        parts.append(texts.say("Usually {usual}.", usual=_usual(shown, texts)))
    return " ".join(parts)


def choices(field: FormField, texts: Texts) -> tuple[tuple[str, str], ...]:
    """The answers of a choice: value of the column, and its name for a person, in the order of the names."""
    named = [
        (label.value, texts.typeset(label.label_fr if texts.language == "fr" else label.label_en))
        for label in COLUMNS[field.column].labels
    ]
    return tuple(named) if len(named) <= _AS_LISTED else tuple(sorted(named, key=lambda pair: pair[1].casefold()))


def no_choice(field: FormField, texts: Texts) -> str:
    """What a list says before anything was chosen."""
    return texts.say("Choose") if field.is_required else texts.say("Not known")


def answer_fault(field: FormField, fault: ApplicationFault, texts: Texts) -> str:
    """What is wrong with an answer and what to do, in one or two sentences."""
    if fault.code is FaultCode.EMPTY_CELL:
        return texts.say("Choose an answer.") if field.kind is AnswerKind.CHOICE else texts.say("Enter a value.")
    told = fault_text(fault, texts)
    if field.kind is not AnswerKind.YEARS_AGO or fault.code not in _RANGE_FAULTS:
        return " ".join(part for part in (told.problem, told.allowed or told.remedy) if part)
    most = -(COLUMNS[field.column].minimum or 0) / DAYS_PER_YEAR
    allowed = texts.say("Allowed: a number of years from 0 to {high}.", high=number(most, texts))
    return f"{told.problem} {allowed}"


def answers_to_correct(count: int, texts: Texts) -> str:
    """How many answers cannot be used, above the form."""
    return texts.say_count("{count} answer to correct", "{count} answers to correct", count, count=number(count, texts))


def _usual(value: float, texts: Texts) -> str:
    """A usual value with as many decimals as one would type."""
    return number(value, texts, 0 if abs(value) >= 10 else 1 if abs(value) >= 1 else 2)


_AS_LISTED: Final = 8
_RANGE_FAULTS: Final = frozenset({FaultCode.NOT_A_NUMBER, FaultCode.OUT_OF_RANGE, FaultCode.NOT_WHOLE})

_GROUPS: Final[Mapping[FieldGroup, str]] = MappingProxyType(
    {
        FieldGroup.LOAN: message("Loan asked for"),
        FieldGroup.INCOME: message("Income and job"),
        FieldGroup.SCORES: message("Scores from outside agencies"),
        FieldGroup.HOME: message("Housing and possessions"),
        FieldGroup.FILE: message("Enquiries and papers"),
    }
)
_QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contract": message("Kind of loan"),
        "amount": message("Amount of the loan"),
        "instalment": message("Amount of an instalment"),
        "price": message("Price of the goods to pay for"),
        "income": message("Declared income"),
        "income-source": message("Main source of income"),
        "occupation": message("Occupation"),
        "sector": message("Employer's line of business"),
        "job-years": message("Years in the present job"),
        "education": message("Level of education"),
        "score-1": message("First score"),
        "score-2": message("Second score"),
        "score-3": message("Third score"),
        "housing": message("Housing situation"),
        "owns-home": message("Owns a house or a flat"),
        "car-years": message("Age of the car in years"),
        "enquiries-3": message("Enquiries by lenders in the last 3 months"),
        "enquiries-12": message("Enquiries by lenders in the 9 months before"),
        "phone-years": message("Years since the last change of telephone number"),
        "identity-years": message("Years since the identity document was issued"),
        "registration-years": message("Years since the last change of official registration"),
    }
)
_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "score-1": message("From 0 (high risk) to 1 (low risk)."),
        "score-2": message("From 0 (high risk) to 1 (low risk)."),
        "score-3": message("From 0 (high risk) to 1 (low risk)."),
    }
)
