"""Which features and themes count, over all clients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.evaluation.metrics import Floats
from scoring_dash.model.evaluation.results import Importance, Weight
from scoring_dash.model.package import ModelPackage

_MOST_CLIENTS = 2000
_THREADS = 2


def importance(package: ModelPackage, values: NDArray[np.float32], *, seed: int) -> Importance:
    """Gain and mean absolute contribution of the final model, by feature and by theme.

    A theme's contribution is the sum over its features before the absolute value is taken: what its features say
    against each other does not count twice.

    Parameters
    ----------
    values : (n_features, n) float32, n > 0
        A sample of 2,000 clients is enough for a ranking.
    """
    n = values.shape[1]
    chosen = np.sort(np.random.default_rng(seed).choice(n, min(n, _MOST_CLIENTS), replace=False))
    rows = np.ascontiguousarray(values[:, chosen].T)
    scorer, description = package.scorer, package.description
    contributions = scorer.contributions(rows, scorer.final, threads=_THREADS)[:, :-1]
    gains = scorer.gains(scorer.final)
    shares = gains / gains.sum() if gains.sum() > 0 else gains
    matrix = description.theme_matrix
    return Importance(
        files=len(chosen),
        features=_weights([feature.name for feature in description.features], shares, contributions),
        themes=_weights([str(theme) for theme in description.themes], shares @ matrix, contributions @ matrix),
    )


def _weights(names: list[str], gains: Floats, contributions: Floats) -> tuple[Weight, ...]:
    means = np.abs(contributions).mean(axis=0)
    order = np.lexsort((np.arange(len(names)), -means))
    return tuple(Weight(names[i], float(gains[i]), float(means[i])) for i in order)
