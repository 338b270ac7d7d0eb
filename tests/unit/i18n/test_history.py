"""The past in sentences: every figure that they tell, in both languages, and nothing known told as it is."""

from __future__ import annotations

from typing import Any

import pytest
from support.fake_history import ALL_TABLES, APPLICATION_ONLY, invent_history

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.history import (
    application_end,
    application_outcome,
    applications_sentence,
    arrears_text,
    card_sentence,
    card_use,
    credit_end,
    credit_kind,
    days_ago,
    elsewhere_sentence,
    past_in_brief,
    payments_sentence,
    timeline_sentence,
)

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)


def history(**parts: Any) -> ClientHistory:
    empty = {"credits_elsewhere": (), "past_applications": (), "payments": (), "card_months": ()}
    return ClientHistory(1, **{"known_tables": ALL_TABLES, **empty, **parts})


def credit(ended: float | None, **more: Any) -> CreditElsewhere:
    state = "Active" if ended is None else "Closed"
    values = {"planned_end_day": None, "state": state, "kind": "Car loan", "amount": 100.0, "debt": None}
    late = {"overdue": None, "days_overdue": None, "late_months": None}
    return CreditElsewhere(**{"opened_day": -900.0, "ended_day": ended, **values, **late, **more})


def application(status: str, **more: Any) -> PastApplication:
    empty = {"contract": None, "refusal_reason": None, "asked": None, "granted": None, "instalment": None}
    return PastApplication(**{"decided_day": -400.0, "status": status, "ended_day": None, **empty, **more})


