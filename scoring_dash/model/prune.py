"""Which features a model needs: those that no quick model uses, and copies of others, are left out.

The outcomes decide here which inputs remain, on the same folds as the cross-validation: a feature goes only if nearly
every fold finds no use for it, so that the figures out of fold owe nothing to it. Fewer features are quicker to
explain and to keep watch over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.model.train import FoldTrainer, TrainingPlan

_QUICK_RATE = 0.1
_QUICK_PATIENCE = 20
_SAME = 0.9999
"""Two features whose known values agree in rank to this correlation tell the same."""
_SAMPLE = 20_000


@dataclass(frozen=True)
class Pruning:
    """What remains.

    Attributes
    ----------
    kept : (n_features,) bool
    unused : tuple of str
        Zero gain in all folds but one, or in all.
    copies : tuple of str
        Say the same as a feature that was kept.
    """

    kept: NDArray[np.bool_]
    unused: tuple[str, ...]
    copies: tuple[str, ...]


def prune(
    values: NDArray[np.float32],
    outcomes: NDArray[np.int8],
    features: Sequence[Feature],
    *,
    fold_of: NDArray[np.int8],
    plan: TrainingPlan,
    seed: int,
) -> Pruning:
    """Find the features to train on.

    Parameters
    ----------
    values : (n_features, n) float32, NaN where missing
    outcomes : (n,) int8, 0 or 1
    fold_of : (n,) int8
        Folds of the cross-validation to come.
    plan : TrainingPlan
        Its trees, grown at a higher learning rate.

    Returns
    -------
    Pruning
        At least one feature is kept.
    """
    copies = _copies(values, features, seed)
    used = _used_in(values, outcomes, features, fold_of, plan, seed) > 1
    kept = used & ~copies
    if not kept.any():
        kept = ~copies
    names = np.array([feature.name for feature in features])
    return Pruning(kept, tuple(names[~used & ~copies & ~kept].tolist()), tuple(names[copies].tolist()))


def _used_in(
    values: NDArray[np.float32],
    outcomes: NDArray[np.int8],
    features: Sequence[Feature],
    fold_of: NDArray[np.int8],
    plan: TrainingPlan,
    seed: int,
) -> NDArray[np.int64]:
    """(n_features,): in how many folds a quick model gains by the feature."""
    quick = replace(plan, patience=_QUICK_PATIENCE, parameters={**plan.parameters, "learning_rate": _QUICK_RATE})
    trainer = FoldTrainer(np.ascontiguousarray(values.T), outcomes, fold_of, features, quick, seed)
    gains = [trainer.fit(fold).feature_importance("gain") for fold in range(plan.folds)]
    return np.count_nonzero(np.array(gains) > 0, axis=0).astype(np.int64)


def _copies(values: NDArray[np.float32], features: Sequence[Feature], seed: int) -> NDArray[np.bool_]:
    """(n_features,): whether a feature earlier in the catalogue tells the same.

    The same pattern of missing values and the same order of the known ones: trees cannot tell the two apart. The one
    read from fewer raw columns stays; between equals, the earlier.
    """
    n = values.shape[1]
    chosen = np.sort(np.random.default_rng(seed).choice(n, min(n, _SAMPLE), replace=False))
    order = sorted(range(len(features)), key=lambda i: (len(features[i].columns), i))
    copies = np.zeros(len(features), dtype=bool)
    met: dict[bytes, list[NDArray[np.float64]]] = {}
    for place in order:
        line = values[place, chosen]
        known = ~np.isnan(line)
        if features[place].is_categorical or np.count_nonzero(known) < 2:
            continue
        ranks = _ranks(line[known])
        same_gaps = met.setdefault(known.tobytes(), [])
        if any(abs(float(ranks @ other)) > _SAME for other in same_gaps):
            copies[place] = True
        else:
            same_gaps.append(ranks)
    return copies


def _ranks(known: NDArray[np.float32]) -> NDArray[np.float64]:
    """Ranks with ties sharing their mean, centred and of length 1: their product is Spearman's correlation."""
    _, place, counts = np.unique(known, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    centred = ranks - ranks.mean()
    length = float(np.linalg.norm(centred))
    return centred / length if length > 0 else centred
