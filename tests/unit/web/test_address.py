"""The address is read forgivingly and written back without loss."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.groups import groups
from support.work_queries import QUERIES

from scoring_dash.core.groups import Group, GroupName
from scoring_dash.i18n.catalogue import Language
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.web.address import Address, Field, LogScale, Section, read_address, read_client_number

ADDRESSES = st.builds(
    Address,
    client_text=st.integers(0, 10**10 - 1).map(str),
    section=st.just(Section.COMPARE),
    language=st.sampled_from(Language),
    feature=st.none() | st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=60),
    group=groups(),
    second=st.none() | st.just("income"),
    log=st.sampled_from(LogScale),
    beside=st.lists(st.integers(0, 10**10 - 1), max_size=2, unique=True).map(tuple),
    work_list=st.none() | QUERIES,
)


@settings(deadline=None)
@given(ADDRESSES)
def test_what_is_written_is_read_back(address: Address) -> None:
    assert read_address(address.href()) == address


def test_a_full_address_is_read() -> None:
    found = read_address("?client=100002&section=compare&lang=en&feature=income&group=similar")
    assert found == Address("100002", Section.COMPARE, Language.ENGLISH, "income", Group(GroupName.SIMILAR))
    assert found.client == 100002


@given(QUERIES, st.sampled_from(Section), st.sampled_from(Language))
def test_the_list_is_kept_in_every_section(query: WorkListQuery, section: Section, language: Language) -> None:
    address = Address("100002", section, language, work_list=query)
    assert read_address(address.href()) == address


def test_a_list_that_means_nothing_is_named() -> None:
    found = read_address("?section=portfolio&list=everything")
    assert (found.section, found.work_list) == (Section.PORTFOLIO, None)
    assert found.ignored == ((Field.LIST, "everything"),)


def test_defaults_are_left_out_of_links() -> None:
    assert Address("100002").href() == "?client=100002"
    assert (
        Address("100002", Section.COMPARE, feature="income").href(section=Section.FILE) == "?client=100002&section=file"
    )


def test_words_that_mean_nothing_fall_back_and_are_named() -> None:
    found = read_address("?client=1&section=nowhere&lang=de&group=me")
    assert (found.section, found.language, found.group) == (Section.DECISION, Language.FRENCH, Group())
    assert found.ignored == ((Field.SECTION, "nowhere"), (Field.LANGUAGE, "de"), (Field.GROUP, "me"))


@pytest.mark.parametrize(
    "search",
    [
        None,
        3,
        "",
        "?",
        "&&&&",
        "?client=" + "9" * 10_000,
        {"client": 1},
        ["?client=1"],
        "?" + "&".join(f"a{i}=1" for i in range(300)),
        "?%%%=%zz",
        "?client=%00",
    ],
)
def test_anything_else_is_an_address_without_a_client(search: object) -> None:
    assert read_address(search).client is None


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    address = read_address(text)
    assert read_address(address.href()).client_text == address.client_text or not address.client_text.isprintable()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100002", 100002),
        (" 100 002 ", 100002),
        ("100\u202f002", 100002),
        ("0100002", 100002),
        ("0", 0),
        ("100002.0", None),
        ("1e5", None),
        ("-1", None),
        ("", None),
        ("٣", None),
        ("²", None),
        ("12345678901", None),
        ("0x10", None),
        ("1_000", None),
    ],
)
def test_client_numbers_are_digits(text: str, number: int | None) -> None:
    assert read_client_number(text) == number


def test_new_applications_have_a_page_of_their_own_that_belongs_to_no_client() -> None:
    new = read_address("?section=new&lang=en")
    assert (new.is_new, new.ignored) == (True, ())
    assert new.href() == "?section=new&lang=en"
    assert new.href(language=Language.FRENCH) == "?section=new"
    client = read_address("?section=new&client=100002")  # a number typed while the page was open
    assert (client.is_new, client.section, client.ignored) == (False, Section.DECISION, ())
    assert client.href() == "?client=100002"
