"""What became of past files of about the same risk."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring_dash.population.frequency import FrequencyTable, observed_frequency


def test_wilson_interval_of_a_textbook_case() -> None:
    # 15 of 30: 0.33 to 0.67, e.g. in Agresti & Coull (1998).
    found = observed_frequency(30, 15)
    assert (found.rate, round(found.low, 3), round(found.high, 3)) == (0.5, 0.332, 0.668)


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_rate_and_stays_a_probability(files: int, data: st.DataObject) -> None:
    found = observed_frequency(files, data.draw(st.integers(0, files)))
    assert 0 <= found.low <= found.rate + 1e-12
    assert found.rate - 1e-12 <= found.high <= 1


def test_the_nearest_files_by_rank_are_counted() -> None:
    probabilities = np.arange(1000) / 1000
    outcomes = (np.arange(1000) >= 900).astype(np.int8)
    table = FrequencyTable.of(probabilities, outcomes)
    assert table.around(0.0).defaults == 0
    assert table.around(1.0) == observed_frequency(200, 100)
    assert table.around(0.9) == observed_frequency(200, 100)


def test_a_past_client_is_not_counted_with_himself() -> None:
    table = FrequencyTable.of(np.arange(300) / 300, np.ones(300, dtype=np.int8))
    assert table.around(0.5, own_outcome=1) == observed_frequency(199, 199)


def test_fewer_files_than_wanted_are_all_counted() -> None:
    table = FrequencyTable.of(np.array([0.3, 0.1]), np.array([1, 0], dtype=np.int8))
    assert table.around(0.2) == observed_frequency(2, 1)
