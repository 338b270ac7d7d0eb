"""Does a file resemble any past file? The distance to the nearest one, in what the model makes of both.

A file may hold no single unusual value and still be a combination that nobody has brought before: the model then
speaks of something that it has not seen. Files are compared by their contributions by theme, as
:func:`scoring_dash.population.similar.nearest` does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_FILES: Final = 5_000
"""Past files that a client is compared with; more would hardly come nearer and cost time at every click."""

_RARE: Final = 0.999
"""A file is unlike the past ones if fewer than one past file in a thousand lies as far from its nearest."""


@dataclass(frozen=True)
class PastSample:
    """Past files taken at even steps, and how far from its nearest a file may lie.

    Attributes
    ----------
    client_ids : (n,) int64, ascending
    themes : (n, n_themes) float64
        Contributions by theme, in log-odds.
    squares : (n,) float64
        Squared length of each row of ``themes``.
    bound : float
        Greatest usual distance to the nearest past file, learnt by :func:`novelty_bound`.
    """

    client_ids: NDArray[np.int64]
    themes: NDArray[np.float64]
    squares: NDArray[np.float64]
    bound: float

    @classmethod
    def of(cls, client_ids: NDArray[np.int64], themes: NDArray[np.float32], bound: float) -> PastSample:
        """Take the sample from all past files.

        Parameters
        ----------
        client_ids : (n_past,) int64, ascending
        themes : (n_past, n_themes) float32
        bound : float
        """
        places = np.linspace(0, len(client_ids) - 1, min(len(client_ids), MOST_FILES)).round().astype(np.int64)
        rows = themes[places].astype(np.float64)
        return cls(np.asarray(client_ids[places]), rows, np.square(rows).sum(axis=1), bound)

    def distance(self, client_id: int, themes: NDArray[np.float32]) -> float:
        """Euclidean distance in log-odds to the nearest past file other than the client's own.

        Parameters
        ----------
        themes : (n_themes,) float32
            Of the client.

        Returns
        -------
        float
            0 where there is no other past file.
        """
        own = themes.astype(np.float64)
        # Not a matrix product: its threads could round the last digit differently from one process to the next.
        squares = self.squares - 2 * np.einsum("ij,j->i", self.themes, own) + np.einsum("j,j->", own, own)
        place = int(np.searchsorted(self.client_ids, client_id))
        if place < len(self.client_ids) and self.client_ids[place] == client_id:
            squares[place] = np.inf
        return _root(float(squares.min()))

    def is_unlike(self, client_id: int, themes: NDArray[np.float32]) -> bool:
        """Whether the client resembles no past file."""
        return self.distance(client_id, themes) > self.bound


def novelty_bound(client_ids: NDArray[np.int64], themes: NDArray[np.float32]) -> float:
    """Distance to the nearest file of the sample that one past file in a thousand exceeds, itself left out.

    Parameters
    ----------
    client_ids : (n_past,) int64
    themes : (n_past, n_themes) float32

    Returns
    -------
    float
        At least 0; 0 where there is but one past file.
    """
    sample = PastSample.of(client_ids, themes, 0.0)
    nearest = [sample.distance(int(number), own) for number, own in zip(client_ids, themes, strict=True)]
    return float(np.quantile(nearest, _RARE, method="higher"))


def _root(square: float) -> float:
    """Distance from its square, which rounding may leave just below zero; nothing to compare with is no distance."""
    return 0.0 if math.isinf(square) else math.sqrt(max(square, 0.0))
