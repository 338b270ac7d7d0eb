"""Checks of loaded tables: values, keys, classes, and how the tables fit together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from scoring_dash.core.errors import Fault
from scoring_dash.core.words import TableName
from scoring_dash.data.reading.sources import FileForm, Source
from scoring_dash.data.reading.values import allowed_values, counted, is_in_range, remedy_for, shorten
from scoring_dash.data.schema import Column, ColumnKind, Table

APPLICATIONS: Final = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)
_SHOWN_CATEGORIES: Final = 5


def check_table(loaded: ir.Table, source: Source, table: Table) -> tuple[list[Fault], list[str]]:
    """Check the values of one loaded table.

    Returns
    -------
    faults : list of Fault
        Empty cells, values out of range, duplicated keys, no rows.
    notices : list of str
        Unknown categories; a history table without rows.
    """
    summary = _summarise(loaded, table)
    if summary["rows"] == 0:
        if source.table in APPLICATIONS:
            return [Fault(source.shown, "has a header but no rows", remedy="Copy or download the file again")], []
        return [], [f"{source.shown} has a header but no rows."]
    faults = [
        *_value_faults(loaded, source, table, summary),
        *_key_faults(loaded, source, table),
    ]
    return faults, _unknown_categories(loaded, source, table, summary)


def check_outcomes(loaded: ir.Table, source: Source) -> list[Fault]:
    """Check that both outcomes are among the past files: nothing can be learnt from one alone."""
    outcomes = [row["TARGET"] for row in loaded.select("TARGET").distinct().limit(3).to_pyarrow().to_pylist()]
    if len(outcomes) != 1:
        return []
    return [
        Fault(
            source.shown,
            f"has the same outcome in every row ({counted(loaded.count().to_pyarrow().as_py(), 'row')})",
            column="TARGET",
            value=shorten(outcomes[0]),
            allowed="rows with 0 (repaid) and rows with 1 (payment difficulties)",
            remedy="Add past files of both outcomes",
        )
    ]


def check_clients_apart(loaded: Mapping[TableName, ir.Table], sources: Mapping[TableName, Source]) -> list[Fault]:
    """Check that no client is both among the past files and among the current ones."""
    past, current = (loaded.get(name) for name in APPLICATIONS)
    if past is None or current is None:
        return []
    both = past.select("SK_ID_CURR").semi_join(current.select("SK_ID_CURR"), "SK_ID_CURR")
    found = _one_row(both.aggregate(clients=both.count(), first=both.SK_ID_CURR.min()))
    if not found["clients"]:
        return []
    return [
        Fault(
            sources[TableName.APPLICATION_TEST].shown,
            f"holds {counted(found['clients'], 'client')} also in {TableName.APPLICATION_TRAIN}",
            column="SK_ID_CURR",
            value=shorten(found["first"]),
            allowed="each client in one of the two tables",
            remedy="Remove them from one of the two tables",
        )
    ]


def orphan_notices(loaded: Mapping[TableName, ir.Table], sources: Mapping[TableName, Source]) -> list[str]:
    """Tell which history tables mostly concern clients that are not in the application tables.

    Some are normal: the original history tables hold clients that the application tables lack.
    """
    applications = [loaded[name].select("SK_ID_CURR") for name in APPLICATIONS if name in loaded]
    known = applications[0] if len(applications) == 1 else ibis.union(*applications)
    notices = []
    for name, table in loaded.items():
        if name in APPLICATIONS:
            continue
        if name is TableName.BUREAU_BALANCE:
            if TableName.BUREAU not in loaded:
                notices.append(f"{sources[name].shown} cannot be linked to clients: {TableName.BUREAU} is absent.")
                continue
            notices += _orphans(table, loaded[TableName.BUREAU].select("SK_ID_BUREAU"), sources[name], "credits")
        else:
            notices += _orphans(table, known, sources[name], "clients")
    return notices


def _orphans(table: ir.Table, known: ir.Table, source: Source, what: str) -> list[str]:
    key = known.columns[0]
    rows = table.count().to_pyarrow().as_py()
    orphans = table.anti_join(known, key).count().to_pyarrow().as_py()
    if orphans <= rows / 2:
        return []
    share = f"{orphans:,} of {counted(rows, 'row')}"
    return [f"{source.shown}: {share} concern {what} that are in no other table; they are ignored."]


def _summarise(loaded: ir.Table, table: Table) -> dict[str, Any]:
    """Count rows, known values and unknown categories and find the extremes of each column, in one scan."""
    measures: dict[str, ir.Value] = {"rows": loaded.count()}
    for position, column in enumerate(table.columns):
        value = loaded[column.name]
        measures[f"known_{position}"] = value.count()
        if column.kind is ColumnKind.TEXT:
            measures[f"unknown_{position}"] = _is_unknown(value, column).sum()
        else:
            ordinary = value.notin(column.sentinels) if column.sentinels else None
            measures[f"low_{position}"] = value.min(where=ordinary)
            measures[f"high_{position}"] = value.max(where=ordinary)
    return _one_row(loaded.aggregate(**measures))


def _value_faults(loaded: ir.Table, source: Source, table: Table, summary: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for position, column in enumerate(table.columns):
        value = loaded[column.name]
        if not column.nullable and summary[f"known_{position}"] < summary["rows"]:
            faults.append(_offence(loaded, value.isnull(), column, source, "is empty"))
        extremes = [summary.get(f"{end}_{position}") for end in ("low", "high")]
        if any(extreme is not None and not _is_possible(extreme, column) for extreme in extremes):
            faults.append(_offence(loaded, _is_outside(value, column), column, source, "is out of range"))
    return faults


def _is_possible(number: float, column: Column) -> bool:
    return math.isfinite(number) and is_in_range(number, column)


def _is_outside(value: ir.Value, column: Column) -> ir.Value:
    outside = ibis.literal(False)
    if column.kind is ColumnKind.DECIMAL:
        outside = value.isnan() | value.isinf()
    if column.minimum is not None:
        outside = outside | (value < column.minimum)
    if column.maximum is not None:
        outside = outside | (value > column.maximum)
    return outside & value.notin(column.sentinels) if column.sentinels else outside


def _offence(loaded: ir.Table, wrong: ir.Value, column: Column, source: Source, problem: str) -> Fault:
    rows = loaded.select(row=loaded.rowid(), value=loaded[column.name], wrong=wrong)
    rows = rows.filter(rows.wrong)
    times = rows.count().to_pyarrow().as_py()
    first = _one_row(rows.order_by("row").limit(1))
    number = first["value"]
    if isinstance(number, float) and not math.isfinite(number):
        problem = "is not a finite number"
    where = f"row {first['row'] + 1}" if source.form is FileForm.PARQUET else f"line {first['row'] + 2}"
    more = f" and {times - 1:,} more" if times > 1 else ""
    return Fault(
        source.shown,
        f"{problem} at {where}{more}",
        column=column.name,
        value=None if number is None else shorten(number),
        allowed=allowed_values(column),
        remedy=remedy_for(number),
    )


def _key_faults(loaded: ir.Table, source: Source, table: Table) -> list[Fault]:
    if not table.key:
        return []
    (key,) = table.key
    repeated = loaded.group_by(key).aggregate(times=loaded.count())
    repeated = repeated.filter(repeated.times > 1, repeated[key].notnull())
    found = _one_row(repeated.aggregate(keys=repeated.count(), first=repeated[key].min()))
    if not found["keys"]:
        return []
    return [
        Fault(
            source.shown,
            f"repeats {counted(found['keys'], 'identifier')}",
            column=key,
            value=shorten(found["first"]),
            allowed="each identifier once",
            remedy="Keep one row for each",
        )
    ]


def _is_unknown(value: ir.Value, column: Column) -> ir.Value:
    return value.notin([*(column.categories or ()), *column.sentinels])


def _unknown_categories(loaded: ir.Table, source: Source, table: Table, summary: Mapping[str, Any]) -> list[str]:
    notices = []
    for position, column in enumerate(table.columns):
        if not summary.get(f"unknown_{position}"):
            continue
        unknown = loaded.filter(_is_unknown(loaded[column.name], column)).group_by(column.name)
        found = unknown.aggregate(rows=ibis._.count()).order_by(column.name).limit(_SHOWN_CATEGORIES + 1)
        rows = found.to_pyarrow().to_pylist()
        shown = ", ".join(
            f"{shorten(row[column.name])!r} ({counted(row['rows'], 'row')})" for row in rows[:_SHOWN_CATEGORIES]
        )
        more = " and others" if len(rows) > _SHOWN_CATEGORIES else ""
        notices.append(f"{source.shown}, column {column.name}: unknown categories {shown}{more}; they are kept.")
    return notices


def _one_row(expression: ir.Table) -> dict[str, Any]:
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows[0]
