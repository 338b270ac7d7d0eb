"""The section Simuler: what it says is what the engine says, and what it holds stands in the address."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.components import text_of
from support.fake_services import FakeServices, clients_by_recommendation

from scoring_dash.core.simulation import Changes
from scoring_dash.core.words import Recommendation
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.web.address import Address, Section, read_address
from scoring_dash.web.page import render_page
from scoring_dash.web.sections.simulate_scenarios import (
    LONGEST_NAME,
    MOST_SCENARIOS,
    Scenario,
    read_scenarios,
    scenario_text,
)

SERVICES = FakeServices()
REFUSED = clients_by_recommendation(SERVICES)[Recommendation.REFUSE]
FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)


def page(change: str = "", *, scenario: str = "", client: int = REFUSED, language: Language = Language.FRENCH) -> Any:
    address = Address(str(client), Section.SIMULATE, language, change=change, scenario=scenario)
    return render_page(address, SERVICES, load_texts(language))


def properties(content: Any) -> list[dict[str, Any]]:
    """Properties of every component, as the browser gets them."""

    def walk(part: Any) -> Any:
        if isinstance(part, list):
            for item in part:
                yield from walk(item)
        elif isinstance(part, dict):
            if "props" in part:
                yield part["props"]
            for item in part.values():
                yield from walk(item)

    return list(
        walk(json.loads(json.dumps([item.to_plotly_json() for item in content], default=lambda c: c.to_plotly_json())))
    )


def of_id(content: Any, id: str) -> dict[str, Any]:
    (found,) = (item for item in properties(content) if item.get("id") == id)
    return found


def test_without_a_change_the_page_says_the_assessment() -> None:
    content = page().content
    result = of_id(content, "simulate-result")
    assert float(result["data-probability"]) == SERVICES.assess(REFUSED).probability_of_default
    assert "Rien n’est encore changé" in text_of(content)
    assert not any(item.get("id") == "simulate-moved-title" for item in properties(content))


def test_a_change_is_assessed_and_told() -> None:
    changes = Changes(amount=60_000.0, duration=36.0)
    expected = SERVICES.simulate(REFUSED, changes)
    shown = page("amount:60000;duration:36")
    result = of_id(shown.content, "simulate-result")
    assert float(result["data-probability"]) == expected.after.probability_of_default
    assert float(result["data-probability-before"]) == expected.before.probability_of_default
    told = text_of(shown.content)
    assert percent(expected.after.probability_of_default, FRENCH) in told
    assert percent(expected.after.probability_of_default, FRENCH) in shown.announcement
    assert of_id(shown.content, "simulate-field-amount")["defaultValue"] == "60\u202f000"
    assert of_id(shown.content, "simulate-field-duration")["defaultValue"] == "36"


@pytest.mark.parametrize("language", Language)
def test_faults_are_told_beside_their_fields_all_at_once_and_nothing_is_computed(language: Language) -> None:
    texts = load_texts(language)
    shown = page("amount:abc;duration:7.5;colour:red;contract:Gift", language=language)
    faulty = {item["id"] for item in properties(shown.content) if item.get("className") == "fault" and "id" in item}
    assert faulty == {f"simulate-field-{name}-fault" for name in ("amount", "duration", "contract")}
    box = of_id(shown.content, "simulate-field-amount")
    assert (box["defaultValue"], box["aria-invalid"]) == ("abc", "true")
    assert "simulate-field-amount-fault" in box["aria-describedby"]
    assert "data-probability" not in of_id(shown.content, "simulate-result")
    assert "colour" in text_of(shown.content)
    assert texts.say("Nothing was computed") in text_of(shown.content)


def test_a_field_that_is_not_offered_is_shown_and_has_no_box() -> None:
    content = page("contract:Revolving%20loans").content
    assert not any(item.get("id") == "simulate-field-duration" for item in properties(content))
    assert "un crédit renouvelable n’a pas de durée" in text_of(content)
    assert "ce modèle ne le lit pas" in text_of(content)


def test_an_offer_leads_to_the_page_that_computes_it() -> None:
    client = next(
        item.client_id
        for item in SERVICES.search_clients("", limit=100).items
        if SERVICES.offers(item.client_id, Changes()).nearest is not None
    )
    content = page(client=client).content
    offers = SERVICES.offers(client, Changes())
    assert offers.largest is not None
    links = [item for item in properties(content) if str(item.get("id", "")).startswith("simulate-try")]
    there = read_address(links[0]["href"])
    found = of_id(render_page(there, SERVICES, FRENCH).content, "simulate-result")
    assert float(found["data-probability"]) == offers.largest.probability


def test_scenarios_stand_side_by_side_in_their_order() -> None:
    kept = [Scenario("Moins", "amount:60000"), Scenario("Plus long", "amount:90000;duration:60")]
    content = page(scenario=scenario_text(kept)).content
    told = text_of(content)
    assert told.index("Moins") < told.index("Plus long")
    for change in (Changes(amount=60_000.0), Changes(amount=90_000.0, duration=60.0)):
        assert percent(SERVICES.simulate(REFUSED, change).after.probability_of_default, FRENCH) in told
    links = {item["id"]: item["href"] for item in properties(content) if str(item.get("id", "")).startswith("simulate-")
             and "href" in item}  # fmt: skip
    assert read_scenarios(read_address(links["simulate-remove-0"]).scenario) == (kept[1],)
    assert read_address(links["simulate-open-1"]).change == kept[1].change


def test_a_scenario_that_is_not_allowed_is_named_and_left_out() -> None:
    kept = [Scenario("Faux", "amount:1"), Scenario("Bon", "amount:60000")]
    told = text_of(page(scenario=scenario_text(kept)).content)
    assert "« Faux » contient une valeur qui n’est pas permise" in told.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_fourth_scenario_cannot_be_kept() -> None:
    three = [Scenario(f"S{place}", f"amount:{60_000 + place}") for place in range(MOST_SCENARIOS)]
    content = page(scenario=scenario_text(three)).content
    assert not any(item.get("id") == "simulate-scenario-save" for item in properties(content))
    assert read_scenarios(scenario_text([*three, Scenario("S3", "amount:70000")])) == tuple(three)


NAMES = st.text(min_size=1, max_size=LONGEST_NAME).map(lambda text: " ".join(text.split())).filter(bool)


@settings(deadline=None)
@given(
    st.lists(st.builds(Scenario, NAMES, st.sampled_from(["", "amount:1", "sector:Industry%3A%20type%201"])), max_size=3)
)
def test_scenarios_are_read_back_whatever_their_names(scenarios: list[Scenario]) -> None:
    scenarios = [item for item in scenarios if item.name.isprintable()]
    assert read_scenarios(scenario_text(scenarios)) == tuple(scenarios)


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_page(text: str) -> None:
    read_scenarios(text)
    assert page(text, scenario=text).content


def test_what_is_simulated_is_kept_from_section_to_section_and_not_from_client_to_client() -> None:
    address = Address("100009", Section.SIMULATE, change="amount:60000", scenario="A=amount:70000")
    assert read_address(address.href()) == address
    for section in Section:
        assert read_address(replace(address, section=section).href()).change == "amount:60000"
    links = [item["href"] for item in properties(render_page(address, SERVICES, FRENCH).content)
             if str(item.get("id", "")).startswith("section-")]  # fmt: skip
    assert all(quote("amount:60000") in href for href in links)


def test_both_languages_say_every_part() -> None:
    for language in Language:
        told = text_of(page("amount:60000", scenario="A=amount:70000", language=language).content)
        assert "{" not in told
        assert "None" not in told and "nan" not in told.lower().split()
