"""A page is computed from its address alone, for every client, section and language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from support.components import everything_told, of_type, text_of, walk, with_id
from support.fake_features import RECIPES
from support.fake_services import FakeServices, clients_by_recommendation

from scoring_dash.core.groups import Group, GroupName
from scoring_dash.core.words import Book, Direction, Recommendation
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent, signed_points
from scoring_dash.web.address import CLIENT_SECTIONS, Address, Section, read_address
from scoring_dash.web.page import render_page

TEXTS = {language: load_texts(language) for language in Language}
FRENCH = TEXTS[Language.FRENCH]
SERVICES = FakeServices()
CLIENTS = [item.client_id for item in SERVICES.search_clients("", limit=40).items]
KINDS = clients_by_recommendation(SERVICES)

RAW = re.compile(r"\b(?:[A-Z][A-Z0-9]+_)+[A-Z0-9]+\b|\b[a-z]+_[a-z_0-9]+\b|log-odds|SHAP|\bNaN\b|\bNone\b|\binf\b")
ENGLISH = re.compile(
    r"\b(the|and|with|of|file|files|threshold|loan|risk|income|working|unknown|raises|lowers|typically|not given)\b",
    re.I,
)


def content(client: object, section: Section = Section.DECISION, **more: Any) -> Any:
    address = Address(str(client), section, **more)
    return render_page(address, SERVICES, TEXTS[address.language]).content


@pytest.mark.parametrize("section", Section)
@pytest.mark.parametrize("client", CLIENTS[::3])
def test_french_pages_hold_no_english_and_no_raw_name(client: int, section: Section) -> None:
    told = everything_told(content(client, section))
    assert RAW.findall(told) == []
    assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("feature", [recipe.feature.name for recipe in RECIPES])
@pytest.mark.parametrize("group", [Group(base) for base in GroupName])
def test_every_feature_can_be_compared(feature: str, group: Group) -> None:
    page = content(100_009, Section.COMPARE, feature=feature, group=group)
    label = next(recipe.feature.label_fr for recipe in RECIPES if recipe.feature.name == feature)
    assert text_of(with_id(page, "comparison-title")) == FRENCH.typeset(label)
    assert RAW.findall(everything_told(page)) == []


@pytest.mark.parametrize("section", CLIENT_SECTIONS)
@pytest.mark.parametrize("language", Language)
def test_every_panel_names_its_client(section: Section, language: Language) -> None:
    page = content(100_012, section, language=language)
    named = [item.to_plotly_json()["props"].get("data-client") for item in walk(page)]
    cards = of_type(page, "Section")
    assert {name for name in named if name} == {"100012"}
    assert all(card.to_plotly_json()["props"].get("data-client") == "100012" for card in cards)


@pytest.mark.parametrize("recommendation", Recommendation)
def test_decision_shows_the_figures_of_the_assessment(recommendation: Recommendation) -> None:
    client = KINDS[recommendation]
    assessment, page = SERVICES.assess(client), content(client)
    told = text_of(page)
    assert percent(assessment.probability_of_default, FRENCH) in told
    assert percent(assessment.threshold, FRENCH) in told
    for reason in assessment.reasons:
        assert signed_points(reason.probability_points, FRENCH) in told
    raising = next(item for item in of_type(page, "Section") if "raises" in item.className)
    assert len(of_type(raising, "B")) == len(assessment.reasons_of(Direction.RAISES))


def test_bars_of_reasons_are_in_proportion() -> None:
    page = content(KINDS[Recommendation.REFUSE])
    widths = [int(item.style["width"].rstrip("%")) for item in of_type(page, "I") if getattr(item, "style", None)]
    points = [abs(reason.probability_points) for reason in SERVICES.assess(KINDS[Recommendation.REFUSE]).reasons]
    assert max(widths) == 100
    assert len(widths) == len(points)
    assert sorted(widths)[0] == max(2, round(100 * min(points) / max(points)))


def test_why_lists_features_that_sum_to_the_total() -> None:
    page = content(100_009, Section.WHY)
    table = next(item for item in of_type(page, "Table") if "facts" in item.className)
    rows = [[text_of(cell) for cell in row.children] for row in of_type(of_type(table, "Tbody"), "Tr")]
    assert len(rows) == 17
    assert rows[-2][0] == "Les 10 autres éléments ensemble"
    shown = [float(row[2].split()[0 if row[2][0] in "+−0" else 1].replace("−", "-").replace(",", ".")) for row in rows]
    assert sum(shown[:-1]) == pytest.approx(shown[-1], abs=0.05 * len(rows))


def test_past_clients_are_said_to_be_past() -> None:
    client = next(item.client_id for item in SERVICES.search_clients("", limit=9).items if item.book is Book.PAST)
    told = text_of(content(client))
    assert "dossier passé, remboursé" in told or "dossier passé, en défaut" in told
    assert "noté par un modèle qui n’a pas vu son issue" in told


def test_start_page_offers_clients_to_decide() -> None:
    page = render_page(Address(), SERVICES, FRENCH).content
    work_list, new, *links = of_type(page, "A")
    assert work_list.href == "?section=portfolio"
    assert read_address(new.href).is_new
    assert len(links) == 6
    assert all("à décider" in text_of(link) for link in links)
    assert links[0].href == "?client=100003"


@pytest.mark.parametrize("client", ["999999", "abc", "1e5", "-1", "'; drop", "<script>", "9" * 40, "100 002x", "٣"])
def test_unknown_clients_get_a_page_with_others_to_open(client: str) -> None:
    page = render_page(Address(client), SERVICES, FRENCH)
    assert page.title == "Dossier inconnu · Prêt à dépenser"
    assert text_of(of_type(page.content, "H1")).startswith("Aucun dossier ")
    assert of_type(page.content, "A")


def test_unknown_number_offers_those_that_start_alike() -> None:
    links = of_type(content("1000099"), "A")
    assert links[0].href == "?client=100009"


def test_unknown_feature_is_named_and_replaced_by_the_heaviest_reason() -> None:
    page = content(100_009, Section.COMPARE, feature="nonsense")
    assert "« nonsense »".replace(" ", "\u00a0") in text_of(page)
    label = next(r.feature.label_fr for r in RECIPES if r.feature.name == SERVICES.assess(100_009).reasons[0].feature)
    assert text_of(with_id(page, "comparison-title")) == FRENCH.typeset(label)


def test_a_missing_value_says_so() -> None:
    client = next(c for c in CLIENTS if SERVICES.facts(c).features["card_use"] is None)
    assert "Cet élément n’est pas renseigné pour ce client." in text_of(
        content(client, Section.COMPARE, feature="card_use")
    )


def test_a_client_without_reasons_or_amounts_still_has_a_page() -> None:
    class Bare(FakeServices):
        def assess(self, client_id: int) -> Any:
            return replace(super().assess(client_id), reasons=(), warnings=())

        def facts(self, client_id: int) -> Any:
            return replace(super().facts(client_id), application={})

    for section in CLIENT_SECTIONS:
        told = text_of(render_page(Address("100009", section), Bare(), FRENCH).content)
        assert re.search("Crédit demandé +non renseigné", told)
    assert "Rien ne ressort contre ce client." in text_of(render_page(Address("100009"), Bare(), FRENCH).content)


def test_decision_carries_the_exact_numbers_behind_its_sentence() -> None:
    assessment = SERVICES.assess(100_009)
    (panel,) = (item for item in walk(content(100_009)) if "data-probability" in item.to_plotly_json()["props"])
    properties = panel.to_plotly_json()["props"]
    assert float(properties["data-probability"]) == assessment.probability_of_default
    assert float(properties["data-threshold"]) == assessment.threshold
    assert properties["data-recommendation"] == assessment.recommendation
