"""What a training leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_curve

from scoring_dash.data.store import read_portfolio
from scoring_dash.model.description import read_description
from scoring_dash.model.evaluation.document import FILE_NAME
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.pipeline.tracking.run import TrackedRun
from scoring_dash.pipeline.train import TrainingReport
from scoring_dash.reports.charts import bars_figure, cost_figure, reliability_figure, roc_figure

_SHOWN_FEATURES = 20


def training_run(report: TrainingReport, *, data: Path, started: float) -> TrackedRun:
    """Parameters, metrics, figures and the version itself.

    Parameters
    ----------
    data : Path
        Directory of the tables, as the user named it.
    started : float
        Seconds since 1970, UTC.
    """
    model = report.artifact.root / "model"
    training = dict(read_description(model / "model.json").training)
    digest = str(training.pop("features_sha256"))
    folds = report.evaluation.folds
    return TrackedRun(
        command="train",
        started=started,
        data_sha256=digest,
        parameters={"data": str(data), **flatten(training)},
        metrics=_metrics(report),
        series={f"fold_{name}": [getattr(fold, name) for fold in folds] for name in ("auc", "log_loss", "cost")},
        tags={"model_version": report.artifact.version},
        tables={FILE_NAME: (model / FILE_NAME).read_text(encoding="utf-8")},
        figures=_figures(report),
        artifact=report.artifact,
    )


def flatten(values: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Nested settings as one level of dotted names; a list becomes its items behind commas.

    >>> flatten({"seed": 1, "parameters": {"max_depth": 4}, "tables": ["a", "b"]})
    {'seed': 1, 'parameters.max_depth': 4, 'tables': 'a, b'}
    """
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            flat[f"{prefix}{name}"] = ", ".join(str(item) for item in value)
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def with_bounds(metrics: Mapping[str, Metric], prefix: str = "") -> dict[str, float]:
    """Each metric with the ends of its interval, as ``auc``, ``auc_low`` and ``auc_high``."""
    flat: dict[str, float] = {}
    for name, metric in metrics.items():
        flat |= {
            f"{prefix}{name}": metric.value,
            f"{prefix}{name}_low": metric.low,
            f"{prefix}{name}_high": metric.high,
        }
    return flat


def _metrics(report: TrainingReport) -> dict[str, float]:
    rule, evaluation = report.rule, report.evaluation
    found = with_bounds(report.metrics) | {
        "threshold": rule.threshold,
        "review_low": rule.review_low,
        "review_high": rule.review_high,
        "calibration_slope": report.calibration.slope,
        "calibration_intercept": report.calibration.intercept,
        "rounds": report.rounds,
        "features": report.features,
        "past_clients": report.past_clients,
        "current_clients": report.current_clients,
        "self_check_warnings": len(evaluation.self_check.warnings),
    }
    if evaluation.stability:
        found["score_psi"] = evaluation.stability.score.psi
    return found


def _figures(report: TrainingReport) -> dict[str, bytes]:
    evaluation = report.evaluation
    past = read_portfolio(report.artifact.root / "portfolio").past
    false_refusals, caught_defaults, _ = roc_curve(np.asarray(past.outcomes), np.asarray(past.probabilities))
    curve = evaluation.cost
    figures = {
        "reliability.svg": reliability_figure({"out of fold": evaluation.calibration.bins}),
        "roc.svg": roc_figure(false_refusals, caught_defaults, report.metrics["auc"].value),
        "cost.svg": cost_figure(np.array(curve.thresholds), np.array(curve.costs), report.rule),
    }
    if evaluation.importance:
        weights = evaluation.importance.features
        figures["importance.svg"] = bars_figure(
            {weight.name: weight.contribution for weight in weights[:_SHOWN_FEATURES]},
            title=f"Importance: {min(_SHOWN_FEATURES, len(weights))} of {len(weights)} features",
            unit="mean absolute contribution, log-odds",
        )
    return figures
