"""Changes as people and programs write them: everything readable is read, every fault is told."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.shipped import shipped_clients, shipped_services

from scoring_dash.assessment.check_changes import change_text, read_change_text, read_number
from scoring_dash.core.simulation import ChangeField, Changes, FaultKind, InvalidChangesError
from scoring_dash.core.words import Book

CLIENT = shipped_clients(Book.CURRENT, every=10_000)[0]


def read(entries: list[tuple[str, object]], client: int = CLIENT) -> Changes:
    return shipped_services().read_changes(client, entries)


def faults(entries: list[tuple[str, object]]) -> dict[str, FaultKind]:
    with pytest.raises(InvalidChangesError) as found:
        read(entries)
    return {fault.field: fault.kind for fault in found.value.faults}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("250000", 250_000), ("250 000", 250_000), ("250\u202f000", 250_000), ("250\u00a0000,50", 250_000.5),
        ("250000,5", 250_000.5), ("250000.5", 250_000.5), ("250,000", 250_000), ("250,000.50", 250_000.5),
        ("250.000,50", 250_000.5), ("1'250'000", 1_250_000), ("0", 0), ("-5", -5), ("\u22125", -5), ("+3", 3),
        ("1e308", None), ("NaN", None), ("inf", None), ("", None), ("abc", None), ("1.2.3", None), ("12,3456", None),
        ("²", None), ("٣", None), ("0x10", None), ("1_000", None), ("9" * 16, None), ("=1+1", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: float | None) -> None:
    assert read_number(text) == value


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    read_number(text)
    try:
        shipped_services().read_changes(CLIENT, read_change_text(text))
    except InvalidChangesError as error:
        assert error.faults


AMOUNTS = st.integers(4_500_000, 285_000_000).map(lambda cents: cents / 100)
CHANGES = st.builds(
    Changes,
    amount=st.none() | AMOUNTS,
    duration=st.none() | st.integers(6, 60).map(float),
    price=st.none() | st.integers(45_000, 2_000_000).map(float),
    occupation=st.none() | st.sampled_from(["Drivers", "Waiters/barmen staff"]),
    sector=st.none() | st.sampled_from(["Bank", "Industry: type 1"]),
)


@settings(deadline=None)
@given(CHANGES)
def test_what_an_address_holds_is_read_back(changes: Changes) -> None:
    text = change_text(changes)
    assert Changes(**dict(read_change_text(text))) == changes
    assert ";" not in unquote(text.replace(";", "")) or changes


def test_every_fault_is_told_and_not_only_the_first() -> None:
    found = faults(
        [
            ("amount", "abc"), ("duration", 7.5), ("price", -1), ("income", 0), ("occupation", "Astronaut"),
            ("documents", 20), ("colour", "red"), ("contract", 3),
        ]
    )  # fmt: skip
    assert found == {
        "amount": FaultKind.NOT_A_NUMBER,
        "duration": FaultKind.NOT_WHOLE,
        "price": FaultKind.OUT_OF_RANGE,
        "income": FaultKind.OUT_OF_RANGE,
        "occupation": FaultKind.UNKNOWN_CATEGORY,
        "documents": FaultKind.NOT_OFFERED,
        "colour": FaultKind.UNKNOWN_FIELD,
        "contract": FaultKind.UNKNOWN_CATEGORY,
    }


@pytest.mark.parametrize("value", [-1, 0, 1e308, 10**400, 44_999.99, 2_850_000.01])
def test_amounts_outside_what_past_files_held_are_refused(value: float) -> None:
    assert faults([("amount", value)]) == {"amount": FaultKind.OUT_OF_RANGE}


@pytest.mark.parametrize("value", [True, None, "250000", [1], {"a": 1}])
def test_what_is_no_number_is_no_amount(value: object) -> None:
    assert faults([("amount", value)]) == {"amount": FaultKind.NOT_A_NUMBER}


def test_a_field_given_twice_is_told() -> None:
    assert faults([("amount", 100_000), ("amount", 200_000)]) == {"amount": FaultKind.TWICE}


def test_parental_leave_is_never_offered() -> None:
    assert faults([("income_type", "Maternity leave")]) == {"income_type": FaultKind.UNKNOWN_CATEGORY}


def test_the_kind_of_credit_decides_whether_there_is_a_duration() -> None:
    assert faults([("contract", "Revolving loans"), ("duration", 12)]) == {"duration": FaultKind.NOT_OFFERED}
    services = shipped_services()
    revolving = next(
        number
        for number in shipped_clients(Book.PAST, every=1)
        if services.facts(number).application["NAME_CONTRACT_TYPE"] == "Revolving loans"
    )
    with pytest.raises(InvalidChangesError) as found:
        read([("contract", "Cash loans")], revolving)
    assert [(fault.field, fault.kind) for fault in found.value.faults] == [("duration", FaultKind.REQUIRED)]
    both = read([("contract", "Cash loans"), ("duration", 24)], revolving)
    assert both == Changes(contract="Cash loans", duration=24.0)


def test_a_down_payment_leaves_a_loan_that_can_be_granted() -> None:
    assert faults([("amount", 100_000), ("down_payment", 60_000)]) == {"down_payment": FaultKind.OUT_OF_RANGE}
    assert read([("amount", 100_000), ("down_payment", 55_000)]) == Changes(amount=100_000, down_payment=55_000)


def test_the_values_of_the_file_are_no_changes() -> None:
    services = shipped_services()
    for client in shipped_clients(Book.CURRENT, every=50):
        options = services.change_options(client, Changes())
        own = [(str(option.field), option.value) for option in options if option.value is not None]
        assert services.read_changes(client, own) == Changes()


def test_options_name_every_field_with_its_bounds() -> None:
    options = shipped_services().change_options(CLIENT, Changes())
    assert [option.field for option in options] == list(ChangeField)
    for option in options:
        assert (option.why_not is not None) or option.categories or (option.low, option.high) != (None, None)
