"""What a model is besides its trees: features, calibrator, rule, metrics; one JSON file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.feature import Feature, TypicalIncomes, read_feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import ColumnUse, Theme
from scoring_dash.model.calibrate import Calibrator
from scoring_dash.model.cost import DecisionRule


@dataclass(frozen=True)
class ModelDescription:
    """Everything needed to use and to explain a model.

    Attributes
    ----------
    features : tuple of Feature
        Inputs in the order of the model's columns; none may be forbidden.
    categories : mapping of str to tuple of str
        For each categorical feature, the names behind the codes 0, 1, 2, …
    ranges : mapping of str to (low, high)
        Least and greatest value seen in training, numeric features only.
    typical_values : mapping of str to FeatureValue
        Median, or most frequent category, among the applicants just inside the threshold.
    bin_edges : mapping of str to tuple of float
        Inner edges of the bars in which a numeric feature is compared.
    metrics : mapping
        Out-of-fold figures with intervals.
    training : mapping
        Parameters, rounds, seed, hash of the data: what ``train`` was asked and what it found.
    novelty_bound : float
        Distance to the nearest past file, in log-odds by theme, above which a file resembles none.
    typical_incomes : TypicalIncomes
        What a declared income is compared with, if a feature does.
    """

    features: tuple[Feature, ...]
    categories: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, tuple[float, float]]
    typical_values: Mapping[str, FeatureValue]
    bin_edges: Mapping[str, tuple[float, ...]]
    calibrator: Calibrator
    rule: DecisionRule
    metrics: Mapping[str, Mapping[str, float]]
    training: Mapping[str, Any]
    simulated: bool
    novelty_bound: float
    typical_incomes: TypicalIncomes = field(default_factory=dict)

    def __post_init__(self) -> None:
        forbidden = [feature.name for feature in self.features if feature.use is ColumnUse.FORBIDDEN]
        if forbidden:
            raise ArtifactError(
                f"The model uses {', '.join(forbidden)}, forbidden in a credit decision. Train on lawful features only."
            )
        if not 0 < self.rule.threshold < 1:
            raise ArtifactError(
                f"The model's threshold is {self.rule.threshold!r}; allowed: between 0 and 1. Train again."
            )

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Column of each feature name."""
        return {feature.name: position for position, feature in enumerate(self.features)}

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """Themes in use, in the order of :class:`Theme`."""
        used = {feature.theme for feature in self.features}
        return tuple(theme for theme in Theme if theme in used)

    @cached_property
    def theme_matrix(self) -> NDArray[np.float64]:
        """(n_features, n_themes) of 0 and 1: ``contributions @ theme_matrix`` sums by theme."""
        return np.array([[float(feature.theme is theme) for theme in self.themes] for feature in self.features])

    def read_value(self, feature: int, stored: float) -> FeatureValue:
        """Value of a person's reading from the number stored for the model."""
        if math.isnan(stored):
            return None
        names = self.categories.get(self.features[feature].name)
        return float(stored) if names is None else names[int(stored)]


def write_description(description: ModelDescription, path: Path) -> None:
    """Write as JSON, sorted, so that equal descriptions have equal bytes."""
    content = asdict(description)
    path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def read_description(path: Path) -> ModelDescription:
    """Read what :func:`write_description` wrote.

    Raises
    ------
    ArtifactError
        If an entry is missing or of the wrong kind.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return ModelDescription(
            features=tuple(read_feature(entry) for entry in content["features"]),
            categories={name: tuple(values) for name, values in content["categories"].items()},
            ranges={name: (float(low), float(high)) for name, (low, high) in content["ranges"].items()},
            typical_values=content["typical_values"],
            bin_edges={name: tuple(edges) for name, edges in content["bin_edges"].items()},
            calibrator=Calibrator(**content["calibrator"]),
            rule=DecisionRule(**content["rule"]),
            metrics=content["metrics"],
            training=content["training"],
            simulated=content["simulated"],
            novelty_bound=float(content["novelty_bound"]),
            typical_incomes=content["typical_incomes"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtifactError(
            f"{path}: an entry is missing or of the wrong kind ({error!r}). Train again with this program."
        ) from error
