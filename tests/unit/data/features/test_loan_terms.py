"""Term and price that credit and instalment imply."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.feature_tables import features_of

from scoring_dash.core.words import TableName
from scoring_dash.data.features.loan_terms import SHORTEST_TERM, TERM_STEPS


def priced(credit: float | None, instalment: float | None, kind: str | None = "Cash loans") -> dict[str, object]:
    row = {"AMT_CREDIT": credit, "AMT_ANNUITY": instalment, "NAME_CONTRACT_TYPE": kind}
    found = features_of({TableName.APPLICATION_TRAIN: [row]})
    return {name: found[name] for name in ("implied_term", "implied_interest_share", "implied_cost")}


def test_the_steps_rise_and_leave_interest_to_pay() -> None:
    edges, terms = zip((0, SHORTEST_TERM), *TERM_STEPS, strict=True)
    assert all(before < after for before, after in pairwise(edges))
    assert all(before < after for before, after in pairwise(terms))


@pytest.mark.parametrize(
    ("credit", "term"),
    [(5_000, 6), (7_749, 6), (7_750, 12), (10_749, 12), (10_750, 18), (20_000, 36), (27_000, 48), (44_000, 60)],
)
def test_the_term_follows_credit_over_instalment_and_an_edge_opens_its_step(credit: float, term: int) -> None:
    assert priced(credit, 1_000)["implied_term"] == term


def test_interest_and_cost_by_hand() -> None:
    found = priced(10_000, 1_000)  # 12 instalments of 1,000 repay 10,000
    assert found["implied_interest_share"] == pytest.approx(0.2)
    assert found["implied_cost"] == pytest.approx(0.2 / 12)


@pytest.mark.parametrize(
    ("credit", "instalment", "kind"),
    [
        (None, 1_000, "Cash loans"),
        (10_000, None, "Cash loans"),
        (10_000, 0, "Cash loans"),
        (10_000, 500, None),
        (10_000, 500, "Revolving loans"),
    ],
)
def test_nothing_is_implied_without_both_amounts_or_for_revolving_credit(
    credit: float | None, instalment: float | None, kind: str | None
) -> None:
    assert set(priced(credit, instalment, kind).values()) == {None}


@settings(deadline=None, max_examples=25)
@given(ratio=st.integers(400, 5_000), part=st.sampled_from([0.5, 0.25, 0.125]))
def test_asking_for_less_at_the_same_duration_leaves_term_and_price(ratio: int, part: float) -> None:
    instalment = 1_024.0
    credit = instalment * ratio / 100
    assert priced(credit, instalment) == priced(credit * part, instalment * part)
