"""A client's past in plain Python, one row after the other: slow and obvious, what the stored histories must repeat."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES

Row = Mapping[str, Any]
Rows = Mapping[TableName, Sequence[Row]]


def expected_history(tables: Rows, client: int) -> ClientHistory:
    """The past of one client out of raw rows; every row names its client and all that is known."""
    cleaned = {name: [_cleaned(name, row) for row in rows] for name, rows in tables.items()}
    own = {name: [row for row in rows if row.get("SK_ID_CURR") == client] for name, rows in cleaned.items()}
    return ClientHistory(
        client,
        frozenset(tables),
        _credits(own.get(TableName.BUREAU, []), cleaned.get(TableName.BUREAU_BALANCE, [])),
        _applications(own.get(TableName.PREVIOUS_APPLICATION, [])),
        _payments(own.get(TableName.INSTALLMENTS_PAYMENTS, [])),
        _cards(own.get(TableName.CREDIT_CARD_BALANCE, [])),
    )


def _credits(rows: list[Row], months: list[Row]) -> tuple[CreditElsewhere, ...]:
    known = [row for row in rows if row["DAYS_CREDIT"] <= 0 and (row["DAYS_CREDIT_UPDATE"] or 0) <= 0]
    known.sort(key=lambda row: (row["DAYS_CREDIT"], row["SK_ID_BUREAU"]))
    credits = []
    for row in known:
        end = row["DAYS_CREDIT_ENDDATE"]
        own = [month["STATUS"] for month in months if month["SK_ID_BUREAU"] == row["SK_ID_BUREAU"]]
        told = [status for status in own if status != "X"]
        debt = row["AMT_CREDIT_SUM_DEBT"]
        credits.append(
            CreditElsewhere(
                opened_day=row["DAYS_CREDIT"],
                planned_end_day=None if end is None or end > 50 * 365 else end,
                ended_day=None if row["CREDIT_ACTIVE"] == "Active" else row["DAYS_ENDDATE_FACT"],
                state=row["CREDIT_ACTIVE"],
                kind=row["CREDIT_TYPE"],
                amount=_sum_of([row["AMT_CREDIT_SUM"] or None]),
                debt=_sum_of([None if debt is None else max(debt, 0.0)]),
                overdue=_sum_of([row["AMT_CREDIT_SUM_OVERDUE"]]),
                days_overdue=row["CREDIT_DAY_OVERDUE"],
                late_months=sum(status in "12345" for status in told) if told else None,
            )
        )
    return tuple(credits)


def _applications(rows: list[Row]) -> tuple[PastApplication, ...]:
    counted = [row for row in rows if row["FLAG_LAST_APPL_PER_CONTRACT"] == "Y" and row["DAYS_DECISION"] <= 0]
    counted.sort(key=lambda row: (row["DAYS_DECISION"], row["SK_ID_PREV"]))
    found = []
    for row in counted:
        ends = [day for day in (row["DAYS_TERMINATION"], row["DAYS_LAST_DUE"]) if day is not None and day <= 0]
        was_granted = row["NAME_CONTRACT_STATUS"] in ("Approved", "Unused offer")
        found.append(
            PastApplication(
                decided_day=row["DAYS_DECISION"],
                contract=row["NAME_CONTRACT_TYPE"],
                status=row["NAME_CONTRACT_STATUS"],
                refusal_reason=row["CODE_REJECT_REASON"],
                asked=_stored(row["AMT_APPLICATION"]),
                granted=_stored(row["AMT_CREDIT"]) if was_granted else None,
                instalment=_stored(row["AMT_ANNUITY"]),
                ended_day=ends[0] if ends else None,
            )
        )
    return tuple(found)


def _payments(rows: list[Row]) -> tuple[PaymentMonth, ...]:
    due = [row for row in rows if row["DAYS_INSTALMENT"] is not None and row["DAYS_INSTALMENT"] <= 0]
    parts = _grouped(due, "SK_ID_PREV", "NUM_INSTALMENT_VERSION", "NUM_INSTALMENT_NUMBER")
    months = defaultdict(list)
    for instalment in map(_instalment, parts.values()):
        months[-math.floor(instalment["ago"] / 30)].append(instalment)
    return tuple(
        PaymentMonth(
            month=month,
            due=len(items),
            late=sum(item["delay"] > 0 or item["missing"] > 0 for item in items),
            most_days_late=max(item["delay"] for item in items),
            amount_due=_stored(sum(item["paid"] + item["missing"] for item in items) / 1000),
            amount_paid=_stored(sum(item["paid"] for item in items) / 1000),
        )
        for month, items in sorted(months.items())
    )


def _instalment(parts: list[Row]) -> dict[str, float]:
    """One instalment: its day, the days from there to its last payment, what was paid of it and what was not."""
    day = min(row["DAYS_INSTALMENT"] for row in parts)
    came = [row for row in parts if row["DAYS_ENTRY_PAYMENT"] is not None and row["DAYS_ENTRY_PAYMENT"] <= 0]
    delay = max(row["DAYS_ENTRY_PAYMENT"] for row in came) - day if came else 0
    sums = [_thousandths(row["AMT_INSTALMENT"]) for row in parts if row["AMT_INSTALMENT"] is not None]
    if not sums:
        return {"ago": -day, "delay": max(delay, 0), "paid": 0, "missing": 0}
    paid = sum(_thousandths(row["AMT_PAYMENT"]) for row in came if row["AMT_PAYMENT"] is not None)
    due = max(sums)
    return {"ago": -day, "delay": max(delay, 0), "paid": min(paid, due), "missing": max(due - paid, 0)}


def _cards(rows: list[Row]) -> tuple[CardMonth, ...]:
    months: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for (_, month), listed in _grouped(rows, "SK_ID_PREV", "MONTHS_BALANCE").items():
        columns = ("AMT_BALANCE", "AMT_CREDIT_LIMIT_ACTUAL", "SK_DPD")
        months[month].append({name: _known(max, (row[name] for row in listed)) for name in columns})
    return tuple(
        CardMonth(
            month,
            _sum_of(card["AMT_BALANCE"] for card in cards),
            _sum_of(card["AMT_CREDIT_LIMIT_ACTUAL"] for card in cards),
            _known(max, (card["SK_DPD"] for card in cards)),
        )
        for month, cards in sorted(months.items())
    )


def _grouped(rows: list[Row], *keys: str) -> dict[tuple[Hashable, ...], list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _known(function: Any, values: Iterable[Any]) -> Any:
    found = [value for value in values if value is not None]
    return function(found) if found else None


def _sum_of(amounts: Iterable[float | None]) -> float | None:
    """The sum of the known amounts, in the thousandths that the features count in."""
    total = _known(sum, (None if amount is None else _thousandths(amount) for amount in amounts))
    return None if total is None else _stored(total / 1000)


def _thousandths(amount: float) -> int:
    """Halves away from zero, as engines round."""
    return int(math.copysign(math.floor(abs(amount * 1000) + 0.5), amount))


def _stored(amount: float | None) -> float | None:
    """An amount as the store gives it back: a float32, in cents."""
    return None if amount is None else float(np.round(np.float64(np.float32(amount)), 2))


def _cleaned(name: TableName, row: Row) -> dict[str, Any]:
    columns = {column.name: column for column in TABLES[name].columns}
    return {column: _clean(columns[column], row.get(column)) for column in columns}


def _clean(column: Any, value: Any) -> Any:
    is_code = value in column.sentinels
    is_absurd = value is not None and column.implausible_below is not None and value < column.implausible_below
    return None if is_code or is_absurd else value
