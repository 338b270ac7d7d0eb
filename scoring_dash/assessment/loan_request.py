"""Amount, duration and instalment of a loan: how one follows from the others when a client asks for something else.

The application names the amount and the instalment, not the duration; it is the likely one that the features read
(``loan_terms``). When something else is asked for, the instalment follows:

- **same duration**: amount / instalment, the number of instalments without interest, stays as it is to the last bit
  that floating point allows, so that nothing read from it moves;
- **another duration**: ``instalment = amount * (1 / months + cost)``, where ``cost`` is what one instalment costs as
  a share of the amount: ``instalment / amount - 1 / months`` of the client's own file, the price that the model reads
  too (``implied_cost``). Where the file tells none (another kind of credit, no instalment, a price below zero) the
  median of the past personal loans stands for it, and the screen says so;
- **revolving credit**: 5 % of the limit, as in every past file of this kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.results import FeatureValue
from scoring_dash.data.features.loan_terms import TERMS, implied_cost, implied_term

PERSONAL_LOAN: Final = "Cash loans"
REVOLVING_CREDIT: Final = "Revolving loans"
REVOLVING_SHARE: Final = 0.05
SHORTEST, LONGEST = TERMS[0], TERMS[-1]
"""Months: the shortest and the longest duration of a personal loan that the features know."""

_NEIGHBOURS: Final = range(-3, 4)


@dataclass(frozen=True, slots=True)
class LoanRequest:
    """The loan of one file.

    Attributes
    ----------
    contract : str or None
        ``NAME_CONTRACT_TYPE``.
    amount, instalment : float
        NaN where missing.
    months : float
        Likely duration; NaN where the kind of credit has none or it cannot be told.
    cost : float
        What one instalment costs, as a share of the amount: the file's own, or the usual one.
    is_own_cost : bool
        Whether ``cost`` is the file's own.
    """

    contract: str | None
    amount: float
    instalment: float
    months: float
    cost: float
    is_own_cost: bool

    @classmethod
    def of(
        cls, contract: FeatureValue, amount: FeatureValue, instalment: FeatureValue, usual_cost: float
    ) -> LoanRequest:
        """Read the loan of a file.

        Parameters
        ----------
        usual_cost : float
            Median cost of one instalment among past personal loans.
        """
        kind = contract if isinstance(contract, str) else None
        credit, payment = (float(value) if isinstance(value, int | float) else np.nan for value in (amount, instalment))
        months, cost = (float(values[0]) for values in _implied([credit], [payment], [kind]))
        is_own = bool(cost > 0)
        return cls(kind, credit, payment, months, cost if is_own else usual_cost, is_own)

    @property
    def likely_months(self) -> float | None:
        """The duration that the features read; None where they read none."""
        return None if np.isnan(self.months) else self.months

    def read_as(self, months: Sequence[float]) -> list[float]:
        """As which durations the features would read a personal loan over so many months.

        They read it from amount / instalment, in steps made for usual prices: a dear loan over 48 months looks like a
        usual one over 36.
        """
        count = len(months)
        payments = self.instalments(PERSONAL_LOAN, np.ones(count), np.array(months, dtype=np.float64))
        return [float(value) for value in _implied(np.ones(count), payments, [PERSONAL_LOAN] * count)[0]]

    def instalments(
        self, contract: str | None, amounts: NDArray[np.float64], months: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Instalments of other requests.

        Parameters
        ----------
        contract : str or None
            Kind of credit asked for.
        amounts : (n,) float64
        months : (n,) float64
            NaN: no other duration is asked for.

        Returns
        -------
        (n,) float64
            NaN where the file names no instalment and no duration is asked for.
        """
        if contract == REVOLVING_CREDIT and self.contract != REVOLVING_CREDIT:
            return instalments_of_ratio(amounts, np.full(len(amounts), 1 / REVOLVING_SHARE))
        own_ratio = self.amount / self.instalment if self.instalment else np.nan
        is_same = np.isnan(months) | (months == self.months) | (contract == REVOLVING_CREDIT)
        ratios = np.where(is_same, own_ratio, 1 / (1 / months + self.cost))
        found = instalments_of_ratio(amounts, ratios)
        return np.where(is_same & (amounts == self.amount), self.instalment, found)


def instalments_of_ratio(amounts: NDArray[np.float64], ratios: NDArray[np.float64]) -> NDArray[np.float64]:
    """Instalments for which ``amount / instalment`` is the ratio wanted, or the least bit above.

    A quotient rounds, and the ratio computed from it may fall a bit below a step of the features: a smaller loan would
    then be read as one of another duration. Of the numbers around the quotient the one that misses least is taken.

    Parameters
    ----------
    amounts, ratios : (n,) float64
        Positive; NaN gives NaN.
    """
    quotient = amounts / ratios
    around = np.stack([quotient + step * np.spacing(quotient) for step in _NEIGHBOURS])
    missed = amounts / around - ratios
    best = np.argmin(np.where(missed >= 0, missed, np.inf), axis=0)
    found: NDArray[np.float64] = around[best, np.arange(len(amounts))]
    return found


def usual_cost(contracts: NDArray[Any], amounts: NDArray[np.float64], instalments: NDArray[np.float64]) -> float:
    """Median cost of one instalment among personal loans, as a share of the amount.

    Parameters
    ----------
    contracts : (n,) object
    amounts, instalments : (n,) float64, NaN where missing

    Returns
    -------
    float
        NaN where no loan tells it.
    """
    _, costs = _implied(amounts, instalments, contracts)
    known = costs[costs > 0]
    return float(np.median(known)) if len(known) else float("nan")


def _implied(amounts: Any, instalments: Any, contracts: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    row = SimpleNamespace(
        AMT_CREDIT=np.asarray(amounts, dtype=np.float64),
        AMT_ANNUITY=np.asarray(instalments, dtype=np.float64),
        NAME_CONTRACT_TYPE=np.asarray(contracts, dtype=object),
    )
    return implied_term(row), implied_cost(row)
