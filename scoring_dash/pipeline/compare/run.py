"""The comparison itself: which variants on which files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.data.assemble import FeatureMatrix
from scoring_dash.model.families import Family, Imbalance, LabelledFiles, Variant
from scoring_dash.model.train import TrainingPlan, split_folds
from scoring_dash.pipeline.compare.exclusions import compare_exclusions
from scoring_dash.pipeline.compare.families import compare_family
from scoring_dash.pipeline.compare.report import ComparisonReport
from scoring_dash.pipeline.training_data import Files, TrainingData

Progress = Callable[[str], None]

_REBALANCED = (Family.LOGISTIC, Family.LIGHTGBM)


@dataclass(frozen=True)
class ComparisonOptions:
    """What to compare.

    Attributes
    ----------
    families : tuple of Family
        At least one; they run in the order of :class:`Family`.
    class_weights, smote : bool
        Whether logistic regression and LightGBM also run so, as far as they are among ``families``.
    """

    families: tuple[Family, ...] = tuple(Family)
    class_weights: bool = False
    smote: bool = False

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What runs, in order."""
        treatments = [Imbalance.NONE]
        treatments += [Imbalance.CLASS_WEIGHTS] * self.class_weights + [Imbalance.SMOTE] * self.smote
        return tuple(
            Variant(family, treatment)
            for family in Family
            if family in self.families
            for treatment in (treatments if family in _REBALANCED else treatments[:1])
        )


def read_families(text: str) -> tuple[Family, ...]:
    """Families out of a list such as ``"dummy,logistic"``.

    Raises
    ------
    ConfigurationError
        If a name is unknown or there is none.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Family)]
    if unknown or not names:
        raise ConfigurationError(
            f"--families is {text!r}; allowed: {', '.join(Family)}, separated by commas. "
            + (f"Correct {', '.join(map(repr, unknown))}." if unknown else "Name one at least.")
        )
    return tuple(Family(name) for name in names)


def compare(
    data: TrainingData,
    options: ComparisonOptions,
    *,
    seed: int,
    forbidden: FeatureMatrix | None = None,
    plan: TrainingPlan | None = None,
    progress: Progress = lambda _: None,
) -> ComparisonReport:
    """Cross-validate every variant on the same folds, then LightGBM on other sets of features.

    Parameters
    ----------
    data : TrainingData
        Only the past files take part.
    forbidden : FeatureMatrix or None
        The forbidden features of the past files, in their order; without it no exclusion is measured.
    plan : TrainingPlan, optional
        Of the program's own model; also gives the folds.
    """
    plan = plan or TrainingPlan()
    files = labelled_files(data, plan, seed)
    results = []
    for variant in options.variants:
        results.append(compare_family(variant, files, plan))
        progress(
            f"{variant.name}: AUC {results[-1].metrics['auc'].value:.4f}, "
            f"{results[-1].timing.fit_seconds:.1f} s a model"
        )
    exclusions = () if forbidden is None else compare_exclusions(files, forbidden, plan, progress=progress)
    return ComparisonReport(
        seed=seed,
        folds=plan.folds,
        files=len(files.outcomes),
        features=len(files.features),
        default_rate=float(files.outcomes.mean()),
        tables=tuple(sorted(data.tables)),
        features_sha256=features_digest(data.past),
        simulated=data.simulated,
        families=tuple(results),
        exclusions=exclusions,
    )


def labelled_files(data: TrainingData, plan: TrainingPlan, seed: int) -> LabelledFiles:
    """The past files as every family trains on them.

    Raises
    ------
    ConfigurationError
        If one outcome has fewer files than there are folds.
    """
    past = data.past
    fold_of = split_folds(past.outcomes, plan.folds, seed)
    return LabelledFiles(np.ascontiguousarray(past.values.T), past.outcomes, data.features, fold_of, seed)


def features_digest(past: Files) -> str:
    """SHA-256 of the client numbers, outcomes and features, as in a model's description."""
    digest = hashlib.sha256()
    for array in (past.client_ids, past.outcomes, past.values):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
