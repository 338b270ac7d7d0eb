"""The table that ``tune`` prints, at most 110 characters wide."""

from __future__ import annotations

import json
from typing import Final

from scoring_dash.pipeline.tune import SEARCH_STEP, Trial, TuningReport

_SHORT: Final = (
    ("max_depth", "depth", "d"),
    ("num_leaves", "leaves", "d"),
    ("feature_fraction", "feat.", ".2f"),
    ("bagging_fraction", "bag.", ".2f"),
    ("min_child_samples", "child", "d"),
    ("lambda_l1", "l1", ".2f"),
    ("lambda_l2", "l2", ".1f"),
    ("cat_smooth", "cat", ".0f"),
    ("max_bin", "bins", "d"),
)


def tuning_summary(report: TuningReport) -> str:
    """Trials by out-of-fold log-loss, the parameters in use among them, and the best plan, as lines of text."""
    ranked = sorted((report.baseline, *report.trials), key=lambda trial: trial.log_loss)
    names = "".join(f"{short:>7}" for _, short, _ in _SHORT)
    lines = [
        f"{report.files} past files, {report.default_rate:.2%} in default, {report.features} features, seed "
        f"{report.seed}; at most {report.budget} trials a method, step {SEARCH_STEP}",
        "By out-of-fold log-loss; cost per client at each trial's own best threshold; plan: the parameters in use",
        "",
        f"{'trial':<11}{'log-loss':>9}{'AUC':>8}{'cost':>8}{'trees':>6}{'s':>5}{names}",
        *(_line(trial) for trial in ranked),
        "",
        *_best_by_method(report),
        "",
        f"best: {ranked[0].method} {ranked[0].number}; parameters for a training plan:",
        json.dumps({name: ranked[0].parameters[name] for name in sorted(ranked[0].parameters)}),
    ]
    return "\n".join(lines)


def _line(trial: Trial) -> str:
    cells = "".join(
        f"{trial.parameters[name]:>7{form}}" if name in trial.parameters else f"{'–':>7}" for name, _, form in _SHORT
    )
    name = f"{trial.method} {trial.number}"
    return (
        f"{name:<11}{trial.log_loss:>9.5f}{trial.auc:>8.4f}{trial.cost:>8.4f}{trial.rounds:>6}{trial.seconds:>5.0f}"
        f"{cells}"
    )


def _best_by_method(report: TuningReport) -> list[str]:
    lines = []
    for method in dict.fromkeys(trial.method for trial in report.trials):
        mine = [trial for trial in report.trials if trial.method == method]
        seconds = sum(trial.seconds for trial in mine)
        lines.append(
            f"{method:<8}{len(mine):>4} trials in {seconds:6.0f} s: best log-loss {mine[0].log_loss:.5f}, best AUC "
            f"{max(trial.auc for trial in mine):.4f}, least cost {min(trial.cost for trial in mine):.4f}"
        )
    return lines
