"""Numbers are written as each language writes them; Babel is the slow reference."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import (
    client_number,
    compact_number,
    duration_of_days,
    duration_of_months,
    number,
    percent,
    points,
    signed_points,
)

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_are_written_as_babel_does(value: int) -> None:
    assert number(value, FRENCH).replace("−", "-") == format_decimal(value, locale="fr")
    assert number(value, ENGLISH).replace("−", "-") == format_decimal(value, locale="en")


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_percentages_are_written_as_babel_does(thousandths: int) -> None:
    share = thousandths / 1000
    # French wants its sign after a narrow no-break space; Babel's locale data say so since CLDR 34.
    assert percent(share, FRENCH) == format_percent(share, "#,##0.0\u202f%", locale="fr")
    assert percent(share, ENGLISH) == format_percent(share, "#,##0.0%", locale="en")


def test_no_negative_zero() -> None:
    assert number(-0.04, FRENCH, 1) == "0,0"
    assert signed_points(-0.00001, FRENCH) == "0\u00a0point"


@pytest.mark.parametrize(
    ("value", "shown"), [(406598.0, "406 598"), (12.5, "12,5"), (0.2613, "0,26"), (0.00123, "0,0012")]
)
def test_decimals_follow_the_size(value: float, shown: str) -> None:
    assert compact_number(value, FRENCH) == shown.replace(" ", "\u202f")


def test_client_numbers_are_grouped_in_every_language() -> None:
    assert client_number(100002) == "100\u202f002"


@pytest.mark.parametrize(
    ("difference", "french", "english"),
    [
        (0.0213, "+2,1\u00a0points", "+2.1\u00a0points"),
        (-0.0146, "−1,5\u00a0point", "−1.5\u00a0points"),
        (0.01, "+1,0\u00a0point", "+1.0\u00a0point"),
        (0.0004, "+0,04\u00a0point", "+0.04\u00a0points"),
        (0.0, "0\u00a0point", "0\u00a0points"),
    ],
)
def test_points_carry_a_sign_and_the_right_number(difference: float, french: str, english: str) -> None:
    assert signed_points(difference, FRENCH) == french
    assert signed_points(difference, ENGLISH) == english
    assert points(difference, FRENCH) == french.lstrip("+−")


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "0 jour"),
        (1, "1 jour"),
        (11, "11 jours"),
        (2.34, "2,3 jours"),
        (89, "89 jours"),
        (200, "7 mois"),
        (640, "21 mois"),
        (1643, "4 ans et 6 mois"),
        (3653, "10 ans"),
        (1127, "3 ans et 1 mois"),
        (-400, "−13 mois"),
    ],
)
def test_durations_are_told_in_the_largest_sensible_unit(days: float, shown: str) -> None:
    assert duration_of_days(days, FRENCH) == shown


def test_months_become_years_only_from_two_years_on() -> None:
    assert duration_of_months(20, FRENCH) == "20 mois"
    assert duration_of_months(24, FRENCH) == "2 ans"
    assert duration_of_months(12, ENGLISH) == "12 months"
    assert duration_of_months(-30, ENGLISH) == "−2 years and 6 months"
