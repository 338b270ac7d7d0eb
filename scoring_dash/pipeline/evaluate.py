"""The evaluation that ``train`` stores, and the check of a finished model on other labelled applications."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring_dash.bootstrap import LoadedServices
from scoring_dash.core.words import Book, TableName
from scoring_dash.data.store import Portfolio
from scoring_dash.model.evaluation.conformal import conformal_figures, conformal_sets, cross_conformal_sets
from scoring_dash.model.evaluation.costs import cost_report
from scoring_dash.model.evaluation.importance import importance
from scoring_dash.model.evaluation.metrics import Metric, evaluate
from scoring_dash.model.evaluation.reliability import calibration, fold_figures, segment_figures
from scoring_dash.model.evaluation.results import Evaluation
from scoring_dash.model.evaluation.self_check import self_check
from scoring_dash.model.evaluation.spread import spread_figures
from scoring_dash.model.package import ModelPackage
from scoring_dash.monitoring.fairness import fairness_tables
from scoring_dash.monitoring.stability import Clients, stability
from scoring_dash.pipeline.file_groups import FileGroups, history_segments, read_file_groups
from scoring_dash.pipeline.score import application_features
from scoring_dash.pipeline.training_data import BOOK_TABLES, open_tables, read_outcomes

_THREADS = 2


@dataclass(frozen=True)
class ScoredFiles:
    """Labelled files and what the model says of them.

    Attributes
    ----------
    values : (n_features, n) float32, NaN where missing
    margins : (n,) float64, in log-odds, before the calibrator
    probabilities : (n,) float64, in [0, 1]
    defaulted : (n,) int8, 0 or 1
    groups : FileGroups
    """

    values: NDArray[np.float32]
    margins: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    defaulted: NDArray[np.int8]
    groups: FileGroups

    def chosen(self, members: NDArray[np.bool_]) -> ScoredFiles:
        """Only some of the files.

        Parameters
        ----------
        members : (n,) bool
        """

        def some(groups: Mapping[str, NDArray[np.str_]]) -> dict[str, NDArray[np.str_]]:
            return {name: line[members] for name, line in groups.items()}

        return ScoredFiles(
            self.values[:, members],
            self.margins[members],
            self.probabilities[members],
            self.defaulted[members],
            FileGroups(some(self.groups.segments), some(self.groups.audit)),
        )


@dataclass(frozen=True)
class DirectoryEvaluation:
    """A finished model on the labelled applications of a directory.

    Attributes
    ----------
    version : str
        Of the model.
    unseen_files, known_files : int
        Files that took no part in its training, and those that did.
    unseen : Evaluation or None
        By the final model; None where the files do not hold both outcomes.
    known : Evaluation or None
        Each file by the fold model that never saw it; None where they do not hold both outcomes.
    notices : tuple of str
        Oddities of the tables that do not prevent scoring.
    """

    version: str
    unseen_files: int
    known_files: int
    unseen: Evaluation | None
    known: Evaluation | None
    notices: tuple[str, ...]


def evaluate_training(
    package: ModelPackage, portfolio: Portfolio, groups: FileGroups, metrics: Mapping[str, Metric], *, seed: int
) -> Evaluation:
    """Evaluate a model on its past files, each scored by the fold model that never saw it.

    Parameters
    ----------
    portfolio : Portfolio
        Scored past and current clients.
    groups : FileGroups
        Of the past files.
    metrics : mapping of str to Metric
        Of the past files, at the threshold of the package.
    seed : int
        Of the bootstrap and the samples: same model and seed, same figures.
    """
    past, current, description = portfolio.past, portfolio.current, package.description
    files = ScoredFiles(past.features, past.margins, past.probabilities, past.outcomes, groups)
    sets = cross_conformal_sets(past.probabilities, past.outcomes, past.models)
    before, after = (Clients(book.features, book.probabilities) for book in (past, current))
    return replace(
        _evaluate_files(package, files, metrics, seed=seed),
        folds=fold_figures(past.models, past.probabilities, past.outcomes, description.rule.threshold),
        stability=stability(before, after, description.features, description.categories),
        spread=spread_figures(package, current.features, seed=seed),
        conformal=conformal_figures(sets, past.outcomes),
        importance=importance(package, past.features, seed=seed),
    )


def evaluate_directory(
    services: LoadedServices, directory: Path, *, seed: int = 0, progress: Callable[[str], None]
) -> DirectoryEvaluation:
    """Check a finished model on the labelled applications of a directory.

    Probabilities are those of ``score``: same features, same models, same calibrator. The model, its calibrator and
    its threshold stay as they are.

    Raises
    ------
    DataError
        If the tables cannot be used, hold no outcomes, or lack one that the model needs.
    """
    with open_tables(directory, labelled=True) as raw:
        progress("features")
        labelled = {name: table for name, table in raw.tables.items() if name is not BOOK_TABLES[Book.CURRENT]}
        matrix = application_features(services, directory, labelled)
        applications = raw.tables[TableName.APPLICATION_TRAIN]
        outcomes, groups, notices = read_outcomes(applications), read_file_groups(applications), raw.notices
    progress(f"scoring {len(matrix.client_ids)} labelled applications")
    models, known = _models_for(services, matrix.client_ids)
    margins = _margins(services.package, matrix.values, models)
    probabilities = services.package.description.calibrator.probabilities(margins)
    files = ScoredFiles(matrix.values, margins, probabilities, outcomes, groups)
    progress("evaluation")
    return DirectoryEvaluation(
        version=services.artifact.version,
        unseen_files=int(np.sum(~known)),
        known_files=int(np.sum(known)),
        unseen=_evaluate_unseen(services, files.chosen(~known), seed),
        known=_evaluate_some(services.package, files.chosen(known), seed),
        notices=notices,
    )


def _evaluate_unseen(services: LoadedServices, files: ScoredFiles, seed: int) -> Evaluation | None:
    package, past = services.package, services.portfolio.past
    evaluation = _evaluate_some(package, files, seed)
    if evaluation is None:
        return None
    description = package.description
    before = Clients(np.asarray(past.features), np.asarray(past.probabilities))
    sets = conformal_sets(np.asarray(past.probabilities), np.asarray(past.outcomes), files.probabilities)
    return replace(
        evaluation,
        stability=stability(
            before, Clients(files.values, files.probabilities), description.features, description.categories
        ),
        spread=spread_figures(package, files.values, seed=seed),
        conformal=conformal_figures(sets, files.defaulted),
    )


def _evaluate_some(package: ModelPackage, files: ScoredFiles, seed: int) -> Evaluation | None:
    if not 0 < int(np.sum(files.defaulted)) < len(files.defaulted):
        return None
    metrics = evaluate(files.probabilities, files.defaulted, package.description.rule.threshold, seed=seed)
    return _evaluate_files(package, files, metrics, seed=seed)


def _evaluate_files(
    package: ModelPackage, files: ScoredFiles, metrics: Mapping[str, Metric], *, seed: int
) -> Evaluation:
    """What can be said of any labelled files."""
    probabilities, defaulted = files.probabilities, files.defaulted
    threshold = package.description.rule.threshold
    segments = {**files.groups.segments, **history_segments(files.values, package.description.features)}
    return Evaluation(
        files=len(defaulted),
        metrics=metrics,
        calibration=calibration(files.margins, probabilities, defaulted),
        cost=cost_report(probabilities, defaulted, threshold),
        segments=segment_figures(segments, probabilities, defaulted, seed=seed),
        folds=(),
        stability=None,
        spread=None,
        conformal=None,
        importance=None,
        self_check=self_check(metrics, threshold),
        fairness=fairness_tables(files.groups.audit, probabilities, defaulted, threshold, seed=seed),
    )


def _models_for(services: LoadedServices, client_ids: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Model that may score each client, and whether he was trained on, as ``score`` decides."""
    past = services.portfolio.past
    known = np.isin(client_ids, past.client_ids)
    models = np.full(len(client_ids), services.package.scorer.final, dtype=np.int8)
    models[known] = past.models[np.searchsorted(past.client_ids, client_ids[known])]
    return models, known


def _margins(package: ModelPackage, values: NDArray[np.float32], models: NDArray[np.int8]) -> NDArray[np.float64]:
    margins = np.empty(len(models))
    for model in np.unique(models):
        members = models == model
        rows = np.ascontiguousarray(values[:, members].T)
        margins[members] = package.scorer.margin(rows, int(model), threads=_THREADS)
    return margins
