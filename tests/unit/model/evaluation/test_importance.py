"""Global importance: the shares add up, and a theme is the sum of its features before the absolute value."""

from pathlib import Path

import numpy as np
import pytest

from scoring_dash.data.store import read_portfolio
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.evaluation.importance import importance
from scoring_dash.model.package import read_package


def test_figures_equal_the_mean_of_the_clients_contributions(tiny_artifacts: Path) -> None:
    root = open_artifact(tiny_artifacts).root
    package, past = read_package(root / "model"), read_portfolio(root / "portfolio").past
    found = importance(package, np.asarray(past.features), seed=0)
    values = package.scorer.contributions(np.ascontiguousarray(past.features.T), package.scorer.final)[:, :-1]
    names = [feature.name for feature in package.description.features]
    for weight in found.features:
        assert weight.contribution == pytest.approx(np.abs(values[:, names.index(weight.name)]).mean())
    scores = [i for i, feature in enumerate(package.description.features) if feature.theme == "external_scores"]
    theme = next(weight for weight in found.themes if weight.name == "external_scores")
    assert theme.contribution == pytest.approx(np.abs(values[:, scores].sum(axis=1)).mean())
    for weights in (found.features, found.themes):
        assert sum(weight.gain for weight in weights) == pytest.approx(1.0)
        assert [w.contribution for w in weights] == sorted((w.contribution for w in weights), reverse=True)
