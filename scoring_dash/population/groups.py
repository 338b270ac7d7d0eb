"""Whom a client is compared with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SIMILAR_FILES = 500
_SIMILAR_SHARE = 4


def nearest(
    themes: NDArray[np.float32], client: NDArray[np.float32], *, excluded: int | None = None
) -> NDArray[np.int64]:
    """Past files most like a client in what the model makes of them.

    Distance is Euclidean between contributions by theme, in log-odds: two files are near when the model sees as much
    risk in each theme, whatever the raw values. Exact, by comparing with every file.

    Parameters
    ----------
    themes : (n, n_themes) float32
        Past files.
    client : (n_themes,) float32
    excluded : int or None
        Place of the client himself among the past files.

    Returns
    -------
    (k,) int64
        Places, nearest first; 500, or a quarter of the files if they are fewer than 2,000.
    """
    count = max(1, min(_SIMILAR_FILES, len(themes) // _SIMILAR_SHARE))
    distances = np.square(themes - client).sum(axis=1, dtype=np.float32)
    if excluded is not None:
        distances[excluded] = np.inf
    candidates = np.argpartition(distances, count - 1)[:count]
    # Ties are broken by place, so that the same group comes back at every call and in every worker.
    return candidates[np.lexsort((candidates, distances[candidates]))].astype(np.int64)
