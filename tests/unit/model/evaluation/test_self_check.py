"""The self-check: integrals against draws, silence for a sound model, a warning for an unsound one."""

import numpy as np
import pytest

from scoring_dash.model.cost import cost_per_client
from scoring_dash.model.evaluation.metrics import evaluate
from scoring_dash.model.evaluation.self_check import expected_figures, self_check


def sound(seed: int, n: int = 40_000, width: float = 1.1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    probabilities = 1 / (1 + np.exp(-random.normal(-2.9, width, n)))
    return probabilities, (random.random(n) < probabilities).astype(np.int8)


def test_expected_figures_are_those_of_many_draws() -> None:
    """Slow reference: draw the score, draw the outcome, measure."""
    probabilities, defaulted = sound(0, 400_000)
    drawn = evaluate(probabilities, defaulted, 0.1, seed=0, replicates=1)
    found = expected_figures(drawn["auc"].value, drawn["default_rate"].value, 0.1)
    assert found["ks"] == pytest.approx(drawn["ks"].value, abs=0.006)
    assert found["pr_auc"] == pytest.approx(drawn["pr_auc"].value, abs=0.006)
    assert found["brier"] == pytest.approx(drawn["brier"].value, abs=0.0006)
    assert found["log_loss"] == pytest.approx(drawn["log_loss"].value, abs=0.002)
    assert found["cost"] == pytest.approx(cost_per_client(probabilities, defaulted, 0.1), abs=0.006)


@pytest.mark.parametrize(
    ("auc", "brier", "cost"), [(0.7745, 0.0665, 0.510), (0.795, 0.0652, 0.482), (0.804, 0.0644, 0.470)]
)
def test_expected_figures_are_those_published_for_these_data(auc: float, brier: float, cost: float) -> None:
    found = expected_figures(auc, 0.0807, 1 / 11)
    assert found["brier"] == pytest.approx(brier, abs=0.0003)
    assert found["cost"] == pytest.approx(cost, abs=0.002)


def test_a_score_that_says_nothing_costs_what_accepting_all_costs() -> None:
    found = expected_figures(0.5, 0.08, 1 / 11)
    assert found == pytest.approx(
        {"ks": 0.0, "pr_auc": 0.08, "brier": 0.08 * 0.92, "log_loss": 0.278769, "cost": 0.8}, abs=1e-6
    )


def test_a_sound_model_is_left_in_peace() -> None:
    probabilities, defaulted = sound(1)
    found = self_check(evaluate(probabilities, defaulted, 0.09, seed=0, replicates=20), 0.09)
    assert found.warnings == ()
    assert all(figure.fits for figure in found.figures)


def test_class_weights_show_in_the_brier_score_and_the_cost() -> None:
    probabilities, defaulted = sound(2)
    weighted = 11 * probabilities / (1 + 10 * probabilities)  # odds times 11: same ranking, same AUC
    found = self_check(evaluate(weighted, defaulted, 0.09, seed=0, replicates=20), 0.09)
    misfits = {figure.name for figure in found.figures if not figure.fits}
    assert misfits == {"brier", "log_loss", "cost"}
    assert len(found.warnings) == 3


def test_too_good_a_ranking_is_suspect() -> None:
    found = self_check(evaluate(*sound(3, width=1.9), 0.09, seed=0, replicates=20), 0.09)
    assert "suspect a leak" in found.warnings[0]
    assert len(found.warnings) == 1  # calibrated all the same: the other figures fit
