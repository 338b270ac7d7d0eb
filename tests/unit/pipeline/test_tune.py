"""Tuning on invented files: equal budgets, the same trials for the same seed, and a plan that can be trained."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from support.tiny_model import QUICK, tiny_data

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.model.train import train_models
from scoring_dash.pipeline.compare.report import as_json
from scoring_dash.pipeline.tune import Method, Trial, TuningReport, tune
from scoring_dash.pipeline.tuning_summary import tuning_summary

DATA = tiny_data()


def untimed(trials: tuple[Trial, ...]) -> list[Trial]:
    return [replace(trial, seconds=0.0) for trial in trials]


@pytest.fixture(scope="module")
def report() -> TuningReport:
    return tune(DATA, tuple(Method), trials=4, seed=0, plan=QUICK)


def test_every_method_has_the_same_budget(report: TuningReport) -> None:
    assert Counter(trial.method for trial in report.trials) == {"random": 4, "grid": 4, "optuna": 4}
    for method in Method:
        assert sorted(trial.number for trial in report.trials if trial.method == method) == [1, 2, 3, 4]


def test_trials_are_ranked_by_log_loss(report: TuningReport) -> None:
    losses = [trial.log_loss for trial in report.trials]
    assert losses == sorted(losses)
    assert len(set(losses)) > 4
    assert report.best.log_loss == min(losses[0], report.baseline.log_loss)


def test_the_same_seed_gives_the_same_trials(report: TuningReport) -> None:
    again = tune(DATA, tuple(Method), trials=4, seed=0, plan=QUICK)
    assert untimed(again.trials) == untimed(report.trials)
    assert again.best_plan == report.best_plan
    other = tune(DATA, (Method.OPTUNA,), trials=4, seed=1, plan=QUICK)
    optuna = [trial.parameters for trial in report.trials if trial.method == Method.OPTUNA]
    assert [trial.parameters for trial in other.trials] != optuna


def test_the_best_plan_can_be_trained(report: TuningReport) -> None:
    plan = report.best_plan
    assert {name: plan.parameters[name] for name in report.best.parameters} == dict(report.best.parameters)
    unsearched = ("learning_rate", "bagging_freq", "max_cat_to_onehot")
    assert {name: plan.parameters[name] for name in unsearched} == {name: QUICK.parameters[name] for name in unsearched}
    past = DATA.past
    models = train_models(past.values, past.outcomes, DATA.features, seed=0, plan=plan)
    assert models.scorer.n_features == len(DATA.features)


def test_the_parameters_in_use_are_kept_if_no_trial_beats_them(report: TuningReport) -> None:
    unbeaten = replace(report, baseline=replace(report.baseline, log_loss=0.0))
    assert unbeaten.best is unbeaten.baseline


def test_the_report_is_json_and_its_table_fits_a_terminal(report: TuningReport) -> None:
    written = json.loads(json.dumps(as_json(report), allow_nan=False))
    assert len(written["trials"]) == 12
    assert written["best_plan"]["parameters"]["max_depth"] == report.best_plan.parameters["max_depth"]
    text = tuning_summary(report)
    assert max(map(len, text.splitlines()[:-1])) <= 110
    for name in ("plan 1", "random 4", "grid 2", "optuna 3", "best:"):
        assert name in text


def test_a_budget_below_one_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="--trials is 0; allowed: 1 or more"):
        tune(DATA, (Method.RANDOM,), trials=0, seed=0, plan=QUICK)
