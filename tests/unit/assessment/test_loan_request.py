"""How amount, duration and instalment follow from each other."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_dash.assessment.loan_request import (
    PERSONAL_LOAN,
    REVOLVING_CREDIT,
    LoanRequest,
    instalments_of_ratio,
    usual_cost,
)
from scoring_dash.data.features.loan_terms import implied_cost, implied_term

CENTS = st.integers(1_000_000, 400_000_000).map(lambda cents: cents / 100)
"""Amounts from 10,000 to 4,000,000."""
RATIOS = st.floats(8, 40) | st.sampled_from([7.75, 10.75, 14.0, 18.0, 19.0, 20.0, 27.0, 30.75])


def likely_term(amount: float, instalment: float) -> float:
    row = SimpleNamespace(
        AMT_CREDIT=np.array([amount]), AMT_ANNUITY=np.array([instalment]),
        NAME_CONTRACT_TYPE=np.array([PERSONAL_LOAN], dtype=object),
    )  # fmt: skip
    return float(implied_term(row)[0])


@settings(deadline=None)
@given(st.lists(CENTS, min_size=1, max_size=20), RATIOS)
def test_a_ratio_that_is_kept_never_falls_below_itself_and_stays_the_same_to_float32(
    amounts: list[float], ratio: float
) -> None:
    found = np.array(amounts) / instalments_of_ratio(np.array(amounts), np.full(len(amounts), ratio))
    assert (found >= ratio).all()
    assert (found - ratio <= 4 * np.spacing(ratio)).all()


@settings(deadline=None)
@given(CENTS, CENTS, RATIOS)
def test_another_amount_at_the_same_duration_is_read_as_the_same_duration(
    own: float, other: float, ratio: float
) -> None:
    instalment = float(instalments_of_ratio(np.array([own]), np.array([ratio]))[0])
    loan = LoanRequest.of(PERSONAL_LOAN, own, instalment, 0.02)
    (found,) = loan.instalments(PERSONAL_LOAN, np.array([other]), np.array([math.nan]))
    assert likely_term(other, found) == likely_term(own, instalment)
    assert found == pytest.approx(instalment * other / own, rel=1e-12)


@settings(deadline=None)
@given(CENTS, st.floats(8.3, 40))
def test_the_own_amount_and_duration_give_the_own_instalment_to_the_last_bit(amount: float, ratio: float) -> None:
    loan = LoanRequest.of(PERSONAL_LOAN, amount, amount / ratio, 0.02)
    found = loan.instalments(PERSONAL_LOAN, np.array([amount, amount]), np.array([math.nan, loan.months]))
    assert found.tolist() == [amount / ratio] * 2


def test_another_duration_keeps_the_price_of_an_instalment() -> None:
    # 24,000 over 24 months at 1,500: each instalment repays 1,000 and costs 500, i.e. 1/48 of the amount.
    loan = LoanRequest.of(PERSONAL_LOAN, 24_000.0, 1_500.0, 0.5)
    assert (loan.months, loan.is_own_cost) == (24, True)
    assert loan.cost == pytest.approx(500 / 24_000)
    found = loan.instalments(PERSONAL_LOAN, np.array([24_000.0, 12_000.0]), np.array([12.0, 48.0]))
    assert found.tolist() == pytest.approx([2_000 + 500, 250 + 250])


def test_without_a_price_of_its_own_a_file_takes_the_usual_one() -> None:
    below_zero = LoanRequest.of(PERSONAL_LOAN, 7_000.0, 1_000.0, 0.02)  # 6 instalments of 1,000 do not repay 7,000
    unknown = LoanRequest.of(PERSONAL_LOAN, 10_000.0, None, 0.02)
    for loan in (below_zero, unknown):
        assert (loan.cost, loan.is_own_cost) == (0.02, False)
    (found,) = unknown.instalments(PERSONAL_LOAN, np.array([10_000.0]), np.array([20.0]))
    assert found == pytest.approx(500 + 200)
    (missing,) = unknown.instalments(PERSONAL_LOAN, np.array([5_000.0]), np.array([math.nan]))
    assert math.isnan(missing)


def test_revolving_credit_costs_a_twentieth_of_its_limit_or_what_the_file_says() -> None:
    personal = LoanRequest.of(PERSONAL_LOAN, 24_000.0, 1_500.0, 0.5)
    revolving = LoanRequest.of(REVOLVING_CREDIT, 100_000.0, 4_000.0, 0.02)
    assert math.isnan(revolving.months)
    no_months = np.array([math.nan])
    assert personal.instalments(REVOLVING_CREDIT, np.array([40_000.0]), no_months).tolist() == [2_000]
    assert revolving.instalments(REVOLVING_CREDIT, np.array([50_000.0]), no_months).tolist() == [2_000]
    (turned,) = revolving.instalments(PERSONAL_LOAN, np.array([50_000.0]), np.array([25.0]))
    assert turned == pytest.approx(2_000 + 1_000)


def test_the_usual_cost_is_the_median_of_personal_loans_alone() -> None:
    amounts, instalments = np.full(5, 24_000.0), np.array([1_500.0, 1_440.0, 1_560.0, 9_000.0, np.nan])
    contracts = np.array([PERSONAL_LOAN] * 3 + [REVOLVING_CREDIT, PERSONAL_LOAN], dtype=object)
    row = SimpleNamespace(AMT_CREDIT=amounts, AMT_ANNUITY=instalments, NAME_CONTRACT_TYPE=contracts)
    assert usual_cost(contracts, amounts, instalments) == np.nanmedian(implied_cost(row)[:3])
    assert math.isnan(usual_cost(contracts[3:4], amounts[3:4], instalments[3:4]))
