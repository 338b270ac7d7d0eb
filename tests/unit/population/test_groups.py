"""Similar clients: exact, stable, and never the client himself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.population.groups import nearest


@given(st.integers(8, 60), st.integers(0, 2**32 - 1))
def test_the_fast_search_equals_sorting_every_distance(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    themes = random.integers(-2, 3, (n, 3)).astype(np.float32)  # whole numbers: plenty of ties
    client = themes[0]
    count = max(1, n // 4)
    distances = ((themes - client) ** 2).sum(axis=1)
    slow = sorted(range(1, n), key=lambda i: (distances[i], i))[:count]
    found = nearest(themes, client, excluded=0)
    assert 0 not in found
    assert distances[found].tolist() == distances[slow].tolist()


def test_at_most_five_hundred() -> None:
    themes = np.random.default_rng(0).normal(size=(5000, 4)).astype(np.float32)
    assert len(nearest(themes, themes[7])) == 500
    assert nearest(themes, themes[7])[0] == 7
