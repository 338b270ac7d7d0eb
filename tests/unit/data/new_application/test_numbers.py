"""Numbers as people write them, in either language; what could be two numbers is never guessed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.core.new_application import FaultCode
from scoring_dash.data.new_application.numbers import read_number, readings_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250.5", 1250.5),
        ("1250,5", 1250.5),
        ("1 250,50", 1250.5),
        ("1\u202f250,50", 1250.5),
        ("1\u00a0250 000", 1_250_000.0),
        ("1'250.50", 1250.5),
        ("1,250.50", 1250.5),
        ("1.250,50", 1250.5),
        ("1,250,000", 1_250_000.0),
        ("1.250.000", 1_250_000.0),
        ("1.250", 1.25),  # a decimal point, as every program writes it
        ("0,512", 0.512),  # no group of thousands starts with a zero
        ("-3648.0", -3648.0),
        ("\u22123648", -3648.0),
        ("+5", 5.0),
        ("1e3", 1000.0),
        (" 7 ", 7.0),
        (".5", 0.5),
        ("12,5", 12.5),
        ("1250,500", 1250.5),  # four digits before the comma: no group
    ],
)
def test_numbers_in_the_ways_of_both_languages(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,250", FaultCode.AMBIGUOUS_NUMBER),
        ("-406,597", FaultCode.AMBIGUOUS_NUMBER),
        ("nan", FaultCode.NOT_FINITE),
        ("-Infinity", FaultCode.NOT_FINITE),
        ("1e999", FaultCode.NOT_FINITE),
        ("abc", FaultCode.NOT_A_NUMBER),
        ("1_000", FaultCode.NOT_A_NUMBER),
        ("٣", FaultCode.NOT_A_NUMBER),
        ("12 34", FaultCode.NOT_A_NUMBER),
        ("1.2.3", FaultCode.NOT_A_NUMBER),
        ("0x10", FaultCode.NOT_A_NUMBER),
        ("=5+5", FaultCode.NOT_A_NUMBER),
        ("9" * 100, FaultCode.NOT_A_NUMBER),
        ("1e99999999", FaultCode.NOT_A_NUMBER),
    ],
)
def test_what_is_no_number_says_why(text: str, code: FaultCode) -> None:
    assert read_number(text) is code


def test_both_readings_of_an_ambiguous_number_are_read() -> None:
    assert [read_number(reading) for reading in readings_of("1,250")] == [1250.0, 1.25]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_a_program_writes_is_read_to_the_last_bit(number: float) -> None:
    read = read_number(repr(number))
    assert isinstance(read, float)
    assert math.copysign(1, read) == math.copysign(1, number)
    assert read == number


@given(st.decimals(min_value=10_000, max_value=10**11, places=2))
def test_groups_and_decimals_of_either_language_give_the_same_number(amount: object) -> None:
    english = f"{amount:,}"
    french = english.replace(",", "\u202f").replace(".", ",")
    assert read_number(english) == read_number(french) == float(str(amount))


@given(st.text(max_size=80))
def test_no_text_is_read_as_something_that_cannot_be_counted_with(text: str) -> None:
    read = read_number(text)
    assert isinstance(read, FaultCode) or math.isfinite(read)
