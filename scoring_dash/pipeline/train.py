"""From raw tables to a versioned artifact: model, description, portfolio."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book
from scoring_dash.data.features.rebuild import ROW_FORMULAS
from scoring_dash.data.store import BookData, Portfolio, write_portfolio
from scoring_dash.explain.reasons import in_reference_band
from scoring_dash.model.artifact import Artifact, write_artifact
from scoring_dash.model.calibrate import CalibrationCheck, Calibrator, check_calibration, choose_calibrator
from scoring_dash.model.cost import DecisionRule, choose_decision_rule
from scoring_dash.model.description import ModelDescription
from scoring_dash.model.evaluation.document import write_evaluation
from scoring_dash.model.evaluation.metrics import Metric, as_numbers, evaluate
from scoring_dash.model.evaluation.results import Evaluation
from scoring_dash.model.package import ModelPackage, write_package
from scoring_dash.model.predict import Scorer
from scoring_dash.model.prune import Pruning, prune
from scoring_dash.model.train import TrainedModels, TrainingPlan, split_folds, train_models
from scoring_dash.pipeline.evaluate import evaluate_training
from scoring_dash.pipeline.fields import Described, build_fields, left_out
from scoring_dash.pipeline.row_scores import write_row_models
from scoring_dash.pipeline.training_data import Files, TrainingData
from scoring_dash.population.distributions import choose_bin_edges
from scoring_dash.population.novelty import novelty_bound

_GOLDEN_ROWS = 32
_MOST_REFERENCE_FILES = 1000
_THREADS = 2

Progress = Callable[[str], None]


@dataclass(frozen=True)
class TrainingReport:
    """What ``train`` prints at the end.

    Attributes
    ----------
    metrics : dict of str to Metric
        Out of fold, at the threshold of ``rule``.
    calibration : CalibrationCheck
        Before the calibrator, if there is one.
    """

    artifact: Artifact
    metrics: dict[str, Metric]
    rule: DecisionRule
    calibration: CalibrationCheck
    calibrator: Calibrator
    rounds: int
    features: int
    past_clients: int
    current_clients: int
    evaluation: Evaluation


def train(
    data: TrainingData, artifacts: Path, *, seed: int, plan: TrainingPlan | None = None, progress: Progress
) -> TrainingReport:
    """Cross-validate, calibrate, choose the threshold, evaluate, and write the artifact.

    Parameters
    ----------
    data : TrainingData
        Features and raw applications of past and current files.
    artifacts : Path
        Directory that receives a new version.
    seed : int
        Of the folds, the boosting and the bootstrap: same data and seed, same bytes.
    """
    plan = plan or TrainingPlan()
    data, pruning = _pruned(data, plan, seed, progress)
    past = data.past
    models = train_models(
        past.values, past.outcomes, data.features, seed=seed, plan=plan, fold_of=data.fold_of, progress=progress
    )
    judged = _judge(models, past.outcomes, seed, progress)
    progress("contributions of every client")
    reference = _reference_rows(past.values, judged.probabilities, judged.rule.threshold, seed)
    description = _describe(data, judged, reference, _provenance(data, models, pruning, seed, plan))
    package = ModelPackage(models.scorer, description, _mean_contributions(models.scorer, reference))
    portfolio = _portfolio(data, package, models)
    package = _with_novelty_bound(package, portfolio)
    progress("evaluation")
    evaluation = evaluate_training(package, portfolio, data.groups, judged.metrics, seed=seed)
    progress("writing the artifact")
    artifact = write_artifact(artifacts, lambda directory: _fill(directory, data, package, portfolio, evaluation))
    return TrainingReport(
        artifact,
        judged.metrics,
        judged.rule,
        judged.calibration,
        judged.calibrator,
        models.rounds,
        len(data.features),
        len(past.client_ids),
        len(data.current.client_ids),
        evaluation,
    )


@dataclass(frozen=True)
class _Judged:
    """What the margins out of fold lead to; ``probabilities`` is (n_past,) float64, calibrated."""

    calibration: CalibrationCheck
    calibrator: Calibrator
    probabilities: NDArray[np.float64]
    rule: DecisionRule
    metrics: dict[str, Metric]


def _judge(models: TrainedModels, outcomes: NDArray[np.int8], seed: int, progress: Progress) -> _Judged:
    calibration = check_calibration(models.out_of_fold_margins, outcomes)
    calibrator = choose_calibrator(calibration)
    probabilities = calibrator.probabilities(models.out_of_fold_margins)
    rule = choose_decision_rule(probabilities, outcomes)
    progress("intervals by bootstrap")
    metrics = evaluate(probabilities, outcomes, rule.threshold, seed=seed)
    return _Judged(calibration, calibrator, probabilities, rule, metrics)


def _describe(
    data: TrainingData, judged: _Judged, reference: NDArray[np.float32], provenance: dict[str, object]
) -> ModelDescription:
    return ModelDescription(
        features=data.features,
        categories=data.categories,
        ranges=_ranges(data.features, data.past.values),
        typical_values=_typical_values(data, reference),
        bin_edges=_bin_edges(data.features, data.past.values),
        calibrator=judged.calibrator,
        rule=judged.rule,
        metrics=as_numbers(judged.metrics),
        training=provenance,
        simulated=data.simulated,
        novelty_bound=0.0,  # learnt from the contributions, which need this description
        typical_incomes=data.typical_incomes,
    )


def _with_novelty_bound(package: ModelPackage, portfolio: Portfolio) -> ModelPackage:
    """The package once it knows how far from its nearest a past file lies."""
    bound = novelty_bound(portfolio.past.client_ids, portfolio.past.theme_contributions)
    return replace(package, description=replace(package.description, novelty_bound=bound))


def _fill(
    directory: Path, data: TrainingData, package: ModelPackage, portfolio: Portfolio, evaluation: Evaluation
) -> None:
    """Write the files of a version."""
    golden = np.ascontiguousarray(data.past.values[:, :_GOLDEN_ROWS].T)
    write_package(package, golden, directory / "model")
    write_evaluation(evaluation, directory / "model")
    if data.row_models is not None:
        write_row_models(data.row_models, directory / "model")
    write_portfolio(portfolio, directory / "portfolio")


def _pruned(
    data: TrainingData, plan: TrainingPlan, seed: int, progress: Progress
) -> tuple[TrainingData, Pruning | None]:
    """The data with the features worth training on, and with the folds that they were chosen on."""
    if not plan.prune:
        return data, None
    past = data.past
    fold_of = split_folds(past.outcomes, plan.folds, seed) if data.fold_of is None else data.fold_of
    progress(f"pruning {len(data.features)} features")
    pruning = prune(past.values, past.outcomes, data.features, fold_of=fold_of, plan=plan, seed=seed)
    kept = pruning.kept | _read_by(data.features, pruning.kept)
    progress(f"{np.count_nonzero(kept)} features kept")
    return replace(data.restricted_to(kept), fold_of=fold_of, described=_described(data, kept)), pruning


def _described(data: TrainingData, kept: NDArray[np.bool_]) -> Described:
    """The descriptive fields, joined by facts of the application that the model does without."""
    more = left_out(data.features, kept)
    features = tuple(feature for feature, is_more in zip(data.features, more, strict=True) if is_more)
    categories = {item.name: data.categories[item.name] for item in features if item.is_categorical}
    values = {Book.PAST: data.past.values[more], Book.CURRENT: data.current.values[more]}
    return data.described.with_features(features, categories, values)


def _read_by(features: tuple[Feature, ...], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n_features,): what the kept formulas read; a scenario must find it stored."""
    names = {feature.name for feature, stays in zip(features, kept, strict=True) if stays}
    read = {name for formula in ROW_FORMULAS if formula.name in names for name in formula.inputs}
    return np.array([feature.name in read for feature in features])


