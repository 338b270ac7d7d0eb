"""A simulation: what a client could change in his application, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, TypeAlias

from scoring_dash.core.affordability import Affordability
from scoring_dash.core.errors import ScoringError
from scoring_dash.core.results import Assessment, FeatureValue, Reason
from scoring_dash.core.words import Theme

ChangeValue: TypeAlias = float | str
"""A number, or the name of a category as the tables write it."""


class ChangeField(StrEnum):
    """What a client can change, as written in an address and in the interface."""

    AMOUNT = "amount"
    DURATION = "duration"
    DOWN_PAYMENT = "down_payment"
    PRICE = "price"
    CONTRACT = "contract"
    INCOME = "income"
    INCOME_TYPE = "income_type"
    OCCUPATION = "occupation"
    SECTOR = "sector"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is changed in an application; None leaves a field as it is in the file.

    Attributes
    ----------
    amount, price, income : float or None
        In the currency of the data, positive.
    duration : float or None
        Number of monthly instalments, whole.
    down_payment : float or None
        What the client pays himself: taken off the amount.
    contract, income_type, occupation, sector : str or None
        Categories as the tables write them.
    documents : float or None
        Supporting documents handed in, all told.
    """

    amount: float | None = None
    duration: float | None = None
    down_payment: float | None = None
    price: float | None = None
    contract: str | None = None
    income: float | None = None
    income_type: str | None = None
    occupation: str | None = None
    sector: str | None = None
    documents: float | None = None

    def items(self) -> tuple[tuple[ChangeField, ChangeValue], ...]:
        """What is changed, in the order of :class:`ChangeField`."""
        found = ((ChangeField(field.name), getattr(self, field.name)) for field in fields(self))
        return tuple((name, value) for name, value in found if value is not None)

    def __bool__(self) -> bool:
        return bool(self.items())


NO_CHANGES: Final = Changes()


class WhyNot(StrEnum):
    """Why a field is shown and not offered."""

    NOT_READ = "not_read"  # no feature of the model in service depends on it
    NO_DURATION = "no_duration"  # a revolving credit has none
    NO_ROOM = "no_room"  # nothing is left between the file's value and the bound


@dataclass(frozen=True, slots=True)
class ChangeOption:
    """One field that a client could change, and within which bounds.

    Attributes
    ----------
    value : FeatureValue
        What the file says; for the duration, the likely one that its credit and instalment imply.
    low, high : float or None
        Bounds of a number, both allowed; None for a category.
    step : float
        Between two values that a person would say; 0 for a category.
    categories : tuple of str
        Allowed names, as the tables write them; empty for a number.
    why_not : WhyNot or None
        Why the field is not offered; None where it is.
    """

    field: ChangeField
    value: FeatureValue
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    categories: tuple[str, ...] = ()
    why_not: WhyNot | None = None

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers mean something."""
        return self.field in (ChangeField.DURATION, ChangeField.DOCUMENTS)


class FaultKind(StrEnum):
    """What may be wrong with a change."""

    UNKNOWN_FIELD = "unknown_field"
    TWICE = "twice"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CATEGORY = "unknown_category"
    NOT_OFFERED = "not_offered"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class ChangeFault:
    """One thing that is wrong with a request for a simulation.

    Attributes
    ----------
    field : str
        As the caller wrote it.
    value : str
        As the caller wrote it, at most 40 characters.
    option : ChangeOption or None
        What is allowed; None for a field that does not exist.
    """

    field: str
    value: str
    kind: FaultKind
    option: ChangeOption | None = None

    def __str__(self) -> str:
        return f"{self.field}={self.value!r}: {self.kind}"


class InvalidChangesError(ScoringError):
    """A simulation was asked for with values that are not allowed; every fault is told, not only the first."""

    def __init__(self, faults: tuple[ChangeFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(str(fault) for fault in faults))


class Move(StrEnum):
    """What became of a reason."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    STRONGER = "stronger"
    WEAKER = "weaker"
    TURNED = "turned"  # spoke against the client and now for him, or the reverse
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ReasonMove:
    """One theme among the reasons before or after; at least one of both is there."""

    theme: Theme
    move: Move
    before: Reason | None
    after: Reason | None


@dataclass(frozen=True, slots=True)
class FactMove:
    """A feature that moved.

    Attributes
    ----------
    contribution_before, contribution_after : float
        In log-odds.
    """

    feature: str
    before: FeatureValue
    after: FeatureValue
    contribution_before: float
    contribution_after: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """A client's application with some changes, by the engine that assesses him.

    Attributes
    ----------
    changes : Changes
        Those that differ from the file: a value equal to the file's own is no change.
    before, after : Assessment
        ``before`` is the assessment of the file; without a change ``after`` is the same to the last bit.
    application : mapping of str to FeatureValue
        The raw columns that moved, by name, with their new values.
    facts : tuple of FactMove
        Features that moved, those whose weight changed most first.
    """

    changes: Changes
    before: Assessment
    after: Assessment
    application: Mapping[str, FeatureValue]
    reasons: tuple[ReasonMove, ...]
    facts: tuple[FactMove, ...]
    affordability_before: Affordability
    affordability_after: Affordability


@dataclass(frozen=True, slots=True)
class MissingFact:
    """What a fact missing from the file would tell, over the values seen in similar past files.

    Attributes
    ----------
    low, high : float
        Least and greatest probability of default over those values.
    known : int
        Similar files that give the fact, of ``similar`` in all.
    """

    feature: str
    low: float
    high: float
    known: int
    similar: int
