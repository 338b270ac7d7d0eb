"""``tune``: random search, grid search and Optuna over one space, with the same number of trials each.

Every trial is a cross-validation on the folds of ``train``, with early stopping and a larger step than the final
model's; the step is not searched, since a smaller one is better at a price in time only. Trials are ranked by
log-loss: the cost met wavers from one threshold to the next, and choosing by it would choose luck.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.search import Point, SearchSpace, TunedFolds, Tuning, grid_points, random_points
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.compare.run import features_digest, labelled_files
from scoring_dash.pipeline.training_data import TrainingData

SEARCH_STEP = 0.05
SEARCH_ROUNDS = 1500
SEARCH_PATIENCE = 50

Progress = Callable[[str], None]


class Method(StrEnum):
    """How the next trial is chosen."""

    RANDOM = "random"
    GRID = "grid"
    OPTUNA = "optuna"


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of parameters, cross-validated.

    Attributes
    ----------
    method : str
        That proposed it; ``"plan"`` for the parameters in use.
    number : int
        From 1, in the order of the method.
    parameters : mapping of str to number
        LightGBM's, those searched only.
    auc, log_loss, cost : float
        Out of fold; cost per client at ``threshold``, the one of least cost.
    rounds : int
        Trees, the mean of the folds' best.
    """

    method: str
    number: int
    parameters: Point
    auc: float
    log_loss: float
    cost: float
    threshold: float
    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class TuningReport:
    """Everything that one run of ``tune`` found.

    Attributes
    ----------
    budget : int
        Trials that each method was allowed; a grid uses the largest full one that fits.
    baseline : Trial
        The parameters in use, under the same conditions; not one of ``trials``.
    trials : tuple of Trial
        By log-loss, the best first.
    best_plan : TrainingPlan
        The best trial's parameters, or those in use if no trial beats them, at the step and patience of ``train``.
    """

    seed: int
    budget: int
    files: int
    features: int
    default_rate: float
    features_sha256: str
    simulated: bool
    baseline: Trial
    trials: tuple[Trial, ...]
    best_plan: TrainingPlan

    @property
    def best(self) -> Trial:
        """The trial of least log-loss, or the baseline if none beats it."""
        return min((self.baseline, *self.trials), key=lambda trial: trial.log_loss)


def tune(
    data: TrainingData,
    methods: tuple[Method, ...],
    *,
    trials: int,
    seed: int,
    plan: TrainingPlan | None = None,
    progress: Progress = lambda _: None,
) -> TuningReport:
    """Search the space by each method with the same number of trials.

    Parameters
    ----------
    data : TrainingData
        Only the past files take part.
    trials : int
        Allowed to each method, at least 1.
    seed : int
        Of the folds, the boosting and the searches: the same seed gives the same trials and figures.
    plan : TrainingPlan, optional
        The parameters in use; gives the folds and whatever is not searched.

    Raises
    ------
    ConfigurationError
        If ``trials`` is below 1, or one outcome has fewer files than there are folds.
    """
    if trials < 1:
        raise ConfigurationError(f"--trials is {trials}; allowed: 1 or more.")
    plan = plan or TrainingPlan()
    files = labelled_files(data, plan, seed)
    runner = _Runner(TunedFolds(files, _searching(plan)), progress)
    space = SearchSpace()
    baseline = runner.run("plan", 1, space.of_plan(plan))
    found: list[Trial] = []
    for method in methods:
        found += runner.search(method, space, trials, seed)
    ranked = tuple(sorted(found, key=lambda trial: trial.log_loss))
    best = min((baseline, *ranked), key=lambda trial: trial.log_loss)
    return TuningReport(
        seed=seed,
        budget=trials,
        files=len(files.outcomes),
        features=len(files.features),
        default_rate=float(files.outcomes.mean()),
        features_sha256=features_digest(data.past),
        simulated=data.simulated,
        baseline=baseline,
        trials=ranked,
        best_plan=replace(plan, parameters={**plan.parameters, **best.parameters}),
    )


def _searching(plan: TrainingPlan) -> TrainingPlan:
    """Give the plan under which trials run: fewer, larger steps."""
    return replace(
        plan,
        most_rounds=min(plan.most_rounds, SEARCH_ROUNDS),
        patience=min(plan.patience, SEARCH_PATIENCE),
        parameters={**plan.parameters, "learning_rate": SEARCH_STEP},
    )


@dataclass(frozen=True)
class _Runner:
    folds: TunedFolds
    progress: Progress

    def search(self, method: Method, space: SearchSpace, trials: int, seed: int) -> list[Trial]:
        if method is Method.OPTUNA:
            return self._optuna(space, trials, seed)
        points = random_points(space, trials, seed) if method is Method.RANDOM else grid_points(space, trials)
        return self._run_all(method, points)

    def run(self, method: str, number: int, point: Point) -> Trial:
        start = time.perf_counter()
        tuned: Tuning = self.folds.cross_validate(point)
        seconds = time.perf_counter() - start
        self.progress(f"{method} {number}: log-loss {tuned.log_loss:.5f}, AUC {tuned.auc:.4f}, cost {tuned.cost:.4f}")
        return Trial(
            method, number, point, tuned.auc, tuned.log_loss, tuned.cost, tuned.threshold, tuned.rounds, seconds
        )

    def _run_all(self, method: Method, points: Iterable[Point]) -> list[Trial]:
        return [self.run(method, number, point) for number, point in enumerate(points, start=1)]

    def _optuna(self, space: SearchSpace, trials: int, seed: int) -> list[Trial]:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.WARNING)
        # A third of a small budget is drawn at random first; optuna's own ten would leave it little to learn.
        sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=min(10, max(2, trials // 3)))
        study = optuna.create_study(direction="minimize", sampler=sampler)
        found: list[Trial] = []

        def objective(trial: optuna.Trial) -> float:
            found.append(self.run(Method.OPTUNA, trial.number + 1, space.suggest(trial)))
            return found[-1].log_loss

        study.optimize(objective, n_trials=trials)
        return found
