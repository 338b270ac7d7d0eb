from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace
from typing import Any

import ibis
import ibis.expr.operations as ops
import pytest
from support.feature_tables import TYPICAL_INCOMES
from support.lineage import lineage, unbound

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS, HISTORIES, available_definitions
from scoring_dash.data.features.rebuild import ROW_FORMULAS
from scoring_dash.data.features.registry import FeatureDefinition, define, raw_columns, strictest_use
from scoring_dash.data.schema import TABLES, ColumnKind

EACH = pytest.mark.parametrize("definition", ALL_DEFINITIONS, ids=lambda definition: definition.name)
EACH_ROW_FORMULA = pytest.mark.parametrize("definition", ROW_FORMULAS, ids=lambda definition: definition.name)
BY_NAME = {definition.name: definition for definition in ALL_DEFINITIONS}
RAW_NAMES = {column.name for table in TABLES.values() for column in table.columns}
STRICTNESS = [ColumnUse.ALLOWED, ColumnUse.JUSTIFY, ColumnUse.FORBIDDEN]
HISTORY_TABLES = {name for name in TableName if not name.startswith("application")}

# They say which row a value belongs to, and break ties between rows.
ROW_KEYS = {"SK_ID_CURR", "SK_ID_PREV", "SK_ID_BUREAU", "NUM_INSTALMENT_NUMBER", "NUM_INSTALMENT_VERSION"}


@pytest.mark.parametrize("describe", [lambda f: f.name, lambda f: f.label_fr, lambda f: f.label_en])
def test_names_and_labels_are_unique(describe: Any) -> None:
    counts = Counter(describe(definition.feature) for definition in ALL_DEFINITIONS)
    assert [text for text, count in counts.items() if count > 1] == []


def test_the_catalogue_covers_every_source_table() -> None:
    counts = Counter(definition.feature.table for definition in ALL_DEFINITIONS)
    assert len(ALL_DEFINITIONS) >= 180
    assert set(counts) == {*HISTORY_TABLES, TableName.APPLICATION_TRAIN, None}


@EACH
def test_labels_are_sentences_for_people_in_both_languages(definition: FeatureDefinition) -> None:
    french, english = definition.feature.label_fr, definition.feature.label_en
    assert french != english
    assert typeset_french(french) == french
    for label in (french, english):
        assert re.match(r"[A-ZÀÂÉÈÊ]", label), label
        assert 4 <= len(label) <= 64, label
        assert "_" not in label and "  " not in label and not label.endswith("."), label
        assert not RAW_NAMES.intersection(re.findall(r"\w+", label)), label


@EACH
def test_names_are_identifiers(definition: FeatureDefinition) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", definition.name)


@EACH
def test_no_feature_rests_on_a_forbidden_column(definition: FeatureDefinition) -> None:
    feature = definition.feature
    classes = [TABLES[table].column(column).use for table, column in raw_columns(feature)]
    assert classes, "every feature names its columns"
    assert feature.use is max(classes, key=STRICTNESS.index)
    assert feature.use is not ColumnUse.FORBIDDEN


@EACH
def test_constraints_and_units_make_sense(definition: FeatureDefinition) -> None:
    feature = definition.feature
    assert feature.monotone in (-1, 0, 1)
    assert not (feature.is_categorical and (feature.monotone or feature.zero_when_no_rows))
    assert bool(feature.levels) is (feature.unit is Unit.LEVEL)
    assert feature.unit is not Unit.IDENTIFIER
    if feature.theme is Theme.EXTERNAL_SCORES:
        assert feature.monotone <= 0


def test_levels_are_categories_of_their_column() -> None:
    for definition in ALL_DEFINITIONS:
        ((table, column),) = raw_columns(definition.feature)[:1]
        known = TABLES[table].column(column).categories or ()
        assert set(definition.feature.levels) <= set(known), definition.name


