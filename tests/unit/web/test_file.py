"""Dossier: the client's own facts and past, whatever is asked for, and nothing that he did not give."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder
from support.components import everything_told, of_type, text_of, walk, with_id
from support.fake_history import APPLICATION_ONLY, invent_history
from support.fake_services import FakeServices

from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Theme
from scoring_dash.figures.timeline import MOST_ROWS
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.history import card_use
from scoring_dash.i18n.numbers import duration_of_days, number, percent
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts
from scoring_dash.web.address import Address, Section, read_address
from scoring_dash.web.ids import FileId
from scoring_dash.web.page import render_page
from scoring_dash.web.sections.file import file_view
from scoring_dash.web.sections.file_past import past_tables
from scoring_dash.web.sections.file_rows import MOST_TYPED
from scoring_dash.web.view import SectionView

TEXTS = {language: load_texts(language) for language in Language}
FRENCH = TEXTS[Language.FRENCH]
RAW = re.compile(
    r"\b(?:[A-Z][A-Z0-9]+_)+[A-Z0-9]+\b|\b[a-z]+_[a-z_0-9]+\b|log-odds|SHAP|\bNaN\b|\bNone\b|\bXAP\b|\bXNA\b"
)
ENGLISH = re.compile(r"\b(the|and|with|of|file|files|loan|risk|income|late|not given|ago|running|day|days)\b", re.I)
APPLICATION: dict[str, FeatureValue] = {
    "AMT_CREDIT": 250_000.0,
    "AMT_ANNUITY": 12_000.0,
    "AMT_GOODS_PRICE": None,
    "FLAG_OWN_CAR": "N",
    "FLAG_DOCUMENT_3": 1.0,
    "DAYS_LAST_PHONE_CHANGE": -753.0,
    "NAME_CONTRACT_TYPE": "Cash loans",
}


class FullFiles(FakeServices):
    """Files with some raw columns of the application beside the features."""

    def facts(self, client_id: int) -> ClientFacts:
        return replace(super().facts(client_id), application=APPLICATION)


SERVICES = FullFiles()


def view(client: int, **more: Any) -> SectionView:
    address = Address(str(client), Section.FILE, **more)
    return file_view(address, SERVICES.facts(client), SERVICES, TEXTS[address.language])


def rows(cards: list[Any]) -> dict[str, tuple[str, str]]:
    """Value and typical value by name of fact, as they are read."""
    found = {}
    for item in of_type(cards, "Summary"):
        parts = {getattr(part, "className", ""): text_of(part) for part in item.children}
        if "file-name" in parts:
            value = parts.get("file-value", parts.get("file-value is-missing", ""))
            found[parts["file-name"]] = (
                value,
                parts["file-typical"].removeprefix(FRENCH.say("typical client: ")).strip(),
            )
    return found


@pytest.mark.parametrize("client", range(100_001, 100_300, 37))
def test_values_are_those_stored(client: int) -> None:
    stored = SERVICES.facts(client).features
    shown: dict[str, tuple[str, str]] = {}
    for theme in Theme:
        shown |= rows(view(client, theme=theme).cards)
    for feature in SERVICES.model.features:
        typical = value_text(SERVICES.model.typical_values[feature.name], feature, FRENCH)
        expected = (value_text(stored[feature.name], feature, FRENCH), typical)
        assert shown[feature_label(feature, FRENCH)] == expected
    plain = {name.replace("\u2019", "'"): value for name, (value, _) in shown.items()}
    assert plain["Prix du bien que le crédit finance"] == "non renseigné"
    assert plain["Le client possède une voiture"] == "Non"
    assert plain["Dernier changement de téléphone"].replace("\u00a0", " ") == "il y a 2 ans et 1 mois"


@pytest.mark.parametrize("client", range(100_001, 100_101, 3))
def test_tables_hold_what_the_timeline_draws(client: int) -> None:
    past = invent_history(client)
    tables = {content.caption: content for content in past_tables(past, FRENCH)}
    sizes = sorted(len(content.rows) for content in tables.values())
    late = [month for month in past.payments if month.late]
    parts = (past.credits_elsewhere, past.past_applications, late, past.card_months)
    assert sizes == sorted(len(part) for part in parts if part)
    told = "\n".join(" | ".join(cells) for content in tables.values() for cells in content.rows)
    for month in late:
        if month.most_days_late:
            assert duration_of_days(month.most_days_late, FRENCH) in told
    for month in past.card_months:
        use = card_use(month)
        assert use is None or percent(use, FRENCH, 0) in told
    for credit in past.credits_elsewhere:
        assert number(credit.amount or 0, FRENCH) in told


def test_latest_first_and_the_table_keeps_what_finds_no_row_in_the_drawing() -> None:
    past = invent_history(100_007)
    (credits, *_) = past_tables(past, FRENCH)
    assert len(credits.rows) == len(past.credits_elsewhere) == 100
    assert credits.rows[0][3] == number(past.credits_elsewhere[-1].amount or 0, FRENCH)
    told = text_of(view(100_007).cards)
    figure = of_type(view(100_007).cards, "Graph")[0].figure
    drawn = sum(len(trace["base"]) for trace in figure["data"] if "base" in trace)
    granted = sum(item.status == "Approved" for item in past.past_applications)
    assert max(max(trace["y"]) for trace in figure["data"] if "base" in trace) == MOST_ROWS - 1
    assert f"{100 + granted - drawn} crédits qui n’ont pas trouvé place" in told


def test_no_past_at_all_draws_nothing_and_says_so() -> None:
    cards = view(100_010).cards
    assert of_type(cards, "Graph") == []
    told = text_of(cards).replace("\u2019", "'")
    assert "Rien n'est connu des crédits passés de ce client." in told
    assert "Aucun crédit connu ailleurs." in told


def test_a_portfolio_without_the_tables_says_that_instead() -> None:
    assert SERVICES.history(100_005).known_tables == APPLICATION_ONLY
    told = text_of(view(100_005).cards)
    assert "Cette base ne contient pas les crédits d’autres établissements." in told
    assert "Aucun crédit connu ailleurs." not in told


def test_a_theme_shows_its_facts_and_marks_its_link() -> None:
    page = view(100_009, theme=Theme.INCOME_JOB)
    expected = {feature_label(item, FRENCH) for item in SERVICES.model.features if item.theme is Theme.INCOME_JOB}
    assert set(rows(page.cards)) == expected
    marked = [link.id for link in of_type(page.cards, "A") if "aria-current" in link.to_plotly_json()["props"]]
    assert marked == [f"{FileId.THEME}-{Theme.INCOME_JOB}"]
    assert page.announcement == f"Revenus et emploi\u00a0: {len(expected)} éléments."


def test_links_of_themes_tell_how_many_facts_they_hold_and_drop_the_search() -> None:
    cards = view(100_009, search="retard").cards
    for theme in {item.theme for item in SERVICES.model.features}:
        link = with_id(cards, f"{FileId.THEME}-{theme}")
        assert int(text_of(link).split()[-1]) == len(rows(view(100_009, theme=theme).cards))
        assert read_address(link.href).theme is theme
        assert read_address(link.href).search == ""


def test_few_facts_found_by_their_meaning_are_open_and_many_are_not() -> None:
    def opened(search: str) -> list[bool]:
        facts = next(
            item for item in walk(view(100_009, search=search).cards) if getattr(item, "className", "") == "file-list"
        )
        return [item.open for item in of_type(facts, "Details")]

    assert opened("montant demandé").count(True) == 0
    assert opened("commerciale ou professionnelle") == []
    assert opened("mode de logement") == [True]


def test_a_search_without_hits_says_what_to_do() -> None:
    page = view(100_009, search="zzz")
    assert rows(page.cards) == {}
    assert page.announcement.startswith("Aucun élément ne correspond à «\u00a0zzz\u00a0».")
    assert page.announcement in text_of(page.cards)


@pytest.mark.parametrize("search", ["<script>alert(1)</script>", "{count}", "%s", "'\"><img src=x onerror=1>"])
def test_a_search_is_shown_as_it_was_typed_and_as_text_only(search: str) -> None:
    cards = view(100_009, search=search).cards
    assert f"«\u00a0{search}\u00a0»" in text_of(cards)
    assert with_id(cards, FileId.SEARCH).value == search
    assert not any("dangerously" in name for item in walk(cards) for name in item.to_plotly_json()["props"])


def test_a_search_is_never_longer_than_its_box() -> None:
    address = read_address("?client=100009&section=file&search=" + "a" * 300)
    assert len(address.search) == MOST_TYPED == with_id(view(100_009).cards, FileId.SEARCH).maxLength


def test_a_fact_opens_to_its_dictionary() -> None:
    cards = view(100_009, theme=Theme.PAST_PUNCTUALITY).cards
    (entry,) = (item for item in walk(cards) if getattr(item, "className", "") == "file-entry")
    terms = dict(zip(map(text_of, of_type(entry, "Dt")), map(text_of, of_type(entry, "Dd")), strict=True))
    assert terms["Origine"].replace("\u202f", " ") == "échéances payées chez nous ; tout le passé connu"
    assert terms["Unité"].startswith("une part, en pourcentage")
    ranks = sorted(SERVICES.model.weights, key=lambda name: -SERVICES.model.weights[name])
    place = ranks.index("late_share_old") + 1
    assert terms["Dans le modèle"].startswith(f"{place}e sur {len(ranks)} par son poids")
    compare, why = (read_address(link.href) for link in of_type(entry, "A"))
    assert (compare.section, compare.feature) == (Section.COMPARE, "late_share_old")
    assert (why.section, why.feature) == (Section.WHY, "late_share_old")


def test_what_is_missing_is_listed_with_where_it_would_come_from() -> None:
    client = next(c for c in range(100_001, 100_300) if SERVICES.facts(c).features["card_use"] is None)
    card = next(item for item in view(client).cards if "missing-title" in str(item.to_plotly_json()["props"]))
    told = text_of(card)
    assert "Part utilisée du plafond de la carte" in told
    assert "Viendrait de\u00a0: relevés mensuels de nos cartes" in told
    missing = sum(value is None for value in SERVICES.facts(client).features.values())
    assert told.startswith(f"Ce qui manque {missing} élément")


STATES: list[dict[str, Any]] = [{}, {"theme": Theme.COMPLETENESS}, {"search": "retard"}, {"search": "zzz"}]


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("client", [100_001, 100_002, 100_005, 100_007, 100_010, 100_012, 100_027])
def test_every_state_is_french_in_french_and_holds_no_raw_name(client: int, state: dict[str, Any]) -> None:
    told = everything_told(view(client, **state).cards)
    assert RAW.findall(told) == []
    assert ENGLISH.findall(told) == []
    assert RAW.findall(everything_told(view(client, language=Language.ENGLISH, **state).cards)) == []


@pytest.mark.parametrize("language", Language)
def test_identifiers_are_unique_and_every_card_names_its_client(language: Language) -> None:
    for client in (100_007, 100_010):
        content = render_page(Address(str(client), Section.FILE, language), SERVICES, TEXTS[language]).content
        named = [item.id for item in walk(content) if getattr(item, "id", None)]
        assert len(named) == len(set(named))
        for card in of_type(content, "Section"):
            properties = card.to_plotly_json()["props"]
            assert properties["data-client"] == str(client)
            assert properties["aria-labelledby"] in named


def test_headings_step_down_one_by_one() -> None:
    levels = [
        int(type(item).__name__[1]) for item in walk(view(100_007).cards) if re.fullmatch("H[1-6]", type(item).__name__)
    ]
    assert levels[0] == 2
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_two_clients_never_share_a_line() -> None:
    one, other = view(100_001), view(100_002)
    assert rows(one.cards) != rows(other.cards)
    assert "100002" not in json.dumps(one.cards, cls=PlotlyJSONEncoder)
    again = json.dumps(view(100_001).cards, cls=PlotlyJSONEncoder)
    assert again == json.dumps(one.cards, cls=PlotlyJSONEncoder)


def test_the_usual_page_is_light() -> None:
    sizes = [len(json.dumps(view(client).cards, cls=PlotlyJSONEncoder)) for client in range(100_001, 100_007)]
    assert max(sizes) < 150_000
