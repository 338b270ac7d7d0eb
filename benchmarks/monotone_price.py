"""What the monotone constraints cost: LightGBM with and without them, on the same folds of the same files.

    python -m benchmarks.monotone_price --data DIR --out FILE.json [--seed S]

Every feature of the catalogue that the tables allow takes part, as in ``compare``; the plan is that of ``train``.
Nothing but figures is written.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from scoring_dash.model.openmp import share_processors

DECIMALS = 6


def main() -> None:
    share_processors()
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    report = measure(options.data, options.seed)
    options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def measure(directory: Path, seed: int) -> dict[str, Any]:
    """Out-of-fold figures of either model, and their differences with paired intervals."""
    from scoring_dash.model.train import TrainingPlan
    from scoring_dash.pipeline.compare.paired import figures_of, paired_differences
    from scoring_dash.pipeline.compare.run import labelled_files
    from scoring_dash.pipeline.training_data import load_training_data, open_tables

    with open_tables(directory, labelled=True) as raw:
        data = load_training_data(raw)
    plan = TrainingPlan()
    files = labelled_files(data, plan, seed)
    free_features = tuple(replace(feature, monotone=0) for feature in files.features)
    bound, free = (scored(chosen, plan) for chosen in (files, replace(files, features=free_features)))
    difference = paired_differences(bound, free, files.outcomes, seed=seed)
    return {
        "seed": seed,
        "files": len(files.outcomes),
        "features": len(files.features),
        "constrained_features": sum(feature.monotone != 0 for feature in files.features),
        "simulated": data.simulated,
        "constrained": rounded(figures_of(bound, files.outcomes)),
        "free": rounded(figures_of(free, files.outcomes)),
        "difference": {name: rounded(asdict(metric)) for name, metric in difference.items()},
    }


def scored(files: Any, plan: Any) -> Any:
    from scoring_dash.model.cost import choose_decision_rule
    from scoring_dash.model.families import Family, Variant, fit_folds
    from scoring_dash.pipeline.compare.paired import ScoredFiles

    probabilities = fit_folds(Variant(Family.LIGHTGBM), files, plan).out_of_fold(files)
    return ScoredFiles(probabilities, choose_decision_rule(probabilities, files.outcomes).threshold)


def rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(float(value), DECIMALS) for name, value in figures.items()}


if __name__ == "__main__":
    main()
