"""How past files of about the same risk turned out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.results import ObservedFrequency
from scoring_dash.model.evaluation.intervals import share

_NEIGHBOUR_SHARE = 0.05
_LEAST_FILES = 200


@dataclass(frozen=True)
class FrequencyTable:
    """Past files sorted by out-of-fold probability.

    Attributes
    ----------
    probabilities : (n,) float64, ascending
    defaults_up_to : (n + 1,) int64
        Number of defaults among the first i files.
    """

    probabilities: NDArray[np.float64]
    defaults_up_to: NDArray[np.int64]

    @classmethod
    def of(cls, probabilities: NDArray[np.float64], outcomes: NDArray[np.int8]) -> FrequencyTable:
        """Sort past files once.

        Parameters
        ----------
        probabilities : (n,) float64
        outcomes : (n,) int8, 0 or 1
        """
        order = np.argsort(probabilities, kind="stable")
        return cls(probabilities[order], np.concatenate([[0], np.cumsum(outcomes[order], dtype=np.int64)]))

    def around(self, probability: float, *, own_outcome: int | None = None) -> ObservedFrequency:
        """Outcome of the 5 % of past files (at least 200) nearest in rank to a probability.

        Parameters
        ----------
        own_outcome : int or None
            Outcome of the client himself when he is a past file: he is not counted with himself.
        """
        span = nearest_in_risk(self.probabilities, probability)
        defaults = int(self.defaults_up_to[span.stop] - self.defaults_up_to[span.start])
        if own_outcome is None:
            return observed_frequency(span.stop - span.start, defaults)
        return observed_frequency(span.stop - span.start - 1, defaults - own_outcome)


def nearest_in_risk(probabilities: NDArray[np.float64], probability: float) -> slice:
    """The 5 % of files (at least 200, or all if there are fewer) nearest in rank to a probability.

    Parameters
    ----------
    probabilities : (n,) float64, ascending
    """
    n = len(probabilities)
    wanted = min(n, max(_LEAST_FILES, round(_NEIGHBOUR_SHARE * n)))
    middle = int(np.searchsorted(probabilities, probability))
    first = min(max(middle - wanted // 2, 0), n - wanted)
    return slice(first, first + wanted)


def observed_frequency(files: int, defaults: int) -> ObservedFrequency:
    """Default rate with its 95 % Wilson interval.

    Parameters
    ----------
    files, defaults : int
        ``0 <= defaults <= files``; with no file the interval is the whole of [0, 1].
    """
    found = share(defaults, files)
    return ObservedFrequency(files, defaults, found.rate, found.low, found.high)
