"""A label becomes the subject of a sentence with its article, in both languages."""

from __future__ import annotations

import re

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.past_rows.scores import SUMMARIES
from scoring_dash.i18n.catalogue import Language, Texts, load_texts
from scoring_dash.i18n.subjects import meaning_of_negative, subject_of

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)

QUOTED_ONLY = {
    FRENCH.language: {"owns_home", "work_phone", "previous_latest_client_kind", "instalment_late_share_trend"},
    ENGLISH.language: {"owns_home", "work_phone", "previous_latest_client_kind", "instalment_parts_max"},
}


def feature(french: str = "Montant", english: str = "Amount", unit: Unit = Unit.CURRENCY) -> Feature:
    return Feature("x", TableName.BUREAU, ("AMT_CREDIT_SUM",), "all", unit, Theme.DEBTS_ELSEWHERE, french, english)


@pytest.mark.parametrize(
    ("label", "unit", "words", "is_plural"),
    [
        ("Moyenne des notes", Unit.SCORE, "la moyenne des notes", False),
        ("Montant du crédit", Unit.CURRENCY, "le montant du crédit", False),
        ("Échéance rapportée au revenu", Unit.RATIO, "l’échéance rapportée au revenu", False),
        ("Frais financés", Unit.CURRENCY, "les frais financés", True),
        ("Crédits en cours ailleurs", Unit.COUNT, "le nombre de crédits en cours ailleurs", False),
        ("Échéances restantes", Unit.COUNT, "le nombre d’échéances restantes", False),
        ("Nombre de sources", Unit.COUNT, "le nombre de sources", False),
        ("Plus forte échéance", Unit.CURRENCY, "la plus forte échéance", False),
        ("Plus gros crédit", Unit.CURRENCY, "le plus gros crédit", False),
        ("Plus faible montant remboursé", Unit.CURRENCY, "le plus faible montant remboursé", False),
        ("Toutes les échéances", Unit.RATIO, "toutes les échéances", True),
    ],
)
def test_french_labels_get_their_article(label: str, unit: Unit, words: str, is_plural: bool) -> None:
    subject = subject_of(feature(label, unit=unit), FRENCH)
    assert subject is not None
    assert (subject.words, subject.is_plural) == (words, is_plural)


@pytest.mark.parametrize(
    ("label", "unit", "words", "is_plural"),
    [
        ("Mean of the scores", Unit.SCORE, "the mean of the scores", False),
        ("External score 1", Unit.SCORE, "external score 1", False),
        ("Running credits elsewhere", Unit.COUNT, "the number of running credits elsewhere", False),
        ("Number of sources", Unit.COUNT, "the number of sources", False),
        ("Fees financed", Unit.CURRENCY, "the fees financed", True),
        ("All instalments", Unit.RATIO, "all instalments", True),
        ("Left to repay", Unit.CURRENCY, "what is left to repay", False),
    ],
)
def test_english_labels_get_theirs(label: str, unit: Unit, words: str, is_plural: bool) -> None:
    subject = subject_of(feature(english=label, unit=unit), ENGLISH)
    assert subject is not None
    assert (subject.words, subject.is_plural) == (words, is_plural)


def test_an_aside_is_closed_before_the_verb() -> None:
    subject = subject_of(feature("Somme manquante, en moyenne (90 derniers jours)"), FRENCH)
    assert subject is not None
    assert subject.before_verb == "la somme manquante, en moyenne (90 derniers jours),"


@pytest.mark.parametrize("label", ["Zèbres vus au guichet", "Part de retards : évolution sur un an", "Plus"])
def test_a_label_of_another_kind_can_only_be_quoted(label: str) -> None:
    assert subject_of(feature(label), FRENCH) is None


def test_what_negative_values_mean_stands_apart_from_the_subject() -> None:
    delay = feature("Retard moyen (négatif : avance)", "Mean delay (negative: early)", Unit.DAYS)
    assert [meaning_of_negative(delay, texts) for texts in (FRENCH, ENGLISH)] == ["avance", "early"]
    french, english = (subject_of(delay, texts) for texts in (FRENCH, ENGLISH))
    assert french is not None and english is not None
    assert (french.words, english.words) == ("le retard moyen", "the mean delay")
    assert meaning_of_negative(feature(), FRENCH) is None


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=lambda texts: texts.language)
def test_every_feature_has_a_subject_but_for_a_few(texts: Texts) -> None:
    without = {item.name for item in ALL_DEFINITIONS if subject_of(item.feature, texts) is None}
    assert without == QUOTED_ONLY[texts.language]


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=lambda texts: texts.language)
def test_every_learned_score_has_a_subject(texts: Texts) -> None:
    for summary in (summary for group in SUMMARIES.values() for summary in group):
        assert subject_of(feature(summary.label_fr, summary.label_en, Unit.SCORE), texts) is not None


def test_no_article_stands_unelided_before_a_vowel() -> None:
    subjects = [subject_of(item.feature, FRENCH) for item in ALL_DEFINITIONS]
    words = [subject.words for subject in subjects if subject is not None]
    assert [text for text in words if re.match(r"(le|la|de) [aeiouyàâéèêîïôû]", text)] == []
