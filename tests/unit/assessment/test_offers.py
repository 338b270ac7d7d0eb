"""Offers against brute force: the map cell by cell, and every printed offer entered by hand."""

from __future__ import annotations

from functools import cache

import pytest
from support.shipped import shipped_clients, shipped_services

from scoring_dash.assessment.check_changes import change_text, read_change_text
from scoring_dash.assessment.offers import MOST_CHANGES
from scoring_dash.assessment.sayable import sayable_amounts, spread_over
from scoring_dash.core.offers import Offer, Offers
from scoring_dash.core.simulation import NO_CHANGES, ChangeField, Changes
from scoring_dash.core.words import Book, Recommendation

RANK = {Recommendation.ACCEPT: 0, Recommendation.REVIEW: 1, Recommendation.REFUSE: 2}


def some_clients() -> list[int]:
    return shipped_clients(Book.CURRENT, every=40) + shipped_clients(Book.PAST, every=500)


@cache
def offers_of(client: int) -> Offers:
    return shipped_services().offers(client, NO_CHANGES)


def is_read_as(client: int, months: int) -> bool:
    """Whether the model takes a loan over so many months for one of this duration: what is advised must be."""
    services = shipped_services()
    own = services.facts(client).application["AMT_CREDIT"]
    changes = services.read_changes(client, [("amount", own), ("duration", months)])
    return services.simulate(client, changes).affordability_after.read_as == months


def printed(offers: Offers) -> list[Offer]:
    return [offer for offer in (offers.asked, offers.largest, offers.nearest, *offers.changes) if offer is not None]


@pytest.mark.parametrize("start", [NO_CHANGES, Changes(income=150_000.0, price=300_000.0)])
def test_every_offer_printed_is_what_the_engine_says_when_it_is_entered_by_hand(start: Changes) -> None:
    services = shipped_services()
    for client in some_clients():
        offers = offers_of(client) if start is NO_CHANGES else services.offers(client, start)
        for offer in printed(offers):
            # Written as an address holds it, read and checked as typed: bounds included.
            entered = services.read_changes(client, read_change_text(change_text(offer.changes)))
            assert entered == offer.changes
            assessment = services.simulate(client, entered).after
            assert assessment.probability_of_default == offer.probability
            assert assessment.recommendation is offer.recommendation
        if offers.largest is not None:
            assert offers.largest.recommendation is Recommendation.ACCEPT
        if offers.nearest is not None:
            assert offers.nearest.recommendation is Recommendation.ACCEPT


def test_offers_lead_further_and_the_list_is_short() -> None:
    for client in some_clients():
        offers = offers_of(client)
        assert len(offers.changes) <= MOST_CHANGES
        for offer in offers.changes:
            assert RANK[offer.recommendation] < RANK[offers.asked.recommendation]
            assert 1 <= len(offer.moved) <= 2
            if ChangeField.DURATION in offer.moved:
                assert offer.months is not None and is_read_as(client, int(offer.months))
            assert not {ChangeField.INCOME, ChangeField.OCCUPATION, ChangeField.PRICE} & set(offer.moved)
            if ChangeField.AMOUNT in offer.moved:
                assert offer.amount < offers.asked.amount
                assert offer.amount in sayable_amounts(0, 3e6)
        if offers.asked.recommendation is Recommendation.ACCEPT:
            assert (offers.nearest, offers.changes) == (None, ())


def test_the_frontier_is_that_of_brute_force() -> None:
    services = shipped_services()
    for client in [*shipped_clients(Book.CURRENT, every=410), *shipped_clients(Book.PAST, every=5_000)]:
        map_ = offers_of(client).map
        if map_ is None:
            assert services.facts(client).application["NAME_CONTRACT_TYPE"] == "Revolving loans"
            continue
        amounts, months = map_.amounts[::9], map_.months[::7]
        for amount in amounts:
            for duration in months:
                changes = services.read_changes(client, [("amount", amount), ("duration", duration)])
                expected = services.simulate(client, changes).after
                row, column = map_.amounts.index(amount), map_.months.index(duration)
                assert map_.probabilities[row][column] == expected.probability_of_default
                assert map_.recommendations[row][column] is expected.recommendation


def test_the_frontier_is_the_largest_accepted_amount_of_each_column() -> None:
    for client in some_clients()[::4]:
        map_ = offers_of(client).map
        if map_ is None:
            continue
        for column, edge in enumerate(map_.frontier()):
            accepted = [
                amount
                for amount, row in zip(map_.amounts, map_.recommendations, strict=True)
                if row[column] is Recommendation.ACCEPT
            ]
            assert edge == (accepted[-1] if accepted else None)


def test_nothing_larger_that_a_person_would_say_is_accepted_at_the_duration_asked_for() -> None:
    services = shipped_services()
    for client in shipped_clients(Book.CURRENT, every=410):
        largest = offers_of(client).largest
        accepted = [
            amount
            for amount in sayable_amounts(45_000, 2_850_000)
            if services.simulate(client, Changes(amount=amount)).after.recommendation is Recommendation.ACCEPT
        ]
        assert (largest.amount if largest else None) == max(accepted, default=None)


def test_no_accepted_loan_of_the_map_is_nearer_than_the_nearest_offer() -> None:
    for client in some_clients():
        offers = offers_of(client)
        if offers.map is None or offers.nearest is None or offers.asked.months is None:
            continue
        asked, nearest = offers.asked, offers.nearest

        def distance(amount: float, months: float, asked: Offer = asked) -> float:
            assert asked.months is not None
            return abs(amount - asked.amount) / asked.amount + abs(months - asked.months) / asked.months

        assert nearest.months is not None
        found = distance(nearest.amount, nearest.months)
        read = {months for months in offers.map.months if is_read_as(client, months)}
        for amount, row in zip(offers.map.amounts, offers.map.recommendations, strict=True):
            for months, recommendation in zip(offers.map.months, row, strict=True):
                if recommendation is Recommendation.ACCEPT and amount <= asked.amount and months in read:
                    assert found <= distance(amount, months) + 1e-12


def test_a_revolving_credit_has_no_map_and_may_become_a_personal_loan() -> None:
    services = shipped_services()
    revolving = [
        client
        for client in shipped_clients(Book.PAST, every=1)
        if services.facts(client).application["NAME_CONTRACT_TYPE"] == "Revolving loans"
        and services.assess(client).recommendation is Recommendation.REFUSE
    ][:3]
    for client in revolving:
        offers = offers_of(client)
        assert (offers.map, offers.nearest) == (None, None)
        for offer in offers.changes:
            assert offer.changes.duration is None or offer.changes.contract == "Cash loans"
    loan = Changes(contract="Cash loans", duration=24.0)
    assert services.offers(revolving[0], loan).map is not None


def test_amounts_that_a_person_would_say() -> None:
    assert sayable_amounts(98_500, 112_000) == [99_000, 100_000, 105_000, 110_000]
    assert sayable_amounts(990_000, 1_100_000) == [990_000, 1_000_000, 1_050_000, 1_100_000]
    assert sayable_amounts(50_100, 50_900) == []
    assert spread_over([1.0, 2.0, 3.0, 4.0, 5.0], 3) == [1, 3, 5]
    assert spread_over([1.0, 2.0], 3) == [1, 2]
