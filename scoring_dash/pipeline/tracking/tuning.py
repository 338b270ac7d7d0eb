"""What a search for parameters leaves behind: every trial in its order, and the best plan."""

from __future__ import annotations

import json
from pathlib import Path

from scoring_dash.pipeline.compare.report import as_json
from scoring_dash.pipeline.tracking.run import TrackedRun
from scoring_dash.pipeline.tracking.training import flatten
from scoring_dash.pipeline.tune import Trial, TuningReport
from scoring_dash.reports.charts import trace_figure

_FIGURES = ("auc", "log_loss", "cost")


def tuning_run(report: TuningReport, *, data: Path, started: float) -> TrackedRun:
    """Each method's trials as a series of metrics, beside the parameters in use before.

    Parameters
    ----------
    data : Path
        Directory of the tables, as the user named it.
    started : float
        Seconds since 1970, UTC.
    """
    methods = _by_method(report)
    traces = {name: [trial.log_loss for trial in trials] for name, trials in methods.items()}
    return TrackedRun(
        command="tune",
        started=started,
        data_sha256=report.features_sha256,
        parameters={
            "data": str(data),
            "seed": report.seed,
            "budget": report.budget,
            "methods": ", ".join(methods),
            "best_method": report.best.method,
            **flatten({"best": report.best_plan.parameters}),
        },
        metrics={
            "files": report.files,
            "features": report.features,
            "default_rate": report.default_rate,
            **{f"baseline.{name}": getattr(report.baseline, name) for name in _FIGURES},
            **{f"best.{name}": getattr(report.best, name) for name in _FIGURES},
        },
        series={
            f"{method}.{name}": [getattr(trial, name) for trial in trials]
            for method, trials in methods.items()
            for name in _FIGURES
        },
        tables={"tuning.json": json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n"},
        figures={"trials.svg": trace_figure(traces, title="Trials, and the best so far", unit="log-loss out of fold")},
    )


def _by_method(report: TuningReport) -> dict[str, list[Trial]]:
    """Trials in the order in which they ran; the report ranks them."""
    methods: dict[str, list[Trial]] = {}
    for trial in sorted(report.trials, key=lambda item: item.number):
        methods.setdefault(str(trial.method), []).append(trial)
    return methods
