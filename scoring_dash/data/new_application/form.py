"""The short form of a new application: few fields in plain units, turned into the raw columns of the table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.cells import CellFault, read_cell, shown
from scoring_dash.data.new_application.collect import Collector
from scoring_dash.data.new_application.columns import COLUMNS
from scoring_dash.data.new_application.faults import FaultList
from scoring_dash.data.new_application.numbers import read_number

DAYS_PER_YEAR: Final = 365.25
_LONGEST_ANSWER: Final = 100


class FieldGroup(StrEnum):
    """Under which heading a field stands."""

    LOAN = "loan"
    INCOME = "income"
    SCORES = "scores"
    HOME = "home"
    FILE = "file"


class AnswerKind(StrEnum):
    """How an answer is written."""

    NUMBER = "number"  # as the column has it: an amount, a score, a number of years or of enquiries
    CHOICE = "choice"  # one of the column's categories
    YEARS_AGO = "years_ago"  # a column of days before the application


@dataclass(frozen=True, slots=True)
class FormField:
    """One question.

    Attributes
    ----------
    name : str
        In the form; no name of a column is shown to a manager.
    column : str
        The raw column that its answer fills.
    zeros : tuple of str
        Columns that are 0 once the question is answered.
    """

    name: str
    column: str
    kind: AnswerKind
    group: FieldGroup
    is_required: bool = False
    zeros: tuple[str, ...] = ()


_ENQUIRIES: Final = tuple(f"AMT_REQ_CREDIT_BUREAU_{span}" for span in ("HOUR", "DAY", "WEEK", "MON", "QRT", "YEAR"))

FIELDS: Final = (
    FormField("contract", "NAME_CONTRACT_TYPE", AnswerKind.CHOICE, FieldGroup.LOAN, is_required=True),
    FormField("amount", "AMT_CREDIT", AnswerKind.NUMBER, FieldGroup.LOAN, is_required=True),
    FormField("instalment", "AMT_ANNUITY", AnswerKind.NUMBER, FieldGroup.LOAN, is_required=True),
    FormField("price", "AMT_GOODS_PRICE", AnswerKind.NUMBER, FieldGroup.LOAN),
    FormField("income", "AMT_INCOME_TOTAL", AnswerKind.NUMBER, FieldGroup.INCOME, is_required=True),
    FormField("income-source", "NAME_INCOME_TYPE", AnswerKind.CHOICE, FieldGroup.INCOME),
    FormField("occupation", "OCCUPATION_TYPE", AnswerKind.CHOICE, FieldGroup.INCOME),
    FormField("sector", "ORGANIZATION_TYPE", AnswerKind.CHOICE, FieldGroup.INCOME),
    FormField("job-years", "DAYS_EMPLOYED", AnswerKind.YEARS_AGO, FieldGroup.INCOME),
    FormField("education", "NAME_EDUCATION_TYPE", AnswerKind.CHOICE, FieldGroup.INCOME),
    FormField("score-1", "EXT_SOURCE_1", AnswerKind.NUMBER, FieldGroup.SCORES),
    FormField("score-2", "EXT_SOURCE_2", AnswerKind.NUMBER, FieldGroup.SCORES),
    FormField("score-3", "EXT_SOURCE_3", AnswerKind.NUMBER, FieldGroup.SCORES),
    FormField("housing", "NAME_HOUSING_TYPE", AnswerKind.CHOICE, FieldGroup.HOME),
    FormField("owns-home", "FLAG_OWN_REALTY", AnswerKind.CHOICE, FieldGroup.HOME),
    FormField("car-years", "OWN_CAR_AGE", AnswerKind.NUMBER, FieldGroup.HOME),
    # The model reads sums over three months and over a year alone: the nearest spans are 0, the last one is the sum.
    FormField("enquiries-3", _ENQUIRIES[4], AnswerKind.NUMBER, FieldGroup.FILE, zeros=_ENQUIRIES[:4]),
    FormField("enquiries-12", _ENQUIRIES[5], AnswerKind.NUMBER, FieldGroup.FILE),
    FormField("phone-years", "DAYS_LAST_PHONE_CHANGE", AnswerKind.YEARS_AGO, FieldGroup.FILE),
    FormField("identity-years", "DAYS_ID_PUBLISH", AnswerKind.YEARS_AGO, FieldGroup.FILE),
    FormField("registration-years", "DAYS_REGISTRATION", AnswerKind.YEARS_AGO, FieldGroup.FILE),
)


def offered_fields(read_columns: Collection[str]) -> tuple[FormField, ...]:
    """The questions worth asking: those that are required, and those whose column a model reads."""
    return tuple(field for field in FIELDS if field.is_required or field.column in read_columns)


def read_form(answers: Mapping[str, object]) -> NewApplications:
    """One application from the answers of a form.

    Parameters
    ----------
    answers : mapping of str to str
        By name of the field; empty where nothing was answered.

    Raises
    ------
    InvalidRequestError
        If the answers are not those of the form.
    ApplicationFaultsError
        With a fault for each answer that cannot be used; its column is that of the field.
    """
    texts = _texts(answers)
    faults, row = FaultList(), dict[str, object]()
    for field in FIELDS:
        _take(field, texts.get(field.name, ""), row, faults)
    faults.refuse_any()
    collector = Collector(faults)
    collector.know(row)
    collector.add(1, row)
    return collector.finish()


def _texts(answers: Mapping[str, object]) -> dict[str, str]:
    known = {field.name for field in FIELDS}
    texts = {}
    for name, answer in answers.items():
        if name not in known:
            raise InvalidRequestError("answers", name, "the names of the form's fields")
        if not isinstance(answer, str) or len(answer) > _LONGEST_ANSWER:
            raise InvalidRequestError(name, answer, f"a text of at most {_LONGEST_ANSWER} characters")
        texts[name] = answer.strip()
    return texts


def _take(field: FormField, text: str, row: dict[str, object], faults: FaultList) -> None:
    if not text:
        if field.is_required:
            faults.add(ApplicationFault(FaultCode.EMPTY_CELL, None, field.column))
        return
    cell = _days(text) if field.kind is AnswerKind.YEARS_AGO else text
    value = read_cell(cell, COLUMNS[field.column])
    if isinstance(value, CellFault):
        faults.add(ApplicationFault(value.code, None, field.column, shown(text), value.candidates))
        return
    row[field.column] = cell
    row.update(dict.fromkeys(field.zeros, 0))


def _days(text: str) -> object:
    """Years ago as a day of the table, counted backwards; what is no number stays as it is and is told."""
    years = read_number(text)
    return text if isinstance(years, FaultCode) else -round(years * DAYS_PER_YEAR)
