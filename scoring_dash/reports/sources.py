"""What the model card is written from: a checked artifact, its evaluation, and a comparison if there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.description import ModelDescription, read_description
from scoring_dash.model.evaluation.document import read_evaluation
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.results import Evaluation

_SAME_RATE = 2e-6
"""Both rates are rounded to 6 decimals."""


@dataclass(frozen=True, slots=True)
class ComparedFamily:
    """One line of ``compare``: a family of models and its out-of-fold figures.

    Attributes
    ----------
    slope : float or None
        Of the calibration line; None where all probabilities are equal.
    """

    family: str
    imbalance: str
    metrics: Mapping[str, Metric]
    mean_probability: float
    slope: float | None


@dataclass(frozen=True, slots=True)
class ComparedSet:
    """One set of features beside the lawful one; ``auc_change`` and ``cost_change`` are None for that one itself."""

    name: str
    kind: str
    group: str | None
    features: int
    auc: float
    auc_change: Metric | None
    cost_change: Metric | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``compare --out`` wrote, as far as documents tell it."""

    files: int
    features: int
    folds: int
    default_rate: float
    tables: tuple[str, ...]
    features_sha256: str
    families: tuple[ComparedFamily, ...]
    exclusions: tuple[ComparedSet, ...]


@dataclass(frozen=True)
class CardSources:
    """Everything that a model card may say."""

    version: str
    description: ModelDescription
    evaluation: Evaluation
    comparison: Comparison | None = None

    @property
    def comparison_is_of_these_files(self) -> bool:
        """Whether the comparison read the same tables with the same clients and outcomes.

        Features may differ: training prunes them, a comparison does not. So the files are told apart by their tables,
        number and default rate where the hash of the features cannot tell.
        """
        if self.comparison is None:
            return False
        found, training = self.comparison, self.description.training
        rate = self.evaluation.metrics["default_rate"].value
        return found.features_sha256 == training["features_sha256"] or (
            found.tables == tuple(sorted(training["tables"]))
            and found.files == self.evaluation.files
            and abs(found.default_rate - rate) < _SAME_RATE
        )


def read_sources(artifacts: Path, comparison: Path | None = None) -> CardSources:
    """Check every hash of the version in service, then read its description and evaluation.

    Raises
    ------
    ArtifactError
        If the artifact is damaged, or was written before evaluations were stored.
    ConfigurationError
        If the comparison cannot be read.
    """
    artifact = open_artifact(artifacts)
    model = artifact.root / "model"
    return CardSources(
        artifact.version,
        read_description(model / "model.json"),
        read_evaluation(model),
        None if comparison is None else read_comparison(comparison),
    )


def read_comparison(path: Path) -> Comparison:
    """Read what ``compare --out`` wrote.

    Raises
    ------
    ConfigurationError
        If the file cannot be read, or is no such report.
    """
    try:
        return parse_comparison(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(
            f"{path}: is no report of a comparison ({error!r}). Write one with "
            f"`python -m scoring_dash compare --data DIR --out {path.name}`."
        ) from error


def parse_comparison(content: Mapping[str, Any]) -> Comparison:
    """A comparison out of its JSON values.

    Raises
    ------
    KeyError, TypeError, ValueError
        If an entry is missing or of the wrong kind.
    """
    return Comparison(
        files=int(content["files"]),
        features=int(content["features"]),
        folds=int(content["folds"]),
        default_rate=float(content["default_rate"]),
        tables=tuple(sorted(content["tables"])),
        features_sha256=str(content["features_sha256"]),
        families=tuple(_family(entry) for entry in content["families"]),
        exclusions=tuple(_set(entry) for entry in content["exclusions"]),
    )


def _family(entry: Mapping[str, Any]) -> ComparedFamily:
    calibration = entry["calibration"]
    slope = calibration["slope"]
    return ComparedFamily(
        family=str(entry["family"]),
        imbalance=str(entry["imbalance"]),
        metrics={name: Metric(**metric) for name, metric in entry["metrics"].items()},
        mean_probability=float(calibration["mean_probability"]),
        slope=None if slope is None else float(slope),
    )


def _set(entry: Mapping[str, Any]) -> ComparedSet:
    change = entry["difference"]
    return ComparedSet(
        name=str(entry["name"]),
        kind=str(entry["kind"]),
        group=entry["group"],
        features=int(entry["features"]),
        auc=float(entry["auc"]),
        auc_change=Metric(**change["auc"]) if change else None,
        cost_change=Metric(**change["cost"]) if change else None,
    )
