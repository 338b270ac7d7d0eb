from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scoring_dash.core.words import ColumnUse, TableName, Unit
from scoring_dash.data.schema import TABLES, Column, ColumnKind, Table, category_label

ALL_COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]

EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
EACH_COLUMN = pytest.mark.parametrize(("table", "column"), ALL_COLUMNS)

FORBIDDEN_NAMES = re.compile(
    r"TARGET|CODE_GENDER|DAYS_BIRTH|NAME_FAMILY_STATUS|CNT_CHILDREN|CNT_FAM_MEMBERS|NAME_TYPE_SUITE"
    r"|REGION_.*|REG_.*|LIVE_.*"
    r"|.*_(AVG|MODE|MEDI)|.*_SOCIAL_CIRCLE"
    r"|(WEEKDAY|HOUR)_APPR_PROCESS_START"
    r"|FLAG_(MOBIL|CONT_MOBILE|PHONE|EMAIL)"
)
JUSTIFIED_IN_APPLICATION = {
    "EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3", "OCCUPATION_TYPE", "ORGANIZATION_TYPE", "NAME_EDUCATION_TYPE",
    "NAME_INCOME_TYPE", "FLAG_OWN_CAR", "OWN_CAR_AGE", "FLAG_EMP_PHONE", "FLAG_WORK_PHONE", "DAYS_LAST_PHONE_CHANGE",
    "DAYS_REGISTRATION", "DAYS_ID_PUBLISH", "NAME_HOUSING_TYPE", "DAYS_EMPLOYED",
}  # fmt: skip

# Words of these texts that are often typed without their accent.
UNACCENTED = re.compile(
    r"\b(credits?|prets?|echeances?|numero|annee|duree|periode|declare|etat|etudes|age|metier|reel|salarie|ete|deja"
    r"|interets?|fidele|eleve|element|regions?|equite|societe)\b",
    re.IGNORECASE,
)


def texts_of(table: Table) -> list[tuple[str, str, str]]:
    """(where, French, English) of everything that a person may read of a table."""
    texts = [(f"{table.name}", table.meaning_fr, table.meaning_en)]
    for column in table.columns:
        texts.append((column.name, column.meaning_fr, column.meaning_en))
        texts += [(f"{column.name}={label.value}", label.label_fr, label.label_en) for label in column.labels]
        if column.use_reason_fr or column.use_reason_en:
            texts.append((f"{column.name} (use)", column.use_reason_fr, column.use_reason_en))
    return texts


@pytest.mark.parametrize("folder", ["applications", "histories", "instalments"])
def test_every_real_column_is_described_in_the_order_of_the_files(folder: str, real_data: Path) -> None:
    for path in sorted((real_data / folder).glob("*.csv")):
        with path.open(encoding="utf-8") as handle:
            assert tuple(next(csv.reader(handle))) == TABLES[TableName(path.stem)].column_names


def test_all_eight_tables_are_described_under_their_own_name() -> None:
    assert set(TABLES) == set(TableName)
    assert all(name is table.name for name, table in TABLES.items())


def test_the_training_table_is_the_test_table_and_the_outcome() -> None:
    train, test = TABLES[TableName.APPLICATION_TRAIN], TABLES[TableName.APPLICATION_TEST]
    assert [column for column in train.columns if column.name != "TARGET"] == list(test.columns)
    assert len(train.columns) == 122


@EACH_TABLE
def test_column_names_are_unique_and_keys_exist(table: Table) -> None:
    assert [name for name, times in Counter(table.column_names).items() if times > 1] == []
    assert all(not table.column(name).nullable for name in table.key)
    if table.parent is not None:
        assert table.parent_key in table
        assert table.parent_key in TABLES[table.parent]


def test_an_unknown_column_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="bureau has no column 'AMT_RENT'"):
        TABLES[TableName.BUREAU].column("AMT_RENT")


@EACH_COLUMN
def test_bounds_sentinels_and_categories_fit_the_kind(table: Table, column: Column) -> None:
    if column.kind is ColumnKind.TEXT:
        assert column.unit is Unit.CATEGORY
        assert column.categories
        assert len(set(column.categories)) == len(column.categories)
        assert column.minimum is column.maximum is column.implausible_below is None
        assert all(isinstance(code, str) and code not in column.categories for code in column.sentinels)
        return
    assert column.categories is None
    assert column.unit is not Unit.CATEGORY
    assert column.minimum is not None and column.maximum is not None and column.minimum < column.maximum
    assert all(isinstance(code, float) for code in column.sentinels)
    if column.kind is ColumnKind.INTEGER:
        assert all(float(code).is_integer() for code in column.sentinels)
        assert column.maximum < 2**53  # exact when read as a float64
    if column.implausible_below is not None:
        assert column.minimum < column.implausible_below < column.maximum


