"""What is missing is told with its figures, its effect on the recommendation, and what to ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.fake_features import RECIPES
from support.fake_services import FakeServices

from scoring_dash.core.effects import Gap
from scoring_dash.core.results import Assessment, ObservedFrequency
from scoring_dash.core.words import Book, Recommendation, TableName
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.gaps import could_change_recommendation, gap_text

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
MANY, FEW = ObservedFrequency(1_432, 146, 0.10196, 0.0873, 0.1187), ObservedFrequency(12, 1, 0.083, 0.01, 0.35)

# The review zone of the invented model goes from 7.5 % to 10.8 %.
ACCEPTED = replace(FakeServices().assess(100_009), probability_of_default=0.05, recommendation=Recommendation.ACCEPT)


def missing(low: float, high: float, feature: str = "ext_source_1") -> Gap:
    return Gap(feature, TableName.APPLICATION_TRAIN, low, high, MANY)


def told(gap: Gap, assessment: Assessment = ACCEPTED, texts: object = FRENCH) -> str:
    return gap_text(gap, FEATURES[gap.feature] if gap.feature else None, assessment, texts)  # type: ignore[arg-type]


def test_a_missing_score_tells_its_range_and_whom_to_ask() -> None:
    assert told(missing(0.0694, 0.1021)) == (
        "Il manque la première note d’un organisme extérieur\u00a0: selon sa valeur, le risque irait de 6,9\u202f% "
        "à 10,2\u202f%. La recommandation pourrait changer. À demander à l’organisme."
    )
    assert told(missing(0.0694, 0.0721), texts=ENGLISH) == (
        "The file lacks the first score from an outside agency: depending on its value, the risk would lie between "
        "6.9% and 7.2%. The recommendation would stay the same. To be asked of the agency."
    )


def test_other_facts_are_asked_of_the_client_and_nothing_is_asked_of_a_past_one() -> None:
    job = missing(0.04, 0.06, "organization_type")
    assert told(job).endswith("À demander au client.")
    assert "demander" not in told(job, replace(ACCEPTED, book=Book.PAST))


def test_a_value_that_changes_nothing_says_so() -> None:
    assert "quelle que soit sa valeur, le risque resterait d’environ 5,0\u202f%." in told(missing(0.0501, 0.0502))


@pytest.mark.parametrize(
    ("low", "high", "own", "expected"),
    [
        (0.04, 0.07, 0.05, False),
        (0.04, 0.075, 0.05, True),  # the review zone includes its bounds
        (0.08, 0.10, 0.09, False),
        (0.08, 0.109, 0.09, True),
        (0.12, 0.20, 0.05, True),  # every usual value would turn an accepted file into a refused one
        (0.12, 0.20, 0.15, False),
    ],
)
def test_the_recommendation_could_change_where_the_range_crosses_a_zone(
    low: float, high: float, own: float, expected: bool
) -> None:
    assert could_change_recommendation(missing(low, high), replace(ACCEPTED, probability_of_default=own)) is expected


def test_nothing_is_promised_where_the_control_models_ask_for_the_review() -> None:
    divided = replace(ACCEPTED, recommendation=Recommendation.REVIEW, spread_low=0.04, spread_high=0.1)
    assert "recommand" not in told(missing(0.04, 0.06), divided)


def test_an_empty_table_tells_what_became_of_such_files() -> None:
    gap = Gap(None, TableName.BUREAU, None, None, MANY)
    assert told(gap) == (
        "Aucun crédit connu auprès d’autres établissements. Parmi les 1\u202f432 dossiers passés dans ce cas, "
        "10,2\u202f% ont été en défaut (entre 8,7 et 11,9\u202f%). "
        "Demander au client un relevé de ses crédits en cours."
    )
    assert not could_change_recommendation(gap, ACCEPTED)


def test_a_rate_of_a_handful_of_files_is_not_told() -> None:
    sentence = told(Gap(None, TableName.CREDIT_CARD_BALANCE, None, None, FEW), texts=ENGLISH)
    assert "Past files in this case: 12, too few" in sentence
    assert "%" not in sentence


@pytest.mark.parametrize(
    "table",
    [
        TableName.BUREAU,
        TableName.PREVIOUS_APPLICATION,
        TableName.INSTALLMENTS_PAYMENTS,
        TableName.CREDIT_CARD_BALANCE,
    ],
)
def test_every_table_that_can_be_empty_has_words(table: TableName) -> None:
    for texts in (FRENCH, ENGLISH):
        assert told(Gap(None, table, None, None, MANY), texts=texts).endswith(".")
