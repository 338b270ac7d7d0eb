"""The form: plain answers become raw columns; each answer that cannot be used is a fault of its own."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.new_applications import as_json, read

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.new_application import ApplicationFaultsError, FaultCode
from scoring_dash.data.features.application import DEFINITIONS
from scoring_dash.data.new_application.columns import COLUMNS, NEEDED
from scoring_dash.data.new_application.form import FIELDS, offered_fields, read_form
from scoring_dash.data.new_application.read import FileForm

LEAST = {"contract": "Cash loans", "amount": "450 000", "instalment": "22500,5", "income": "180,000.00"}


def faults_of(answers: dict[str, str]) -> dict[str | None, FaultCode]:
    with pytest.raises(ApplicationFaultsError) as refused:
        read_form(answers)
    return {fault.column: fault.code for fault in refused.value.faults}


def test_the_form_gives_the_application_that_a_file_would() -> None:
    answers = {**LEAST, "job-years": "2,5", "phone-years": "1", "car-years": "7", "score-2": "0,5", "owns-home": "Y"}
    found = read_form(answers)
    row = {
        "NAME_CONTRACT_TYPE": "Cash loans",
        "AMT_CREDIT": 450_000,
        "AMT_ANNUITY": 22_500.5,
        "AMT_INCOME_TOTAL": 180_000,
        "DAYS_EMPLOYED": -913,  # 2.5 x 365.25
        "DAYS_LAST_PHONE_CHANGE": -365,
        "OWN_CAR_AGE": 7,
        "EXT_SOURCE_2": 0.5,
        "FLAG_OWN_REALTY": "Y",
    }
    assert found.application(0) == read(as_json(row), FileForm.JSON).application(0)
    assert found.numbers == (None,)


def test_required_answers_are_asked_for_and_others_may_be_empty() -> None:
    assert faults_of({"price": " "}) == dict.fromkeys(NEEDED, FaultCode.EMPTY_CELL)
    assert read_form({**LEAST, "price": ""}).application(0)["AMT_GOODS_PRICE"] is None


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("amount", "-5", FaultCode.OUT_OF_RANGE),
        ("amount", "0", FaultCode.NOT_POSITIVE),
        ("amount", "1e308", FaultCode.OUT_OF_RANGE),
        ("income", "1,250", FaultCode.AMBIGUOUS_NUMBER),
        ("contract", "Cash", FaultCode.UNKNOWN_CATEGORY),
        ("job-years", "-1", FaultCode.OUT_OF_RANGE),
        ("job-years", "200", FaultCode.OUT_OF_RANGE),
        ("job-years", "long", FaultCode.NOT_A_NUMBER),
        ("job-years", "1e300", FaultCode.OUT_OF_RANGE),
        ("score-1", "1.01", FaultCode.OUT_OF_RANGE),
        ("enquiries-3", "NaN", FaultCode.NOT_FINITE),
        ("price", "=A1", FaultCode.FORMULA),
    ],
)
def test_a_bad_answer_is_a_fault_of_its_field(name: str, answer: str, code: FaultCode) -> None:
    (column,) = (field.column for field in FIELDS if field.name == name)
    assert faults_of({**LEAST, name: answer}) == {column: code}


def test_enquiries_by_span_are_the_sums_that_the_model_reads() -> None:
    row = read_form({**LEAST, "enquiries-3": "2", "enquiries-12": "3"}).application(0)
    spans = [row[f"AMT_REQ_CREDIT_BUREAU_{span}"] for span in ("HOUR", "DAY", "WEEK", "MON", "QRT")]
    assert sum(float(value or 0) for value in spans) == 2
    assert None not in spans
    assert row["AMT_REQ_CREDIT_BUREAU_YEAR"] == 3
    read_together = {
        feature.columns for feature in (item.feature for item in DEFINITIONS) if "QRT" in "".join(feature.columns)
    }
    assert all(len(columns) >= 5 for columns in read_together), "a feature reads a span alone: ask for each of them"


def test_a_tampered_form_is_refused() -> None:
    for answers in ({"sex": "F"}, {"amount": 5}, {"amount": "1" * 101}, {"amount": None}):
        with pytest.raises(InvalidRequestError):
            read_form(answers)


def test_only_what_the_model_reads_is_asked() -> None:
    assert [field.column for field in offered_fields([])] == [
        "NAME_CONTRACT_TYPE",
        "AMT_CREDIT",
        "AMT_ANNUITY",
        "AMT_INCOME_TOTAL",
    ]
    assert len(offered_fields(COLUMNS)) == len(FIELDS)


@given(st.dictionaries(st.sampled_from([field.name for field in FIELDS]), st.text(max_size=20)))
def test_no_answers_make_the_form_fail_otherwise(answers: dict[str, str]) -> None:
    with suppress(ApplicationFaultsError):
        read_form({**LEAST, **answers})
