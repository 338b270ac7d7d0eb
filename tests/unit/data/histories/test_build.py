"""The past of hand-made clients, and of the tiny tables against plain Python."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from support.feature_tables import CLIENT, OTHER, raw_table, tiny_raw
from support.history_reference import expected_history

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.core.words import Book, ColumnUse, TableName
from scoring_dash.data.histories.build import build_histories
from scoring_dash.data.histories.layout import LAYOUTS
from scoring_dash.data.histories.store import Histories
from scoring_dash.data.schema import TABLES

BUREAU, BALANCE = TableName.BUREAU, TableName.BUREAU_BALANCE
PREVIOUS, INSTALMENTS = TableName.PREVIOUS_APPLICATION, TableName.INSTALLMENTS_PAYMENTS
CARDS = TableName.CREDIT_CARD_BALANCE
HISTORY_TABLES = (BUREAU, BALANCE, PREVIOUS, INSTALMENTS, CARDS)

Tables = Mapping[TableName, Sequence[Mapping[str, Any]]]


def build(tables: Tables, past: Sequence[int] = (CLIENT,), current: Sequence[int] = (OTHER,)) -> Histories:
    raw = {name: raw_table(name, rows) for name, rows in tables.items()}
    ids = {Book.PAST: np.array(past, dtype=np.int64), Book.CURRENT: np.array(current, dtype=np.int64)}
    return build_histories(raw, ids)


def history(tables: Tables) -> ClientHistory:
    return build(tables).of(CLIENT, Book.PAST, 0)


def credit(number: int = 1, **values: Any) -> dict[str, Any]:
    return {"SK_ID_BUREAU": number, "DAYS_CREDIT": -100, **values}


def application(number: int = 1, **values: Any) -> dict[str, Any]:
    return {"SK_ID_PREV": number, "DAYS_DECISION": -100, "FLAG_LAST_APPL_PER_CONTRACT": "Y", **values}


def payment(number: int, due: float, came: float | None, owed: float, paid: float | None, loan: int = 1) -> Any:
    return {
        **{"SK_ID_PREV": loan, "NUM_INSTALMENT_VERSION": 1.0, "NUM_INSTALMENT_NUMBER": number},
        **{"DAYS_INSTALMENT": due, "DAYS_ENTRY_PAYMENT": came, "AMT_INSTALMENT": owed, "AMT_PAYMENT": paid},
    }


def card(month: int, owed: float | None, limit: float | None, late: int | None = 0, loan: int = 1) -> dict[str, Any]:
    amounts = {"AMT_BALANCE": owed, "AMT_CREDIT_LIMIT_ACTUAL": limit}
    return {"SK_ID_PREV": loan, "MONTHS_BALANCE": month, "SK_DPD": late, **amounts}


def test_a_running_and_a_closed_credit() -> None:
    running = credit(
        **{"CREDIT_ACTIVE": "Active", "CREDIT_TYPE": "Credit card", "DAYS_CREDIT_ENDDATE": 300.0},
        **{"AMT_CREDIT_SUM": 400.0, "AMT_CREDIT_SUM_DEBT": 100.25, "AMT_CREDIT_SUM_OVERDUE": 7.0},
        CREDIT_DAY_OVERDUE=3,
    )
    closed = credit(
        2,
        **{"CREDIT_ACTIVE": "Closed", "CREDIT_TYPE": "Consumer credit", "DAYS_CREDIT": -500},
        **{"DAYS_CREDIT_ENDDATE": -200.0, "DAYS_ENDDATE_FACT": -210.0},
    )
    months = [(1, -1, "0"), (1, -2, "1"), (1, -3, "X"), (1, -4, "5"), (2, -7, "X")]
    balance = [{"SK_ID_BUREAU": number, "MONTHS_BALANCE": month, "STATUS": status} for number, month, status in months]
    found = history({BUREAU: [running, closed], BALANCE: balance})
    assert found.credits_elsewhere == (
        CreditElsewhere(-500.0, -200.0, -210.0, "Closed", "Consumer credit", None, None, None, None, None),
        CreditElsewhere(-100.0, 300.0, None, "Active", "Credit card", 400.0, 100.25, 7.0, 3.0, 2),
    )
    assert (found.client_id, found.known_tables) == (CLIENT, {BUREAU, BALANCE})


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"AMT_CREDIT_SUM_DEBT": -40.0}, "debt", 0.0),
        ({"AMT_CREDIT_SUM": 0.0}, "amount", None),
        ({"DAYS_CREDIT_ENDDATE": 31_000.0}, "planned_end_day", None),
        ({"CREDIT_ACTIVE": "Active", "DAYS_ENDDATE_FACT": -5.0}, "ended_day", None),
        ({"CREDIT_ACTIVE": "Sold", "DAYS_ENDDATE_FACT": -5.0}, "ended_day", -5.0),
        ({"CREDIT_ACTIVE": None, "DAYS_ENDDATE_FACT": -5.0}, "ended_day", -5.0),
        ({"DAYS_ENDDATE_FACT": -42_000.0}, "ended_day", None),
        ({"AMT_CREDIT_SUM": 1_234_567.5}, "amount", 1_234_567.5),
    ],
)
def test_a_credit_is_read_as_the_features_read_it(values: dict[str, Any], field: str, expected: float | None) -> None:
    (found,) = history({BUREAU: [credit(**values)]}).credits_elsewhere
    assert getattr(found, field) == expected


def test_a_credit_reported_after_the_application_was_not_known() -> None:
    assert history({BUREAU: [credit(DAYS_CREDIT_UPDATE=3)]}).credits_elsewhere == ()


def test_a_granted_a_refused_and_a_cancelled_application() -> None:
    amounts = {"AMT_APPLICATION": 480.0, "AMT_CREDIT": 960.0, "AMT_ANNUITY": 60.0, "NAME_CONTRACT_TYPE": "Cash loans"}
    paid_off = {"DAYS_DECISION": -300, "DAYS_LAST_DUE": -40.0, "DAYS_TERMINATION": -30.0}
    rows = [
        application(3, **amounts, DAYS_DECISION=-50, NAME_CONTRACT_STATUS="Refused", CODE_REJECT_REASON="HC"),
        application(1, **amounts, **paid_off, NAME_CONTRACT_STATUS="Approved", CODE_REJECT_REASON="XAP"),
        application(2, AMT_CREDIT=0.0, DAYS_DECISION=-60, NAME_CONTRACT_STATUS="Canceled", NAME_CONTRACT_TYPE="XNA"),
        application(4, FLAG_LAST_APPL_PER_CONTRACT="N"),
    ]
    assert history({PREVIOUS: rows}).past_applications == (
        PastApplication(-300.0, "Cash loans", "Approved", None, 480.0, 960.0, 60.0, -30.0),
        PastApplication(-60.0, None, "Canceled", None, None, None, None, None),
        PastApplication(-50.0, "Cash loans", "Refused", "HC", 480.0, None, 60.0, None),
    )


@pytest.mark.parametrize(
    ("last_due", "terminated", "ended"),
    [(-40.0, -30.0, -30.0), (-40.0, 365_243.0, -40.0), (365_243.0, 365_243.0, None), (20.0, None, None)],
)
def test_the_end_of_a_loan_is_the_real_date_among_two(
    last_due: float, terminated: float | None, ended: float | None
) -> None:
    row = application(NAME_CONTRACT_STATUS="Approved", DAYS_LAST_DUE=last_due, DAYS_TERMINATION=terminated)
    assert history({PREVIOUS: [row]}).past_applications[0].ended_day == ended


def test_instalments_are_summed_up_by_thirty_days() -> None:
    rows = [
        payment(1, due=-29, came=-35, owed=60.0, paid=60.0),  # early, in the last 30 days
        payment(2, due=-30, came=-24, owed=55.0, paid=55.0),  # six days late, in the 30 before
        payment(9, due=-59, came=-59, owed=55.0, paid=55.0, loan=2),  # of another loan, in time
        payment(3, due=-60, came=-58, owed=50.0, paid=50.0),
    ]
    assert history({INSTALMENTS: rows}).payments == (
        PaymentMonth(-2, 1, 1, 2.0, 50.0, 50.0),
        PaymentMonth(-1, 2, 1, 6.0, 110.0, 110.0),
        PaymentMonth(0, 1, 0, 0.0, 60.0, 60.0),
    )


def test_several_payments_of_one_instalment() -> None:
    """In parts, the last of which came late; and repeated on two lines, which is not paid twice."""
    parts = [payment(2, -80, -84, 60.0, 20.0), payment(2, -80, -74, 60.0, 40.0)]
    twice = [payment(3, -50, -50, 60.0, 60.0), payment(3, -50, -50, 60.0, 60.0)]
    assert history({INSTALMENTS: parts + twice}).payments == (
        PaymentMonth(-2, 1, 1, 6.0, 60.0, 60.0),
        PaymentMonth(-1, 1, 0, 0.0, 60.0, 60.0),
    )


def test_an_instalment_never_paid_or_not_in_full_is_late() -> None:
    """How late is not known: nothing came, or the part that came was in time."""
    never = payment(3, due=-50, came=None, owed=60.0, paid=None)
    in_part = payment(4, due=-5, came=-5, owed=60.0, paid=59.5)
    assert history({INSTALMENTS: [never, in_part]}).payments == (
        PaymentMonth(-1, 1, 1, 0.0, 60.0, 0.0),
        PaymentMonth(0, 1, 1, 0.0, 60.0, 59.5),
    )


def test_two_cards_in_a_month() -> None:
    rows = [
        *(card(-1, 40.0, 100.0, late=0, loan=1), card(-1, 10.5, 50.0, late=9, loan=2)),
        *(card(-2, None, 100.0, late=None, loan=1), card(-2, 7.0, None, late=None, loan=2)),
        *(card(-3, None, 0.0, loan=1), card(-3, None, 0.0, loan=1)),
    ]
    assert history({CARDS: rows}).card_months == (
        CardMonth(-3, None, 0.0, 0.0),
        CardMonth(-2, 7.0, 100.0, None),
        CardMonth(-1, 50.5, 150.0, 9.0),
    )


def test_a_client_without_rows_and_a_client_of_the_current_book_only() -> None:
    known = {name: [] for name in HISTORY_TABLES}
    stored = build({**known, CARDS: [{**card(-1, 1.0, 2.0), "SK_ID_CURR": OTHER}]})
    assert stored.of(CLIENT, Book.PAST, 0) == ClientHistory(CLIENT, frozenset(HISTORY_TABLES), (), (), (), ())
    assert stored.of(OTHER, Book.CURRENT, 0).card_months == (CardMonth(-1, 1.0, 2.0, 0.0),)


def test_without_a_table_its_rows_are_empty_and_it_is_not_known() -> None:
    found = history({PREVIOUS: [application()], BUREAU: [credit()]})
    assert found.known_tables == {PREVIOUS, BUREAU}
    assert (len(found.past_applications), found.payments, found.card_months) == (1, (), ())
    assert found.credits_elsewhere[0].late_months is None


def test_rows_of_strangers_are_left_out_with_their_words() -> None:
    rows = [credit(1, CREDIT_TYPE="Microloan", SK_ID_CURR=7), credit(2, CREDIT_TYPE="Mortgage")]
    stored = build({BUREAU: rows})
    assert [credit.kind for credit in stored.of(CLIENT, Book.PAST, 0).credits_elsewhere] == ["Mortgage"]
    assert stored.text_values["credits_elsewhere"]["kind"] == ("Mortgage",)
    assert len(stored.books[Book.PAST]["credits_elsewhere"].rows) == 1


def crowded(seed: int, *, clients: int = 6) -> dict[TableName, list[dict[str, Any]]]:
    """The tiny tables with so few days, months and numbers that rows meet: parts, ties, several cards a month."""
    draw = random.Random(seed)
    tables = {name: rows for name, rows in tiny_raw(clients=clients, seed=seed).items() if name in HISTORY_TABLES}
    for row in tables[INSTALMENTS] + tables[CARDS]:
        row["SK_ID_PREV"] = draw.randint(1, 2)
    for row in tables[INSTALMENTS]:
        row |= {"NUM_INSTALMENT_VERSION": draw.choice([1.0, None]), "NUM_INSTALMENT_NUMBER": draw.randint(1, 4)}
        row |= {"DAYS_INSTALMENT": -30.0 * draw.randint(0, 3), "AMT_INSTALMENT": draw.choice([10.5, 20.25, None])}
        row |= {
            "DAYS_ENTRY_PAYMENT": draw.choice([-70.0, -31.0, -30.0, None]),
            "AMT_PAYMENT": draw.choice([10.5, None]),
        }
    for row in tables[BUREAU]:
        row |= {"DAYS_CREDIT": draw.choice([-100, -200]), "DAYS_CREDIT_UPDATE": draw.choice([-9, -9, None, 4])}
        row["AMT_CREDIT_SUM_DEBT"] = draw.choice([-50.0, 0.0, 70.125, None])
    for row in tables[PREVIOUS]:
        row |= {"DAYS_DECISION": draw.choice([-100, -200]), "FLAG_LAST_APPL_PER_CONTRACT": draw.choice("YYYN")}
    return tables


def clients_of(tables: Tables) -> list[int]:
    return sorted({row["SK_ID_CURR"] for rows in tables.values() for row in rows if "SK_ID_CURR" in row})


@pytest.mark.parametrize("tables", [tiny_raw(clients=24, seed=3), crowded(4, clients=24), crowded(5, clients=24)])
def test_every_client_has_the_history_of_plain_python(tables: Tables) -> None:
    ids = clients_of(tables)
    books = {Book.PAST: ids[::2], Book.CURRENT: ids[1::2]}
    stored = build(tables, books[Book.PAST], books[Book.CURRENT])
    for book, members in books.items():
        for place, client in enumerate(members):
            assert stored.of(client, book, place) == expected_history(tables, client)


def bytes_of(stored: Histories) -> list[bytes]:
    arrays = [stored.books[book][kind] for book in Book for kind in LAYOUTS]
    return [content for each in arrays for content in (each.rows.tobytes(), each.starts.tobytes())]


def test_the_order_of_the_tables_changes_no_byte() -> None:
    tables = crowded(6)
    ids, draw = clients_of(tables), random.Random(6)
    shuffled = {name: draw.sample(rows, len(rows)) for name, rows in tables.items()}
    assert bytes_of(build(shuffled, ids)) == bytes_of(build(tables, ids))


def test_columns_that_the_law_forbids_change_no_byte() -> None:
    tables = crowded(7)
    ids = clients_of(tables)
    forbidden = {
        name: [column.name for column in TABLES[name].columns if column.use is ColumnUse.FORBIDDEN]
        for name in HISTORY_TABLES
    }
    assert any(forbidden.values())
    emptied = {name: [row | dict.fromkeys(forbidden[name]) for row in rows] for name, rows in tables.items()}
    assert bytes_of(build(emptied, ids)) == bytes_of(build(tables, ids))
