"""From raw tables to the stored histories: the rows that the score counts, in figures that a person reads.

Every rule is that of the features: rows dated after the application are left out, a debt below zero is none, an end
more than 50 years ahead is no end, an instalment paid in parts is late by its last part, and payments count up to the
sum due. Two words of the bureau and of ours are taken at their meaning: a credit that still runs has not ended, and of
an application that was refused or cancelled nothing was granted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scoring_dash.core.words import Book, TableName
from scoring_dash.data.clean import clean
from scoring_dash.data.features import installments
from scoring_dash.data.features.exact import amount, in_thousandths
from scoring_dash.data.features.formulas import or_zero
from scoring_dash.data.features.past_rows import credits, previous
from scoring_dash.data.features.registry import CLIENT_KEY
from scoring_dash.data.histories.layout import LAYOUTS, MISSING_COUNT, MISSING_TEXT, Layout, Storage
from scoring_dash.data.histories.store import STARTS_TYPE, Histories, RowsByClient

_MONTH_DAYS: Final = 30
_RUNNING: Final = "Active"
_GRANTED: Final = ("Approved", "Unused offer")

Tables = Mapping[TableName, ibis.Table]


def build_histories(tables: Tables, client_ids: Mapping[Book, NDArray[np.int64]]) -> Histories:
    """Compute the past of every client of both books.

    The same tables give the same bytes, whatever the order of their rows.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read; they are cleaned here. A kind of row whose table is absent is left empty.
    client_ids : mapping of Book to (n,) int64, strictly ascending
        The clients of each book; rows of other clients are left out.
    """
    cleaned = {name: clean(table, name) for name, table in tables.items()}
    known = np.concatenate(list(client_ids.values()))
    books: dict[Book, dict[str, RowsByClient]] = {book: {} for book in client_ids}
    text_values: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind, layout in LAYOUTS.items():
        found = _read(_SOURCES[kind], layout, cleaned, known)
        text_values[kind] = {name: _names(found[name]) for name in layout.texts}
        owners = found[CLIENT_KEY].to_numpy().astype(np.int64, copy=False)
        rows = _packed(found, layout, text_values[kind])
        for book, ids in client_ids.items():
            books[book][kind] = _of_book(rows, owners, ids)
    return Histories(books, text_values, frozenset(tables))


@dataclass(frozen=True, slots=True)
class _Source:
    """Where rows come from.

    Attributes
    ----------
    prepare : callable
        From cleaned tables to ``SK_ID_CURR`` and the fields of the layout.
    order : tuple of str
        Columns that sort a client's rows, oldest first, without ties.
    """

    table: TableName
    prepare: Callable[[Tables], ibis.Table]
    order: tuple[str, ...]


def _credits_elsewhere(tables: Tables) -> ibis.Table:
    rows = credits.prepare(tables)
    states = tables[TableName.BUREAU].select("SK_ID_BUREAU", state="CREDIT_ACTIVE")
    rows = rows.left_join(states, "SK_ID_BUREAU").select(*rows.columns, "state")
    has_months = TableName.BUREAU_BALANCE in tables
    return rows.select(
        CLIENT_KEY,
        "SK_ID_BUREAU",
        "state",
        "kind",
        "debt",
        "overdue",
        opened_day=0 - rows.days_ago,
        planned_end_day=rows.ends,
        ended_day=(rows.state == _RUNNING).fill_null(False).ifelse(None, 0 - rows.closed),
        amount=rows.granted,
        days_overdue=rows.overdue_days,
        late_months=(rows.known_months > 0).ifelse(rows.late_months, None) if has_months else ibis.null("int64"),
    )


def _past_applications(tables: Tables) -> ibis.Table:
    # Without the other tables, the sums over repayments are not even looked for.
    rows = previous.prepare({TableName.PREVIOUS_APPLICATION: tables[TableName.PREVIOUS_APPLICATION]})
    return rows.select(
        CLIENT_KEY,
        "SK_ID_PREV",
        "status",
        "asked",
        "instalment",
        decided_day=0 - rows.days_ago,
        contract=rows.contract_type,
        refusal_reason=rows.reject_reason,
        granted=rows.status.isin(_GRANTED).ifelse(rows.granted, None),
        ended_day=rows.ended.fill_null(rows.last_due),
    )


def _payments(tables: Tables) -> ibis.Table:
    rows = installments.prepare({TableName.INSTALLMENTS_PAYMENTS: tables[TableName.INSTALLMENTS_PAYMENTS]})
    rows = rows.mutate(
        # Of whole days that are never negative: days 0 to 29 ago are month 0.
        month=0 - (rows.due_ago // _MONTH_DAYS),
        is_late=or_zero(rows.days_late) + or_zero(rows.short) > 0,
        paid=or_zero(rows.credited),
    )
    return rows.group_by([CLIENT_KEY, "month"]).aggregate(
        due=rows.count(),
        late=rows.count(where=rows.is_late),
        most_days_late=or_zero(rows.days_late.max()),
        # What was paid and what is still missing make up the sum due.
        amount_due=amount((rows.paid + or_zero(rows.short)).sum()),
        amount_paid=amount(rows.paid.sum()),
    )


def _card_months(tables: Tables) -> ibis.Table:
    months = tables[TableName.CREDIT_CARD_BALANCE]
    months = months.filter(months.MONTHS_BALANCE <= 0)
    # A month listed twice counts once, with the higher of each figure, as in the features.
    cards = months.group_by([CLIENT_KEY, "SK_ID_PREV", "MONTHS_BALANCE"]).aggregate(
        owed=in_thousandths(months.AMT_BALANCE).max(),
        ceiling=in_thousandths(months.AMT_CREDIT_LIMIT_ACTUAL.cast("float64")).max(),
        days_late=months.SK_DPD.max(),
    )
    return cards.group_by([CLIENT_KEY, "MONTHS_BALANCE"]).aggregate(
        month=cards.MONTHS_BALANCE.max(),
        balance=amount(cards.owed.sum()),
        limit=amount(cards.ceiling.sum()),
        days_late=cards.days_late.max(),
    )


_SOURCES: Final[Mapping[str, _Source]] = {
    "credits_elsewhere": _Source(TableName.BUREAU, _credits_elsewhere, ("opened_day", "SK_ID_BUREAU")),
    "past_applications": _Source(TableName.PREVIOUS_APPLICATION, _past_applications, ("decided_day", "SK_ID_PREV")),
    "payments": _Source(TableName.INSTALLMENTS_PAYMENTS, _payments, ("month",)),
    "card_months": _Source(TableName.CREDIT_CARD_BALANCE, _card_months, ("month",)),
}

_STORED_TYPES: Final[Mapping[Storage, str]] = {
    Storage.NUMBER: "float32",
    Storage.DELAY: "uint16",
    Storage.COUNT: "uint16",
    Storage.MONTH: "int16",
    Storage.TEXT: "string",
}


def _read(source: _Source, layout: Layout, tables: Tables, known: NDArray[np.int64]) -> pa.Table:
    """Rows of the known clients, sorted; ``SK_ID_CURR`` and the fields in the types that they are stored in."""
    if source.table not in tables:
        names = {CLIENT_KEY: "int64"} | {name: _STORED_TYPES[storage] for name, storage in layout.fields.items()}
        return ibis.schema(names).to_pyarrow().empty_table()
    rows = source.prepare(tables).order_by(CLIENT_KEY, *source.order)
    fields = {name: rows[name].cast(_STORED_TYPES[storage]) for name, storage in layout.fields.items()}
    found = rows.select(CLIENT_KEY, **fields).to_pyarrow()
    return found.filter(pc.is_in(found[CLIENT_KEY], value_set=pa.array(known)))


def _names(column: pa.ChunkedArray) -> tuple[str, ...]:
    return tuple(sorted(column.unique().drop_null().to_pylist()))


def _packed(found: pa.Table, layout: Layout, text_values: Mapping[str, tuple[str, ...]]) -> NDArray[np.void]:
    rows = np.empty(len(found), dtype=layout.dtype)
    for name, storage in layout.fields.items():
        rows[name] = _encoded(found[name], storage, text_values.get(name, ()))
    return rows


def _encoded(column: pa.ChunkedArray, storage: Storage, names: tuple[str, ...]) -> NDArray[Any]:
    if storage is Storage.NUMBER:
        # Arrow writes NaN for null. Adding zero turns -0.0 into 0.0: equal numbers must have equal bits.
        return np.add(column.to_numpy(), np.float32(0))
    if storage is Storage.TEXT:
        places = pc.index_in(column, value_set=pa.array(names, pa.string()))
        return pc.fill_null(places, MISSING_TEXT).to_numpy()
    return column.to_numpy() if storage is Storage.MONTH else pc.fill_null(column, MISSING_COUNT).to_numpy()


def _of_book(rows: NDArray[np.void], owners: NDArray[np.int64], client_ids: NDArray[np.int64]) -> RowsByClient:
    """The rows of some clients, in their order; ``owners`` is (n_rows,), ascending."""
    members = np.isin(owners, client_ids)
    ends = np.searchsorted(owners[members], client_ids, side="right")
    return RowsByClient(rows[members], np.concatenate([[0], ends]).astype(STARTS_TYPE))
