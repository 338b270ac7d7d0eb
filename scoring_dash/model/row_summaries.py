"""A client's row scores, summed up: from many rows to the few numbers that the main model reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.data.features.past_rows.scores import RowSummary, Statistic
from scoring_dash.data.features.past_rows.source import PastRows
from scoring_dash.model.row_scores import SCORE_PARTS

_HORIZON: Final = 2_922  # days: the files reach eight years back


def summarise(
    rows: PastRows, scores: NDArray[np.int64], client_ids: NDArray[np.int64], summaries: Sequence[RowSummary]
) -> NDArray[np.float32]:
    """Sum up the scores of each client's rows.

    Sums are of whole numbers and each result is one division, so a client's numbers have the same bits whatever the
    company he is computed in.

    Parameters
    ----------
    rows : PastRows
        Sorted by client, latest first; rows of clients not in ``client_ids`` are ignored.
    scores : (n_rows,) int64
        In millionths.
    client_ids : (n,) int64, strictly ascending

    Returns
    -------
    (n_summaries, n) float32
        NaN for a client without rows in the window, 0 for a sum.
    """
    listed = np.isin(rows.client_ids, client_ids)
    days_ago, scores = rows.days_ago[listed], scores[listed]
    present, starts = np.unique(rows.client_ids[listed], return_index=True)
    places = np.searchsorted(client_ids, present)
    result = np.empty((len(summaries), len(client_ids)), dtype=np.float32)
    for line, summary in zip(result, summaries, strict=True):
        line[:] = 0 if summary.is_sum else np.nan
        if len(present):
            inside = np.ones(len(days_ago), bool) if summary.days is None else days_ago <= summary.days
            line[places] = _value(summary.statistic, _Blocks(scores, inside, days_ago, starts))
    return result


@dataclass(frozen=True)
class _Blocks:
    """Scores of the rows of several clients, one block a client.

    Attributes
    ----------
    inside : (n_rows,) bool
        Rows in the window.
    starts : (n_clients,) int64, ascending from 0
        First row of each block, his latest.
    """

    scores: NDArray[np.int64]
    inside: NDArray[np.bool_]
    days_ago: NDArray[np.int64]
    starts: NDArray[np.int64]


def _value(statistic: Statistic, rows: _Blocks) -> NDArray[np.float64]:
    """(n_clients,) float64: a probability, or a sum of probabilities."""
    if statistic is Statistic.LATEST:
        return rows.scores[rows.starts] / SCORE_PARTS
    if statistic is Statistic.MAX:
        return np.maximum.reduceat(rows.scores, rows.starts) / SCORE_PARTS
    if statistic is Statistic.MIN:
        return np.minimum.reduceat(rows.scores, rows.starts) / SCORE_PARTS
    if statistic is Statistic.WEIGHTED_SUM:
        weights = np.maximum(_HORIZON - rows.days_ago, 0)
        return np.add.reduceat(rows.scores * weights, rows.starts) / (_HORIZON * SCORE_PARTS)
    total = np.add.reduceat(np.where(rows.inside, rows.scores, 0), rows.starts)
    if statistic is Statistic.SUM:
        return total / SCORE_PARTS
    count = np.add.reduceat(rows.inside.astype(np.int64), rows.starts)
    return total / np.where(count == 0, np.nan, count * SCORE_PARTS)
