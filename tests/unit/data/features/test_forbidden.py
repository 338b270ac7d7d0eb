"""The forbidden features: apart from the catalogue, refused by a model, and right where they are compared."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import ibis
import ibis.expr.operations as ops
import pytest
from support.feature_tables import CLIENT, OTHER, raw_table

from scoring_dash.core.errors import ArtifactError, DataError
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.forbidden import (
    FORBIDDEN_DEFINITIONS,
    FORBIDDEN_GROUPS,
    build_forbidden_features,
    forbidden_group,
)
from scoring_dash.data.features.registry import FeatureDefinition, raw_columns
from scoring_dash.data.schema import TABLES, ColumnKind
from scoring_dash.data.schema.policy import load_policies
from scoring_dash.model.calibrate import Calibrator
from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.description import ModelDescription

TRAIN, TEST = TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST
EACH = pytest.mark.parametrize("definition", FORBIDDEN_DEFINITIONS, ids=lambda definition: definition.name)


def computed(**tables: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    raw = {TableName(name): raw_table(TableName(name), rows) for name, rows in tables.items()}
    rows = ibis.duckdb.connect().to_pyarrow(build_forbidden_features(raw)).to_pylist()
    return {row.pop("SK_ID_CURR"): row for row in rows}


def test_they_are_not_in_the_catalogue() -> None:
    assert {item.name for item in FORBIDDEN_DEFINITIONS}.isdisjoint(item.name for item in ALL_DEFINITIONS)
    assert [item.name for item in ALL_DEFINITIONS if item.feature.use is ColumnUse.FORBIDDEN] == []


@EACH
def test_each_is_forbidden_for_one_reason_and_reads_what_it_declares(definition: FeatureDefinition) -> None:
    assert definition.feature.use is ColumnUse.FORBIDDEN
    assert definition in FORBIDDEN_GROUPS[forbidden_group(definition.feature)]
    kinds = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}
    row = ibis.table({column.name: kinds[column.kind] for column in TABLES[TRAIN].columns}, name="row")
    read = {
        field.name
        for field in definition.expression(SimpleNamespace(**{name: row[name] for name in row.columns}))
        .op()
        .find(ops.Field)
    }
    assert read == {column for _, column in raw_columns(definition.feature)}


def test_every_forbidden_reason_but_the_outcome_is_compared() -> None:
    reasons = {policy.name for policy in load_policies() if policy.use is ColumnUse.FORBIDDEN}
    assert set(FORBIDDEN_GROUPS) == reasons - {"outcome"}


def test_a_lawful_feature_has_no_forbidden_group() -> None:
    lawful = Feature("x", TRAIN, ("AMT_CREDIT",), "", Unit.CURRENCY, Theme.LOAN_SIZE, "", "")
    with pytest.raises(ValueError, match="no reason"):
        forbidden_group(lawful)
    with pytest.raises(ValueError, match=r"\['age', 'sex'\]"):
        forbidden_group(replace(lawful, columns=("CODE_GENDER", "DAYS_BIRTH")))


@EACH
def test_a_model_refuses_each(definition: FeatureDefinition) -> None:
    with pytest.raises(ArtifactError, match=f"{definition.name}, forbidden in a credit decision"):
        ModelDescription(
            (definition.feature,), {}, {}, {}, {}, Calibrator(), DecisionRule(0.1, 0.1, 0.1, 0.5), {}, {}, True, 0.0
        )


def test_values_of_a_client_by_hand() -> None:
    row = {
        "CODE_GENDER": "F",
        "DAYS_BIRTH": -10_000,
        "DAYS_EMPLOYED": -2_500,
        "AMT_INCOME_TOTAL": 120_000.0,
        "CNT_CHILDREN": 1,
        "CNT_FAM_MEMBERS": 4.0,
        "REG_CITY_NOT_WORK_CITY": 1,
        "WEEKDAY_APPR_PROCESS_START": "MONDAY",
    }
    found = computed(application_train=[row], application_test=[{"SK_ID_CURR": OTHER, "DAYS_EMPLOYED": 365_243}])
    expected = {
        "sex": "F",
        "age_days": 10_000,
        "job_tenure_to_age_ratio": 0.25,
        "income_to_age_ratio": 12,
        "income_per_family_member": 30_000,
        "child_share_of_family": 0.25,
        "reg_work_city_differ": 1,
        "weekday": "MONDAY",
        "building_lifts": None,
    }
    assert {name: found[CLIENT][name] for name in expected} == expected
    assert set(found[OTHER].values()) == {None}


def test_without_an_application_table_there_is_nothing_to_describe() -> None:
    with pytest.raises(DataError, match="application_train"):
        build_forbidden_features({})
