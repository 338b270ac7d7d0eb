"""The table that ``train`` prints at the end."""

from __future__ import annotations

from scoring_dash.model.cost import THEORETICAL_THRESHOLD
from scoring_dash.model.evaluate import Metric
from scoring_dash.pipeline.train import TrainingReport

_ROWS = (
    ("auc", "AUC (out of fold)"),
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


def training_summary(report: TrainingReport) -> str:
    """Figures with their 95 % intervals, threshold, review zone and calibration, as lines of text."""
    calibration = report.calibration
    used = "kept as it is" if report.calibrator.slope == 1 and report.calibrator.intercept == 0 else "calibrator used"
    lines = [
        f"model {report.artifact.version}: {report.features} features, {report.rounds} trees, "
        f"{report.past_clients} past and {report.current_clients} current files",
        "",
        *(_metric_line(label, report.metrics[name]) for name, label in _ROWS),
        "",
        f"threshold {report.rule.threshold:.3f} (theoretical {THEORETICAL_THRESHOLD:.4f}); "
        f"review zone {report.rule.review_low:.3f} to {report.rule.review_high:.3f} "
        "(expected cost within 1 % of the least)",
        f"calibration: slope {calibration.slope:.3f} ± {calibration.slope_half_width:.3f}, "
        f"intercept {calibration.intercept:+.3f} ± {calibration.intercept_half_width:.3f}; {used}",
    ]
    return "\n".join(lines)


def _metric_line(label: str, metric: Metric) -> str:
    return f"{label:<42} {metric.value:8.4f}   [{metric.low:.4f}, {metric.high:.4f}]"
