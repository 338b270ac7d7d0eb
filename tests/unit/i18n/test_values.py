"""A value is told by its unit, in the user's language; a missing one says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.values import feature_label, value_text

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)


def feature(unit: Unit, column: str = "AMT_CREDIT") -> Feature:
    return Feature(
        "x", TableName.APPLICATION_TRAIN, (column,), "all", unit, Theme.LOAN_SIZE, "Note d'un bien", "A score"
    )


@pytest.mark.parametrize(
    ("unit", "value", "french", "english"),
    [
        (Unit.CURRENCY, 406598.4, "406\u202f598", "406,598"),
        (Unit.RATIO, 1.1634, "1,16", "1.16"),
        (Unit.SHARE, 0.161, "16,1\u202f%", "16.1%"),
        (Unit.SHARE, 12.0, "1\u202f200\u202f%", "1,200%"),
        (Unit.SCORE, 0.264, "0,26", "0.26"),
        (Unit.DAYS, 640.0, "21 mois", "21 months"),
        (Unit.YEARS, 4.5, "4 ans et 6 mois", "4 years and 6 months"),
        (Unit.COUNT, 3.0, "3", "3"),
        (Unit.COUNT, 2.3333, "2,33", "2.33"),
        (Unit.FLAG, 1.0, "oui", "yes"),
        (Unit.FLAG, 0.0, "non", "no"),
        (Unit.HOUR, 14.0, "14 h", "14 o’clock"),
        (Unit.IDENTIFIER, 100002.0, "100002", "100002"),
        (Unit.CURRENCY, None, "non renseigné", "not given"),
    ],
)
def test_value_is_told_by_its_unit(unit: Unit, value: FeatureValue, french: str, english: str) -> None:
    assert value_text(value, feature(unit), FRENCH) == french
    assert value_text(value, feature(unit), ENGLISH) == english


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_can_be_told(unit: Unit) -> None:
    assert value_text(1.0, feature(unit), FRENCH)


def test_categories_have_a_name_in_each_language() -> None:
    housing = feature(Unit.CATEGORY, "NAME_HOUSING_TYPE")
    assert value_text("House / apartment", housing, FRENCH) == "Maison ou appartement"
    assert value_text("House / apartment", housing, ENGLISH) == "House or flat"


def test_a_category_of_another_table_is_found_by_its_full_name() -> None:
    state = feature(Unit.CATEGORY, "bureau.CREDIT_ACTIVE")
    assert value_text("Active", state, FRENCH) == "En cours"


def test_a_level_is_told_by_its_name() -> None:
    education = replace(
        feature(Unit.LEVEL, "NAME_EDUCATION_TYPE"), levels=("Lower secondary", "Secondary / secondary special")
    )
    assert value_text(1.0, education, FRENCH) == "Secondaire"
    assert value_text(7.0, education, FRENCH) == "7"


def test_an_unheard_of_category_is_shown_as_it_is() -> None:
    assert value_text("Houseboat", feature(Unit.CATEGORY, "NAME_HOUSING_TYPE"), FRENCH) == "Houseboat"


def test_labels_are_typeset() -> None:
    assert feature_label(feature(Unit.SCORE), FRENCH) == "Note d’un bien"
