"""The difference from the typical client, in words, for every unit."""

from __future__ import annotations

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.sections.file_difference import difference

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
LIKE = "comme le client type"

CASES: list[tuple[Unit, FeatureValue, FeatureValue, str, bool]] = [
    (Unit.CURRENCY, 200_000.0, 100_000.0, "deux fois plus", True),
    (Unit.CURRENCY, 100_000.0, 200_000.0, "deux fois moins", True),
    (Unit.CURRENCY, 350_000.0, 100_000.0, "3,5 fois plus", True),
    (Unit.CURRENCY, 100_000.0, 2_600_000.0, "26 fois moins", True),
    (Unit.CURRENCY, 156_000.0, 100_000.0, "56 % de plus", False),
    (Unit.CURRENCY, 88_000.0, 100_000.0, "12 % de moins", False),
    (Unit.CURRENCY, 100_100.0, 100_000.0, LIKE, False),
    (Unit.CURRENCY, 0.0, 46_525.0, "46 525 de moins", True),
    (Unit.CURRENCY, -15_760.0, 125_158.0, "140 918 de moins", True),
    (Unit.RATIO, 1.24, 1.13, "10 % de plus", False),
    (Unit.RATIO, 0.2, 0.6, "3 fois moins", True),
    (Unit.SHARE, 0.27, 0.15, "+12 points", False),
    (Unit.SHARE, 0.0, 0.35, "−35 points", True),
    (Unit.SHARE, 0.0202, 0.0189, "+0,1 point", False),
    (Unit.SHARE, 0.15001, 0.15, LIKE, False),
    (Unit.SCORE, 0.26, 0.53, "0,27 de moins", True),
    (Unit.SCORE, 0.50, 0.52, "0,02 de moins", False),
    (Unit.DAYS, 1000.0, 1000.0 + 3 * 365.25, "3 ans de moins", True),
    (Unit.DAYS, 1500.0, 1200.0, "10 mois de plus", False),
    (Unit.DAYS, 2.0, 1.0, "1 jour de plus", False),
    (Unit.DAYS, -100.0, 60.0, "5 mois de moins", True),
    (Unit.MONTHS, 24.0, 36.0, "12 mois de moins", False),
    (Unit.MONTHS, 60.0, 12.0, "4 ans de plus", True),
    (Unit.YEARS, 9.0, 4.0, "5 ans de plus", True),
    (Unit.COUNT, 7.0, 4.0, "3 de plus", False),
    (Unit.COUNT, 1.0, 4.0, "3 de moins", True),
    (Unit.COUNT, 1.0, 0.0, "1 de plus", False),
    (Unit.FLAG, 1.0, 0.0, "à la différence du client type", True),
    (Unit.FLAG, 1.0, 1.0, LIKE, False),
    (Unit.LEVEL, 3.0, 1.0, "plus haut que le client type", True),
    (Unit.LEVEL, 0.0, 1.0, "plus bas que le client type", False),
    (Unit.CATEGORY, "Pensioner", "Working", "autre que le client type", False),
    (Unit.CATEGORY, "Working", "Working", LIKE, False),
    (Unit.HOUR, 15.0, 12.0, "3 heures plus tard", False),
    (Unit.HOUR, 11.0, 12.0, "1 heure plus tôt", False),
    (Unit.IDENTIFIER, 1.0, 2.0, "autre que le client type", False),
]


def of_unit(unit: Unit) -> Feature:
    levels = ("low", "middle", "high", "highest") if unit is Unit.LEVEL else ()
    columns = ("NAME_INCOME_TYPE",)
    return Feature("x", TableName.APPLICATION_TRAIN, columns, "all", unit, Theme.ASSETS, "X", "X", levels=levels)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


@pytest.mark.parametrize(("unit", "value", "typical", "told", "is_large"), CASES)
def test_difference(unit: Unit, value: FeatureValue, typical: FeatureValue, told: str, is_large: bool) -> None:
    found = difference(value, typical, of_unit(unit), FRENCH)
    assert (plain(found.text), found.is_large) == (told, is_large)


def test_every_unit_is_told() -> None:
    assert {case[0] for case in CASES} == set(Unit)


@pytest.mark.parametrize("unit", Unit)
def test_nothing_is_compared_where_a_value_is_missing(unit: Unit) -> None:
    assert difference(None, 1.0, of_unit(unit), FRENCH).text == ""
    assert difference(1.0, None, of_unit(unit), FRENCH).text == "le plus souvent non renseigné"


def test_english() -> None:
    told = [difference(*pair, of_unit(Unit.CURRENCY), ENGLISH).text for pair in ((3.0, 1.0), (1.0, 3.0), (13.0, 10.0))]
    assert told == ["3 times as much", "3 times less", "30% more"]
