"""Stored histories: what is written is read, and what does not fit is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from support.tiny_histories import KNOWN, tiny_histories

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.core.words import Book
from scoring_dash.data.histories.layout import LAYOUTS
from scoring_dash.data.histories.store import RowsByClient, read_histories, write_histories
from scoring_dash.data.store import read_portfolio

EXPECTED = ClientHistory(
    client_id=7,
    known_tables=KNOWN,
    credits_elsewhere=(
        CreditElsewhere(-500.0, -200.0, -210.0, "Closed", "Credit card", 600.25, 0.0, 7.0, 3.0, 2),
        CreditElsewhere(-100.0, None, None, None, None, None, None, None, None, None),
    ),
    past_applications=(
        PastApplication(-300.0, "Cash loans", "Approved", None, 480.0, 960.0, 60.0, -30.0),
        PastApplication(-50.0, None, "Refused", "HC", None, None, None, None),
    ),
    payments=(PaymentMonth(-6, 1, 0, 0.0, 60.0, 60.0), PaymentMonth(0, 2, 1, 6.0, 120.0, 90.5)),
    card_months=(CardMonth(-2, 50.0, 100.0, 9.0), CardMonth(-1, None, None, None)),
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Directory of histories of three past and two current clients."""
    write_histories(tiny_histories(past=3, current=2), tmp_path)
    return tmp_path


def test_what_is_written_is_read(written: Path) -> None:
    histories = read_histories(written)
    for book, clients in ((Book.PAST, 3), (Book.CURRENT, 2)):
        histories.check_clients(book, clients)
        assert histories.of(7, book, 1) == EXPECTED
        assert histories.of(6, book, 0) == ClientHistory(6, KNOWN, (), (), (), ())
    assert histories.of(8, Book.PAST, 2) == ClientHistory(8, KNOWN, (), (), (), ())


def test_numbers_are_read_in_their_types() -> None:
    """JSON tells 3 from 3.0: a count is whole, an amount and a day are not."""
    histories = tiny_histories(past=2, current=2).of(7, Book.PAST, 1)
    assert [type(value) for value in vars_of(histories.payments[0])] == [int, int, int, float, float, float]
    assert type(histories.credits_elsewhere[0].late_months) is int
    assert type(histories.credits_elsewhere[0].days_overdue) is float


def test_an_amount_is_read_as_the_file_wrote_it() -> None:
    """A float32 of 4455.13 is 4455.1298828125."""
    rows = np.array([(-1, 4_455.13, 123_456.78, 0)], dtype=LAYOUTS["card_months"].dtype)
    (month,) = LAYOUTS["card_months"].read(rows, {})
    assert (month.balance, month.limit) == (4_455.13, 123_456.78)


def test_rows_stay_on_disk_until_they_are_read(written: Path) -> None:
    rows = read_histories(written).books[Book.PAST]["payments"].rows
    assert isinstance(rows.base, np.memmap)


def test_a_layout_has_the_fields_of_its_record() -> None:
    for kind, layout in LAYOUTS.items():
        assert list(layout.fields) == [field.name for field in fields(layout.record)]
        assert kind in ClientHistory.__annotations__


def test_clients_can_be_taken_again_and_in_another_order() -> None:
    stored = RowsByClient(tiny_rows(10, 20, 21), np.array([0, 1, 1, 3], dtype=np.int32))
    taken = stored.at(np.array([2, 1, 0, 2]))
    assert [taken.of(place)["balance"].tolist() for place in range(4)] == [[20, 21], [], [10], [20, 21]]
    both = tiny_histories(past=3, current=2).at({Book.PAST: np.array([1, 1]), Book.CURRENT: np.array([0])})
    assert [both.of(7, Book.PAST, place) for place in (0, 1)] == [EXPECTED, EXPECTED]
    assert both.of(7, Book.CURRENT, 0).payments == ()


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ([0, 2, 1, 2], "not ascending numbers from 0"),
        ([1, 1, 2, 2], "not ascending numbers from 0"),
        ([], "not ascending numbers from 0"),
        ([[0, 2]], "not ascending numbers from 0"),
        ([0, 1, 3], "holds 2 rows, its starts 3"),
        ([0, 1, 1], "holds 2 rows, its starts 1"),
    ],
)
def test_starts_that_do_not_fit_are_refused(starts: list[int], said: str) -> None:
    rows = np.zeros(2, dtype=LAYOUTS["payments"].dtype)
    with pytest.raises(ArtifactError, match=f"{said}.*Train again"):
        RowsByClient(rows, np.array(starts, dtype=np.int32))


def test_another_number_of_clients_is_refused() -> None:
    with pytest.raises(ArtifactError, match="current credits_elsewhere belong to 2 clients; its client_ids are 5"):
        tiny_histories(past=3, current=2).check_clients(Book.CURRENT, 5)


def swapped(folder: Path) -> None:
    np.save(folder / "payments.npy", np.load(folder / "card_months.npy"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "payments.npy").unlink(), "payments.npy: cannot be read as an array"),
        (lambda folder: (folder / "payments_starts.npy").write_bytes(b"x"), "payments.npy: cannot be read"),
        (lambda folder: np.save(folder / "payments_starts.npy", np.array([0, 1])), "payments.npy: A history holds 2"),
        (swapped, "payments.npy: holds .*; expected .*most_days_late"),
    ],
)
def test_damaged_arrays_are_refused(written: Path, damage: Callable[[Path], object], said: str) -> None:
    damage(written / "past" / "histories")
    with pytest.raises(ArtifactError, match=f"{said}.*Train again"):
        read_histories(written)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tables", ["bureaux"]),
        ("tables", None),
        ("text_values", {"credits_elsewhere": {"state": ["Active"]}}),
        ("text_values", None),
    ],
)
def test_a_description_that_does_not_fit_is_refused(written: Path, name: str, value: object) -> None:
    path = written / "histories.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))
    with pytest.raises(ArtifactError, match=r"histories\.json: cannot be read .*Train again"):
        read_histories(written)


def tiny_rows(*balances: float) -> np.ndarray:
    return np.array([(-1, balance, 0, 0) for balance in balances], dtype=LAYOUTS["card_months"].dtype)


def test_a_portfolio_of_before_the_histories_must_be_trained_again(tiny_artifacts: Path, tmp_path: Path) -> None:
    version = next((tiny_artifacts / "versions").iterdir())
    portfolio = Path(shutil.copytree(version / "portfolio", tmp_path / "portfolio"))
    (portfolio / "histories.json").unlink()
    for folder in portfolio.glob("*/histories"):
        shutil.rmtree(folder)
    with pytest.raises(ArtifactError, match=r"histories\.json: cannot be read .*Train again"):
        read_portfolio(portfolio)


def vars_of(record: object) -> list[object]:
    return [getattr(record, field.name) for field in fields(record)]  # type: ignore[arg-type]
