"""A small model over invented clients, trained in a second: for tests of everything behind the raw tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from support.tiny_histories import tiny_histories

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.store import pack_applications
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.train import TrainingReport, train
from scoring_dash.pipeline.training_data import Files, TrainingData

APPLICATION = TableName.APPLICATION_TRAIN


def _feature(
    name: str, column: str, unit: Unit, theme: Theme, monotone: int = 0, table: TableName = APPLICATION
) -> Feature:
    words = name.replace("_", " ").capitalize()
    window = "application" if table is APPLICATION else "all"
    counts = unit is Unit.COUNT
    return Feature(
        name, table, (column,), window, unit, theme, words, words, monotone=monotone, zero_when_no_rows=counts
    )


FEATURES = (
    _feature("external_score_1", "EXT_SOURCE_1", Unit.SCORE, Theme.EXTERNAL_SCORES, -1),
    _feature("external_score_2", "EXT_SOURCE_2", Unit.SCORE, Theme.EXTERNAL_SCORES, -1),
    _feature("credit_amount", "AMT_CREDIT", Unit.CURRENCY, Theme.LOAN_SIZE, 1),
    _feature("income_type", "NAME_INCOME_TYPE", Unit.CATEGORY, Theme.INCOME_JOB),
    _feature("late_share", "DAYS_INSTALMENT", Unit.SHARE, Theme.RECENT_PUNCTUALITY, 1, TableName.INSTALLMENTS_PAYMENTS),
    _feature("bureau_count", "SK_ID_BUREAU", Unit.COUNT, Theme.CREDIT_HISTORY, 0, TableName.BUREAU),
)
CATEGORIES = {"income_type": ("Pensioner", "Working")}
QUICK = TrainingPlan(folds=3, most_rounds=40, patience=10, prune=False)


def tiny_data(*, past: int = 900, current: int = 60, seed: int = 0) -> TrainingData:
    """Invented files whose risk depends on every feature."""
    random = np.random.default_rng(seed)
    n = past + current
    values = np.array(
        [
            np.where(random.random(n) < 0.4, np.nan, random.beta(2, 2, n)),
            random.beta(3, 2, n),
            np.round(random.lognormal(13, 0.6, n), -3),
            random.integers(0, 2, n),
            np.where(random.random(n) < 0.1, np.nan, random.beta(1, 6, n)),
            random.poisson(3, n),
        ],
        dtype=np.float32,
    )
    margin = -1.5 - 3 * (values[1] - 0.6) + values[3] + 6 * np.nan_to_num(values[4]) + 0.3 * (values[2] / 4e5 - 1)
    outcomes = (random.random(n) < 1 / (1 + np.exp(-margin))).astype(np.int8)
    ids = 100_001 + np.sort(random.choice(5 * n, n, replace=False)).astype(np.int64)
    chosen = np.sort(random.choice(n, past, replace=False))
    rest = np.setdiff1d(np.arange(n), chosen)
    return TrainingData(
        past=_files(ids, values, outcomes, chosen),
        current=_files(ids, values, np.full(n, -1, dtype=np.int8), rest),
        features=FEATURES,
        categories=CATEGORIES,
        text_values={"NAME_INCOME_TYPE": CATEGORIES["income_type"]},
        tables=("application_train", "application_test", "bureau", "installments_payments"),
        simulated=True,
        histories=tiny_histories(past, current),
    )


def train_tiny(artifacts: Path, *, seed: int = 0) -> TrainingReport:
    """Train and write the small model."""
    return train(tiny_data(), artifacts, seed=seed, plan=QUICK, progress=lambda _: None)


def load_tiny(artifacts: Path) -> LoadedServices:
    """Train, write and load the small model."""
    train_tiny(artifacts)
    return load_services(artifacts)


def _files(ids: np.ndarray, values: np.ndarray, outcomes: np.ndarray, chosen: np.ndarray) -> Files:
    amounts, codes = values[2, chosen].astype(np.float64), values[3, chosen].astype(np.int16)
    records = pack_applications([("AMT_CREDIT", amounts), ("NAME_INCOME_TYPE", codes)])
    return Files(ids[chosen], np.ascontiguousarray(values[:, chosen]), outcomes[chosen], records)
