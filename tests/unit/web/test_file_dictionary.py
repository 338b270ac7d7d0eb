"""The dictionary can tell every feature of the catalogue, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.components import text_of
from support.fake_services import FakeServices

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import Address, Section
from scoring_dash.web.sections.file_dictionary import dictionary_entry, source_text, window_text
from scoring_dash.web.sections.file_facts import Fact

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
FEATURES = [definition.feature for definition in ALL_DEFINITIONS]
MODEL = FakeServices().model
ADDRESS = Address("100009", Section.FILE)


def feature(**more: object) -> Feature:
    usual = Feature(
        "x", TableName.APPLICATION_TRAIN, ("AMT_CREDIT",), "all", Unit.CURRENCY, Theme.LOAN_SIZE, "Objet", "Thing"
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def told(item: Feature, rank: int | None = 1, **model: object) -> str:
    entry = dictionary_entry(Fact(item, 1.0, 1.0, rank, True), replace(MODEL, **model), ADDRESS, FRENCH)  # type: ignore[arg-type]
    return text_of(entry).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


def test_every_feature_of_the_catalogue_has_a_source_and_a_period_in_both_languages() -> None:
    for item in FEATURES:
        french, english = window_text(item.window, FRENCH), window_text(item.window, ENGLISH)
        assert french
        assert english
        assert french != english
        assert source_text(item, FRENCH) != source_text(item, ENGLISH)


@pytest.mark.parametrize(
    ("window", "french"),
    [
        ("last 365 days", "les 365 derniers jours"),
        ("last 5 instalments", "les 5 dernières échéances"),
        ("latest loan", "le crédit le plus récent"),
        ("all", "tout le passé connu"),
        ("some new window", ""),
    ],
)
def test_periods(window: str, french: str) -> None:
    assert window_text(window, FRENCH) == french


def test_a_feature_over_several_tables_names_each_once() -> None:
    item = feature(table=None, columns=("bureau.AMT_CREDIT_SUM", "bureau.AMT_ANNUITY", "application_test.AMT_CREDIT"))
    assert source_text(item, FRENCH).replace("\u202f", " ") == (
        "crédits déclarés par d’autres établissements ; la demande actuelle"
    )


@pytest.mark.parametrize(
    ("monotone", "french"),
    [
        (1, "Une valeur plus élevée ne peut jamais faire baisser le risque."),
        (-1, "Une valeur plus élevée ne peut jamais faire monter le risque."),
        (0, "Aucun sens n'est imposé"),
    ],
)
def test_direction(monotone: int, french: str) -> None:
    assert french in told(feature(monotone=monotone))


def test_range_of_past_files() -> None:
    assert "de 45 000 à 2 850 646 parmi les dossiers passés" in told(feature(), ranges={"x": (45_000.0, 2_850_646.0)})
    assert "parmi les dossiers passés" not in told(feature(), ranges={})


@pytest.mark.parametrize(
    ("rank", "english", "french"),
    [
        (1, "1st", "1er"),
        (2, "2nd", "2e"),
        (3, "3rd", "3e"),
        (11, "11th", "11e"),
        (21, "21st", "21e"),
        (113, "113th", "113e"),
    ],
)
def test_places(rank: int, english: str, french: str) -> None:
    entry = text_of(dictionary_entry(Fact(feature(), 1.0, 1.0, rank, True), MODEL, ADDRESS, ENGLISH))
    assert f" {english} of {len(MODEL.features)} " in entry
    assert f" {french} sur {len(MODEL.features)} " in told(feature(), rank)


def test_a_column_says_what_it_serves_for() -> None:
    column = feature(name="AMT_ANNUITY", columns=("AMT_ANNUITY",))
    users = tuple(feature(name=f"f{place}", columns=("AMT_ANNUITY",), label_fr=f"Usage {place}") for place in range(5))
    assert "Sert à calculer « Usage 0 », « Usage 1 », « Usage 2 » et 2 autres éléments." in told(
        column, None, features=users
    )
    assert "Sert à calculer « Usage 0 »." in told(column, None, features=users[:1])
    assert "Le modèle ne se sert pas de ce champ." in told(column, None, features=())
