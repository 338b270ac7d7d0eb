from __future__ import annotations

from typing import Any

import ibis
import pytest
from ibis.config import Config
from support.lineage import lineage, unbound
from support.past_rows import rows_of, shown

from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.features.past_rows.scores import SOURCES
from scoring_dash.data.schema import TABLES

PREVIOUS, BUREAU = TableName.PREVIOUS_APPLICATION, TableName.BUREAU
INSTALMENTS, POS, CARD = (
    TableName.INSTALLMENTS_PAYMENTS,
    TableName.POS_CASH_BALANCE,
    TableName.CREDIT_CARD_BALANCE,
)
KEYS = {"SK_ID_CURR", "SK_ID_PREV", "SK_ID_BUREAU", "NUM_INSTALMENT_NUMBER", "NUM_INSTALMENT_VERSION"}
EACH = pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.table)


def application(number: int, ago: int, **values: object) -> dict[str, object]:
    return {"SK_ID_CURR": 1, "SK_ID_PREV": number, "DAYS_DECISION": -ago, "FLAG_LAST_APPL_PER_CONTRACT": "Y", **values}


def paid(loan: int, number: int, due: int, on: int) -> dict[str, object]:
    return {
        "SK_ID_CURR": 1,
        "SK_ID_PREV": loan,
        "NUM_INSTALMENT_VERSION": 1.0,
        "NUM_INSTALMENT_NUMBER": number,
        "DAYS_INSTALMENT": float(-due),
        "DAYS_ENTRY_PAYMENT": float(-on),
        "AMT_INSTALMENT": 100.0,
        "AMT_PAYMENT": 80.0,
    }