def _reference_rows(
    values: NDArray[np.float32], probabilities: NDArray[np.float64], threshold: float, seed: int
) -> NDArray[np.float32]:
    """(n, n_features) float32: the applicants just inside the threshold, or a sample of them."""
    members = np.flatnonzero(in_reference_band(probabilities, threshold))
    if len(members) > _MOST_REFERENCE_FILES:
        random = np.random.default_rng(seed)
        members = np.sort(random.choice(members, _MOST_REFERENCE_FILES, replace=False))
    return np.ascontiguousarray(values[:, members].T)


def _mean_contributions(scorer: Scorer, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n_models, n_features): each model is compared with what it would say itself of the reference applicants."""
    models = range(scorer.final + 1)
    return np.array([scorer.contributions(rows, model, threads=_THREADS)[:, :-1].mean(axis=0) for model in models])


def _ranges(features: tuple[Feature, ...], values: NDArray[np.float32]) -> dict[str, tuple[float, float]]:
    return {
        feature.name: (float(np.nanmin(line)), float(np.nanmax(line)))
        for feature, line in zip(features, values, strict=True)
        if not feature.is_categorical and not np.isnan(line).all()
    }


def _bin_edges(features: tuple[Feature, ...], values: NDArray[np.float32]) -> dict[str, tuple[float, ...]]:
    return {
        feature.name: choose_bin_edges(feature, line)
        for feature, line in zip(features, values, strict=True)
        if not feature.is_categorical
    }


def _typical_values(data: TrainingData, rows: NDArray[np.float32]) -> dict[str, FeatureValue]:
    typical: dict[str, FeatureValue] = {}
    for feature, column in zip(data.features, rows.T, strict=True):
        known = column[~np.isnan(column)]
        if 2 * len(known) < len(column):
            typical[feature.name] = None  # most of them have no value either
        elif feature.is_categorical:
            typical[feature.name] = data.categories[feature.name][int(np.bincount(known.astype(int)).argmax())]
        else:
            # The median that is some applicant's value: between two counts of 2 and 3 nobody has 2.5.
            typical[feature.name] = float(np.percentile(known, 50, method="lower"))
    return typical


def _provenance(
    data: TrainingData, models: TrainedModels, pruning: Pruning | None, seed: int, plan: TrainingPlan
) -> dict[str, object]:
    digest = hashlib.sha256()
    for array in (data.past.client_ids, data.past.outcomes, data.past.values):
        digest.update(np.ascontiguousarray(array).tobytes())
    return {
        "seed": seed,
        "folds": plan.folds,
        "rounds": models.rounds,
        "parameters": plan.parameters,
        "unused_features": [] if pruning is None else list(pruning.unused),
        "copied_features": [] if pruning is None else list(pruning.copies),
        "files": len(data.past.client_ids),
        "tables": sorted(data.tables),
        "features_sha256": digest.hexdigest(),
    }


def _portfolio(data: TrainingData, package: ModelPackage, models: TrainedModels) -> Portfolio:
    past_margins = models.out_of_fold_margins
    current_rows = np.ascontiguousarray(data.current.values.T)
    current_margins = package.scorer.margin(current_rows, models.scorer.final, threads=_THREADS)
    final = np.full(len(current_rows), models.scorer.final, dtype=np.int8)
    past = _book(data.past, package, models.fold_of, past_margins)
    current = _book(data.current, package, final, current_margins)
    current = replace(current, spreads=_spreads(package, current_rows))
    description = package.description
    clients = {Book.PAST: len(past.client_ids), Book.CURRENT: len(current.client_ids)}
    fields = build_fields(
        description.features, description.categories, description.bin_edges, data.past.values, data.described, clients
    )
    return Portfolio(past, current, data.text_values, data.histories, fields)


def _spreads(package: ModelPackage, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n, 2) float64: least and greatest probability among the fold models, as the engine finds them for one client."""
    scorer, calibrator = package.scorer, package.description.calibrator
    margins = np.array([scorer.margin(rows, model, threads=_THREADS) for model in range(scorer.final)])
    ends = (margins.min(axis=0), margins.max(axis=0))
    return np.column_stack([calibrator.probabilities(end) for end in ends])


def _book(files: Files, package: ModelPackage, models: NDArray[np.int8], margins: NDArray[np.float64]) -> BookData:
    probabilities = package.description.calibrator.probabilities(margins)
    return BookData(
        client_ids=files.client_ids,
        features=files.values,
        margins=margins,
        probabilities=probabilities,
        spreads=np.column_stack([probabilities, probabilities]),
        models=models,
        outcomes=files.outcomes,
        theme_contributions=_theme_contributions(package, files.values, models),
        applications=files.applications,
    )


def _theme_contributions(
    package: ModelPackage, values: NDArray[np.float32], models: NDArray[np.int8]
) -> NDArray[np.float32]:
    """(n, n_themes) float32, by the model that scores each client."""
    themes = np.zeros((values.shape[1], len(package.description.themes)), dtype=np.float32)
    for model in np.unique(models):
        members = np.flatnonzero(models == model)
        for chunk in np.array_split(members, max(1, len(members) // 5000)):
            rows = np.ascontiguousarray(values[:, chunk].T)
            contributions = package.scorer.contributions(rows, int(model), threads=_THREADS)[:, :-1]
            themes[chunk] = contributions @ package.description.theme_matrix
    return themes
