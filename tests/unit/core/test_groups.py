"""A group is written and read back without loss; what means nothing is refused with what is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.groups import groups

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import Between, Closeness, Group, GroupName, Near, OneOf, read_group


@given(groups())
def test_what_is_written_is_read_back(group: Group) -> None:
    assert read_group(str(group)) == group


@given(st.text(max_size=80))
def test_any_text_is_a_group_or_a_clear_refusal(text: str) -> None:
    try:
        group = read_group(text)
    except InvalidRequestError as error:
        assert error.parameter == "group"
        assert error.allowed
    else:
        assert read_group(str(group)) == group


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("", Group()),
        ("similar", Group(GroupName.SIMILAR)),
        ("income:..90000", Group(conditions=(Between("income", None, 90_000.0),))),
        ("all;income:5e4..2.5e5", Group(conditions=(Between("income", 50_000.0, 250_000.0),))),
        ("income:..", Group(conditions=(Between("income", None, None),))),
        ("same_risk;income~20%", Group(GroupName.SAME_RISK, (Near("income", Closeness.WITHIN_SHARE, 0.2),))),
        ("age_band~1", Group(conditions=(Near("age_band", Closeness.WITHIN, 1.0),))),
        ("income_type~", Group(conditions=(Near("income_type", Closeness.EQUAL),))),
        ("sector:Industry: type 11|?", Group(conditions=(OneOf("sector", ("Industry: type 11", "?")),))),
    ],
)
def test_texts_mean_what_they_say(text: str, group: Group) -> None:
    assert read_group(text) == group


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("everybody", "group is 'everybody'; allowed: all, similar, same_risk, same_recommendation"),
        ("income:", "income:50000..200000"),
        ("income:9..1", "a lower end that is not above the upper end"),
        ("income~0%", "a tolerance above 0"),
        ("income~-5", "a tolerance above 0"),
        ("income~ten", "allowed:"),
        ("income:1e308..", "numbers between"),
        ("INCOME:1..2", "allowed:"),
        ("income:1..2;income:3..4", "each field in one condition at most"),
        (";".join(f"f{number}~" for number in range(11)), "at most 10 conditions"),
        ("a" * 1001, "at most 1000 characters"),
    ],
)
def test_what_means_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidRequestError) as refusal:
        read_group(text)
    assert said in str(refusal.value)


def test_a_condition_takes_the_place_of_the_one_on_the_same_field() -> None:
    group = read_group("similar;income~20%;age_band~")
    changed = group.having(Between("income", 1.0, 2.0))
    assert str(changed) == "similar;income:1..2;age_band~"
    assert str(changed.without("age_band")) == "similar;income:1..2"
    assert str(Group().having(Near("income", Closeness.EQUAL))) == "income~"