def plain(text: str) -> str:
    """Text with ordinary spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


@pytest.mark.parametrize(
    ("credits", "french", "english"),
    [
        ((), "Aucun crédit connu ailleurs.", "No credit elsewhere is known."),
        ((credit(-5),), "1 crédit ailleurs, aucun en cours.", "1 credit elsewhere, none of them running."),
        ((credit(None),), "1 crédit ailleurs, en cours.", "1 credit elsewhere, still running."),
        (
            (credit(None), credit(None)),
            "2 crédits ailleurs, tous en cours.",
            "2 credits elsewhere, all of them running.",
        ),
        (
            (credit(-5, late_months=2), credit(None, debt=1500.0), credit(None, state="Sold", debt=9.0)),
            "3 crédits ailleurs, dont 1 en cours ; des retards signalés sur 1 ; reste dû : 1 500.",
            "3 credits elsewhere, 1 of them running; late payments reported on 1; still owed: 1,500.",
        ),
    ],
)
def test_credits_elsewhere(credits: tuple[CreditElsewhere, ...], french: str, english: str) -> None:
    past = history(credits_elsewhere=credits)
    assert plain(elsewhere_sentence(past, FRENCH)) == french
    assert plain(elsewhere_sentence(past, ENGLISH)) == english


@pytest.mark.parametrize(
    ("statuses", "french"),
    [
        ("", "Aucune demande passée connue chez nous."),
        ("A", "1 demande passée : 1 acceptée, aucune refusée."),
        ("AARRC", "5 demandes passées : 2 acceptées, 2 refusées, 1 sans suite."),
        ("CC", "2 demandes passées : 2 sans suite, aucune refusée."),
    ],
)
def test_applications_here(statuses: str, french: str) -> None:
    names = {"A": "Approved", "R": "Refused", "C": "Canceled"}
    past = history(past_applications=tuple(application(names[letter]) for letter in statuses))
    assert plain(applications_sentence(past, FRENCH)) == french


@pytest.mark.parametrize(
    ("months", "french"),
    [
        ([], "Aucune échéance connue chez nous."),
        ([(0, 2, 0, 0)], "2 échéances, toutes payées en entier et à l'heure."),
        (
            [(0, 1, 1, 0)],
            "1 échéance sur 1 payée en retard ou en partie ; la dernière fois dans les 30 derniers jours.",
        ),
        (
            [(-30, 40, 3, 12), (-8, 45, 1, 2), (0, 1, 0, 0)],
            "4 échéances sur 86 payées en retard ou en partie ; le plus long retard : 12 jours ; la dernière fois il "
            "y a 8 mois.",
        ),
    ],
)
def test_instalments(months: list[tuple[int, int, int, float]], french: str) -> None:
    payments = tuple(PaymentMonth(month, due, late, float(days), 0, 0) for month, due, late, days in months)
    assert plain(payments_sentence(history(payments=payments), FRENCH)) == french


@pytest.mark.parametrize(
    ("months", "french"),
    [
        ([], "Aucune carte de crédit connue chez nous."),
        ([(100, None, 0), (0, 0, 0)], "Suivie pendant 2 mois ; aucun retard."),
        (
            [(50, 100, 0), (100, 100, 4)],
            "75 % du plafond utilisé en moyenne sur 2 mois, 100 % au plus ; 1 mois en retard.",
        ),
    ],
)
def test_card(months: list[tuple[float, float | None, float]], french: str) -> None:
    card = tuple(CardMonth(-place, *month) for place, month in enumerate(reversed(months), 1))
    assert plain(card_sentence(history(card_months=card), FRENCH)) == french


def test_a_table_that_is_absent_is_told_otherwise_than_an_empty_one() -> None:
    absent, empty = history(known_tables=APPLICATION_ONLY), history()
    for texts in (FRENCH, ENGLISH):
        there, not_there = past_in_brief(empty, texts), past_in_brief(absent, texts)
        assert all(one.sentence != other.sentence for one, other in zip(there, not_there, strict=True))
        assert {line.figure for line in not_there} == {"–"}
    assert plain(past_in_brief(absent, FRENCH)[0].sentence).startswith("Cette base ne contient pas")
    assert [line.figure for line in past_in_brief(empty, FRENCH)] == ["0", "0", "–", "–"]


def test_the_figure_of_each_line_is_the_one_that_its_sentence_tells() -> None:
    for client in range(100_001, 100_060):
        for line in past_in_brief(invent_history(client), FRENCH):
            has_figure = line.figure not in ("–", "0")
            assert not has_figure or line.sentence.startswith(line.figure), line


def test_how_far_back_the_past_is_known() -> None:
    past = history(credits_elsewhere=(credit(-5),), past_applications=(application("Refused", decided_day=-1500.0),))
    told = plain(timeline_sentence(past, FRENCH))
    assert told == "Le passé connu remonte à 4 ans et 1 mois : 1 crédit ailleurs, 1 refus."
    assert plain(timeline_sentence(history(), FRENCH)) == "Rien n'est connu des crédits passés de ce client."
    on_time = history(payments=(PaymentMonth(-1, 1, 0, 0.0, 5, 5),))
    assert plain(timeline_sentence(on_time, FRENCH)).endswith("des échéances payées en entier et à l'heure.")


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (-10, "il y a 10 jours", "10 days ago"),
        (0, "le jour de la demande", "on the day of the application"),
        (200, "dans 7 mois", "in 7 months"),
    ],
)
def test_days(day: float, french: str, english: str) -> None:
    assert plain(days_ago(day, FRENCH)) == french
    assert plain(days_ago(day, ENGLISH)) == english


def test_words_of_the_files_are_named_and_their_codes_for_unknown_are_not_shown() -> None:
    assert credit_kind(credit(-5), FRENCH) == "Crédit automobile"
    assert credit_kind(credit(-5, kind=None), FRENCH) == "non renseigné"
    assert application_outcome(application("Refused", refusal_reason="SCO"), FRENCH) == "Refusée (score insuffisant)"
    assert application_outcome(application("Refused", refusal_reason="XNA"), FRENCH) == "Refusée"
    assert application_outcome(application("Approved", refusal_reason="XAP"), FRENCH) == "Acceptée"


def test_ends() -> None:
    assert plain(credit_end(credit(-10), FRENCH)) == "il y a 10 jours"
    assert plain(credit_end(credit(-10, state="Sold"), FRENCH)) == "il y a 10 jours (cédé)"
    assert credit_end(credit(None), FRENCH) == "en cours"
    assert application_end(application("Approved"), FRENCH) == "en cours"
    assert application_end(application("Refused"), FRENCH) == "–"


def test_arrears_are_told_in_full() -> None:
    told = arrears_text(credit(None, late_months=2, overdue=1200.0, days_overdue=40.0), FRENCH)
    assert plain(told) == "2 mois, 1 200 impayés, depuis 40 jours"
    assert arrears_text(credit(None, late_months=0), FRENCH) == "aucun"
    assert arrears_text(credit(None), FRENCH) == "non renseigné"


def test_no_use_where_the_limit_is_nothing() -> None:
    assert card_use(CardMonth(-1, 50.0, 200.0, None)) == 0.25
    assert card_use(CardMonth(-1, 50.0, 0.0, None)) is None
    assert card_use(CardMonth(-1, None, 200.0, None)) is None
