"""What leaving columns out costs: LightGBM on the lawful features, with each forbidden group, and with fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import ibis
import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.assemble import FeatureMatrix, to_matrix
from scoring_dash.data.features.forbidden import FORBIDDEN_DEFINITIONS, build_forbidden_features, forbidden_group
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.schema.policy import policy_of
from scoring_dash.model.cost import choose_decision_rule
from scoring_dash.model.families import Family, LabelledFiles, Variant, fit_folds
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.compare.paired import ScoredFiles, figures_of, paired_differences
from scoring_dash.pipeline.compare.report import ExclusionResult, SetKind

_EXTERNAL_SCORE = "external_score"


@dataclass(frozen=True)
class _FeatureSet:
    name: str
    kind: SetKind
    group: str | None
    features: tuple[Feature, ...]
    values: NDArray[np.float32]


def load_forbidden_features(tables: Mapping[TableName, ibis.Table], client_ids: NDArray[np.int64]) -> FeatureMatrix:
    """Compute the forbidden features of these clients, in this order.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read.
    client_ids : (n,) int64, strictly ascending
    """
    features = tuple(definition.feature for definition in FORBIDDEN_DEFINITIONS)
    matrix = to_matrix(build_forbidden_features(tables), features)
    places = np.searchsorted(matrix.client_ids, client_ids)
    return FeatureMatrix(client_ids, np.ascontiguousarray(matrix.values[:, places]), features, matrix.categories)


def compare_exclusions(
    lawful: LabelledFiles,
    forbidden: FeatureMatrix,
    plan: TrainingPlan,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[ExclusionResult, ...]:
    """Train once a set of features, on the same folds; the lawful set comes first.

    Parameters
    ----------
    lawful : LabelledFiles
        With the features of the shipped model.
    forbidden : FeatureMatrix
        Of the same clients in the same order.
    """
    results: list[ExclusionResult] = []
    reference: ScoredFiles | None = None
    for chosen in _feature_sets(lawful, forbidden):
        scored = _score(chosen, lawful, plan)
        reference = reference or scored
        results.append(_result(chosen, scored, reference, lawful))
        progress(f"{chosen.name}: AUC {results[-1].auc:.4f}")
    return tuple(results)


def _feature_sets(lawful: LabelledFiles, forbidden: FeatureMatrix) -> Iterator[_FeatureSet]:
    values = np.ascontiguousarray(lawful.rows.T)
    yield _FeatureSet("lawful", SetKind.LAWFUL, None, lawful.features, values)
    groups = [forbidden_group(feature) for feature in forbidden.features]

    def added(name: str, kind: SetKind, group: str | None, places: list[int]) -> _FeatureSet:
        features = (*lawful.features, *(forbidden.features[place] for place in places))
        return _FeatureSet(name, kind, group, features, np.concatenate([values, forbidden.values[places]]))

    for group in dict.fromkeys(groups):
        places = [place for place, name in enumerate(groups) if name == group]
        yield added(f"lawful + {group}", SetKind.ADDED, group, places)
    yield added("all", SetKind.ALL, None, list(range(len(groups))))

    def kept(name: str, keep: Callable[[Feature], bool]) -> _FeatureSet | None:
        places = [place for place, feature in enumerate(lawful.features) if keep(feature)]
        features = tuple(lawful.features[place] for place in places)
        return _FeatureSet(name, SetKind.REMOVED, None, features, values[places]) if places else None

    fewer = (kept("allowed only", _is_allowed), kept("without external scores", _reads_no_external_score))
    yield from (chosen for chosen in fewer if chosen is not None)


def _is_allowed(feature: Feature) -> bool:
    return feature.use is ColumnUse.ALLOWED


def _reads_no_external_score(feature: Feature) -> bool:
    return all(policy_of(table, column).name != _EXTERNAL_SCORE for table, column in raw_columns(feature))


def _score(chosen: _FeatureSet, lawful: LabelledFiles, plan: TrainingPlan) -> ScoredFiles:
    files = LabelledFiles(
        np.ascontiguousarray(chosen.values.T), lawful.outcomes, chosen.features, lawful.fold_of, lawful.seed
    )
    probabilities = fit_folds(Variant(Family.LIGHTGBM), files, plan).out_of_fold(files)
    return ScoredFiles(probabilities, choose_decision_rule(probabilities, files.outcomes).threshold)


def _result(chosen: _FeatureSet, scored: ScoredFiles, reference: ScoredFiles, lawful: LabelledFiles) -> ExclusionResult:
    same = chosen.kind is SetKind.LAWFUL
    return ExclusionResult(
        name=chosen.name,
        kind=chosen.kind,
        group=chosen.group,
        features=len(chosen.features),
        **figures_of(scored, lawful.outcomes),
        threshold=scored.threshold,
        difference={} if same else paired_differences(scored, reference, lawful.outcomes, seed=lawful.seed),
    )
