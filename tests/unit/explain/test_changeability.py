"""What a client can do about each feature, by an explicit rule."""

from __future__ import annotations

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Changeability, TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.past_rows.scores import SOURCES, score_features
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.explain import changeability as rules
from scoring_dash.explain.changeability import changeability

FEATURES = {definition.name: definition.feature for definition in ALL_DEFINITIONS}
PERSON = {"NAME_EDUCATION_TYPE", "OCCUPATION_TYPE", "ORGANIZATION_TYPE", "DAYS_EMPLOYED", "NAME_INCOME_TYPE"}


def test_every_theme_has_a_rule_and_every_exception_a_feature() -> None:
    assert set(rules._BY_THEME) == set(Theme)
    assert set(rules._BY_FEATURE) <= set(FEATURES)


def test_every_feature_has_an_answer() -> None:
    assert {changeability(feature) for feature in FEATURES.values()} == set(Changeability)
    for source in SOURCES.values():
        for feature in score_features(source, source.inputs):
            is_elsewhere = feature.table is TableName.BUREAU
            assert changeability(feature) is (Changeability.ASK_SOURCE if is_elsewhere else Changeability.FADES)


def test_only_what_the_application_holds_can_change() -> None:
    for feature in FEATURES.values():
        if changeability(feature) is Changeability.CAN_CHANGE:
            assert TableName.APPLICATION_TRAIN in {table for table, _ in raw_columns(feature)}, feature.name


def test_facts_of_the_person_cannot_change() -> None:
    for feature in FEATURES.values():
        if {column for _, column in raw_columns(feature)} <= PERSON:
            assert changeability(feature) is Changeability.FIXED, feature.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("credit_amount", Changeability.CAN_CHANGE),
        ("implied_term", Changeability.CAN_CHANGE),
        ("document_count", Changeability.CAN_CHANGE),
        ("external_score_2", Changeability.ASK_SOURCE),
        ("bureau_active_debt", Changeability.ASK_SOURCE),
        ("enquiry_count_12_months", Changeability.FADES),
        ("instalment_late_share_365d", Changeability.FADES),
        ("previous_refused_share", Changeability.FADES),
        ("card_use_mean_6m", Changeability.FADES),
        ("bureau_first_opened_days", Changeability.FIXED),
        ("instalment_days_late_max_all", Changeability.FIXED),
        ("job_tenure_days", Changeability.FIXED),
    ],
)
def test_examples_that_a_manager_would_give(name: str, expected: Changeability) -> None:
    assert changeability(FEATURES[name]) is expected


def test_a_recent_window_of_a_fixed_theme_makes_room_for_the_next() -> None:
    def granted(window: str) -> Feature:
        return Feature("x", TableName.PREVIOUS_APPLICATION, (), window, Unit.COUNT, Theme.CREDIT_HISTORY, "", "")

    assert changeability(granted("all")) is Changeability.FIXED
    assert changeability(granted("last 730 days")) is Changeability.FADES
