"""What the law forbids moves no score: forbidden columns are shuffled among clients, and not one bit may change."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from scoring_dash.bootstrap import load_services
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.features.forbidden import FORBIDDEN_DEFINITIONS
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.schema import TABLES
from scoring_dash.data.simulate import simulate
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.description import read_description
from scoring_dash.model.train import TrainingPlan, split_folds, train_models
from scoring_dash.pipeline.compare.exclusions import load_forbidden_features
from scoring_dash.pipeline.score import score
from scoring_dash.pipeline.train import train
from scoring_dash.pipeline.training_data import TrainingData, load_training_data, open_tables

PLAN = TrainingPlan(folds=3, most_rounds=60, patience=20)


def load(directory: Path) -> TrainingData:
    with open_tables(directory, labelled=True) as raw:
        return load_training_data(raw)


def ages(directory: Path, data: TrainingData) -> np.ndarray:
    with open_tables(directory, labelled=True) as raw:
        matrix = load_forbidden_features(raw.tables, data.past.client_ids)
    return matrix.values[[feature.name for feature in matrix.features].index("age_days")]


def shuffle_forbidden(source: Path, target: Path) -> set[str]:
    """Copy the tables with the values of each forbidden column dealt to other rows; tell which columns changed."""
    target.mkdir()
    changed = set()
    random = np.random.default_rng(0)
    for path in source.iterdir():
        if path.suffix != ".csv":
            (target / path.name).write_bytes(path.read_bytes())
            continue
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        lines = np.array(rows, dtype=object)
        for place, column in enumerate(header):
            if column in forbidden_columns(TableName(path.stem)):
                dealt = lines[random.permutation(len(lines)), place]
                if (dealt != lines[:, place]).any():
                    changed.add(column)
                lines[:, place] = dealt
        with (target / path.name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *lines.tolist()])
    return changed


def forbidden_columns(table: TableName) -> set[str]:
    columns = TABLES[table].columns
    return {column.name for column in columns if column.use is ColumnUse.FORBIDDEN and column.name != "TARGET"}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("law") / "tables"
    simulate(1200, directory, 0, progress=lambda _: None)
    return directory


@pytest.fixture(scope="module")
def data(portfolio: Path) -> TrainingData:
    return load(portfolio)


@pytest.fixture(scope="module")
def artifacts(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("law-model") / "artifacts"
    train(data, directory, seed=0, plan=PLAN, progress=lambda _: None)
    return directory


@pytest.fixture(scope="module")
def shuffled(portfolio: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("law-shuffled") / "tables"
    changed = shuffle_forbidden(portfolio, directory)
    assert {"CODE_GENDER", "DAYS_BIRTH", "NAME_FAMILY_STATUS", "REGION_RATING_CLIENT", "TOTALAREA_MODE"} <= changed
    return directory


def test_a_trained_model_reads_no_forbidden_column(artifacts: Path) -> None:
    model = open_artifact(artifacts).root / "model"
    features = {feature.name: feature for feature in read_description(model / "model.json").features}
    boosters = [lightgbm.Booster(model_file=str(path)) for path in sorted(model.glob("booster_*.txt"))]
    assert len(boosters) == PLAN.folds + 1
    gains: dict[tuple[TableName, str], float] = {}
    for booster in boosters:
        gain = dict(zip(booster.feature_name(), booster.feature_importance("gain"), strict=True))
        assert gain.keys() == features.keys()
        for name, value in gain.items():
            for pair in raw_columns(features[name]):
                gains[pair] = gains.get(pair, 0.0) + float(value)
    assert sum(gains.values()) > 0, "the model has learnt something"
    assert not [pair for pair in gains if pair[1] in forbidden_columns(pair[0])]


def test_shuffled_forbidden_columns_leave_every_score_bit_identical(
    data: TrainingData, artifacts: Path, portfolio: Path, shuffled: Path, tmp_path: Path
) -> None:
    altered = load(shuffled)
    for before, after in ((data.past, altered.past), (data.current, altered.current)):
        assert before.values.tobytes() == after.values.tobytes()
        assert before.applications.tobytes() == after.applications.tobytes()
    services = load_services(artifacts)
    for name, directory in (("before", portfolio), ("after", shuffled)):
        score(services, directory, tmp_path / f"{name}.csv", progress=lambda _: None)
    assert (tmp_path / "before.csv").read_bytes() == (tmp_path / "after.csv").read_bytes()
    assert len(set(services.portfolio.current.probabilities.tolist())) > 50


def test_the_shuffle_would_move_the_scores_of_a_model_that_reads_age(
    data: TrainingData, portfolio: Path, shuffled: Path
) -> None:
    """Without this the test above could pass because the shuffle does nothing that a model would see."""
    age = next(item.feature for item in FORBIDDEN_DEFINITIONS if item.name == "age_days")
    past = data.past

    def rows(ages_of_past: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(np.vstack([past.values, ages_of_past]).T)

    fold_of = split_folds(past.outcomes, PLAN.folds, 0)
    before, after = (rows(ages(directory, data)) for directory in (portfolio, shuffled))
    # Few trees on few clients: each may look at every feature, so that age is sure to be met.
    eager = replace(PLAN, parameters={**PLAN.parameters, "learning_rate": 0.1, "feature_fraction": 1.0})
    unlawful = train_models(
        np.ascontiguousarray(before.T), past.outcomes, [*data.features, age], seed=0, plan=eager, fold_of=fold_of
    )
    final = unlawful.scorer.final
    assert differ(unlawful.scorer.margin(before, final), unlawful.scorer.margin(after, final)) > 0.1


def differ(first: Iterable[float], second: Iterable[float]) -> float:
    return float(np.mean(np.asarray(first) != np.asarray(second)))