def test_the_use_of_a_feature_follows_from_its_columns() -> None:
    def of(*columns: str) -> ColumnUse:
        return strictest_use(Feature("x", TableName.APPLICATION_TRAIN, columns, "", Unit.COUNT, Theme.ASSETS, "", ""))

    assert of("AMT_CREDIT") is ColumnUse.ALLOWED
    assert of("AMT_CREDIT", "OCCUPATION_TYPE") is ColumnUse.JUSTIFY
    assert of("OCCUPATION_TYPE", "CODE_GENDER", "AMT_CREDIT") is ColumnUse.FORBIDDEN


def test_a_feature_over_several_tables_names_them() -> None:
    with pytest.raises(ValueError, match="'AMT_CREDIT' without a table"):
        define(Feature("x", None, ("AMT_CREDIT",), "all", Unit.COUNT, Theme.ASSETS, "", ""), lambda row: row)


def test_a_column_that_does_not_exist_cannot_be_registered() -> None:
    with pytest.raises(KeyError):
        define(
            Feature("x", TableName.BUREAU, ("AMT_CREDITS",), "all", Unit.COUNT, Theme.ASSETS, "", ""), lambda row: row
        )


def test_definitions_need_their_tables() -> None:
    every = set(TableName)
    assert available_definitions(every) == ALL_DEFINITIONS
    assert available_definitions({TableName.APPLICATION_TEST}) == available_definitions({TableName.APPLICATION_TRAIN})
    without_card = {item.name for item in available_definitions(every - {TableName.CREDIT_CARD_BALANCE})}
    assert not {"card_use_max", "our_debt", "all_debt", "days_since_late_anywhere"} & without_card
    assert {"all_instalments_to_income_ratio", "pos_open_debt"} <= without_card
    without_previous = {item.name for item in available_definitions(every - {TableName.PREVIOUS_APPLICATION})}
    assert not {"pos_open_debt", "instalment_late_share_cash"} & without_previous
    assert {"pos_open_count", "instalment_late_share_all"} <= without_previous


@EACH_ROW_FORMULA
def test_a_row_formula_declares_what_it_reads(definition: FeatureDefinition) -> None:
    read = _columns_read(definition)
    own = {column for table, column in raw_columns(definition.feature) if table is TableName.APPLICATION_TRAIN}
    assert read == own | set(definition.inputs)


@EACH_ROW_FORMULA
def test_the_inputs_of_a_row_formula_are_stored_features_no_stricter_than_it(definition: FeatureDefinition) -> None:
    for name in definition.inputs:
        source = BY_NAME[name]
        assert source not in ROW_FORMULAS
        assert source.tables <= definition.tables
        assert STRICTNESS.index(source.feature.use) <= STRICTNESS.index(definition.feature.use)


def test_history_features_declare_what_they_read() -> None:
    """Follow each recipe down to the raw columns: neither more nor less than declared, and nothing forbidden."""
    tables = {name: unbound(name) for name in TABLES}
    for history in HISTORIES:
        prepared = history.prepare(tables)
        for definition in history.definitions:
            read = {pair for pair in lineage(definition.expression(prepared).op()) if pair[1] not in ROW_KEYS}
            declared = {(str(table), column) for table, column in raw_columns(definition.feature)}
            assert read <= declared, definition.name
            # A number of rows reads no column; the declared one stands for the row.
            assert not read or {pair for pair in declared if pair[1] not in ROW_KEYS} <= read, definition.name
            assert all(TABLES[TableName(table)].column(name).use is not ColumnUse.FORBIDDEN for table, name in read)


def _columns_read(definition: FeatureDefinition) -> set[str]:
    kinds = {ColumnKind.INTEGER: "int64", ColumnKind.DECIMAL: "float64", ColumnKind.TEXT: "string"}
    columns = {column.name: kinds[column.kind] for column in TABLES[TableName.APPLICATION_TRAIN].columns}
    table = ibis.table({**columns, **dict.fromkeys(BY_NAME, "float64")}, name="row")
    row = SimpleNamespace(**{name: table[name] for name in table.columns}, typical_incomes=TYPICAL_INCOMES)
    return {field.name for field in definition.expression(row).op().find(ops.Field)}
