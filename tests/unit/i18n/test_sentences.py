"""The sentences of the decision say what the figures say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.fake_services import REVIEW_HIGH, REVIEW_LOW, THRESHOLD, FakeServices

from scoring_dash.core.results import Assessment, ObservedFrequency
from scoring_dash.core.words import Recommendation
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.sentences import (
    Confidence,
    advice,
    confidence_of,
    confidence_sentence,
    confidence_title,
    distance,
    frequency,
    verdict,
)

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
SAMPLE = FakeServices().assess(100_009)


def assessed(probability: float) -> Assessment:
    zone = (
        Recommendation.REVIEW
        if REVIEW_LOW <= probability <= REVIEW_HIGH
        else (Recommendation.ACCEPT if probability < REVIEW_LOW else Recommendation.REFUSE)
    )
    return replace(
        SAMPLE,
        probability_of_default=probability,
        recommendation=zone,
        distance_to_threshold=probability - THRESHOLD,
    )


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.02, "bien en dessous du seuil de 9,1"),
        (0.07, "sous le seuil de 9,1"),
        (0.084, "juste sous le seuil de 9,1"),
        (0.0912, "au niveau du seuil"),
        (0.1, "juste au‑dessus du seuil de 9,1"),
        (0.15, "au‑dessus du seuil de 9,1"),
        (0.6, "très au‑dessus du seuil de 9,1"),
    ],
)
def test_verdict_has_its_words_for_every_distance(probability: float, words: str) -> None:
    sentence = verdict(assessed(probability), FRENCH)
    assert f"\u00a0: {words}" in sentence


def test_verdict_as_in_the_design() -> None:
    assert verdict(assessed(0.084), FRENCH) == ("Risque estimé de 8,4\u202f%\u00a0: juste sous le seuil de 9,1\u202f%.")


def test_distance_is_told_in_points_and_a_word() -> None:
    assert distance(assessed(0.084), FRENCH) == "0,7\u00a0point sous le seuil"
    assert distance(assessed(0.184), ENGLISH) == "9.3\u00a0points above the threshold"
    assert distance(assessed(THRESHOLD), ENGLISH) == "at the threshold"


def test_advice_asks_for_a_second_reading_in_the_review_zone_only() -> None:
    assert "seconde lecture est demandée." in advice(assessed(0.1), FRENCH)
    assert not advice(assessed(0.02), FRENCH).endswith("seconde lecture est demandée.")


def test_advice_outside_the_zone_says_that_the_control_models_disagree() -> None:
    split = replace(assessed(0.05), recommendation=Recommendation.REVIEW, spread_low=0.041, spread_high=0.097)
    assert advice(split, ENGLISH).startswith(
        "The model does not settle it: it and its control models place the file on"
    )
    assert "(entre 4,1\u202f% et 9,7\u202f%)" in advice(split, FRENCH)
    assert "zone" not in advice(split, FRENCH)
    assert "juste" not in verdict(split, FRENCH)


@pytest.mark.parametrize(
    ("observed", "words"),
    [
        (
            ObservedFrequency(1240, 99, 0.0798, 0.066, 0.096),
            "8 ont eu des difficultés de remboursement (1\u202f240 dossiers",
        ),
        (ObservedFrequency(900, 8, 0.0089, 0.004, 0.017), "1 a eu des difficultés"),
        (ObservedFrequency(900, 2, 0.0022, 0.001, 0.008), "moins de 1 a eu des difficultés"),
        (ObservedFrequency(0, 0, 0.0, 0.0, 1.0), "Aucun dossier passé de risque comparable"),
    ],
)
def test_frequency_counts_persons(observed: ObservedFrequency, words: str) -> None:
    assert words in frequency(observed, FRENCH)


@pytest.mark.parametrize(
    ("probability", "low", "high", "expected"),
    [
        (0.05, 0.04, 0.06, Confidence.FIRM),
        (0.2, 0.15, 0.25, Confidence.FIRM),
        (0.085, 0.08, 0.0905, Confidence.NEAR_THRESHOLD),
        (0.085, 0.08, 0.091, Confidence.NEAR_THRESHOLD),  # at the threshold itself a file is not refused
        (0.085, 0.08, 0.0911, Confidence.DIVIDED),
        (0.05, 0.04, 0.12, Confidence.DIVIDED),
        (0.12, 0.07, 0.09, Confidence.DIVIDED),  # the model alone stands above
        (0.085, 0.085, 0.085, Confidence.SINGLE_MODEL),
    ],
)
def test_confidence_follows_the_control_models_and_the_zone(
    probability: float, low: float, high: float, expected: Confidence
) -> None:
    assert confidence_of(replace(assessed(probability), spread_low=low, spread_high=high)) is expected


def test_confidence_tells_the_figures_of_the_assessment() -> None:
    divided = replace(assessed(0.05), spread_low=0.041, spread_high=0.0973)
    assert confidence_sentence(divided, FRENCH) == (
        "Selon le modèle de contrôle, le risque va de 4,1\u202f% à 9,7\u202f%\u00a0: de part et d’autre du seuil "
        "de 9,1\u202f%."
    )
    near = confidence_sentence(replace(assessed(0.085), spread_low=0.08, spread_high=0.09), ENGLISH)
    assert "(between 8.0% and 9.0%)" in near
    assert "(7.5% to 10.8%)" in near


def test_each_confidence_has_words_of_its_own() -> None:
    for texts in (FRENCH, ENGLISH):
        assert len({confidence_title(confidence, texts) for confidence in Confidence}) == len(Confidence)
