"""One rule: of a whole book it says what it says of each client."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.recommendation import RECOMMENDATIONS, recommend, recommendation_codes

RULE = DecisionRule(0.09, 0.07, 0.1, 0.5)
# The bounds themselves, and the numbers just beside them.
EDGES = [nearest for edge in (0.07, 0.09, 0.1) for nearest in (np.nextafter(edge, 0), edge, np.nextafter(edge, 1))]
PROBABILITIES = st.floats(0, 1) | st.sampled_from([float(edge) for edge in EDGES])


@given(st.lists(st.tuples(PROBABILITIES, PROBABILITIES, PROBABILITIES), max_size=20))
def test_a_book_gets_what_each_client_gets(clients: list[tuple[float, float, float]]) -> None:
    spreads = np.array([sorted(ends) for _, *ends in clients], dtype=np.float64).reshape(-1, 2)
    probabilities = np.array([probability for probability, *_ in clients], dtype=np.float64)
    codes = recommendation_codes(probabilities, RULE, spreads)
    expected = [recommend(clients[i][0], RULE, *map(float, spreads[i])) for i in range(len(clients))]
    assert [RECOMMENDATIONS[code] for code in codes] == expected
    assert codes.dtype == np.int8
