"""Which raw columns a value is computed from, found by following its expression."""

from __future__ import annotations

from functools import cache
from typing import Any

import ibis
import ibis.expr.operations as ops

from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES, ColumnKind

_KINDS = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}


def unbound(name: TableName) -> ibis.Table:
    """A raw table without rows or connection."""
    return ibis.table({column.name: _KINDS[column.kind] for column in TABLES[name].columns}, name=str(name))


@cache
def lineage(node: ops.Node) -> frozenset[tuple[str, str]]:
    """The raw columns (table, column) behind a value, through every select, join and aggregate."""
    if isinstance(node, ops.Field):
        relation: Any = node.rel
        if isinstance(relation, ops.UnboundTable):
            return frozenset({(relation.name, node.name)})
        if isinstance(relation, ops.JoinReference):
            return lineage(ops.Field(relation.parent, node.name))
        return lineage(relation.values[node.name])
    children = (
        child for argument in node.__args__ for child in (argument if isinstance(argument, tuple) else (argument,))
    )
    values = (child for child in children if isinstance(child, ops.Node) and not isinstance(child, ops.Relation))
    return frozenset().union(*(lineage(child) for child in values))
