"""The spread of the fold models, five clients by hand; and the same numbers as the engine's."""

from pathlib import Path

import numpy as np
import pytest

from scoring_dash.bootstrap import load_services
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.evaluation.spread import spread_figures, summarise
from scoring_dash.model.package import read_package


def test_five_clients_by_hand() -> None:
    low = np.array([0.01, 0.05, 0.08, 0.10, 0.30])
    high = np.array([0.02, 0.11, 0.10, 0.14, 0.50])
    final = np.array([0.015, 0.06, 0.09, 0.12, 0.40])
    found = summarise(low, high, final, 0.10, (0.08, 0.11))
    assert found.median_width == pytest.approx(0.04)
    # Range 0.05 to 0.11 holds 0.10; 0.08 to 0.10 does not: at the threshold all models accept. 0.10 to 0.14 does.
    assert found.straddling == pytest.approx(2 / 5)
    assert found.in_zone == pytest.approx(1 / 5)
    assert found.straddling_outside_zone == pytest.approx(2 / 5)


def test_it_is_the_spread_that_the_engine_shows(tiny_artifacts: Path) -> None:
    services = load_services(tiny_artifacts)
    current = services.portfolio.current
    shown = [services.assess(int(number)) for number in current.client_ids]
    found = spread_figures(services.package, np.asarray(current.features), seed=0)
    assert found is not None
    assert found.median_width == pytest.approx(float(np.median([item.spread_high - item.spread_low for item in shown])))
    disagreed = [item.spread_low <= item.threshold < item.spread_high for item in shown]
    assert found.straddling == pytest.approx(float(np.mean(disagreed)))


def test_without_clients_there_is_none(tiny_artifacts: Path) -> None:
    package = read_package(open_artifact(tiny_artifacts).root / "model")
    assert spread_figures(package, np.zeros((6, 0), dtype=np.float32), seed=0) is None
