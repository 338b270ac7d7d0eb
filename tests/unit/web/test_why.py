"""Pourquoi: every chart beside the engine's figures, opened themes, both units, and addresses that mean nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.components import everything_told, of_type, text_of, walk, with_id
from support.fake_features import RECIPES
from support.fake_services import FakeServices

from scoring_dash.core.words import Theme
from scoring_dash.figures.steps import Scale, waterfall_of
from scoring_dash.figures.waterfall import told_change, told_level
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label
from scoring_dash.web.address import Address, Measure, Section
from scoring_dash.web.page import render_page
from scoring_dash.web.sections.why_waterfall import strongest_features

TEXTS = {language: load_texts(language) for language in Language}
FRENCH = TEXTS[Language.FRENCH]
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
CLIENTS = range(100_001, 100_013, 2)
RAW = re.compile(r"\b(?:[A-Z][A-Z0-9]+_)+[A-Z0-9]+\b|\b[a-z]+_[a-z_0-9]+\b|SHAP|\bNaN\b|\bNone\b|\binf\b")
JARGON = re.compile(r"log-odds|log-cotes?|logit|SHAP|marge", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|and|with|of|file|files|threshold|loan|risk|income|usual|weighs|more|less|share|value|not given)\b", re.I
)


def page(client: int = 100_009, language: Language = Language.FRENCH, **more: Any) -> Any:
    address = Address(str(client), Section.WHY, language, **more)
    return render_page(address, SERVICES, TEXTS[language]).content


def table_of(content: Any, card: str) -> list[list[str]]:
    """Body of the table of a card, row by row."""
    (section,) = (
        item
        for item in of_type(content, "Section")
        if item.to_plotly_json()["props"].get("aria-labelledby") == f"{card}-title"
    )
    (table,) = of_type(section, "Table")
    return [[text_of(cell) for cell in row.children] for row in of_type(of_type(table, "Tbody"), "Tr")]


def figure_of(content: Any, chart: str) -> Any:
    return with_id(content, f"{chart}-graph").figure


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("theme", [None, *Theme])
@pytest.mark.parametrize("measure", Measure)
def test_every_state_speaks_its_language_and_names_no_column(
    language: Language, theme: Theme | None, measure: Measure
) -> None:
    told = everything_told(page(language=language, theme=theme, measure=measure))
    assert RAW.findall(told.replace(str(theme), "")) == []
    if language is Language.FRENCH:
        assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize("language", Language)
def test_every_fact_has_its_effect(feature: str, language: Language) -> None:
    content = page(language=language, feature=feature)
    assert feature_label(FEATURES[feature], TEXTS[language]) in text_of(with_id(content, "why-effect-feature"))
    assert RAW.findall(everything_told(content)) == []


@pytest.mark.parametrize("client", CLIENTS)
def test_the_managers_view_holds_no_jargon(client: int) -> None:
    assert JARGON.findall(everything_told(page(client))) == []
    assert JARGON.findall(everything_told(page(client, Language.ENGLISH))) == []


def test_the_analysts_view_says_its_unit() -> None:
    assert JARGON.findall(everything_told(page(measure=Measure.MARGIN)))


@pytest.mark.parametrize("measure", [(Measure.POINTS, Scale.PROBABILITY), (Measure.MARGIN, Scale.LOG_ODDS)])
@pytest.mark.parametrize("client", CLIENTS)
def test_the_waterfall_and_its_table_hold_the_same_steps(client: int, measure: tuple[Measure, Scale]) -> None:
    content, waterfall = page(client, measure=measure[0]), waterfall_of(SERVICES.explain(client), measure[1])
    rows = table_of(content, "waterfall")
    assert [row[0] for row in rows[1:-1]] == [theme_name(step.theme, FRENCH) for step in waterfall.themes]
    assert [row[1] for row in rows[1:-1]] == [
        told_change(step.change, FRENCH, waterfall.scale) for step in waterfall.themes
    ]
    drawn = figure_of(content, "waterfall")["data"][0]
    assert drawn["x"][1:-1] == [step.change for step in waterfall.themes]
    assert rows[-1][2] == told_level(waterfall.end, waterfall.scale, FRENCH, is_exact=True)


@pytest.mark.parametrize("theme", [Theme.INCOME_JOB, Theme.EXTERNAL_SCORES, Theme.CARD_USE])
def test_an_opened_theme_shows_its_features_in_chart_table_and_facts(theme: Theme) -> None:
    content = page(theme=theme)
    step = waterfall_of(SERVICES.explain(100_009)).theme(theme)
    assert step is not None
    names = [feature_label(FEATURES[item.feature], FRENCH) for item in step.features]
    rows = [row[0] for row in table_of(content, "waterfall")]
    first = rows.index(theme_name(theme, FRENCH)) + 1
    assert rows[first : first + len(names)] == [f"– {name}" for name in names]
    drawn = figure_of(content, "waterfall")["data"][0]["x"]
    assert sum(drawn[first : first + len(names)]) == pytest.approx(drawn[first - 1], abs=1e-12)
    facts = table_of(content, "facts")
    assert [row[0] for row in facts] == [*names, "Total du thème"]
    assert facts[-1][2] == told_change(step.change, FRENCH)
    assert f"« {theme_name(theme, FRENCH)} »" in text_of(with_id(content, "facts-title")).replace("\u00a0", " ")


def test_each_theme_is_a_link_that_opens_it_and_the_opened_one_closes() -> None:
    content = page(theme=Theme.ASSETS, feature="income")
    links = [item for item in of_type(content, "A") if str(getattr(item, "id", "")).startswith("why-theme-")]
    assert len(links) == len({feature.theme for feature in FEATURES.values()})
    expanded = {link.id: link.to_plotly_json()["props"]["aria-expanded"] for link in links}
    assert [name for name, state in expanded.items() if state == "true"] == ["why-theme-assets"]
    assert with_id(content, "why-theme-assets").href == "?client=100009&section=why&feature=income"
    other = with_id(content, "why-theme-income_job").href
    assert other == "?client=100009&section=why&feature=income&theme=income_job"
    (back,) = (item for item in of_type(content, "A") if text_of(item) == "Revenir à tous les thèmes")
    assert back.href == "?client=100009&section=why&feature=income"


def test_links_lie_over_the_places_that_the_figure_leaves_for_them() -> None:
    """The bar of each theme starts a line below its link."""
    content = page(theme=Theme.LOAN_SIZE)
    figure = figure_of(content, "waterfall")
    waterfall = waterfall_of(SERVICES.explain(100_009))
    rows = {row[0]: place for place, row in enumerate(table_of(content, "waterfall"))}
    for step in waterfall.themes:
        (item,) = (li for li in of_type(content, "Li") if getattr(li.children, "id", "") == f"why-theme-{step.theme}")
        top = int(item.style["top"].removesuffix("px")) - figure["layout"]["margin"]["t"]
        place = rows[theme_name(step.theme, FRENCH)]
        bar_top = figure["data"][0]["y"][place] - figure["data"][0]["width"][place] / 2
        assert bar_top - top == 20


def test_the_unit_switch_keeps_what_is_open() -> None:
    content = page(theme=Theme.ASSETS, measure=Measure.MARGIN)
    assert with_id(content, "why-measure-margin").to_plotly_json()["props"]["aria-current"] == "true"
    assert with_id(content, "why-measure-points").href == "?client=100009&section=why&theme=assets"


@pytest.mark.parametrize("client", CLIENTS)
def test_here_and_as_usual_shows_the_ranks(client: int) -> None:
    standings = sorted(SERVICES.standings(client), key=lambda item: -item.rank)
    content = page(client)
    rows = table_of(content, "standing")
    assert [row[2] for row in rows] == [percent(item.rank, FRENCH) for item in standings]
    (trace,) = (trace for trace in figure_of(content, "standing")["data"] if trace["name"] == "ranks")
    assert trace["x"] == [item.rank - 0.5 for item in standings]
    assert len(rows[0]) == 3
    assert len(table_of(page(client, measure=Measure.MARGIN), "standing")[0]) == 7


@pytest.mark.parametrize("client", CLIENTS)
def test_the_effect_is_that_of_the_heaviest_fact_unless_another_is_chosen(client: int) -> None:
    shown, _ = strongest_features(waterfall_of(SERVICES.explain(client)))
    for measure in Measure:
        chosen = with_id(page(client, measure=measure), "why-effect-feature")
        (selected,) = (item for item in of_type(chosen, "Option") if getattr(item, "selected", None))
        assert selected.value == shown[0].feature


@pytest.mark.parametrize("feature", ["income", "income_type", "card_use", "owns_car"])
def test_the_table_of_the_effect_holds_every_point_and_marks_the_client(feature: str) -> None:
    for client in CLIENTS:
        content, effect = page(client, feature=feature), SERVICES.effect(client, feature)
        rows = table_of(content, "effect")
        points = [*effect.points, *([effect.missing] if effect.missing else [])]
        assert [row[1] for row in rows] == [percent(point.probability, FRENCH, 2) for point in points]
        assert [row[3] for row in rows] == [percent(point.share, FRENCH) for point in points]
        (own,) = (row for row in rows if row[0].endswith("(ce client)"))
        assert own[1:3] == [percent(SERVICES.assess(client).probability_of_default, FRENCH, 2), "0\u00a0point"]


def test_an_effect_that_crosses_the_threshold_says_so() -> None:
    sides = {True: "Certaines valeurs feraient passer", False: "Aucune valeur ne ferait passer"}
    found = set()
    for client in CLIENTS:
        effect = SERVICES.effect(client, "ext_source_mean")
        risks = [point.probability for point in effect.points]
        is_crossed = min(risks) <= SERVICES.model.threshold < max(risks)
        found.add(is_crossed)
        assert sides[is_crossed] in text_of(page(client, feature="ext_source_mean"))
    assert True in found


def test_a_fact_without_effect_is_told_so() -> None:
    assert "ne changerait presque rien" in text_of(page(feature="application_hour"))


def test_unknown_facts_and_themes_are_named_and_left_out() -> None:
    content = page(feature="nonsense")
    assert "« nonsense »" in text_of(content).replace("\u00a0", " ")
    assert figure_of(content, "effect")["data"]
    assert "nonsense" not in with_id(content, "why-theme-assets").href
    assert "learned_scores" not in {feature.theme for feature in FEATURES.values()}
    content = page(theme=Theme.LEARNED_SCORES)
    assert "learned_scores" in text_of(content)
    assert text_of(with_id(content, "facts-title")) == "Les éléments derrière ces thèmes"


def test_importance_shares_are_of_the_whole_model() -> None:
    model = SERVICES.model
    rows = table_of(page(), "theme-weights")
    assert len(rows) == len(model.theme_weights)
    first = max(model.weights, key=lambda name: model.weights[name])
    heaviest = table_of(page(), "feature-weights")
    assert len(heaviest) == 10
    share = percent(model.weights[first] / sum(model.weights.values()), FRENCH)
    assert heaviest[0] == [feature_label(FEATURES[first], FRENCH), theme_name(FEATURES[first].theme, FRENCH), share]


def test_identifiers_are_unique_and_every_chart_has_words_and_a_table() -> None:
    content = page(theme=Theme.INCOME_JOB, measure=Measure.MARGIN)
    names = [str(item.id) for item in walk(content) if getattr(item, "id", None)]
    assert sorted(names) == sorted(set(names))
    for section in of_type(content, "Section"):
        if of_type(section, "Graph"):
            assert len(of_type(section, "Table")) == 1
            reading = text_of([item for item in of_type(section, "Details") if item.className == "reading"])
            assert reading.startswith("Comment lire")
            (image,) = (item for item in walk(section) if getattr(item, "role", None) == "img")
            assert image.to_plotly_json()["props"]["aria-label"].endswith(".")


def test_how_to_read_a_chart_takes_two_sentences() -> None:
    for details in of_type(page(), "Details"):
        if details.className == "reading":
            first = text_of(of_type(details, "P")[0])
            assert len(re.findall(r"[.](?:\s|$)", first)) == 2, first


def test_a_screen_reader_is_told_the_result() -> None:
    announcement = render_page(Address("100009", Section.WHY), SERVICES, FRENCH).announcement
    assert percent(SERVICES.assess(100_009).probability_of_default, FRENCH) in announcement
