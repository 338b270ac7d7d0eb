"""Features that no model uses and copies of others go; whatever tells something stays."""

from __future__ import annotations

import numpy as np
from support.tiny_model import APPLICATION

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Theme, Unit
from scoring_dash.model.prune import Pruning, prune
from scoring_dash.model.train import TrainingPlan, split_folds

PLAN = TrainingPlan(folds=4, most_rounds=40, parameters={**TrainingPlan().parameters, "feature_fraction": 1.0})


def feature(name: str, columns: tuple[str, ...] = ("AMT_CREDIT",)) -> Feature:
    return Feature(name, APPLICATION, columns, "application", Unit.RATIO, Theme.LOAN_SIZE, name, name)


def pruned(lines: dict[str, np.ndarray], columns: dict[str, tuple[str, ...]] | None = None, n: int = 2_000) -> Pruning:
    random = np.random.default_rng(1)
    risk = lines["risk"]
    outcomes = (random.random(n) < 1 / (1 + np.exp(-2 * risk))).astype(np.int8)
    features = [feature(name, (columns or {}).get(name, ("AMT_CREDIT",))) for name in lines]
    values = np.array(list(lines.values()), dtype=np.float32)
    return prune(values, outcomes, features, fold_of=split_folds(outcomes, 4, 0), plan=PLAN, seed=0)


def test_a_constant_goes_and_a_cause_stays() -> None:
    risk = np.random.default_rng(0).normal(size=2_000)
    found = pruned({"nothing": np.full(2_000, 3.0), "risk": risk})
    assert found.kept.tolist() == [False, True]
    assert found.unused == ("nothing",)
    assert found.copies == ()


def test_of_two_features_in_the_same_order_the_simpler_stays() -> None:
    risk = np.random.default_rng(0).normal(size=2_000)
    found = pruned({"cube": risk**3, "risk": risk}, {"cube": ("AMT_CREDIT", "AMT_ANNUITY")})
    assert found.copies == ("cube",)
    assert found.kept.tolist() == [False, True]
    assert pruned({"cube": risk**3, "risk": risk}).copies == ("risk",)  # equally simple: the first


def test_the_same_order_with_other_gaps_is_no_copy() -> None:
    risk = np.random.default_rng(0).normal(size=2_000)
    gaps = np.where(np.arange(2_000) % 2 == 0, risk, np.nan)
    assert pruned({"risk": risk, "gaps": gaps}).copies == ()


def test_something_is_kept_even_if_nothing_tells() -> None:
    flat = np.zeros(2_000)
    assert pruned({"risk": flat}).kept.tolist() == [True]
