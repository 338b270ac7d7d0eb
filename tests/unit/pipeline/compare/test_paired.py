"""Paired differences: fast weighted figures against clients repeated one by one."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from scoring_dash.model.cost import cost_per_client
from scoring_dash.pipeline.compare.paired import ScoredFiles, figures_of, paired_differences


def sample(n: int = 1500) -> tuple[ScoredFiles, ScoredFiles, np.ndarray]:
    """A good score, a noisier one, and outcomes; two decimals, so that ties must count as ties."""
    random = np.random.default_rng(0)
    chance = random.beta(1, 6, n)
    outcomes = (random.random(n) < chance).astype(np.int8)
    noisy = np.clip(chance + random.normal(0, 0.1, n), 0, 1)
    return ScoredFiles(np.round(chance, 2), 0.1), ScoredFiles(np.round(noisy, 2), 0.12), outcomes


def test_figures_are_those_of_slow_references() -> None:
    good, _, outcomes = sample()
    found = figures_of(good, outcomes)
    bad, repaid = (np.sort(good.probabilities[outcomes == outcome]) for outcome in (1, 0))
    gaps = [abs((bad <= step).mean() - (repaid <= step).mean()) for step in np.unique(good.probabilities)]
    assert found["auc"] == pytest.approx(roc_auc_score(outcomes, good.probabilities), abs=1e-12)
    assert found["ks"] == pytest.approx(max(gaps), abs=1e-12)
    assert found["cost"] == pytest.approx(cost_per_client(good.probabilities, outcomes, 0.1), abs=1e-12)


def test_intervals_are_those_of_clients_drawn_one_by_one() -> None:
    good, noisy, outcomes = sample()
    found = paired_differences(good, noisy, outcomes, seed=3, replicates=50)
    random = np.random.default_rng(3)
    slow = []
    for _ in range(50):
        drawn = random.integers(0, len(outcomes), len(outcomes))
        auc = [roc_auc_score(outcomes[drawn], files.probabilities[drawn]) for files in (good, noisy)]
        cost = [
            cost_per_client(files.probabilities[drawn], outcomes[drawn], files.threshold) for files in (good, noisy)
        ]
        slow.append((auc[0] - auc[1], cost[0] - cost[1]))
    bounds = np.percentile(slow, [2.5, 97.5], axis=0)
    for place, name in enumerate(("auc", "cost")):
        assert (found[name].low, found[name].high) == pytest.approx(tuple(bounds[:, place]), abs=1e-12)
    assert found["auc"].low > 0, "the noisier score is clearly worse"


def test_a_score_does_not_differ_from_itself() -> None:
    good, _, outcomes = sample()
    for metric in paired_differences(good, good, outcomes, seed=0, replicates=5).values():
        assert (metric.value, metric.low, metric.high) == (0, 0, 0)


def test_pairing_narrows_the_interval() -> None:
    good, noisy, outcomes = sample()
    nearly = ScoredFiles(np.clip(good.probabilities + 0.01 * (np.arange(1500) % 2), 0, 1), 0.1)
    close, far = (paired_differences(other, good, outcomes, seed=0)["auc"] for other in (nearly, noisy))
    assert (close.high - close.low) < (far.high - far.low) / 2
