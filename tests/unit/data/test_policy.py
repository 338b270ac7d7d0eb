"""The policy file: complete, without doubles, and clear about its own faults."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.core.words import ColumnUse, TableName, Unit
from scoring_dash.data.schema import TABLES
from scoring_dash.data.schema.column import Column, ColumnKind, Table
from scoring_dash.data.schema.policy import Policy, load_policies, policy_of, read_policies, with_policies

FILE = resources.files("scoring_dash.data.schema").joinpath("policy.toml").read_text(encoding="utf-8")

GOOD = """
[sex]
use = "forbidden"
reason_fr = "L'interdit."
reason_en = "Prohibited."
source = "Code pénal"
columns.bureau = ["A"]

[allowed]
use = "allowed"
columns.bureau = ["B"]
"""


def table(*names: str) -> Table:
    columns = tuple(Column(name, ColumnKind.DECIMAL, Unit.COUNT, "Sens", "Meaning") for name in names)
    return Table(TableName.BUREAU, columns, (), None, None, "", "")


def test_every_column_of_the_schema_stands_in_the_file_exactly_once() -> None:
    written = Counter(
        f"{name}.{column}"
        for section in tomllib.loads(FILE).values()
        for name, columns in section["columns"].items()
        for column in columns
    )
    described = {
        f"{name}.{column}"
        for name, one in TABLES.items()
        if name is not TableName.APPLICATION_TEST
        for column in one.column_names
    }
    assert [name for name, times in written.items() if times != 1] == []
    assert set(written) == described


def test_every_restriction_has_its_reasons_and_its_source() -> None:
    policies = load_policies()
    assert {policy.use for policy in policies} == set(ColumnUse)
    for policy in policies:
        has_reason = policy.use is not ColumnUse.ALLOWED
        assert [bool(text) for text in (policy.reason_fr, policy.reason_en, policy.source)] == [has_reason] * 3


def test_a_column_carries_the_reason_of_its_section() -> None:
    allowed, forbidden = read_policies(GOOD)[::-1]
    described = with_policies([table("A", "B")], [forbidden, allowed])[0]
    first, second = described.columns
    assert (first.use, first.use_reason_fr, first.use_reason_en) == (ColumnUse.FORBIDDEN, "L’interdit.", "Prohibited.")
    assert (second.use, second.use_reason_fr, second.use_reason_en) == (ColumnUse.ALLOWED, "", "")


def test_the_policy_of_a_column_is_the_same_in_both_application_tables() -> None:
    for name in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST):
        assert policy_of(name, "CODE_GENDER").name == "sex"
        assert policy_of(name, "AMT_CREDIT").use is ColumnUse.ALLOWED
    assert policy_of(TableName.PREVIOUS_APPLICATION, "NAME_TYPE_SUITE").name == "companion"
    with pytest.raises(KeyError, match="AMT_RENT"):
        policy_of(TableName.BUREAU, "AMT_RENT")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"forbidden"', '"forbiden"', r"\[sex\]: use is 'forbiden'; allowed: allowed, forbidden, justify"),
        ('use = "allowed"', "", r"\[allowed\]: use is None"),
        ('reason_en = "Prohibited."', "", r"\[sex\]: reason_en is missing or empty"),
        ('"Code pénal"', '""', r"\[sex\]: source is missing or empty"),
        ("columns.bureau = ", "columns.bureaus = ", r"\[sex\]: unknown table 'bureaus'"),
        ("columns.bureau = ", "column.bureau = ", r"\[sex\]: unknown entry 'column'"),
        ('columns.bureau = ["A"]', 'columns.bureau = "A"', r"\[sex\]: has no columns"),
        ("[sex]", "[sex", "is not TOML"),
        ("[sex]", 'owner = "us"\n[sex]', "owner: stands outside a section"),
    ],
)
def test_a_fault_of_the_file_is_named(old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=f"policy.toml: {message}"):
        read_policies(GOOD.replace(old, new, 1))


def test_columns_unknown_missing_or_twice_are_named_together() -> None:
    policies = (*read_policies(GOOD), Policy("more", ColumnUse.ALLOWED, "", "", "", ((TableName.BUREAU, "B"),)))
    with pytest.raises(ConfigurationError) as caught:
        with_policies([table("B", "C")], policies)
    assert str(caught.value).splitlines() == [
        "policy.toml: bureau.A is not a column of the schema; correct its name.",
        "policy.toml: bureau.C stands in no section; add it to one.",
        "policy.toml: bureau.B stands in 2 sections; keep one.",
    ]
