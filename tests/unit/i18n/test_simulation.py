"""Sentences of a simulation: what they say is what was computed, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.fake_services import FakeServices, clients_by_recommendation

from scoring_dash.core.affordability import Affordability
from scoring_dash.core.offers import Offer, Offers
from scoring_dash.core.simulation import (
    ChangeFault,
    ChangeField,
    ChangeOption,
    Changes,
    FaultKind,
    MissingFact,
    Move,
    WhyNot,
)
from scoring_dash.core.words import Direction, Recommendation
from scoring_dash.i18n.affordability import affordability_lines, assumptions
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.offers import nearest_sentence, offer_name, offer_result, offers_sentence
from scoring_dash.i18n.simulation import (
    allowed_text,
    changes_text,
    fault_text,
    field_name,
    field_value,
    missing_text,
    move_name,
    recommendation_sentence,
    result_sentence,
)

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)
SERVICES = FakeServices()
REFUSED = clients_by_recommendation(SERVICES)[Recommendation.REFUSE]
LOAN = Affordability(
    amount=24_000.0, instalment=1_500.0, months=24.0, is_duration_asked=False, income=5_000.0, elsewhere=500.0,
    with_us=0.0, cost_per_instalment=1_500 / 24_000 - 1 / 24, read_as=24.0,
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def results(of: Affordability) -> dict[str, str]:
    return {line.name: line.result for line in affordability_lines(of, ENGLISH)}


def test_the_arithmetic_is_that_of_pen_and_paper() -> None:
    assert results(LOAN) == {
        "Amount of the credit": "24,000",
        "Monthly instalment": "1,500",
        "Effort rate": "30.0%",
        "Paid in all": "36,000",
        "Cost of the credit": "12,000",
        "What remains of the income": "3,500",
        "What remains after all known instalments": "3,000",
    }
    formulas = {line.name: line.formula for line in affordability_lines(LOAN, ENGLISH)}
    assert formulas["Effort rate"] == "instalment / monthly income = 1,500 / 5,000"
    assert formulas["Monthly instalment"].endswith("24,000 × (1 / 24 + 2.08%)")


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        ("months", {"Paid in all", "Cost of the credit"}),
        ("income", {"Effort rate", "What remains of the income", "What remains after all known instalments"}),
        ("elsewhere", {"What remains after all known instalments"}),
        ("with_us", {"What remains after all known instalments"}),
        ("amount", {"Amount of the credit", "Cost of the credit"}),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed(missing: str, unknown: set[str]) -> None:
    found = results(replace(LOAN, **{missing: None}))
    assert {name for name, result in found.items() if result == "not known"} == unknown


def test_no_instalment_leaves_only_the_amount() -> None:
    found = results(replace(LOAN, instalment=None, cost_per_instalment=None))
    assert {name for name, result in found.items() if result != "not known"} == {"Amount of the credit"}


def test_an_income_of_zero_is_no_division() -> None:
    assert replace(LOAN, income=0.0).effort is None


def test_assumptions_are_in_the_open() -> None:
    likely = assumptions(LOAN, ENGLISH)
    assert any("24 months is the likely one" in line for line in likely)
    asked = assumptions(replace(LOAN, is_duration_asked=True, months=30.0), ENGLISH)
    assert any("that of the client" in line for line in asked)
    assert any("one over 24 months" in line for line in asked)
    usual = assumptions(replace(LOAN, is_duration_asked=True, is_usual_cost=True), ENGLISH)
    assert any("usual one of past loans" in line for line in usual)
    assert any("not known" in line for line in assumptions(replace(LOAN, months=None), ENGLISH))


def test_the_result_says_before_after_and_which_way() -> None:
    less = SERVICES.simulate(REFUSED, Changes(amount=60_000.0))
    more = SERVICES.simulate(REFUSED, Changes(amount=2_900_000.0))
    assert " down to " in result_sentence(less, ENGLISH)
    assert " up to " in result_sentence(more, ENGLISH)
    assert result_sentence(SERVICES.simulate(REFUSED, Changes()), ENGLISH).startswith("Nothing is changed yet")
    assert recommendation_sentence(more, ENGLISH) == "The recommendation stays: refuse."
    turned = replace(less, after=replace(less.after, recommendation=Recommendation.ACCEPT))
    assert recommendation_sentence(turned, FRENCH).startswith("La recommandation change")
    same = replace(less, after=less.before)
    assert "stays at" in result_sentence(same, ENGLISH)


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_every_fault_is_a_sentence(kind: FaultKind, texts: object) -> None:
    option = ChangeOption(ChangeField.AMOUNT, 100_000.0, 45_000.0, 2_850_000.0, 1_000.0)
    told = fault_text(ChangeFault("amount", "abc", kind, option), texts)  # type: ignore[arg-type]
    assert told.endswith(".") and "{" not in told
    if kind not in (FaultKind.TWICE, FaultKind.UNKNOWN_FIELD):
        assert plain(allowed_text(option, texts)) in plain(told)  # type: ignore[arg-type]


def test_bounds_and_values_read_as_people_write_them() -> None:
    whole = ChangeOption(ChangeField.DURATION, 24.0, 6, 60, 6)
    assert allowed_text(whole, ENGLISH) == "a whole number from 6 to 60"
    assert (
        plain(allowed_text(ChangeOption(ChangeField.PRICE, 1.0, 45_000.0, 90_000.0, 1e3), FRENCH))
        == "de 45 000 à 90 000"
    )
    assert allowed_text(replace(whole, why_not=WhyNot.NO_DURATION), FRENCH) == "un crédit renouvelable n’a pas de durée"
    assert plain(field_value(ChangeField.AMOUNT, 250_000.5, FRENCH)) == "250 000,50"
    assert field_value(ChangeField.CONTRACT, "Cash loans", FRENCH) == "Prêt personnel"
    assert field_value(ChangeField.OCCUPATION, None, ENGLISH) == "not given"
    assert plain(changes_text(Changes(amount=250_000.0, duration=24.0), ENGLISH)) == (
        "Amount of the credit: 250,000 · Duration (months): 24 months"
    )
    assert {field_name(field, FRENCH) for field in ChangeField} != {field_name(field, ENGLISH) for field in ChangeField}


def test_every_move_has_words_for_both_directions() -> None:
    told = {(move, way): move_name(move, way, FRENCH) for move in Move for way in Direction}
    assert len(set(told.values())) == len(told)


def test_a_missing_fact_tells_its_range() -> None:
    feature = SERVICES.model.features[0]
    wide = missing_text(MissingFact(feature.name, 0.05, 0.15, 61, 100), feature, ENGLISH)
    assert "between 5.0% and 15.0%" in wide and "61 similar files" in wide
    assert "stay at about 5.0%" in missing_text(MissingFact(feature.name, 0.05, 0.05, 61, 100), feature, ENGLISH)


def offer(recommendation: Recommendation, amount: float, months: float | None = 24.0) -> Offer:
    return Offer(Changes(amount=amount), (ChangeField.AMOUNT,), amount, months, 1_000.0, 0.05, recommendation)


def offers(asked: Recommendation, *, largest: float | None = None, changes: tuple[Offer, ...] = ()) -> Offers:
    most = None if largest is None else offer(Recommendation.ACCEPT, largest)
    return Offers(1, offer(asked, 200_000.0), None, most, None, changes, "v")


def test_offers_say_the_best_that_can_be_had_and_plainly_when_nothing_helps() -> None:
    accept, review, refuse = Recommendation.ACCEPT, Recommendation.REVIEW, Recommendation.REFUSE
    assert "up to 300,000" in offers_sentence(offers(accept, largest=300_000.0), ENGLISH)
    assert (
        offers_sentence(offers(accept, largest=150_000.0), ENGLISH) == "What is asked for would be accepted as it is."
    )
    assert "50,000 less than asked for" in offers_sentence(offers(refuse, largest=150_000.0), ENGLISH)
    assert "another change" in offers_sentence(offers(refuse, changes=(offer(accept, 1e5),)), ENGLISH)
    assert "looked at again" in offers_sentence(offers(refuse, changes=(offer(review, 1e5),)), ENGLISH)
    assert "No amount" in offers_sentence(offers(refuse), ENGLISH)


def test_an_offer_has_a_name_and_a_result() -> None:
    one = offer(Recommendation.ACCEPT, 150_000.0)
    assert offer_name(one, ENGLISH) == "Amount of the credit: 150,000"
    assert offer_result(one, ENGLISH) == "risk 5.0%, instalment 1,000"
    assert offer_result(replace(one, instalment=None), ENGLISH) == "risk 5.0%"
    assert offer_name(replace(one, moved=()), ENGLISH) == "As asked for"


def test_the_nearest_offer_is_told_once() -> None:
    found = offers(Recommendation.REFUSE, largest=150_000.0)
    assert nearest_sentence(found, ENGLISH) is None
    assert nearest_sentence(replace(found, nearest=found.largest), ENGLISH) is None
    longer = replace(found, nearest=offer(Recommendation.ACCEPT, 180_000.0, 36.0))
    assert nearest_sentence(longer, ENGLISH) == "Nearest accepted offer: 180,000 over 36 months."
