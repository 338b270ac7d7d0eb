"""The distance to the nearest past file, against a slow reference."""

from __future__ import annotations

import numpy as np
import pytest

from scoring_dash.population import novelty
from scoring_dash.population.novelty import PastSample, novelty_bound

IDS = np.arange(10, 14)
# Four files on a line, one theme away from each other: the nearest of each are 1, 1, 2 and 4 away.
LINE = np.array([[0, 0], [1, 0], [3, 0], [7, 0]], dtype=np.float32)


def slow_distance(ids: np.ndarray, themes: np.ndarray, client_id: int, own: np.ndarray) -> float:
    others = [row for number, row in zip(ids, themes, strict=True) if number != client_id]
    return min(float(np.linalg.norm(row.astype(float) - own.astype(float))) for row in others)


def test_distances_on_a_line() -> None:
    sample = PastSample.of(IDS, LINE, 1.5)
    own = np.array([5, 0], dtype=np.float32)
    assert sample.distance(99, own) == pytest.approx(2)
    assert sample.is_unlike(99, own)
    assert not sample.is_unlike(99, np.array([2, 0], dtype=np.float32))


def test_a_past_file_is_not_compared_with_itself() -> None:
    sample = PastSample.of(IDS, LINE, 0.0)
    assert sample.distance(13, LINE[3]) == pytest.approx(4)
    assert sample.distance(99, LINE[3]) == pytest.approx(0, abs=1e-6)


def test_distance_equals_the_slow_reference() -> None:
    random = np.random.default_rng(3)
    ids = np.sort(random.choice(10_000, 200, replace=False))
    themes = random.normal(size=(200, 12)).astype(np.float32)
    sample = PastSample.of(ids, themes, 0.0)
    for number, own in [*zip(ids[:20], themes[:20], strict=True), (10_001, themes.mean(axis=0))]:
        assert sample.distance(int(number), own) == pytest.approx(
            slow_distance(ids, themes, int(number), own), abs=1e-6
        )


def test_bound_is_the_distance_that_one_file_in_a_thousand_exceeds() -> None:
    random = np.random.default_rng(5)
    ids, themes = np.arange(2_000), random.normal(size=(2_000, 3)).astype(np.float32)
    bound = novelty_bound(ids, themes)
    nearest = [slow_distance(ids, themes, number, themes[number]) for number in range(0, 2_000, 40)]
    sample = PastSample.of(ids, themes, bound)
    unlike = [number for number in range(2_000) if sample.is_unlike(number, themes[number])]
    assert len(unlike) == 1
    assert np.quantile(nearest, 0.5) < bound


def test_a_large_portfolio_is_sampled_at_even_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(novelty, "MOST_FILES", 3)
    assert PastSample.of(np.arange(11), np.zeros((11, 1), dtype=np.float32), 0.0).client_ids.tolist() == [0, 5, 10]


def test_one_past_file_has_nothing_to_resemble() -> None:
    assert novelty_bound(IDS[:1], LINE[:1]) == 0.0
