"""The comparison page: criteria that lead where they say, words that match the figures, nothing hidden or invented."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from support.components import text_of, walk
from support.fake_services import FakeServices

from scoring_dash.core.comparisons import ProfileRow, ThemeCloseness
from scoring_dash.core.groups import Closeness, Group, Near, read_group
from scoring_dash.core.words import Theme
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.profiles import difference_text
from scoring_dash.web.address import Address, Section, read_address
from scoring_dash.web.page import render_page
from scoring_dash.web.sections.compare_group import usual_condition
from scoring_dash.web.sections.compare_similar import closeness_text

SERVICES = FakeServices()
ENGLISH, FRENCH = load_texts(Language.ENGLISH), load_texts(Language.FRENCH)
CLIENT = 100_009


def page(query: str, language: Language = Language.ENGLISH) -> object:
    address = read_address(f"?client={CLIENT}&section=compare&lang={language}&{query}")
    return render_page(address, SERVICES, load_texts(language)).content


def link(content: object, identifier: str) -> Address:
    """Where a link, or a box to tick, leads."""
    (found,) = (item for item in walk(content) if getattr(item, "id", None) == identifier)
    properties = found.to_plotly_json()["props"]
    return read_address(properties.get("href") or properties["data-href"])


def test_every_offer_adds_its_criterion_and_keeps_the_rest() -> None:
    content = page("feature=income&group=similar;income~20%25")
    there = link(content, "compare-add-age_band")
    assert str(there.group) == "similar;income~20%;age_band~"
    assert (there.section, there.feature) == (Section.COMPARE, "income")


def test_ticking_and_unticking_a_value() -> None:
    content = page("group=age_band:29 and under|30 to 39")
    assert str(link(content, "compare-age_band-0").group) == "age_band:30 to 39"
    assert str(link(content, "compare-age_band-4").group) == "age_band:29 and under|30 to 39|60 and over"
    alone = page("group=age_band:29 and under")
    assert link(alone, "compare-age_band-0").group == Group()


def test_a_likeness_is_ticked_at_the_clients_own_value() -> None:
    own = int(SERVICES.facts(CLIENT).described["age_band"])
    content = page("group=age_band~")
    ticked = [item.id for item in walk(content) if getattr(item, "defaultChecked", False)]
    assert ticked == [f"compare-age_band-{own}"]


def test_each_box_tells_the_files_it_would_leave() -> None:
    content = page("group=income~50%25;age_band~")
    facet = SERVICES.summarise(read_group("income~50%;age_band~"), CLIENT).facets[1]
    labels = [text_of(item) for item in walk(content) if type(item).__name__ == "Label" and "compare-age" in str(item)]
    assert [int(label.split()[-1]) for label in labels] == [option.files for option in facet.options]


def test_a_typed_range_goes_where_the_script_is_told() -> None:
    content = page("group=similar;income~20%25")
    (form,) = (item for item in walk(content) if "data-range" in item.to_plotly_json()["props"])
    target = form.to_plotly_json()["props"]["data-range"]
    group = parse_qs(target.removeprefix("?"))["group"][0]
    assert str(read_group(group.replace("__range__", "1..2"))) == "similar;income:1..2"


@pytest.mark.parametrize("unit_and_value", [("income", 0.0), ("income", None), ("organization_type", "x")])
def test_where_no_tolerance_makes_sense_the_same_is_asked(unit_and_value: tuple[str, object]) -> None:
    name, own = unit_and_value
    feature = SERVICES.model.fact(name)
    assert feature is not None
    assert usual_condition(feature, own) == Near(name, Closeness.EQUAL)  # type: ignore[arg-type]


def test_unknown_words_of_the_address_are_told_and_replaced() -> None:
    content = page("group=nope~&feature=nope&by=nope2&with=42")
    told = text_of(content)
    assert "There is no group “nope”" in told
    assert "There is no fact “nope”" in told and "There is no fact “nope2”" in told
    assert "“42” cannot stand beside this client" in told
    assert "200 past files in this group." in told


def test_sex_family_and_social_circle_are_no_criteria() -> None:
    offered = {item.id for item in walk(page("")) if str(getattr(item, "id", "")).startswith("compare-add-")}
    assert offered
    assert not [name for name in offered if any(word in name for word in ("gender", "sex", "famil", "child", "social"))]


def row(*, value: object = 1.0, rank: float | None = None, share: float | None = None) -> ProfileRow:
    return ProfileRow("income", value, 1.0, 1.0, rank, share, 0.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("described", "english"),
    [
        (row(rank=0.95), "▲ much higher: above 95% of the group"),
        (row(rank=0.8), "▲ higher: above 80% of the group"),
        (row(rank=0.5), "= in the middle of the group"),
        (row(rank=0.2), "▼ lower: below 80% of the group"),
        (row(rank=0.0), "▼ much lower: below 100% of the group"),
        (row(value="a", share=0.7), "= like 70% of the group"),
        (row(value="a", share=0.004), "≠ like only 0.4% of the group"),
        (row(value="a", share=0.0), "≠ nobody in the group is in the same case"),
        (row(value=None, share=0.25), "= not given, as in 25% of the group"),
        (row(), "the group tells nothing of it"),
    ],
)
def test_differences_are_told_in_words(described: ProfileRow, english: str) -> None:
    assert difference_text(described, ENGLISH) == english


@pytest.mark.parametrize(
    ("gap", "usual", "english"),
    [
        (0.0, 0.4, "practically the same weight"),
        (0.01, 0.4, "practically the same weight"),
        (0.1, 0.43, "4.3 times nearer than usual"),
        (0.03, 0.4, "13 times nearer than usual"),
        (0.3, 0.4, "hardly nearer than any file"),
        (0.0, 0.0, "hardly nearer than any file"),
    ],
)
def test_likeness_is_told_as_times_nearer(gap: float, usual: float, english: str) -> None:
    assert closeness_text(ThemeCloseness(Theme.LOAN_SIZE, gap, usual), ENGLISH).endswith(english)


def test_french_says_who_is_left() -> None:
    told = text_of(page("group=income~1%25;age_band~", Language.FRENCH))
    assert "Moins de 30 dossiers" in told
    assert "aucun chiffre n’est montré" in told
