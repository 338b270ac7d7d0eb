"""Codes and implausible values become missing values, as the schema says; as Ibis expressions, for any engine."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES, Column, ColumnKind


def clean(table: ir.Table, name: TableName) -> ir.Table:
    """Replace sentinels and implausible values by null; everything else stays as it is.

    Parameters
    ----------
    table : ibis.Table
        All or some columns of the raw table; columns that the schema does not know are kept.
    name : TableName
        Which raw table it is.

    Returns
    -------
    ibis.Table
        Same rows, same columns in the same order, same types.
    """
    present = set(table.columns)
    cleaned = {
        column.name: _known(table[column.name], column)
        for column in TABLES[name].columns
        if column.name in present and (column.sentinels or column.implausible_below is not None)
    }
    return table.mutate(**cleaned) if cleaned else table


def _known(value: ir.Value, column: Column) -> ir.Value:
    unknown = ibis.literal(False)
    if column.sentinels:
        # Integers compared as integers: a float literal would turn the column into a float.
        codes = [int(code) if column.kind is ColumnKind.INTEGER else code for code in column.sentinels]
        unknown = value.isin(codes)
    if column.implausible_below is not None:
        unknown = unknown | (value < column.implausible_below)
    return unknown.ifelse(ibis.null(value.type()), value)
