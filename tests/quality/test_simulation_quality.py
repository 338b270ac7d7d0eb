"""What a model learns from simulated applications holds for real ones."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.simulation_fit.quality import auc, model_inputs
from scoring_dash.data.simulate import simulate

pytestmark = pytest.mark.quality


def test_a_model_trained_on_simulated_applications_ranks_real_ones(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulate(58_000, tmp_path / "portfolio", seed=1)
    simulated = pd.read_csv(tmp_path / "portfolio" / "application_train.csv")
    real = pd.read_csv(real_data / "applications" / "application_train.csv")
    ours, theirs = model_inputs(simulated, real)

    on_real = auc((ours[:50_000], simulated.TARGET[:50_000]), (theirs, real.TARGET))
    on_simulated = auc((ours[:40_000], simulated.TARGET[:40_000]), (ours[40_000:], simulated.TARGET[40_000:]))

    with capsys.disabled():
        print(
            f"\nAUC trained on 50,000 simulated applications: real {on_real:.4f}; 40,000: simulated {on_simulated:.4f}"
        )
    assert on_real >= 0.68
    assert 0.72 <= on_simulated <= 0.79
