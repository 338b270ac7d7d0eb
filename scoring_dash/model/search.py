"""The space of LightGBM parameters that ``tune`` searches, and the cross-validation of one point of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.cost import choose_decision_rule
from scoring_dash.model.families import LabelledFiles
from scoring_dash.model.train import TrainingPlan

_THREADS: Final = 2

Point = Mapping[str, float]
"""LightGBM parameters by name; those that count something are whole."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One searched quantity.

    Attributes
    ----------
    levels : tuple of float
        What a grid tries, the most telling levels first; the first is the grid's fixed value when the budget is short.
    """

    name: str
    low: float
    high: float
    levels: tuple[float, ...]
    is_log: bool = False
    is_whole: bool = False

    def at(self, share: float) -> float:
        """Value at a share of the way from low to high, in [0, 1); by ratios where ``is_log``."""
        if self.is_whole and not self.is_log:
            return float(math.floor(self.low + share * (self.high - self.low + 1)))
        low, high = (math.log(self.low), math.log(self.high)) if self.is_log else (self.low, self.high)
        value = low + share * (high - low)
        value = math.exp(value) if self.is_log else value
        return float(round(value)) if self.is_whole else value


_LEAVES: Final = "leaves_share"
_BINS: Final = "max_bin"
_WHOLE: Final = ("max_depth", "num_leaves", "min_child_samples", _BINS)

DIMENSIONS: Final = (
    Dimension("max_depth", 3, 5, (4, 3, 5), is_whole=True),
    Dimension("feature_fraction", 0.05, 0.6, (0.25, 0.1, 0.5)),
    Dimension("lambda_l2", 0.1, 100.0, (20.0, 1.0, 80.0), is_log=True),
    Dimension("min_child_samples", 20, 500, (100, 30, 300), is_log=True, is_whole=True),
    Dimension(_LEAVES, 0.5, 1.0, (1.0, 0.6)),
    Dimension("lambda_l1", 0.01, 10.0, (1.0, 0.1), is_log=True),
    Dimension("bagging_fraction", 0.5, 1.0, (0.8, 0.6)),
    Dimension("cat_smooth", 5.0, 100.0, (30.0, 10.0), is_log=True),
)
"""In the order in which a grid refines them."""

BIN_COUNTS: Final = (255, 127, 63)
"""Few values of ``max_bin``, so that the files are binned once for each."""


@dataclass(frozen=True, slots=True)
class SearchSpace:
    """Depth 3 to 5 with at least half of the leaves that it can hold, subsampling, penalties and binning.

    Leaves are searched as a share of the most that the depth allows: a number of leaves means something else at
    another depth.
    """

    dimensions: tuple[Dimension, ...] = DIMENSIONS
    bin_counts: tuple[int, ...] = BIN_COUNTS

    def of_plan(self, plan: TrainingPlan) -> Point:
        """The searched parameters as the plan has them; LightGBM's defaults are not filled in."""
        names = {dimension.name for dimension in self.dimensions if dimension.name != _LEAVES}
        return {name: value for name, value in plan.parameters.items() if name in {*names, "num_leaves", _BINS}}

    def point(self, values: Mapping[str, float]) -> Point:
        """Turn values of the dimensions and ``max_bin`` into LightGBM's parameters."""
        most_leaves = 2 ** int(values["max_depth"])
        parameters = {name: value for name, value in values.items() if name != _LEAVES}
        parameters["num_leaves"] = max(2, round(values[_LEAVES] * most_leaves))
        # Four digits: no more is known of them, and a person can copy them.
        return {
            name: int(value) if name in _WHOLE else float(f"{value:.4g}") for name, value in sorted(parameters.items())
        }

    def suggest(self, trial: Any) -> Point:
        """Ask an ``optuna.Trial`` for a point."""
        values: dict[str, float] = {}
        for dimension in self.dimensions:
            name, low, high = dimension.name, dimension.low, dimension.high
            if dimension.is_whole:
                values[name] = trial.suggest_int(name, int(low), int(high), log=dimension.is_log)
            else:
                values[name] = trial.suggest_float(name, low, high, log=dimension.is_log)
        values[_BINS] = trial.suggest_categorical(_BINS, list(self.bin_counts))
        return self.point(values)


def random_points(space: SearchSpace, trials: int, seed: int) -> Iterator[Point]:
    """Points drawn evenly over the space; more trials begin with the same ones."""
    random = np.random.default_rng(seed)
    for _ in range(trials):
        values = {dimension.name: dimension.at(float(random.random())) for dimension in space.dimensions}
        values[_BINS] = float(random.choice(space.bin_counts))
        yield space.point(values)


