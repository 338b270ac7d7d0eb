"""Décision shows the figures of the assessment, in both languages, and the same sentences as the interface."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from support.components import of_type, text_of, walk, with_id
from support.fake_features import RECIPES
from support.fake_services import FakeServices, clients_by_recommendation

from scoring_dash.core.effects import Gap
from scoring_dash.core.results import Assessment, AssessmentWarning, WarningCode
from scoring_dash.core.words import Book, Direction, Recommendation, TableName
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Language, Texts, load_texts
from scoring_dash.i18n.gaps import gap_text
from scoring_dash.i18n.numbers import percent, signed_points
from scoring_dash.i18n.reasons import reason_text
from scoring_dash.web.address import Address
from scoring_dash.web.sections.decision import decision_section, decision_view
from scoring_dash.web.sections.decision_alerts import MOST_SHOWN, Urgency, find_alerts

TEXTS = {language: load_texts(language) for language in Language}
FRENCH = TEXTS[Language.FRENCH]
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
CLIENTS = [item.client_id for item in SERVICES.search_clients("", limit=60).items]
KINDS = clients_by_recommendation(SERVICES)


def section(client: int, texts: Texts = FRENCH, **changes: Any) -> list[Any]:
    assessment = replace(SERVICES.assess(client), **changes)
    return list(decision_section(assessment, SERVICES.gaps(client), SERVICES.model, texts))


def text(content: Any) -> str:
    """What is read, with single spaces between the parts."""
    return re.sub(r" +", " ", text_of(content))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("client", CLIENTS[::4])
def test_reasons_are_the_sentences_of_the_interface_with_their_points(client: int, language: Language) -> None:
    texts, assessment = TEXTS[language], SERVICES.assess(client)
    page = section(client, texts)
    for direction in Direction:
        (side,) = (item for item in of_type(page, "Section") if item.className == direction.value)
        items = [text(item) for item in of_type(side, "Li")]
        reasons = assessment.reasons_of(direction)
        assert len(items) == len(reasons)
        for item, reason in zip(items, reasons, strict=True):
            assert item.startswith(reason_text(reason, FEATURES[reason.feature], texts))
            assert item.endswith(signed_points(reason.probability_points, texts))
            assert (reason.probability_points > 0) is (direction is Direction.RAISES)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("recommendation", Recommendation)
def test_every_sentence_tells_the_figures_of_the_assessment(recommendation: Recommendation, language: Language) -> None:
    client, texts = KINDS[recommendation], TEXTS[language]
    assessment, told = SERVICES.assess(client), text(section(client, texts))
    for sentence in (
        sentences.verdict(assessment, texts),
        sentences.advice(assessment, texts),
        sentences.distance(assessment, texts),
        sentences.frequency(assessment.observed, texts),
        sentences.confidence_sentence(assessment, texts),
        sentences.default_rate(assessment.observed, texts),
    ):
        assert sentence in told
    for gap in SERVICES.gaps(client):
        feature = FEATURES[gap.feature] if gap.feature else None
        assert gap_text(gap, feature, assessment, texts) in told


def test_what_is_said_aloud_is_the_proposal_and_the_risk() -> None:
    client = KINDS[Recommendation.REVIEW]
    view = decision_view(Address(str(client)), SERVICES.facts(client), SERVICES, FRENCH)
    assert view.announcement == f"À examiner. {sentences.verdict(SERVICES.assess(client), FRENCH)}"


def test_cards_come_in_the_order_of_a_phone() -> None:
    names = [card.to_plotly_json()["props"]["aria-labelledby"] for card in section(100_009)]
    assert names == ["verdict", "gauge-title", "reasons-title", "reliability-title", "to-know-title"]


def test_identifiers_are_unique() -> None:
    found = [item.id for item in walk(section(100_009)) if getattr(item, "id", None)]
    assert len(found) == len(set(found))


def test_the_table_of_the_gauge_holds_the_values_drawn() -> None:
    assessment = SERVICES.assess(100_009)
    table = text(of_type(with_id(section(100_009), "gauge"), "Table"))
    for value in (
        assessment.probability_of_default, assessment.threshold, assessment.review_low, assessment.review_high,
    ):  # fmt: skip
        assert percent(value, FRENCH) in table


def test_a_risk_beyond_the_gauge_says_so() -> None:
    assert "Le cadran s’arrête à" in text(section(100_009, probability_of_default=0.6))
    assert "Le cadran s’arrête à" not in text(section(100_009, probability_of_default=0.06))


def test_a_past_file_has_no_control_models() -> None:
    past = next(client for client in CLIENTS if SERVICES.assess(client).book is Book.PAST)
    reliability = text(with_id_of_card(section(past), "reliability-title"))
    assert "L’avis d’un seul modèle" in reliability
    assert "entraîné chaque fois" not in reliability
    assert "noté par un modèle qui n’a pas vu son issue" in reliability


def with_id_of_card(page: list[Any], title: str) -> Any:
    (found,) = (card for card in page if card.to_plotly_json()["props"]["aria-labelledby"] == title)
    return found


def alerts(assessment: Assessment, gaps: tuple[Gap, ...] = ()) -> list[tuple[Urgency, str]]:
    found = find_alerts(assessment, gaps, FEATURES, SERVICES.model.ranges, FRENCH)
    return [(alert.urgency, alert.text) for alert in found]


CALM = replace(SERVICES.assess(100_009), book=Book.CURRENT, warnings=())


def test_the_most_important_alerts_come_first() -> None:
    warned = replace(
        CALM,
        warnings=(
            AssessmentWarning(WarningCode.NO_PREVIOUS_APPLICATION),
            AssessmentWarning(WarningCode.OUT_OF_RANGE, "income", 9e9),
            AssessmentWarning(WarningCode.UNLIKE_PAST_FILES),
        ),
    )
    found = alerts(warned)
    assert [urgency for urgency, _ in found] == [Urgency.ATTENTION, Urgency.ATTENTION, Urgency.INFORMATION]
    assert "hors de ce que le modèle a connu (de " in found[0][1]
    assert found[1][1].startswith("Aucun dossier passé ne ressemble à celui-ci")


def test_what_a_gap_tells_is_not_told_twice() -> None:
    client = next(
        number
        for number in CLIENTS
        if {WarningCode.NO_BUREAU_HISTORY, WarningCode.MISSING_EXTERNAL_SCORES}
        <= {warning.code for warning in SERVICES.assess(number).warnings}
    )
    assessment, gaps = SERVICES.assess(client), SERVICES.gaps(client)
    told = " ".join(sentence for _, sentence in alerts(assessment, gaps))
    assert told.count("Aucun crédit connu auprès d’autres établissements.") == 1
    assert "Absent du dossier" not in told
    assert "Absent du dossier" in " ".join(sentence for _, sentence in alerts(assessment))


def test_a_gap_that_could_turn_the_recommendation_asks_for_attention() -> None:
    gap = Gap("ext_source_1", TableName.APPLICATION_TRAIN, 0.01, 0.5, CALM.observed)
    assert [urgency for urgency, _ in alerts(CALM, (gap,))] == [Urgency.ATTENTION]
    own = CALM.probability_of_default
    assert [urgency for urgency, _ in alerts(CALM, (replace(gap, low=own, high=own),))] == [Urgency.INFORMATION]


def test_more_alerts_than_anyone_reads_are_folded_and_counted() -> None:
    warnings = tuple(AssessmentWarning(WarningCode.OUT_OF_RANGE, name, 9e9) for name in SERVICES.model.ranges)
    page = section(100_009, warnings=warnings)
    card = with_id_of_card(page, "to-know-title")
    (folded,) = of_type(card, "Details")
    rest = len(of_type(folded, "Li"))
    assert len(of_type(card, "Li")) - rest == MOST_SHOWN
    assert f"{rest} autres points à savoir" in text(folded)


def test_a_file_without_alerts_says_so() -> None:
    page = list(decision_section(CALM, (), SERVICES.model, FRENCH))
    assert "Rien d’inhabituel dans ce dossier." in text(page)
    assert of_type(with_id_of_card(page, "to-know-title"), "Li") == []
