"""Where a client stands among past files in what each theme weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.effects import ThemeStanding
from scoring_dash.core.words import Theme

_QUARTILES = (25, 50, 75)


@dataclass(frozen=True)
class StandingTable:
    """What each theme weighs for past files, sorted once: a rank is then a binary search, however many files there are.

    Attributes
    ----------
    weights : (n_themes, n) float32, each line ascending
        Contributions by theme, in log-odds.
    quartiles : (3, n_themes) float64
        Lower quartile, median and upper quartile of each line.
    """

    weights: NDArray[np.float32]
    quartiles: NDArray[np.float64]

    @classmethod
    def of(cls, contributions: NDArray[np.float32]) -> StandingTable:
        """Sort the past files once.

        Parameters
        ----------
        contributions : (n, n_themes) float32, n > 0
            Each past file by the model that never saw its outcome.
        """
        weights = np.sort(np.ascontiguousarray(contributions.T), axis=1)
        quartiles = np.percentile(weights, _QUARTILES, axis=1)
        return cls(weights, np.asarray(quartiles, dtype=np.float64))

    def standings(
        self, themes: Sequence[Theme], own: NDArray[np.float32], *, is_past: bool
    ) -> tuple[ThemeStanding, ...]:
        """Each theme of one client beside the past files.

        The rank is the share of files in which the theme weighs less, plus half of those in which it weighs the same:
        0.5 where nothing tells the client from the others.

        Parameters
        ----------
        themes : sequence of Theme
            Names of the lines.
        own : (n_themes,) float32
            The client's contributions by theme, at the precision at which those of past files are stored.
        is_past : bool
            A past client is one of the files, and is not counted with himself.
        """
        low, median, high = self.quartiles
        return tuple(
            ThemeStanding(
                theme=theme,
                contribution=float(own[place]),
                low=float(low[place]),
                median=float(median[place]),
                high=float(high[place]),
                rank=_rank(self.weights[place], own[place], is_member=is_past),
            )
            for place, theme in enumerate(themes)
        )


def _rank(weights: NDArray[np.float32], own: np.float32, *, is_member: bool) -> float:
    less = int(np.searchsorted(weights, own, side="left"))
    equal = int(np.searchsorted(weights, own, side="right")) - less
    others = len(weights) - is_member
    return (less + (equal - is_member) / 2) / others if others else 0.5
