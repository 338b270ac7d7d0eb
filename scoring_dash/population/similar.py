"""The past files most like a client, and in what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.comparisons import SimilarFile, SimilarFiles, ThemeCloseness
from scoring_dash.core.groups import FEWEST_FILES
from scoring_dash.core.words import Theme
from scoring_dash.population.frequency import observed_frequency
from scoring_dash.population.past_files import PastFiles, Subject

MOST_SIMILAR: Final = 500
_SIMILAR_SHARE: Final = 4
_BLOCK: Final = 16_384
"""Files taken at once: their differences stay in the processor's cache, and no copy of all files is made."""


def similar_count(files: int) -> int:
    """How many files are called similar: 500, or a quarter of the files if they are fewer than 2,000."""
    return max(1, min(MOST_SIMILAR, files // _SIMILAR_SHARE))


def nearest(
    themes: NDArray[np.float32], client: NDArray[np.float32], *, count: int, excluded: int | None = None
) -> NDArray[np.int64]:
    """Past files most like a client in what the model makes of them.

    Distance is Euclidean between contributions by theme, in log-odds: two files are near when the model sees as much
    risk in each theme, whatever the raw values. A theme counts for as much as it weighs in the score, so none needs to
    be standardised. Exact, by comparing with every file: at a million files that takes less than an approximate
    index would save (``docs/benchmarks.md``), and nobody has to wonder who was missed.

    Parameters
    ----------
    themes : (n, n_themes) float32
        Past files.
    client : (n_themes,) float32
    count : int
        How many are wanted, at least 1.
    excluded : int or None
        Place of the client himself among the past files.

    Returns
    -------
    (k,) int64
        Places, nearest first, ``count`` or as many as there are; equal distances by place, so that the same files come
        back at every call and in every worker.
    """
    distances = squared_distances(themes, client)
    if excluded is not None:
        distances[excluded] = np.inf
    count = min(count, len(distances) - (excluded is not None))
    if count <= 0:
        return np.empty(0, dtype=np.int64)
    farthest = np.partition(distances, count - 1)[count - 1]
    candidates = np.flatnonzero(distances <= farthest)
    return candidates[np.lexsort((candidates, distances[candidates]))][:count]


def squared_distances(themes: NDArray[np.float32], client: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) float32: squared Euclidean distance of each file to the client."""
    distances = np.empty(len(themes), dtype=np.float32)
    for first in range(0, len(themes), _BLOCK):
        differences = themes[first : first + _BLOCK] - client
        np.einsum("ij,ij->i", differences, differences, out=distances[first : first + _BLOCK])
    return distances


def similar_files(past: PastFiles, subject: Subject, names: Sequence[Theme], *, count: int) -> SimilarFiles:
    """The nearest past files, how they turned out, and how near they are in each theme.

    Parameters
    ----------
    names : sequence of Theme
        Of the columns of ``past.themes``.
    count : int
        Files to name, at least 1; outcome and closeness are those of the whole similar group.
    """
    size = similar_count(len(past))
    places = nearest(past.themes, subject.themes, count=max(count, size), excluded=subject.past_place)
    group = places[:size]
    told = places[:count]
    distances = np.sqrt(squared_distances(past.themes[told], subject.themes).astype(np.float64))
    return SimilarFiles(
        client_id=subject.client_id,
        files=tuple(
            SimilarFile(int(past.client_ids[p]), float(d), float(past.probabilities[p]), bool(past.is_default[p]))
            for p, d in zip(told, distances, strict=True)
        ),
        observed=observed_frequency(len(group), int(np.count_nonzero(past.is_default[group])))
        if len(group) >= FEWEST_FILES
        else None,
        themes=_closeness(past, subject, names, group) if len(group) else (),
    )


def _closeness(
    past: PastFiles, subject: Subject, names: Sequence[Theme], group: NDArray[np.int64]
) -> tuple[ThemeCloseness, ...]:
    gaps, usual = mean_gaps(past.themes[group], subject.themes), mean_gaps(past.themes, subject.themes)
    found = [ThemeCloseness(name, float(gap), float(wide)) for name, gap, wide in zip(names, gaps, usual, strict=True)]
    return tuple(sorted(found, key=lambda item: (-item.usual_gap, item.theme)))


def mean_gaps(themes: NDArray[np.float32], client: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n_themes,) float64: mean absolute difference of some files, at least one, to the client, theme by theme."""
    total = np.zeros(themes.shape[1], dtype=np.float64)
    for first in range(0, len(themes), _BLOCK):
        block = themes[first : first + _BLOCK]
        total += np.abs(block - client).sum(axis=0, dtype=np.float64)
    return total / len(themes)
