"""The policy of the columns, read from ``policy.toml``: why some may not decide, or only with a justification."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Final

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.schema.column import Table

_FILE: Final = "policy.toml"
_ENTRIES: Final = frozenset({"use", "reason_fr", "reason_en", "source", "columns"})
_TEXTS: Final = ("reason_fr", "reason_en", "source")

ColumnReference = tuple[TableName, str]
"""A table and a column; ``APPLICATION_TRAIN`` stands for both application tables."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One section of the file: a class of use, its reason, and the columns that it holds for.

    Attributes
    ----------
    name : str
        Of the section, e.g. ``"sex"``.
    reason_fr, reason_en : str
        Why the columns are not simply allowed; empty when they are.
    source : str
        The texts of law that the reason rests on; empty when the columns are allowed.
    columns : tuple of (TableName, str)
    """

    name: str
    use: ColumnUse
    reason_fr: str
    reason_en: str
    source: str
    columns: tuple[ColumnReference, ...]


@cache
def load_policies() -> tuple[Policy, ...]:
    """The policies of the program, in the order of the file.

    Raises
    ------
    ConfigurationError
        If the file is not as :func:`read_policies` wants it.
    """
    return read_policies(resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))


def read_policies(text: str) -> tuple[Policy, ...]:
    """Policies out of the text of the file.

    Raises
    ------
    ConfigurationError
        With every fault found: not TOML, an unknown class, table or entry, a missing reason, no columns.
    """
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{_FILE}: is not TOML ({error}). Correct that line.") from error
    faults = [fault for name, section in sections.items() for fault in _section_faults(name, section)]
    _refuse(faults)
    return tuple(_policy(name, section) for name, section in sections.items())


def with_policies(tables: Iterable[Table], policies: Iterable[Policy]) -> tuple[Table, ...]:
    """The same tables, each column with the class of use and the reason of its policy.

    Raises
    ------
    ConfigurationError
        With every column that the policies do not know, know twice, or that no table has.
    """
    tables, policies = tuple(tables), tuple(policies)
    _refuse(_coverage_faults(tables, policies))
    policy_by_column = {reference: policy for policy in policies for reference in policy.columns}
    return tuple(_described(table, policy_by_column) for table in tables)


@cache
def policy_of(table: TableName, column: str) -> Policy:
    """The policy that a column comes under.

    Raises
    ------
    KeyError
        If there is no such column.
    """
    wanted = (_book_of(table), column)
    for policy in load_policies():
        if wanted in policy.columns:
            return policy
    raise KeyError(f"{table} has no column {column!r} in {_FILE}")


def _book_of(table: TableName) -> TableName:
    return TableName.APPLICATION_TRAIN if table is TableName.APPLICATION_TEST else table


def _policy(name: str, section: Mapping[str, Any]) -> Policy:
    texts = {key: section.get(key, "") for key in _TEXTS}
    columns = tuple((TableName(table), column) for table, names in section["columns"].items() for column in names)
    return Policy(
        name=name,
        use=ColumnUse(section["use"]),
        reason_fr=typeset_french(texts["reason_fr"]),
        reason_en=texts["reason_en"],
        source=typeset_french(texts["source"]),
        columns=columns,
    )


def _described(table: Table, policies: Mapping[ColumnReference, Policy]) -> Table:
    book = _book_of(table.name)
    columns = []
    for column in table.columns:
        policy = policies[book, column.name]
        columns.append(replace(column, use=policy.use, use_reason_fr=policy.reason_fr, use_reason_en=policy.reason_en))
    return replace(table, columns=tuple(columns))


def _section_faults(name: str, section: Any) -> list[str]:
    if not isinstance(section, Mapping):
        return [f"{name}: stands outside a section; write it under [reason]"]
    faults = [f"[{name}]: unknown entry {key!r}; allowed: {_list(_ENTRIES)}" for key in section.keys() - _ENTRIES]
    use = section.get("use")
    if use not in set(ColumnUse):
        faults.append(f"[{name}]: use is {use!r}; allowed: {_list(ColumnUse)}")
    elif use != ColumnUse.ALLOWED:
        faults += [f"[{name}]: {key} is missing or empty; write a sentence" for key in _TEXTS if not section.get(key)]
    columns = section.get("columns")
    if not isinstance(columns, Mapping) or not all(isinstance(names, list) for names in columns.values()):
        return [*faults, f'[{name}]: has no columns; write columns.<table> = ["COLUMN", ...]']
    tables = set(TableName) - {TableName.APPLICATION_TEST}
    return faults + [
        f"[{name}]: unknown table {table!r}; allowed: {_list(tables)}" for table in columns.keys() - tables
    ]


def _coverage_faults(tables: tuple[Table, ...], policies: tuple[Policy, ...]) -> list[str]:
    times = Counter(reference for policy in policies for reference in policy.columns)
    described = {(_book_of(table.name), column.name) for table in tables for column in table.columns}
    return [
        *(
            f"{table}.{column} is not a column of the schema; correct its name"
            for table, column in sorted(times.keys() - described)
        ),
        *(
            f"{table}.{column} stands in no section; add it to one"
            for table, column in sorted(described - times.keys())
        ),
        *(f"{table}.{column} stands in {n} sections; keep one" for (table, column), n in times.items() if n > 1),
    ]


def _refuse(faults: list[str]) -> None:
    if faults:
        raise ConfigurationError("\n".join(f"{_FILE}: {fault}." for fault in faults))


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
