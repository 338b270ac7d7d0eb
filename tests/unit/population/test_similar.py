"""Similar clients: exact, stable, and never the client himself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from scoring_dash.population.similar import mean_gaps, nearest, similar_count, squared_distances


@given(st.integers(8, 60), st.integers(0, 2**32 - 1))
def test_the_fast_search_equals_sorting_every_distance(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    themes = random.integers(-2, 3, (n, 3)).astype(np.float32)  # whole numbers: plenty of ties
    client = themes[0]
    distances = ((themes - client) ** 2).sum(axis=1)
    slow = sorted(range(1, n), key=lambda i: (distances[i], i))[: n // 4]
    found = nearest(themes, client, count=n // 4, excluded=0)
    assert found.tolist() == slow


@pytest.mark.parametrize(("files", "count"), [(1, 1), (3, 1), (400, 100), (2_000, 500), (300_000, 500)])
def test_at_most_five_hundred_or_a_quarter(files: int, count: int) -> None:
    assert similar_count(files) == count


def test_nobody_is_missed_that_brute_force_finds() -> None:
    """Recall against scikit-learn's brute force, in float64, over more files than one block holds."""
    random = np.random.default_rng(0)
    themes = random.normal(size=(40_000, 13)).astype(np.float32)
    brute = NearestNeighbors(n_neighbors=500, algorithm="brute").fit(themes.astype(np.float64))
    clients = random.normal(size=(20, 13)).astype(np.float32)
    _, wanted = brute.kneighbors(clients.astype(np.float64))
    recalls = [
        len(set(nearest(themes, client, count=500).tolist()) & set(row.tolist())) / 500
        for client, row in zip(clients, wanted, strict=True)
    ]
    assert min(recalls) >= 0.998  # two files at the same distance in float32 may change places


def test_there_may_be_fewer_files_than_wanted() -> None:
    themes = np.zeros((3, 2), dtype=np.float32)
    assert nearest(themes, themes[0], count=5, excluded=0).tolist() == [1, 2]
    assert nearest(themes[:1], themes[0], count=5, excluded=0).tolist() == []


def test_blocks_leave_no_file_out() -> None:
    numbers = np.arange(40_000) % 1_000  # whole, and their squares too: nothing is rounded
    themes, client = numbers.astype(np.float32)[:, None], np.array([3.0], dtype=np.float32)
    assert squared_distances(themes, client).tolist() == [(number - 3.0) ** 2 for number in numbers.tolist()]
    assert mean_gaps(themes, client).tolist() == [np.abs(numbers - 3.0).mean()]
