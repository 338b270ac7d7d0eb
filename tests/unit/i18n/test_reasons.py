"""Reasons and alerts are complete sentences in both languages, for every theme and code."""

from __future__ import annotations

import pytest

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import AssessmentWarning, Reason, WarningCode
from scoring_dash.core.words import Direction, TableName, Theme, Unit
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.reasons import reason_detail, reason_text, reason_title, theme_name, warning_text

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


def test_reason_is_one_sentence_with_both_values() -> None:
    assert reason_text(reason(), SCORE, FRENCH) == (
        "Notes d’organismes extérieurs défavorables (moyenne des notes\u00a0: 0,26\u202f; typique\u00a0: 0,53)."
    )
    assert reason_text(reason(), SCORE, ENGLISH) == (
        "Unfavourable scores from outside agencies (mean of the scores: 0.26; typically 0.53)."
    )


def test_reason_without_a_typical_value_tells_the_client_only() -> None:
    assert reason_detail(reason(typical=None), SCORE, ENGLISH) == "Mean of the scores: 0.26"


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
