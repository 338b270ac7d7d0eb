"""Reasons and alerts are complete sentences in both languages, for every theme and code."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import AssessmentWarning, FeatureValue, Reason, WarningCode
from scoring_dash.core.words import Changeability, Direction, TableName, Theme, Unit
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.registry import FeatureDefinition
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.reasons import (
    changeability_name,
    reason_detail,
    reason_text,
    reason_title,
    theme_name,
    warning_text,
)

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
SCORE = Feature(
    "score",
    TableName.APPLICATION_TRAIN,
    ("EXT_SOURCE_1",),
    "application",
    Unit.SCORE,
    Theme.EXTERNAL_SCORES,
    "Moyenne des notes",
    "Mean of the scores",
)


def reason(
    theme: Theme = Theme.EXTERNAL_SCORES, direction: Direction = Direction.RAISES, typical: float | None = 0.53
) -> Reason:
    return Reason("CODE", theme, "score", 0.26, typical, 0.4, 0.021, direction)


OCCUPATION = replace(SCORE, unit=Unit.CATEGORY, columns=("OCCUPATION_TYPE",), label_fr="Métier", label_en="Occupation")
OWNS_HOME = replace(
    SCORE, unit=Unit.FLAG, label_fr="Propriétaire d'un bien immobilier", label_en="Owns a house or flat"
)
DELAY = replace(
    SCORE,
    unit=Unit.DAYS,
    table=TableName.INSTALLMENTS_PAYMENTS,
    label_fr="Retard moyen (négatif : avance)",
    label_en="Mean delay (negative: early)",
)
FEES = replace(
    SCORE, unit=Unit.CURRENCY, label_fr="Frais et assurances financés", label_en="Fees and insurance financed"
)


def test_reason_is_one_sentence_with_both_values() -> None:
    assert reason_text(reason(), SCORE, FRENCH) == (
        "Notes d’organismes extérieurs défavorables\u00a0: la moyenne des notes est de 0,26, contre 0,53 d’habitude."
    )
    assert reason_text(reason(), SCORE, ENGLISH) == (
        "Unfavourable scores from outside agencies: the mean of the scores is 0.26 (usually 0.53)."
    )


@pytest.mark.parametrize(
    ("feature", "value", "typical", "french", "english"),
    [
        (SCORE, 0.26, 0.2601, "la moyenne des notes est de 0,26, comme d’habitude.", "is 0.26, as usual."),
        (
            SCORE,
            0.26,
            None,
            "la moyenne des notes est de 0,26, là où d’habitude rien n’est renseigné.",
            "is 0.26, where usually nothing is given.",
        ),
        (
            SCORE,
            None,
            0.53,
            "le dossier ne donne pas la moyenne des notes (d’habitude\u00a0: 0,53).",
            "the file does not give the mean of the scores (usually 0.53).",
        ),
        (
            SCORE,
            None,
            None,
            "le dossier ne donne pas la moyenne des notes, comme d’habitude.",
            "the file does not give the mean of the scores, as usual.",
        ),
        (
            OCCUPATION,
            "Drivers",
            "Laborers",
            "le métier est «\u00a0Conducteur\u00a0», contre «\u00a0Ouvrier\u00a0» d’habitude.",
            "the occupation reads “Driver” (usually “Labourer”).",
        ),
        (
            OWNS_HOME,
            0.0,
            1.0,
            "pour «\u00a0Propriétaire d’un bien immobilier\u00a0», le dossier indique non, contre oui d’habitude.",
            "to “Owns a house or flat” the file answers no (usually yes).",
        ),
        (
            OWNS_HOME,
            None,
            1.0,
            "pour «\u00a0Propriétaire d’un bien immobilier\u00a0», le dossier n’indique rien, contre oui d’habitude.",
            "to “Owns a house or flat” the file gives no answer (usually yes).",
        ),
        (
            DELAY,
            -16.0,
            2.0,
            "le retard moyen est de −16 jours (avance), contre 2 jours d’habitude.",
            "the mean delay is −16 days (early) (usually 2 days).",
        ),
        (
            DELAY,
            None,
            2.0,
            "l’historique du client ne révèle pas le retard moyen (d’habitude\u00a0: 2 jours).",
            "the client’s history does not tell the mean delay (usually 2 days).",
        ),
        (
            FEES,
            12_000.0,
            9_000.0,
            "les frais et assurances financés sont de 12\u202f000, contre 9\u202f000 d’habitude.",
            "the fees and insurance financed are 12,000 (usually 9,000).",
        ),
    ],
)
def test_detail_has_words_for_each_case(
    feature: Feature, value: FeatureValue, typical: FeatureValue, french: str, english: str
) -> None:
    case = replace(reason(), value=value, typical_value=typical)
    assert reason_detail(case, feature, FRENCH) == french
    assert reason_detail(case, feature, ENGLISH).endswith(english)


@pytest.mark.parametrize("definition", ALL_DEFINITIONS, ids=lambda definition: definition.name)
def test_every_feature_of_the_catalogue_makes_a_short_sentence(definition: FeatureDefinition) -> None:
    feature = definition.feature
    values: tuple[FeatureValue, ...] = ("Working", "State servant") if feature.is_categorical else (-400.0, 1_234.5)
    cases = itertools.product((FRENCH, ENGLISH), Direction, (None, *values), (None, values[1]))
    for texts, direction, value, typical in cases:
        case = replace(reason(feature.theme, direction), value=value, typical_value=typical)
        sentence = reason_text(case, feature, texts)
        assert sentence.endswith(".")
        assert not {"{", "_"} & set(sentence)
        assert len([word for word in sentence.split() if re.search(r"\w", word)]) <= 30, sentence


def test_what_can_be_done_is_told_for_both_directions() -> None:
    for texts in (FRENCH, ENGLISH):
        for direction in Direction:
            assert len({changeability_name(what, direction, texts) for what in Changeability}) == len(Changeability)
    assert changeability_name(Changeability.FADES, Direction.RAISES, FRENCH) == "s’efface avec le temps"
    assert changeability_name(Changeability.FADES, Direction.LOWERS, FRENCH) == "évolue avec le temps"


def test_every_theme_has_its_own_words_in_each_direction() -> None:
    for texts in (FRENCH, ENGLISH):
        titles = {reason_title(reason(theme, direction), texts) for theme in Theme for direction in Direction}
        assert len(titles) == 2 * len(Theme)
        assert len({theme_name(theme, texts) for theme in Theme}) == len(Theme)


@pytest.mark.parametrize("code", WarningCode)
def test_every_alert_is_a_sentence(code: WarningCode) -> None:
    for texts in (FRENCH, ENGLISH):
        general = warning_text(AssessmentWarning(code), None, texts)
        of_a_value = warning_text(AssessmentWarning(code, "score", 0.9), SCORE, texts)
        assert general.endswith(".") and of_a_value.endswith(".")
        assert "{" not in of_a_value


def test_alert_names_the_value() -> None:
    alert = AssessmentWarning(WarningCode.OUT_OF_RANGE, "score", 0.9)
    assert warning_text(alert, SCORE, FRENCH) == "Hors de ce que le modèle a connu\u00a0: Moyenne des notes, 0,90."


def test_alert_tells_the_range_that_the_model_has_seen() -> None:
    alert = AssessmentWarning(WarningCode.OUT_OF_RANGE, "score", 0.9)
    assert "(de 0,10 à 0,80)" in warning_text(alert, SCORE, FRENCH, usual_range=(0.1, 0.8))
    assert "outside what the model has seen (0.10 to 0.80)" in warning_text(
        alert, SCORE, ENGLISH, usual_range=(0.1, 0.8)
    )


def test_alert_does_not_contradict_itself_where_rounding_hides_the_difference() -> None:
    told = warning_text(
        AssessmentWarning(WarningCode.OUT_OF_RANGE, "score", 0.8001), SCORE, ENGLISH, usual_range=(0.1, 0.8)
    )
    assert "0.80: just outside" in told
    assert "0.10" not in told
