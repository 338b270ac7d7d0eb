"""Does the model treat groups alike? Used for audit alone: no attribute here reaches a score, a file or a screen.

The figures are those of fairlearn; the intervals come from replicates of each group's files.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.evaluation.metrics import Bootstrap, Floats, Metric, Outcomes, bootstrap, interval
from scoring_dash.model.evaluation.reliability import has_both_outcomes
from scoring_dash.model.evaluation.results import FairnessGroup, FairnessTable

LEAST_FILES = 30
FOUR_FIFTHS = 0.8
_REPLICATES = 100


def fairness_tables(
    audit: Mapping[str, NDArray[np.str_]], probabilities: Floats, defaulted: Outcomes, threshold: float, *, seed: int
) -> tuple[FairnessTable, ...]:
    """Approval, errors and calibration of the groups of each audit attribute.

    Groups of fewer than 30 files are withheld: their figures would say little, and might point at a person.

    Parameters
    ----------
    audit : mapping of str to (n,) text
        For each attribute, the group of every file.
    probabilities : (n,) float64, in [0, 1]
        Out of fold.
    defaulted : (n,) int8, 0 or 1
    threshold : float
        Refused is who lies above it.
    seed : int
        Of the bootstrap.
    """
    return tuple(
        _table(attribute, groups, probabilities, defaulted, threshold, seed) for attribute, groups in audit.items()
    )


def _table(
    attribute: str, groups: NDArray[np.str_], probabilities: Floats, defaulted: Outcomes, threshold: float, seed: int
) -> FairnessTable:
    names, sizes = np.unique(groups, return_counts=True)
    shown, withheld = names[sizes >= LEAST_FILES], sizes[sizes < LEAST_FILES]
    kept = np.isin(groups, shown)
    figures = _point_figures(groups[kept], probabilities[kept], defaulted[kept], threshold)
    replicates = {}
    for number, name in enumerate(shown):
        members = groups == name
        wanted = tuple(key for key in figures if figures[key][str(name)] is not None)
        replicates[str(name)] = bootstrap(
            probabilities[members], defaulted[members], threshold, wanted, seed=seed + number, replicates=_REPLICATES
        )
    ratio = _between(replicates, "approved", ratio=True)
    return FairnessTable(
        attribute=attribute,
        groups=tuple(_group(name, figures, replicates[name], sizes[names == name]) for name in replicates),
        approval_ratio=ratio,
        four_fifths=ratio is None or ratio.value >= FOUR_FIFTHS,
        false_refusal_gap=_between(replicates, "false_refusal", ratio=False),
        missed_default_gap=_between(replicates, "missed_default", ratio=False),
        withheld_groups=len(withheld),
        withheld_files=int(withheld.sum()),
    )


def _point_figures(
    groups: NDArray[np.str_], probabilities: Floats, defaulted: Outcomes, threshold: float
) -> dict[str, dict[str, float | None]]:
    """Each figure by group, as fairlearn computes it; None where a group lacks the outcome that it is about."""
    if len(groups) == 0:
        return {}
    from fairlearn.metrics import (
        MetricFrame,
        false_negative_rate,
        false_positive_rate,
        mean_prediction,
        selection_rate,
    )
    from sklearn.metrics import roc_auc_score

    def refused(chance: Floats) -> NDArray[np.int8]:
        return (np.asarray(chance) > threshold).astype(np.int8)

    frame = MetricFrame(
        metrics={
            "approved": lambda true, chance: selection_rate(true, 1 - refused(chance)),
            "false_refusal": lambda true, chance: (
                false_positive_rate(true, refused(chance), pos_label=1) if (true == 0).any() else np.nan
            ),
            "missed_default": lambda true, chance: (
                false_negative_rate(true, refused(chance), pos_label=1) if (true == 1).any() else np.nan
            ),
            "auc": lambda true, chance: roc_auc_score(true, chance) if has_both_outcomes(true) else np.nan,
            "predicted": mean_prediction,
            "default_rate": lambda true, _: float(np.mean(true)),
        },
        y_true=defaulted,
        y_pred=probabilities,
        sensitive_features=groups,
    )
    return {
        name: {str(group): None if np.isnan(value) else float(value) for group, value in column.items()}
        for name, column in frame.by_group.items()
    }


def _group(
    name: str, figures: Mapping[str, Mapping[str, float | None]], replicates: Bootstrap, files: NDArray[np.int64]
) -> FairnessGroup:
    def optional(figure: str) -> Metric | None:
        value = figures[figure][name]
        return None if value is None else interval(value, replicates.draws[figure])

    return FairnessGroup(
        group=name,
        files=int(files[0]),
        approval=replicates.metric("approved"),
        false_refusal=optional("false_refusal"),
        missed_default=optional("missed_default"),
        auc=optional("auc"),
        predicted=replicates.metric("predicted"),
        observed=replicates.metric("default_rate"),
    )


def _between(replicates: Mapping[str, Bootstrap], figure: str, *, ratio: bool) -> Metric | None:
    """Least over greatest, or greatest less least, among the groups that have the figure; None with fewer than two."""
    holders = [found for found in replicates.values() if figure in found.values]
    if len(holders) < 2:
        return None
    values = np.array([found.values[figure] for found in holders])
    draws = np.array([found.draws[figure] for found in holders])
    if not ratio:
        return interval(float(values.max() - values.min()), draws.max(axis=0) - draws.min(axis=0))
    # Where nobody at all is approved, all groups are treated alike.
    highest = draws.max(axis=0)
    ratios = np.divide(draws.min(axis=0), highest, out=np.ones_like(highest), where=highest > 0)
    return interval(float(values.min() / values.max()) if values.max() > 0 else 1.0, ratios)
