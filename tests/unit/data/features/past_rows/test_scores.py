from __future__ import annotations

import re

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.past_rows.scores import ROW_SCORE_NAMES, SOURCES, score_features
from scoring_dash.data.features.past_rows.source import RowInput, RowSource
from scoring_dash.data.features.registry import raw_columns

ALL_TABLES = set(TableName)
FEATURES = [
    feature for source in SOURCES.values() for feature in score_features(source, source.available_inputs(ALL_TABLES))
]
EACH = pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)


def test_there_are_thirteen_and_none_has_the_name_of_a_feature_of_the_catalogue() -> None:
    assert {feature.name for feature in FEATURES} == ROW_SCORE_NAMES
    assert len(FEATURES) == len(ROW_SCORE_NAMES) == 13
    others = [definition.feature for definition in ALL_DEFINITIONS]
    for text in (lambda f: f.name, lambda f: f.label_fr, lambda f: f.label_en):
        assert len({text(feature) for feature in (*FEATURES, *others)}) == len(FEATURES) + len(others)


@EACH
def test_labels_are_sentences_for_people_in_both_languages(feature: Feature) -> None:
    assert feature.label("fr") != feature.label("en")
    assert typeset_french(feature.label_fr) == feature.label_fr
    for label in (feature.label_fr, feature.label_en):
        assert re.fullmatch(r"[A-Z][^_]{3,62}[^._]", label), label


@EACH
def test_a_score_is_described_by_all_that_its_rows_read(feature: Feature) -> None:
    assert (feature.unit, feature.theme) == (Unit.SCORE, Theme.LEARNED_SCORES)
    assert feature.use is ColumnUse.ALLOWED
    source = SOURCES[feature.table] if feature.table else None
    assert source is not None
    read = {pair for item in source.inputs for pair in source.raw_columns(item)}
    assert set(raw_columns(feature)) == read


def test_columns_of_absent_tables_are_not_named() -> None:
    source = SOURCES[TableName.PREVIOUS_APPLICATION]
    with_pos = {TableName.PREVIOUS_APPLICATION, TableName.POS_CASH_BALANCE}
    (feature, *_) = score_features(source, source.available_inputs(with_pos))
    assert {table for table, _ in raw_columns(feature)} == with_pos


def test_means_and_extremes_may_not_lower_the_risk_and_sums_are_free() -> None:
    assert {feature.name: (feature.monotone, feature.zero_when_no_rows) for feature in FEATURES} == {
        "previous_row_score_mean": (1, False),
        "previous_row_score_max": (1, False),
        "previous_row_score_min": (1, False),
        "previous_row_score_latest": (1, False),
        "previous_row_score_weighted": (0, True),
        "bureau_row_score_mean": (1, False),
        "bureau_row_score_max": (1, False),
        "bureau_row_score_latest": (1, False),
        "bureau_row_score_sum": (0, True),
        "bureau_row_score_sum_730d": (0, True),
        "instalment_row_score_mean": (1, False),
        "instalment_row_score_max": (1, False),
        "instalment_row_score_mean_365d": (1, False),
    }


def test_a_score_is_as_strict_as_its_strictest_input_and_a_forbidden_one_is_never_used() -> None:
    inputs = (
        RowInput("days_ago", ("DAYS_DECISION",)),
        RowInput("shop", ("SELLERPLACE_AREA",)),
        RowInput("companion", ("NAME_TYPE_SUITE",)),
    )
    source = RowSource(TableName.PREVIOUS_APPLICATION, lambda tables: tables[TableName.BUREAU], inputs)
    usable = source.available_inputs(ALL_TABLES)
    assert [item.name for item in usable] == ["days_ago", "shop"]
    assert {feature.use for feature in score_features(source, usable)} == {ColumnUse.JUSTIFY}