def grid_points(space: SearchSpace, trials: int) -> Iterator[Point]:
    """A full grid of at most ``trials`` points, as fine as fits.

    Every dimension starts at its first level; in turn each receives one more, as long as the grid still fits.
    """
    levels = {dimension.name: dimension.levels for dimension in space.dimensions}
    levels[_BINS] = tuple(float(count) for count in space.bin_counts)
    counts = dict.fromkeys(levels, 1)
    for wanted in range(2, 1 + max(map(len, levels.values()))):
        for name, values in levels.items():
            grown = math.prod(counts.values()) // counts[name] * wanted
            if len(values) >= wanted and counts[name] == wanted - 1 and grown <= trials:
                counts[name] = wanted
    chosen = [levels[name][:count] for name, count in counts.items()]
    for values in product(*chosen):
        yield space.point(dict(zip(levels, values, strict=True)))


@dataclass(frozen=True, slots=True)
class Tuning:
    """What one point of the space gives, out of fold."""

    auc: float
    log_loss: float
    cost: float
    threshold: float
    rounds: int


@dataclass(frozen=True)
class TunedFolds:
    """The folds, binned once for each number of bins and kept for every point.

    The bins are taken from all files: from their features alone, never from an outcome.
    """

    files: LabelledFiles
    plan: TrainingPlan

    def cross_validate(self, point: Point) -> Tuning:
        """Train one model a fold with early stopping and judge the held-out files at the folds' mean rounds."""
        bins = int(point.get(_BINS, self.plan.parameters.get(_BINS, BIN_COUNTS[0])))
        parameters = self._parameters(point, bins)
        boosters = [
            lightgbm.train(
                parameters,
                training,
                num_boost_round=self.plan.most_rounds,
                valid_sets=[held_out],
                callbacks=[lightgbm.early_stopping(self.plan.patience, verbose=False)],
                keep_training_booster=True,  # else its trees end at the fold's own best round, before the mean
            )
            for training, held_out in self._datasets(bins)
        ]
        rounds = max(1, round(float(np.mean([booster.best_iteration for booster in boosters]))))
        return _judge(self._out_of_fold(boosters, rounds), self.files.outcomes, rounds)

    def _parameters(self, point: Point, bins: int) -> dict[str, Any]:
        return {
            **self.plan.parameters,
            **point,
            "objective": "binary",
            "metric": "binary_logloss",
            "monotone_constraints": [feature.monotone for feature in self.files.features],
            "seed": self.files.seed,
            "deterministic": True,
            "num_threads": _THREADS,
            **_binning(bins),
        }

    def _datasets(self, bins: int) -> list[tuple[lightgbm.Dataset, lightgbm.Dataset]]:
        if bins not in self._binned:
            self._binned[bins] = self._bin(bins)
        return self._binned[bins]

    def _bin(self, bins: int) -> list[tuple[lightgbm.Dataset, lightgbm.Dataset]]:
        files = self.files
        every = lightgbm.Dataset(
            files.rows,
            label=files.outcomes,
            feature_name=[feature.name for feature in files.features],
            categorical_feature=files.categorical,
            params=_binning(bins),
            free_raw_data=False,
        ).construct()
        members = [files.fold_of == fold for fold in range(self.plan.folds)]
        return [
            (every.subset(np.flatnonzero(~held_out).tolist()), every.subset(np.flatnonzero(held_out).tolist()))
            for held_out in members
        ]

    @cached_property
    def _binned(self) -> dict[int, list[tuple[lightgbm.Dataset, lightgbm.Dataset]]]:
        return {}

    def _out_of_fold(self, boosters: list[lightgbm.Booster], rounds: int) -> NDArray[np.float64]:
        probabilities = np.empty(len(self.files.outcomes))
        for fold, booster in enumerate(boosters):
            held_out = self.files.fold_of == fold
            probabilities[held_out] = booster.predict(
                self.files.rows[held_out], num_iteration=rounds, num_threads=_THREADS
            )
        return probabilities


def _binning(bins: int) -> dict[str, Any]:
    return {"max_bin": bins, "feature_pre_filter": False, "force_col_wise": True, "verbosity": -1}


def _judge(probabilities: NDArray[np.float64], outcomes: NDArray[np.int8], rounds: int) -> Tuning:
    from sklearn.metrics import log_loss, roc_auc_score

    rule = choose_decision_rule(probabilities, outcomes)
    auc = float(roc_auc_score(outcomes, probabilities))
    return Tuning(auc, float(log_loss(outcomes, probabilities)), rule.cost, rule.threshold, rounds)
