"""An evaluation as tables for the terminal, at most 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from scoring_dash.model.calibrate import CalibrationCheck
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.results import (
    Calibration,
    ConformalFigures,
    CostReport,
    Evaluation,
    FairnessGroup,
    FairnessTable,
    FoldFigures,
    Importance,
    Reliability,
    Segments,
    SelfCheck,
    SpreadFigures,
    Stability,
    Weight,
)
from scoring_dash.pipeline.evaluate import DirectoryEvaluation

_METRICS = (
    ("auc", "AUC"),
    ("pr_auc", "PR-AUC"),
    ("ks", "KS"),
    ("brier", "Brier score"),
    ("log_loss", "log-loss"),
    ("calibration_error", "calibration error (10 equal-count bins)"),
    ("cost", "cost per client at the threshold"),
    ("cost_accept_all", "cost per client, accepting all"),
    ("refused", "share above the threshold"),
    ("default_rate", "default rate"),
)
_WIDTH = 100
_SHOWN = 15
_FIRST_COLUMN = 30
_NONE = "-"


def evaluation_tables(evaluation: Evaluation) -> str:
    """All tables of an evaluation, as lines of text."""
    sections = [
        metric_lines(evaluation.metrics),
        _calibration_lines(evaluation.calibration),
        _cost_lines(evaluation.cost),
        *(_segment_lines(segments) for segments in evaluation.segments),
        _fold_lines(evaluation.folds) if evaluation.folds else [],
        _stability_lines(evaluation.stability) if evaluation.stability else [],
        _spread_lines(evaluation.spread) if evaluation.spread else [],
        _conformal_lines(evaluation.conformal) if evaluation.conformal else [],
        _importance_lines(evaluation.importance) if evaluation.importance else [],
        *(_fairness_lines(table) for table in evaluation.fairness),
        self_check_lines(evaluation.self_check),
    ]
    return "\n\n".join("\n".join(wrapped(section)) for section in sections if section)


def stored_tables(version: str, evaluation: Evaluation) -> str:
    """Tables of the evaluation that was stored with a model."""
    title = f"model {version}: {evaluation.files} past files, each scored by the fold model that never saw it"
    return f"{title}\n\n{evaluation_tables(evaluation)}"


def directory_tables(evaluation: DirectoryEvaluation) -> str:
    """Tables of a model on the labelled applications of a directory, those that it never saw first."""
    parts = [
        f"model {evaluation.version}: {evaluation.unseen_files} labelled files that took no part in its training, "
        f"{evaluation.known_files} that did"
    ]
    kinds = (
        ("never seen, scored by the final model", evaluation.unseen_files, evaluation.unseen),
        ("known, each scored by the fold model that never saw it", evaluation.known_files, evaluation.known),
    )
    for title, files, figures in kinds:
        if figures is not None:
            parts.append(f"== {files} files {title} ==\n\n{evaluation_tables(figures)}")
        elif files:
            parts.append(f"== {files} files {title}: they hold one outcome only, so nothing can be measured ==")
    return "\n\n".join(parts)


def wrapped(lines: Iterable[str]) -> list[str]:
    """Lines of at most 100 columns; the rest of a longer one follows, indented."""
    return [
        part
        for line in lines
        for part in (textwrap.wrap(line, _WIDTH, subsequent_indent="    ") if len(line) > _WIDTH else [line])
    ]


def metric_lines(metrics: Mapping[str, Metric]) -> list[str]:
    """Metrics with their 95 % intervals."""
    return [
        f"{label:<42} {metrics[name].value:8.4f}   [{metrics[name].low:.4f}, {metrics[name].high:.4f}]"
        for name, label in _METRICS
    ]


def self_check_lines(check: SelfCheck) -> list[str]:
    """Figures beside those of a calibrated score of the same AUC, and the warnings."""
    rows = [
        (
            figure.name,
            f"{figure.measured:.4f}",
            f"{figure.expected:.4f}",
            f"{figure.tolerance:.4f}",
            "fits" if figure.fits else "DOES NOT FIT",
        )
        for figure in check.figures
    ]
    lines = _table(
        "self-check: a calibrated score of this AUC", ("figure", "measured", "expected", "tolerance", ""), rows
    )
    return [*lines, *(f"WARNING: {warning}" for warning in check.warnings)]


def _calibration_lines(calibration: Calibration) -> list[str]:
    rows = [(str(number + 1), *_reliability_cells(item)) for number, item in enumerate(calibration.bins)]
    headers = ("bin", "files", "predicted", "observed", "95 % interval")
    return [
        *_table("calibration: bins of equal count", headers, rows),
        _calibration_line("margins", calibration.margins),
        _calibration_line("probabilities as served", calibration.served),
    ]


def _calibration_line(name: str, line: CalibrationCheck | None) -> str:
    if line is None:
        return f"{name}: no line can be fitted"
    return (
        f"{name}: slope {line.slope:.3f} ± {line.slope_half_width:.3f}, "
        f"intercept {line.intercept:+.3f} ± {line.intercept_half_width:.3f}"
    )


def _cost_lines(cost: CostReport) -> list[str]:
    shown = range(1, 40, 3)  # 0.01, 0.025 … 0.19
    points = [(f"{cost.thresholds[i]:.3f}", f"{cost.costs[i]:.4f}") for i in shown]
    return [
        *_table("cost per client by threshold", ("threshold", "cost"), points),
        f"in use {cost.threshold:.3f} (cost {cost.cost:.4f}); least {cost.best_cost:.4f} at {cost.best_threshold:.3f}; "
        f"theoretical {cost.theoretical_threshold:.4f}",
        f"thresholds from {cost.flat_low:.3f} to {cost.flat_high:.3f} hold all whose cost is within 1 % of the least",
    ]


def _segment_lines(segments: Segments) -> list[str]:
    rows = [(item.group, *_reliability_cells(item.reliability), _bounds(item.auc)) for item in segments.groups]
    headers = (segments.criterion, "files", "predicted", "observed", "95 % interval", "AUC")
    return _table(f"by {segments.criterion.replace('_', ' ')}", headers, rows)


def _fold_lines(folds: Sequence[FoldFigures]) -> list[str]:
    rows = [
        (
            str(fold.fold + 1),
            str(fold.files),
            f"{fold.default_rate:.4f}",
            f"{fold.auc:.4f}",
            f"{fold.log_loss:.4f}",
            f"{fold.cost:.4f}",
        )
        for fold in folds
    ]
    return _table("by fold", ("fold", "files", "default rate", "AUC", "log-loss", "cost"), rows)


def _stability_lines(stability: Stability) -> list[str]:
    shown = [stability.score, *stability.features[:_SHOWN]]
    rows = [(shift.name, f"{shift.psi:.4f}", str(shift.reading)) for shift in shown]
    title = f"shift from {stability.reference} files of the training to {stability.compared} others"
    readings = [shift.reading for shift in stability.features]
    counts = ", ".join(f"{readings.count(reading)} {reading}" for reading in dict.fromkeys(readings))
    return [
        *_table(title, ("feature", "PSI", "reading"), rows),
        f"{len(readings)} features: {counts}; chance alone gives about {stability.by_chance:.4f}",
    ]


def _spread_lines(spread: SpreadFigures) -> list[str]:
    return [
        f"spread of the fold models over {spread.files} clients that none of them saw",
        f"  greatest less least probability: median {spread.median_width:.4f}, 90th percentile {spread.wide_width:.4f}",
        f"  fold models on both sides of the threshold: {spread.straddling:.1%} of clients "
        f"({spread.straddling_outside_zone:.1%} outside the review zone)",
        f"  in the review zone: {spread.in_zone:.1%} of clients",
    ]


def _conformal_lines(conformal: ConformalFigures) -> list[str]:
    covered = (("repaid", conformal.covered_repaid), ("defaulted", conformal.covered_defaulted))
    return [
        f"conformal sets at {conformal.level:.0%} by outcome: repays {conformal.repays:.1%}, "
        f"defaults {conformal.defaults:.1%}, cannot tell {conformal.both:.1%}, neither {conformal.neither:.1%}",
        *(
            f"  of those who {name}, the set holds it for {held.rate:.1%} [{held.low:.1%}, {held.high:.1%}]"
            for name, held in covered
        ),
    ]


def _importance_lines(importance: Importance) -> list[str]:
    headers = ("", "gain", "mean |contribution|")
    features = _table(
        f"features by contribution ({importance.files} clients)", headers, _weight_rows(importance.features[:_SHOWN])
    )
    return [*features, "", *_table("themes by contribution", headers, _weight_rows(importance.themes))]


def _weight_rows(weights: Iterable[Weight]) -> list[tuple[str, ...]]:
    return [(item.name, f"{item.gain:.1%}", f"{item.contribution:.4f}") for item in weights]


def _fairness_lines(table: FairnessTable) -> list[str]:
    headers = (table.attribute, "files", "approved", "false ref.", "missed def.", "AUC", "predicted", "observed")
    rows = [row for group in table.groups for row in _fairness_rows(group)]
    lines = _table(f"audit by {table.attribute.replace('_', ' ')}", headers, rows, first=18)
    reading = "at or above four fifths" if table.four_fifths else "BELOW FOUR FIFTHS"
    if table.approval_ratio is not None:
        lines.append(f"approval ratio {_bounds(table.approval_ratio)}: {reading}")
    gaps = (("false refusal", table.false_refusal_gap), ("missed default", table.missed_default_gap))
    lines += [f"{name} gap {_bounds(gap)}" for name, gap in gaps if gap is not None]
    if table.withheld_groups:
        lines.append(f"withheld: {table.withheld_groups} groups of under 30 files, {table.withheld_files} files in all")
    return lines


def _fairness_rows(group: FairnessGroup) -> list[tuple[str, ...]]:
    """The figures, and their intervals below."""
    figures = (
        group.approval,
        group.false_refusal,
        group.missed_default,
        group.auc,
        group.predicted,
        group.observed,
    )
    return [
        (group.group, str(group.files), *(_NONE if item is None else _short(item.value) for item in figures)),
        ("", "", *("" if item is None else f"{_short(item.low)}-{_short(item.high)}" for item in figures)),
    ]


def _short(rate: float) -> str:
    """Write three decimals without the zero in front, to save columns."""
    return f"{rate:.3f}".removeprefix("0")


def _reliability_cells(item: Reliability) -> tuple[str, ...]:
    observed = item.observed
    return (
        str(observed.files),
        f"{item.predicted:.4f}",
        f"{observed.rate:.4f}",
        f"[{observed.low:.4f}, {observed.high:.4f}]",
    )


def _bounds(metric: Metric | None) -> str:
    return _NONE if metric is None else f"{metric.value:.3f} [{metric.low:.3f}, {metric.high:.3f}]"


def _table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]], *, first: int | None = None) -> list[str]:
    """Lines of a table: the first column to the left and no wider than ``first``, the others to the right."""
    limit = first or _FIRST_COLUMN
    cells = [[_cut(row[0], limit), *row[1:]] for row in (headers, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headers))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
    return [title, *(f"  {line}".rstrip() for line in lines)]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
