from __future__ import annotations

import numpy as np
import pytest

from scoring_dash.data.features.past_rows.scores import RowSummary, Statistic
from scoring_dash.data.features.past_rows.source import PastRows
from scoring_dash.model.row_scores import SCORE_PARTS
from scoring_dash.model.row_summaries import summarise

ALL = tuple(RowSummary(statistic, statistic, None, "", "") for statistic in Statistic)
RECENT = tuple(RowSummary(f"{item}_365d", item, 365, "", "") for item in (Statistic.MEAN, Statistic.SUM))
SUMMARIES = (*ALL, *RECENT)


def rows(client_ids: list[int], days_ago: list[int]) -> PastRows:
    n = len(client_ids)
    return PastRows(np.array(client_ids, np.int64), np.array(days_ago, np.int64), np.zeros((n, 0), np.float32), (), {})


def summaries(found: PastRows, scores: list[float], client_ids: list[int]) -> dict[str, list[float]]:
    millionths = np.rint(np.array(scores) * SCORE_PARTS).astype(np.int64)
    values = summarise(found, millionths, np.array(client_ids, np.int64), SUMMARIES)
    return {item.name: line.tolist() for item, line in zip(SUMMARIES, values, strict=True)}


def test_the_scores_of_one_client_by_hand() -> None:
    # Weights fall from 1 on day 0 to 0 after 2,922 days.
    got = summaries(rows([8, 8, 8, 8], [0, 300, 1461, 5000]), [0.5, 0.1, 0.2, 0.4], [8])
    assert got == {
        "mean": [pytest.approx(0.3)],
        "max": [pytest.approx(0.5)],
        "min": [pytest.approx(0.1)],
        "latest": [0.5],
        "sum": [pytest.approx(1.2)],
        "weighted_sum": [pytest.approx(0.5 + 0.1 * (1 - 300 / 2922) + 0.2 * 0.5)],
        "mean_365d": [pytest.approx(0.3)],
        "sum_365d": [pytest.approx(0.6)],
    }


def test_without_rows_there_is_no_value_but_a_sum_is_zero() -> None:
    for found, scores in ((rows([5], [9]), [0.3]), (rows([], []), [])):
        got = summaries(found, scores, [4, 6])
        for name, values in got.items():
            if "sum" in name:
                assert values == [0, 0], name
            else:
                assert np.isnan(values).all(), name


def test_a_window_without_rows_has_no_mean() -> None:
    got = summaries(rows([5], [900]), [0.3], [5])
    assert np.isnan(got["mean_365d"]).all() and got["sum_365d"] == [0]
    assert got["mean"] == [pytest.approx(0.3)]


def test_many_clients_agree_with_one_at_a_time_to_the_last_bit() -> None:
    random = np.random.default_rng(0)
    owners = np.sort(random.integers(1, 200, 3000))
    found = rows(owners.tolist(), random.integers(0, 3500, 3000).tolist())
    scores = random.integers(0, SCORE_PARTS + 1, 3000)
    client_ids = np.arange(0, 220, 3)
    together = summarise(found, scores, client_ids, SUMMARIES)
    for place, client in enumerate(client_ids):
        mine = owners == client
        alone = rows(owners[mine].tolist(), found.days_ago[mine].tolist())
        value = summarise(alone, scores[mine], np.array([client]), SUMMARIES)
        assert value[:, 0].tobytes() == together[:, place].tobytes()
        np.testing.assert_allclose(value[:, 0], slowly(scores[mine] / SCORE_PARTS, found.days_ago[mine]), rtol=1e-6)


def slowly(scores: np.ndarray, days_ago: np.ndarray) -> list[float]:
    """The obvious way, in floating point."""
    if len(scores) == 0:
        return [0.0 if item.is_sum else np.nan for item in SUMMARIES]
    recent = scores[days_ago <= 365]
    return [
        float(scores.mean()),
        float(scores.max()),
        float(scores.min()),
        float(scores[0]),
        float(scores.sum()),
        sum(float(score) * max(0.0, 1 - float(ago) / 2922) for score, ago in zip(scores, days_ago, strict=True)),
        float(recent.mean()) if len(recent) else np.nan,
        float(recent.sum()),
    ]
