"""What every client of the shipped portfolio is promised: asking for less, earning more, a better score never hurt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pytest
from numpy.typing import NDArray

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.data.features.rebuild import ROW_FORMULAS, needed_raw_columns, rebuild
from scoring_dash.data.store import BookData

ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
EXACT = 64
"""Amounts times k/64 are exact, so that credit / instalment keeps its very bits."""

Raw = dict[str, NDArray[Any]]
Change = Callable[[Raw, np.random.Generator], Mapping[str, NDArray[Any]]]


def less_of_the_loan(raw: Raw, random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
    part = random.integers(16, EXACT, len(raw["AMT_CREDIT"])) / EXACT
    return {"AMT_CREDIT": raw["AMT_CREDIT"] * part, "AMT_ANNUITY": raw["AMT_ANNUITY"] * part}


def a_smaller_purchase(raw: Raw, random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
    part = random.integers(16, EXACT, len(raw["AMT_CREDIT"])) / EXACT
    return {name: raw[name] * part for name in ("AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE")}


def more_income(raw: Raw, random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
    return {"AMT_INCOME_TOTAL": raw["AMT_INCOME_TOTAL"] * random.uniform(1, 3, len(raw["AMT_CREDIT"]))}


def a_better_score(number: int) -> Change:
    def change(raw: Raw, random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
        score = raw[f"EXT_SOURCE_{number}"]
        return {f"EXT_SOURCE_{number}": score + (1 - score) * random.random(len(score))}

    return change


CHANGES = [less_of_the_loan, a_smaller_purchase, more_income, *map(a_better_score, (1, 2, 3))]


class Portfolio:
    """Raw applications and features of every shipped client, and what a change makes of the features."""

    def __init__(self, services: LoadedServices) -> None:
        self.description = services.package.description
        names = {feature.name for feature in self.description.features}
        self.formulas = [formula for formula in ROW_FORMULAS if formula.name in names]
        books = (services.portfolio.past, services.portfolio.current)
        self.features = np.ascontiguousarray(np.concatenate([book.features for book in books], axis=1).T)
        parts = [self._raw(book, services.portfolio.text_values) for book in books]
        self.raw = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _raw(self, book: BookData, texts: Mapping[str, tuple[str, ...]]) -> Raw:
        columns = {}
        for name in needed_raw_columns(self.formulas):
            column = book.applications[name]
            words = np.array([*texts.get(name, ()), None], dtype=object)  # the code -1 stands for None
            columns[name] = words[column] if name in texts else column.astype(np.float64)
        return columns

    def rebuilt(self, changes: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """(n, n_features) float32 after a change of raw columns; the formulas' other inputs stay as stored."""
        index = self.description.index
        inputs = {name: self.features[:, index[name]] for formula in self.formulas for name in formula.inputs}
        found = rebuild(self.formulas, {**self.raw, **changes}, inputs, self.description.typical_incomes)
        rows = self.features.copy()
        for name, values in found.items():
            rows[:, index[name]] = self._coded(name, values)
        return rows

    def _coded(self, name: str, values: NDArray[Any]) -> NDArray[np.float32]:
        if values.dtype != object:
            return values
        codes = {word: float(place) for place, word in enumerate(self.description.categories[name])}
        return np.array([codes.get(value, np.nan) for value in values], dtype=np.float32)


@pytest.fixture(scope="module")
def services() -> LoadedServices:
    return load_services(ARTIFACTS)


@pytest.fixture(scope="module")
def portfolio(services: LoadedServices) -> Portfolio:
    return Portfolio(services)


def test_without_a_change_every_feature_keeps_its_bits(portfolio: Portfolio) -> None:
    assert np.array_equal(portfolio.rebuilt({}).view(np.int32), portfolio.features.view(np.int32))


@pytest.mark.parametrize("change", CHANGES)
def test_no_client_is_scored_worse(services: LoadedServices, portfolio: Portfolio, change: Change) -> None:
    random = np.random.default_rng(5)
    rows = portfolio.rebuilt(change(portfolio.raw, random))
    assert not np.array_equal(rows, portfolio.features, equal_nan=True)
    for model in (0, services.package.scorer.final):
        before = services.package.scorer.margin(portfolio.features, model, threads=2)
        after = services.package.scorer.margin(rows, model, threads=2)
        assert np.count_nonzero(after > before) == 0


def test_without_monotone_constraints_some_would_be(portfolio: Portfolio, services: LoadedServices) -> None:
    """The promise is kept by the constraints, not by luck: the same trees without them break it."""
    past = services.portfolio.past
    outcomes = past.outcomes
    rows = portfolio.features[: len(outcomes)]
    parameters = {"objective": "binary", "max_depth": 4, "num_threads": 2, "seed": 0, "verbosity": -1}
    free = lightgbm.train(parameters, lightgbm.Dataset(rows, outcomes), num_boost_round=60)
    for change in (less_of_the_loan, more_income, a_better_score(2)):
        changed = portfolio.rebuilt(change(portfolio.raw, np.random.default_rng(5)))
        assert np.count_nonzero(free.predict(changed) > free.predict(portfolio.features)) > 100
