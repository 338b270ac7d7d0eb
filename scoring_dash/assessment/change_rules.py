"""What may be changed, within which bounds, and which raw columns follow: the rules of a simulation, in one place.

Bounds of amounts are the least and the greatest of the past files, so that the model is never asked about what it has
not seen; durations are those of personal loans. Debts elsewhere are not offered: which credit is repaid decides the
largest debt, the debt of the last year, the part still owed of each credit and the instalments, and these are stored
as aggregates that cannot be rebuilt from one another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from scoring_dash.assessment.loan_request import (
    LONGEST,
    PERSONAL_LOAN,
    REVOLVING_CREDIT,
    SHORTEST,
    LoanRequest,
    usual_cost,
)
from scoring_dash.assessment.scenario_rows import Application
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.simulation import NO_CHANGES, ChangeField, ChangeOption, Changes, ChangeValue, WhyNot
from scoring_dash.data.features.rebuild import formulas_reading
from scoring_dash.data.store import Portfolio
from scoring_dash.model.description import ModelDescription

DOCUMENTS: Final = tuple(f"FLAG_DOCUMENT_{number}" for number in range(2, 22))

_AMOUNT, _INSTALMENT, _PRICE = "AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE"
_INCOME, _CONTRACT = "AMT_INCOME_TOTAL", "NAME_CONTRACT_TYPE"
_STEP: Final = 1_000.0
_LOANS_OF_THE_MEDIAN: Final = 20_000
"""Past loans whose price gives the usual one: more would not move it by what a person would notice."""

_COLUMNS: Final[Mapping[ChangeField, tuple[str, ...]]] = MappingProxyType(
    {
        ChangeField.AMOUNT: (_AMOUNT,),
        ChangeField.DURATION: (_INSTALMENT,),
        ChangeField.DOWN_PAYMENT: (_AMOUNT,),
        ChangeField.PRICE: (_PRICE,),
        ChangeField.CONTRACT: (_CONTRACT,),
        ChangeField.INCOME: (_INCOME,),
        ChangeField.INCOME_TYPE: ("NAME_INCOME_TYPE",),
        ChangeField.OCCUPATION: ("OCCUPATION_TYPE",),
        ChangeField.SECTOR: ("ORGANIZATION_TYPE",),
        ChangeField.DOCUMENTS: DOCUMENTS,
    }
)
_CATEGORIES: Final = (
    ChangeField.CONTRACT,
    ChangeField.INCOME_TYPE,
    ChangeField.OCCUPATION,
    ChangeField.SECTOR,
)
_NEVER_OFFERED: Final = ("Maternity leave",)
"""Sources of income that the features read as unknown, since they reveal sex or pregnancy."""


class ChangeRules:
    """The rules of one model and one portfolio.

    Parameters
    ----------
    description : ModelDescription
    portfolio : Portfolio
        Its past files give the bounds, and the usual price of a personal loan.
    """

    def __init__(self, description: ModelDescription, portfolio: Portfolio) -> None:
        records = portfolio.past.applications
        known = set(records.dtype.names or ())
        self._read = {
            field: set(columns) <= known and bool(formulas_reading(columns, description.index))
            for field, columns in _COLUMNS.items()
        }
        self._bounds = {name: _bounds(records[name]) for name in (_AMOUNT, _PRICE, _INCOME) if name in known}
        self._names = {name: portfolio.text_values[name] for name in known & portfolio.text_values.keys()}
        self._known = known
        self._usual_cost = _usual_cost(portfolio) if {_AMOUNT, _INSTALMENT, _CONTRACT} <= known else math.nan

    def options(self, application: Application, changes: Changes = NO_CHANGES) -> tuple[ChangeOption, ...]:
        """What could be changed in an application, in the order of :class:`ChangeField`.

        Parameters
        ----------
        changes : Changes
            Already chosen: the kind of credit decides whether there is a duration, the amount what may be paid down.
        """
        return tuple(self._option(field, application, changes) for field in ChangeField)

    def loan(self, application: Application) -> LoanRequest:
        """The loan asked for in the file."""
        return LoanRequest.of(
            application.get(_CONTRACT), application.get(_AMOUNT), application.get(_INSTALMENT), self._usual_cost
        )

    def without_own(self, changes: Changes, application: Application) -> Changes:
        """The changes that change something: a value that the file has already is left out."""
        own = {field: self._own(field, application) for field in ChangeField}
        same = {str(field): None for field, value in changes.items() if value == own[field]}
        return replace(changes, **same) if same else changes

    def apply(self, changes: Changes, application: Application) -> dict[str, FeatureValue]:
        """The raw columns that changes move, with their new values.

        Parameters
        ----------
        changes : Changes
            Allowed ones, without the file's own values.
        """
        moved: dict[str, FeatureValue] = {
            _COLUMNS[field][0]: value
            for field, value in changes.items()
            if field not in (ChangeField.DURATION, ChangeField.DOWN_PAYMENT, ChangeField.DOCUMENTS)
        }
        if changes.documents is not None:
            moved |= _more_documents(int(changes.documents), application)
        if {ChangeField.AMOUNT, ChangeField.DURATION, ChangeField.DOWN_PAYMENT, ChangeField.CONTRACT} & dict(
            changes.items()
        ).keys():
            amount = self.amount(changes, application)
            moved |= self.loan_columns(changes, application, [amount], [_or_nan(changes.duration)])[0]
        return moved

    def amount(self, changes: Changes, application: Application) -> float:
        """The credit asked for: the amount less the down payment."""
        amount = changes.amount if changes.amount is not None else application.get(_AMOUNT)
        return _or_nan(amount) - (changes.down_payment or 0.0)

    def loan_columns(
        self, changes: Changes, application: Application, amounts: Sequence[float], months: Sequence[float]
    ) -> list[dict[str, FeatureValue]]:
        """Credit and instalment for each amount and duration (NaN: none asked for), all else as changed."""
        contract = changes.contract or application.get(_CONTRACT)
        payments = self.loan(application).instalments(
            contract if isinstance(contract, str) else None,
            np.array(amounts, dtype=np.float64),
            np.array(months, dtype=np.float64),
        )
        has_instalment = _INSTALMENT in self._known
        return [
            {_AMOUNT: float(amount), **({_INSTALMENT: _or_none(payment)} if has_instalment else {})}
            for amount, payment in zip(amounts, payments, strict=True)
        ]

    def _option(self, field: ChangeField, application: Application, changes: Changes) -> ChangeOption:
        own = self._own(field, application)
        if not self._read[field]:
            return ChangeOption(field, own, why_not=WhyNot.NOT_READ)
        if field in _CATEGORIES:
            names = self._names[_COLUMNS[field][0]]
            return ChangeOption(field, own, categories=tuple(name for name in names if name not in _NEVER_OFFERED))
        low, high, step = self._range(field, application, changes)
        why_not = WhyNot.NO_ROOM if not low <= high or (field is ChangeField.DOCUMENTS and own is None) else None
        contract = changes.contract or application.get(_CONTRACT)
        if field is ChangeField.DURATION and contract == REVOLVING_CREDIT:
            why_not = WhyNot.NO_DURATION
        return ChangeOption(field, own, low, high, step, why_not=why_not)

    def _range(self, field: ChangeField, application: Application, changes: Changes) -> tuple[float, float, float]:
        if field is ChangeField.DURATION:
            return SHORTEST, LONGEST, 6
        if field is ChangeField.DOCUMENTS:
            return _or_nan(_document_count(application)), len(DOCUMENTS), 1
        if field is ChangeField.DOWN_PAYMENT:
            room = self.amount(replace(changes, down_payment=None), application) - self._bounds[_AMOUNT][0]
            return 0.0, room if room > 0 else -1.0, _STEP
        return (*self._bounds[_COLUMNS[field][0]], _STEP)

    def _own(self, field: ChangeField, application: Application) -> FeatureValue:
        if field is ChangeField.DURATION:
            return _or_none(self.loan(application).months)
        if field is ChangeField.DOWN_PAYMENT:
            return 0.0
        if field is ChangeField.DOCUMENTS:
            return _document_count(application)
        return application.get(_COLUMNS[field][0])


def needs_duration(changes: Changes, application: Application) -> bool:
    """Whether the kind of credit becomes a personal loan, and nobody said over how many months."""
    is_new = changes.contract == PERSONAL_LOAN and application.get(_CONTRACT) != PERSONAL_LOAN
    return is_new and changes.duration is None


def _bounds(values: Any) -> tuple[float, float]:
    """Least and greatest of the past files, in whole thousands inside them."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if len(known) == 0:
        return 0.0, -1.0
    low, high = float(known.min()), float(known.max())
    return math.ceil(low / _STEP) * _STEP, math.floor(high / _STEP) * _STEP


def _usual_cost(portfolio: Portfolio) -> float:
    every = max(1, len(portfolio.past.applications) // _LOANS_OF_THE_MEDIAN)
    records, names = portfolio.past.applications[::every], portfolio.text_values[_CONTRACT]
    contracts = np.array([*names, None], dtype=object)[np.asarray(records[_CONTRACT], dtype=np.int64)]
    return usual_cost(contracts, np.asarray(records[_AMOUNT]), np.asarray(records[_INSTALMENT]))


def _document_count(application: Application) -> float | None:
    flags = [application.get(name) for name in DOCUMENTS]
    known = [float(flag) for flag in flags if isinstance(flag, int | float)]
    return sum(known) if len(known) == len(flags) else None


def _more_documents(count: int, application: Application) -> dict[str, FeatureValue]:
    """The first documents that are not there yet, until there are so many."""
    absent = [name for name in DOCUMENTS if application.get(name) != 1]
    wanted = count - (len(DOCUMENTS) - len(absent))
    return dict.fromkeys(absent[: max(wanted, 0)], 1.0)


def _or_nan(value: FeatureValue | ChangeValue) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
