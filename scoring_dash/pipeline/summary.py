"""What ``train`` prints at the end."""

from __future__ import annotations

from scoring_dash.model.cost import THEORETICAL_THRESHOLD
from scoring_dash.pipeline.evaluation_tables import metric_lines, self_check_lines, wrapped
from scoring_dash.pipeline.train import TrainingReport


def training_summary(report: TrainingReport) -> str:
    """Figures with their 95 % intervals, threshold, review zone, calibration and self-check, as lines of text."""
    calibration = report.calibration
    used = "kept as it is" if report.calibrator.slope == 1 and report.calibrator.intercept == 0 else "calibrator used"
    lines = [
        f"model {report.artifact.version}: {report.features} features, {report.rounds} trees, "
        f"{report.past_clients} past and {report.current_clients} current files; out of fold:",
        "",
        *metric_lines(report.metrics),
        "",
        f"threshold {report.rule.threshold:.3f} (theoretical {THEORETICAL_THRESHOLD:.4f}); "
        f"review zone {report.rule.review_low:.3f} to {report.rule.review_high:.3f} "
        "(expected cost within 1 % of the least)",
        f"calibration: slope {calibration.slope:.3f} ± {calibration.slope_half_width:.3f}, "
        f"intercept {calibration.intercept:+.3f} ± {calibration.intercept_half_width:.3f}; {used}",
        "",
        *self_check_lines(report.evaluation.self_check),
        "",
        "every table: python -m scoring_dash evaluate --artifacts DIR",
    ]
    return "\n".join(wrapped(lines))
