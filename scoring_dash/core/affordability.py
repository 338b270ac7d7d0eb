"""Plain arithmetic of a loan beside the model: what it costs, what it takes of the income, what remains."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Affordability:
    """Amounts of one loan; what cannot be computed from what the file gives is None, never guessed.

    The instalment is monthly. The tables do not say over which period the income is declared; it is read as monthly.

    Attributes
    ----------
    amount : float or None
        Credit, after the down payment.
    months : float or None
        Instalments to pay: those asked for, else the likely number that credit and instalment imply; None for a
        revolving credit.
    is_duration_asked : bool
        Whether ``months`` was asked for in the simulation.
    elsewhere : float or None
        Instalments of running credits at other lenders; None where none is known.
    with_us : float or None
        Instalments of loans still running with us.
    cost_per_instalment : float or None
        What one instalment costs besides repaying, as a share of the amount: ``instalment / amount - 1 / months``.
    is_usual_cost : bool
        Whether the file tells no price of its own, and the median of past personal loans stands for it.
    read_as : float or None
        The duration that the model reads from amount and instalment; it may be another than ``months``.
    """

    amount: float | None
    instalment: float | None
    months: float | None
    is_duration_asked: bool
    income: float | None
    elsewhere: float | None
    with_us: float | None
    cost_per_instalment: float | None = None
    is_usual_cost: bool = False
    read_as: float | None = None

    @property
    def effort(self) -> float | None:
        """``instalment / income``."""
        return _divided(self.instalment, self.income)

    @property
    def total(self) -> float | None:
        """``instalment * months``."""
        return None if self.instalment is None or self.months is None else self.instalment * self.months

    @property
    def cost(self) -> float | None:
        """``total - amount``."""
        total = self.total
        return None if total is None or self.amount is None else total - self.amount

    @property
    def remains(self) -> float | None:
        """``income - instalment``."""
        return None if self.income is None or self.instalment is None else self.income - self.instalment

    @property
    def remains_after_all(self) -> float | None:
        """``income - instalment - elsewhere - with_us``; None unless all of them are known."""
        parts = (self.remains, self.elsewhere, self.with_us)
        known = [part for part in parts if part is not None]
        return known[0] - known[1] - known[2] if len(known) == len(parts) else None


def _divided(numerator: float | None, denominator: float | None) -> float | None:
    return None if numerator is None or not denominator else numerator / denominator
