"""What a comparison leaves behind: every family and every set of columns, beside each other."""

from __future__ import annotations

import json
from pathlib import Path

from scoring_dash.pipeline.compare.report import ComparisonReport, FamilyResult, as_json
from scoring_dash.pipeline.tracking.run import TrackedRun
from scoring_dash.pipeline.tracking.training import with_bounds
from scoring_dash.reports.charts import bars_figure, reliability_figure


def comparison_run(report: ComparisonReport, *, data: Path, started: float) -> TrackedRun:
    """Metrics of each family by name, the evidence of their calibration, and what each exclusion costs.

    Parameters
    ----------
    data : Path
        Directory of the tables, as the user named it.
    started : float
        Seconds since 1970, UTC.
    """
    metrics: dict[str, float] = {"files": report.files, "default_rate": report.default_rate}
    for family in report.families:
        metrics |= _family_metrics(family)
    for item in report.exclusions:
        prefix = metric_name(item.name)
        metrics |= {f"{prefix}.auc": item.auc, f"{prefix}.ks": item.ks, f"{prefix}.cost": item.cost}
        metrics |= with_bounds(item.difference, f"{prefix}.difference_")
    return TrackedRun(
        command="compare",
        started=started,
        data_sha256=report.features_sha256,
        parameters={
            "data": str(data),
            "seed": report.seed,
            "folds": report.folds,
            "features": report.features,
            "tables": ", ".join(report.tables),
            "families": ", ".join(family.name for family in report.families),
        },
        metrics=metrics,
        tables={"comparison.json": json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n"},
        figures=_figures(report),
    )


def metric_name(text: str) -> str:
    """A name as MLflow takes it: letters, digits, ``_ - . /`` and spaces.

    >>> metric_name("lawful + sex")
    'lawful and sex'
    """
    words = text.replace("+", "and")
    return "".join(letter if letter.isalnum() or letter in "_-./ " else "_" for letter in words)


def _family_metrics(family: FamilyResult) -> dict[str, float]:
    prefix = f"{metric_name(family.name)}."
    evidence, timing = family.calibration, family.timing
    found = with_bounds(family.metrics, prefix) | {
        f"{prefix}threshold": family.threshold,
        f"{prefix}mean_probability": evidence.mean_probability,
        f"{prefix}cost_at_theory": evidence.cost_at_theory,
        f"{prefix}fit_seconds": timing.fit_seconds,
        f"{prefix}predict_one_ms": timing.predict_one_ms,
        f"{prefix}predict_many_ms": timing.predict_many_ms,
    }
    return found if evidence.slope is None else {**found, f"{prefix}calibration_slope": evidence.slope}


def _figures(report: ComparisonReport) -> dict[str, bytes]:
    figures = {
        "reliability.svg": reliability_figure({item.name: item.calibration.reliability for item in report.families})
    }
    for name, unit in (("auc", "AUC"), ("cost", "cost per client at the own threshold")):
        figures[f"families_{name}.svg"] = bars_figure(
            {item.name: item.metrics[name].value for item in report.families},
            title="Families of models",
            unit=unit,
            intervals={item.name: (item.metrics[name].low, item.metrics[name].high) for item in report.families},
        )
    changed = [item for item in report.exclusions if item.difference]
    if changed:
        figures["exclusions_auc.svg"] = bars_figure(
            {item.name: item.difference["auc"].value for item in changed},
            title="Sets of columns",
            unit="AUC less that of the lawful set",
            intervals={item.name: (item.difference["auc"].low, item.difference["auc"].high) for item in changed},
        )
    return figures