def only(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_a_past_application_has_its_own_columns() -> None:
    row = application(
        7,
        90,
        NAME_CONTRACT_STATUS="Approved",
        AMT_APPLICATION=900.0,
        AMT_CREDIT=1000.0,
        AMT_ANNUITY=110.0,
        CNT_PAYMENT=10.0,
        DAYS_LAST_DUE_1ST_VERSION=30.0,
        DAYS_LAST_DUE=-20.0,
        DAYS_TERMINATION=365243.0,
    )
    (found,) = shown(rows_of(PREVIOUS, {PREVIOUS: [row]}))
    assert (found["days_ago"], found["status"], found["asked"]) == (90, "Approved", 900)
    assert found["rate"] == pytest.approx(0.01)
    assert found["asked_to_granted"] == pytest.approx(0.9)
    assert found["granted_to_instalment"] == pytest.approx(1000 / 110)
    assert (found["planned_end"], found["last_due"], found["early"], found["ended"]) == (30, -20, 50, None)
    assert found["reject_reason"] is None and "pos_months" not in found


def test_what_happened_after_the_application_is_not_known() -> None:
    future = application(7, 90, DAYS_LAST_DUE=5.0, DAYS_LAST_DUE_1ST_VERSION=30.0, DAYS_TERMINATION=8.0)
    (found,) = shown(rows_of(PREVIOUS, {PREVIOUS: [future, application(8, -1)]}))
    assert (found["last_due"], found["ended"], found["early"], found["planned_end"]) == (None, None, None, 30)


def test_only_the_last_application_of_a_contract_counts() -> None:
    slip = {**application(8, 90), "FLAG_LAST_APPL_PER_CONTRACT": "N"}
    assert len(shown(rows_of(PREVIOUS, {PREVIOUS: [application(7, 90), slip]}))) == 1


def test_repayments_go_to_their_loan() -> None:
    found = shown(
        rows_of(
            PREVIOUS,
            {
                PREVIOUS: [application(7, 90), application(8, 50), application(9, 40)],
                INSTALMENTS: [paid(7, 1, 60, 50), paid(7, 2, 30, 32), paid(8, 1, 20, 20)],
                POS: [
                    {"SK_ID_CURR": 1, "SK_ID_PREV": 7, "MONTHS_BALANCE": -ago, "SK_DPD": late, "SK_DPD_DEF": 0}
                    for ago, late in ((1, 0), (2, 9))
                ],
                CARD: [
                    {
                        "SK_ID_CURR": 1,
                        "SK_ID_PREV": 9,
                        "MONTHS_BALANCE": -ago,
                        "AMT_BALANCE": balance,
                        "AMT_CREDIT_LIMIT_ACTUAL": 100.0,
                        "SK_DPD": 0,
                    }
                    for ago, balance in ((1, 20.0), (12, 60.0))
                ],
            },
        )
    )
    # The latest application comes first: 9, 8, 7.
    columns = ("instalment_count", "instalment_late_share", "instalment_days_late_max", "instalment_short")
    assert only(found, *columns) == [(None, None, None, None), (1, 0, 0, 20), (2, 0.5, 10, 40)]
    assert only(found, "pos_months", "pos_late_share", "pos_days_late_max") == [(None,) * 3, (None,) * 3, (2, 0.5, 9)]
    card = found[0]
    assert (card["card_months"], card["card_balance_max"], card["card_late_share"]) == (2, 60, 0)
    assert card["card_use_max"] == pytest.approx(0.6) and card["card_use_mean_6m"] == pytest.approx(0.2)


def test_a_credit_elsewhere_has_its_own_months() -> None:
    credits = [
        {
            "SK_ID_CURR": 1,
            "SK_ID_BUREAU": number,
            "DAYS_CREDIT": -ago,
            "CREDIT_ACTIVE": state,
            "CREDIT_TYPE": "Microloan",
            "AMT_CREDIT_SUM": 200.0,
            "AMT_CREDIT_SUM_DEBT": 50.0,
        }
        for number, ago, state in ((5, 400, "Closed"), (6, 100, "Active"))
    ]
    months = [
        {"SK_ID_BUREAU": 5, "MONTHS_BALANCE": -ago, "STATUS": status} for ago, status in ((0, "C"), (1, "0"), (2, "1"))
    ]
    found = shown(rows_of(BUREAU, {BUREAU: credits, TableName.BUREAU_BALANCE: months}))
    assert only(found, "days_ago", "is_active", "is_closed") == [(100, 1, 0), (400, 0, 1)]
    assert only(found, "kind", "debt", "left", "used") == [("Microloan", 50, 150, 0.25)] * 2
    assert only(found, "known_months", "late_months", "months_since_late") == [(None, None, None), (3, 1, 2)]
    assert found[1]["late_month_share"] == pytest.approx(1 / 3)


def test_an_instalment_is_late_or_short_on_its_own() -> None:
    found = shown(rows_of(INSTALMENTS, {INSTALMENTS: [paid(7, 1, 60, 50), paid(7, 2, 30, 32), paid(8, 1, 20, 20)]}))
    assert only(found, "days_ago", "late", "days_late", "due", "short") == [
        (20, 0, 0, 100, 20),
        (30, -2, 0, 100, 20),
        (60, 10, 10, 100, 20),
    ]
    assert only(found, "on_latest_loan") == [(1,), (0,), (0,)]
    assert "contract_type" not in found[0]


@EACH
def test_every_input_declares_what_it_reads_and_nothing_is_forbidden(source: Any) -> None:
    """Follow each input down to the raw columns: neither more nor less than declared."""
    prepared = source.prepare({name: unbound(name) for name in TABLES})
    assert len({item.name for item in source.inputs}) == len(source.inputs)
    for item in source.inputs:
        read = {pair for pair in lineage(prepared[item.name].op()) if pair[1] not in KEYS}
        declared = {(str(table), column) for table, column in source.raw_columns(item)}
        assert read <= declared, item.name
        # A number of rows reads no column; the declared one stands for the row.
        assert not read or {pair for pair in declared if pair[1] not in KEYS} <= read, item.name
        assert item.is_categorical is prepared[item.name].type().is_string(), item.name
        for table, column in source.raw_columns(item):
            assert TABLES[table].column(column).use is not ColumnUse.FORBIDDEN, item.name


@EACH
def test_inputs_need_their_tables(source: Any) -> None:
    alone = {item.name for item in source.available_inputs({source.table})}
    with_all = {item.name for item in source.available_inputs(set(TableName))}
    assert "days_ago" in alone and alone < with_all == {item.name for item in source.inputs}
    assert source.available_inputs(set(TableName) - {source.table}) == ()
    assert alone <= set(source.prepare({source.table: unbound(source.table)}).columns)


class _PySparkOptions(Config):
    """What the Spark backend would register; only its compiler is needed here."""

    treat_nan_as_null: bool = False


@EACH
def test_every_source_can_be_said_to_spark(source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", _PySparkOptions())
    rows = source.prepare({name: unbound(name) for name in TABLES})
    assert "ROW_NUMBER" in ibis.to_sql(rows, dialect="pyspark")
