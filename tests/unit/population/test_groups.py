"""Groups over a trained portfolio: same figures as the Decision page, clear refusals, nobody's sex."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import Group, GroupName, read_group
from scoring_dash.core.words import ColumnUse, Recommendation


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


def some_clients(services: LoadedServices) -> list[int]:
    portfolio = services.portfolio
    return [int(number) for number in (*portfolio.past.client_ids[::60], *portfolio.current.client_ids[::6])]


def test_the_same_risk_is_the_frequency_of_the_assessment(services: LoadedServices) -> None:
    for client in some_clients(services):
        summary = services.summarise(Group(GroupName.SAME_RISK), client)
        assert summary.observed == services.assess(client).observed


def test_the_same_recommendation_is_that_of_the_assessment(services: LoadedServices) -> None:
    rule, past = services.package.description.rule, services.portfolio.past
    for client in some_clients(services):
        wanted = services.assess(client).recommendation
        zone = {
            Recommendation.ACCEPT: past.probabilities < rule.review_low,
            Recommendation.REFUSE: past.probabilities > rule.review_high,
            Recommendation.REVIEW: (past.probabilities >= rule.review_low) & (past.probabilities <= rule.review_high),
        }[wanted]
        assert services.summarise(Group(GroupName.SAME_RECOMMENDATION), client).files == np.count_nonzero(zone)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nope:1..2", "group is 'nope'; allowed: a fact listed by GET /api/v1/model"),
        ("income_type:Nobody", "group is 'Nobody'; allowed: values of income_type: Pensioner, Working, ?"),
        ("income_type:1..2", "income_type:VALUE|VALUE"),
        ("income_type~2", "income_type~ or income_type:VALUE|VALUE"),
        ("credit_amount:Working", "credit_amount:LOW..HIGH"),
    ],
)
def test_a_condition_that_does_not_suit_its_field_is_refused(services: LoadedServices, text: str, said: str) -> None:
    with pytest.raises(InvalidRequestError) as refusal:
        services.summarise(read_group(text), some_clients(services)[0])
    assert said in str(refusal.value)


@pytest.mark.parametrize("text", ["similar", "same_risk", "same_recommendation", "credit_amount~20%"])
def test_a_group_about_somebody_needs_somebody(services: LoadedServices, text: str) -> None:
    with pytest.raises(
        InvalidRequestError, match=r"allowed: a (group without a client|condition that needs no client)"
    ):
        services.summarise(read_group(text))


def test_a_group_about_nobody_is_the_same_for_everybody(services: LoadedServices) -> None:
    group = read_group("income_type:Working;credit_amount:200000..")
    one, *others = [services.summarise(group, client) for client in (None, *some_clients(services)[:3])]
    assert all(other == one for other in others)


def test_groups_of_two_clients_are_not_mixed_up(services: LoadedServices) -> None:
    """Members are remembered by client: asked in turn, everybody gets his own."""
    clients, group = some_clients(services)[:4], Group(GroupName.SIMILAR)
    alone = {client: load_fresh(services, client, group) for client in clients}
    for client in clients * 3:
        assert services.compare(client, "credit_amount", group) == alone[client]


def load_fresh(services: LoadedServices, client: int, group: Group) -> object:
    return load_services(services.artifact.root.parents[1]).compare(client, "credit_amount", group)


def test_nothing_forbidden_but_the_age_band_groups_files(services: LoadedServices) -> None:
    forbidden = [
        item.name for item in (*services.model.features, *services.model.fields) if item.use is ColumnUse.FORBIDDEN
    ]
    assert set(forbidden) <= {"age_band"}