@EACH_COLUMN
def test_a_reason_is_given_exactly_when_a_column_is_not_simply_allowed(table: Table, column: Column) -> None:
    is_allowed = column.use is ColumnUse.ALLOWED
    assert bool(column.use_reason_fr) is not is_allowed
    assert bool(column.use_reason_en) is not is_allowed
    assert column.use_reason("fr") == column.use_reason_fr
    assert column.use_reason("en") == column.use_reason_en


def test_the_columns_that_may_not_decide_are_those_of_the_policy() -> None:
    for table in TABLES.values():
        for column in table.columns:
            forbidden = bool(FORBIDDEN_NAMES.fullmatch(column.name))
            assert (column.use is ColumnUse.FORBIDDEN) is forbidden, f"{table.name}.{column.name}"


def test_the_columns_of_the_application_to_justify_are_those_of_the_policy() -> None:
    columns = TABLES[TableName.APPLICATION_TRAIN].columns
    assert {column.name for column in columns if column.use is ColumnUse.JUSTIFY} == JUSTIFIED_IN_APPLICATION


@EACH_TABLE
def test_texts_are_complete_in_both_languages(table: Table) -> None:
    for where, french, english in texts_of(table):
        for text in (french, english):
            assert text == text.strip() != "", where
            assert text[0].isupper() or text[0].isdigit(), where
            assert "  " not in text, where
            assert not re.search(r"[A-Z]_[A-Z]|XNA|XAP|\{|\}", text), f"{where}: a column name or code shows through"
        assert french != english or "=" in where, f"{where}: only a category may have the same name in both"


@EACH_TABLE
def test_french_is_set_and_spelt_as_french(table: Table) -> None:
    for where, french, english in texts_of(table):
        assert "'" not in french, f"{where}: straight apostrophe"
        assert not re.search(r" [:;!?%»]|« ", french), f"{where}: ordinary space where the line must not break"
        assert not re.search(r"\w[:;!?»]", french), f"{where}: no space before a double sign"
        assert not UNACCENTED.search(french), f"{where}: {UNACCENTED.search(french)}"
        assert not re.search(r"[éèêàçôîûœ’]", english), f"{where}: French in the English text"


def test_no_two_categories_of_a_column_share_a_label() -> None:
    for table in TABLES.values():
        for column in table.columns:
            for language in ("fr", "en"):
                labels = [column.category_label(value, language) for value in column.categories or ()]
                assert len(set(labels)) == len(labels), f"{table.name}.{column.name} ({language})"


@pytest.mark.parametrize(
    ("column", "value", "french", "english"),
    [
        ("NAME_EDUCATION_TYPE", "Secondary / secondary special", "Secondaire", "Secondary"),
        ("NAME_INCOME_TYPE", "Working", "Salarié", "Employee"),
        ("NAME_CONTRACT_TYPE", "Cash loans", "Prêt personnel", "Personal loan"),
        ("ORGANIZATION_TYPE", "Trade: type 7", "Commerce (type 7)", "Trade (type 7)"),
        ("OCCUPATION_TYPE", "Cleaning staff", "Agent d’entretien", "Cleaner"),
    ],
)
def test_categories_have_names_for_people(column: str, value: str, french: str, english: str) -> None:
    assert category_label(TableName.APPLICATION_TEST, column, value, "fr") == french
    assert category_label(TableName.APPLICATION_TEST, column, value, "en") == english


@pytest.mark.parametrize(
    ("column", "value"), [("NAME_EDUCATION_TYPE", "Wizardry"), ("AMT_CREDIT", "1"), ("NO_SUCH_COLUMN", "x")]
)
def test_an_unknown_category_is_its_own_label(column: str, value: str) -> None:
    assert category_label(TableName.APPLICATION_TRAIN, column, value, "fr") == value


def test_the_schema_needs_no_data_engine() -> None:
    heavy = "{'duckdb', 'ibis', 'pandas', 'numpy', 'pyarrow'} & set(sys.modules)"
    code = f"import sys, scoring_dash.data.schema; sys.exit(str({heavy}) if {heavy} else 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
