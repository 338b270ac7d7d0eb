"""The tables that ``compare`` prints, at most 110 characters wide."""

from __future__ import annotations

from scoring_dash.model.cost import THEORETICAL_THRESHOLD
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.pipeline.compare.report import ComparisonReport, ExclusionResult, FamilyResult, SetKind

_SET_LABELS = {
    "all": "lawful + all forbidden",
    "allowed only": "allowed, none to justify",
    "without external scores": "lawful, no external scores",
}


def comparison_summary(report: ComparisonReport) -> str:
    """Families, evidence of calibration, and cost of each exclusion, as lines of text."""
    lines = [
        f"{report.files} past files, {report.default_rate:.2%} in default, {report.features} features, "
        f"{report.folds} folds, seed {report.seed}",
        "All figures out of fold, on the same folds. Cost per client: 10 a missed default, 1 a wrong refusal, at the",
        "threshold of least cost. Intervals: 95 %, bootstrap over clients. Times: one fit, 1 row, 10,000 rows.",
        "",
        f"{'model':<24}{'AUC':>7} {'interval':^17}{'PR-AUC':>7}{'KS':>7}{'Brier':>8}{'log-loss':>9}"
        f"{'cost':>8}{'fit s':>7}{'1 ms':>7}{'10k ms':>8}",
        *(_family_line(result) for result in report.families),
        "",
        "Calibration of the probabilities as they come (calibrated: slope 1, mean = default rate, error 0)",
        f"{'model':<24}{'mean p':>8}{'defaults':>9}{'slope':>8}{'±':>7}{'error':>8}{'threshold':>11}"
        f"{'cost there':>12}{f'cost at {THEORETICAL_THRESHOLD:.4f}':>17}",
        *(_calibration_line(result) for result in report.families),
    ]
    if report.exclusions:
        lines += ["", *_exclusion_lines(report.exclusions)]
    return "\n".join(lines)


def _family_line(result: FamilyResult) -> str:
    value = {name: metric.value for name, metric in result.metrics.items()}
    auc, timing = result.metrics["auc"], result.timing
    return (
        f"{result.name:<24}{auc.value:>7.4f} {f'[{auc.low:.4f}, {auc.high:.4f}]':^17}{value['pr_auc']:>7.4f}"
        f"{value['ks']:>7.4f}{value['brier']:>8.5f}{value['log_loss']:>9.5f}{value['cost']:>8.4f}"
        f"{timing.fit_seconds:>7.1f}{timing.predict_one_ms:>7.2f}{timing.predict_many_ms:>8.0f}"
    )


def _calibration_line(result: FamilyResult) -> str:
    found = result.calibration
    slope, half_width = ("–", "–") if found.slope is None else (f"{found.slope:.3f}", f"{found.slope_half_width:.3f}")
    return (
        f"{result.name:<24}{found.mean_probability:>8.4f}{found.default_rate:>9.4f}{slope:>8}{half_width:>7}"
        f"{result.metrics['calibration_error'].value:>8.4f}{result.threshold:>11.3f}"
        f"{result.metrics['cost'].value:>12.4f}{found.cost_at_theory:>17.4f}"
    )


def _exclusion_lines(results: tuple[ExclusionResult, ...]) -> list[str]:
    header = f"{'LightGBM on':<28}{'n':>4}{'AUC':>8}{'KS':>8}{'cost':>8}"
    header += f"{'AUC less lawful':>27}{'cost less lawful':>27}"
    return [
        "What the law costs: each set less the lawful one, on the same clients (paired bootstrap, 95 %)",
        header,
        *(_exclusion_line(result) for result in results),
        "lawful + a group: a positive AUC difference, or a negative cost difference, is what leaving it out loses;",
        "an interval that holds 0 shows no loss. The luck of the training (another seed) is not in the intervals.",
    ]


def _exclusion_line(result: ExclusionResult) -> str:
    label = _SET_LABELS.get(result.name, result.name.replace("_", " "))
    line = f"{label:<28}{result.features:>4}{result.auc:>8.4f}{result.ks:>8.4f}{result.cost:>8.4f}"
    if result.kind is SetKind.LAWFUL:
        return line
    return line + "".join(f"{_signed(result.difference[name]):>27}" for name in ("auc", "cost"))


def _signed(metric: Metric) -> str:
    return f"{metric.value:+.4f} [{metric.low:+.4f}, {metric.high:+.4f}]"
