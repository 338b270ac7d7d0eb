"""Row models: a score for each past application, credit elsewhere and instalment, by how its client fared later.

A row's label is its client's outcome, so a row model must never score a client whose outcome it learnt from: the models
are cross-fitted **by client**, with the folds of the main model. A past client of fold k is scored by row model k; a
client that no model has seen gets the mean margin of them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.source import PastRows

UNSEEN: Final = -1
"""Model of a client whose outcome no row model has learnt from."""

SCORE_PARTS: Final = 1_000_000
"""Scores are whole millionths, so that sums over a client's rows are exact."""

_FORMAT: Final = 1
_DESCRIPTION: Final = "row_models.json"
_THREADS: Final = 2


@dataclass(frozen=True)
class RowScorePlan:
    """How row models are trained.

    Attributes
    ----------
    rounds : int
        Trees of each model, fixed: rows of one client resemble each other, and stopping early on some of them would
        cost further models for no measurable gain.
    parameters : mapping
        LightGBM's; depth, leaves and learning rate as in NoxMoon's solution of the original competition.
    """

    rounds: int = 300
    parameters: dict[str, Any] = field(
        default_factory=lambda: {
            "learning_rate": 0.05,
            "max_depth": 5,
            "num_leaves": 20,
            "min_child_samples": 100,
            "feature_fraction": 0.5,
            "lambda_l2": 10.0,
            "cat_smooth": 30.0,
            "min_data_per_group": 200,
            "max_bin": 255,
        }
    )


@dataclass(frozen=True)
class LabelledClients:
    """Past clients, their outcomes, and the folds of the main model.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    outcomes : (n,) int8, 0 or 1
    fold_of : (n,) int8
        Fold that holds the client out: 0, 1, 2 …
    """

    client_ids: NDArray[np.int64]
    outcomes: NDArray[np.int8]
    fold_of: NDArray[np.int8]

    def fold_of_rows(self, client_ids: NDArray[np.int64]) -> NDArray[np.int8]:
        """(m,) int8: fold of each row's client, ``UNSEEN`` for a client who is not among these."""
        places, known = self._places(client_ids)
        return np.where(known, self.fold_of[places], np.int8(UNSEEN)).astype(np.int8)

    def outcome_of_rows(self, client_ids: NDArray[np.int64]) -> NDArray[np.int8]:
        """(m,) int8: outcome of each row's client, -1 for a client who is not among these."""
        places, known = self._places(client_ids)
        return np.where(known, self.outcomes[places], np.int8(-1)).astype(np.int8)

    def _places(self, client_ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        places = np.minimum(np.searchsorted(self.client_ids, client_ids), len(self.client_ids) - 1)
        return places, self.client_ids[places] == client_ids


@dataclass(frozen=True)
class RowModel:
    """The fold models of one source.

    Attributes
    ----------
    boosters : tuple of lightgbm.Booster
        Of each fold, in order.
    inputs : tuple of str
        Columns that the boosters read.
    categories : mapping of str to tuple of str
        Of each categorical input, the names behind its codes.
    rows : int
        Labelled rows that it learnt from.
    auc : float
        Of the out-of-fold scores, row by row.
    """

    boosters: tuple[lightgbm.Booster, ...]
    inputs: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    rows: int
    auc: float

    def scores(self, rows: PastRows, model_of_row: NDArray[np.int8]) -> NDArray[np.int64]:
        """Score rows.

        Parameters
        ----------
        rows : PastRows
            With the inputs and the categories of this model.
        model_of_row : (n,) int8
            The fold model that may score the row, or ``UNSEEN``.

        Returns
        -------
        (n,) int64
            Probability in millionths, from 0 to 1,000,000; a row's score does not depend on the other rows.
        """
        margins = np.empty(len(model_of_row))
        for fold in range(len(self.boosters)):
            members = model_of_row == fold
            margins[members] = self._margins(rows.values[members], fold)
        unseen = model_of_row == UNSEEN
        margins[unseen] = self._mean_margins(rows.values[unseen])
        return np.rint(SCORE_PARTS / (1 + np.exp(-margins))).astype(np.int64)

    def _mean_margins(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        total = np.zeros(len(values))
        for fold in range(len(self.boosters)):
            total += self._margins(values, fold)
        return total / len(self.boosters)

    def _margins(self, values: NDArray[np.float32], fold: int) -> NDArray[np.float64]:
        if len(values) == 0:
            return np.zeros(0)
        return np.asarray(self.boosters[fold].predict(values, raw_score=True, num_threads=_THREADS))


@dataclass(frozen=True)
class RowModels:
    """The row models of an artifact, by the table whose rows they score."""

    by_table: Mapping[TableName, RowModel]
    plan: RowScorePlan

    def write(self, directory: Path) -> None:
        """Write each booster as LightGBM's text, and what they read as JSON."""
        directory.mkdir()
        tables = {}
        for table, model in self.by_table.items():
            for fold, booster in enumerate(model.boosters):
                text = booster.model_to_string(num_iteration=-1)
                (directory / _file_name(table, fold)).write_text(text, encoding="utf-8")
            tables[str(table)] = {
                "boosters": len(model.boosters),
                "inputs": model.inputs,
                "categories": dict(model.categories),
                "rows": model.rows,
                "auc": round(model.auc, 6),
            }
        content = {"format": _FORMAT, "plan": asdict(self.plan), "tables": tables}
        text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (directory / _DESCRIPTION).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> RowModels:
        """Load what :meth:`write` wrote; the files' hashes must have been checked before.

        Raises
        ------
        ArtifactError
            If a file is missing or not what it should be.
        """
        path = directory / _DESCRIPTION
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] != _FORMAT:
                raise ArtifactError(f"{path}: format is {content['format']!r}; allowed: {_FORMAT}. Train again.")
            models = {TableName(name): _read_model(directory, name, item) for name, item in content["tables"].items()}
            return cls(models, RowScorePlan(**content["plan"]))
        except (OSError, KeyError, TypeError, ValueError, lightgbm.basic.LightGBMError) as error:
            raise ArtifactError(
                f"{path}: the row models cannot be read ({type(error).__name__}: {error}). "
                "Train again with `python -m scoring_dash train --row-scores`."
            ) from error


def fit_row_models(
    rows: Mapping[TableName, PastRows],
    clients: LabelledClients,
    *,
    seed: int,
    plan: RowScorePlan | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> RowModels:
    """Train the row models of every source, each fold's on the clients outside the fold.

    Parameters
    ----------
    rows : mapping of TableName to PastRows
        Rows of clients who are not among ``clients`` are ignored.
    seed : int
        Of the boosting: same rows, folds and seed, same models.

    Returns
    -------
    RowModels
        A source is left out if the clients outside some fold have no row of either outcome: there is nothing to learn.
    """
    plan = plan or RowScorePlan()
    models = {}
    for table, group in rows.items():
        fold_of_row = clients.fold_of_rows(group.client_ids)
        outcomes = clients.outcome_of_rows(group.client_ids)
        folds = int(clients.fold_of.max()) + 1
        if not _can_learn(outcomes, fold_of_row, folds):
            progress(f"row scores of {table}: left out, too few rows of past clients")
            continue
        models[table] = _fit(group, outcomes, fold_of_row, folds, {**plan.parameters, **_fixed(seed)}, plan.rounds)
        progress(f"row scores of {table}: {models[table].rows} rows, AUC {models[table].auc:.3f} row by row")
    return RowModels(models, plan)


def _can_learn(outcomes: NDArray[np.int8], fold_of_row: NDArray[np.int8], folds: int) -> bool:
    return all(
        bool(np.any((fold_of_row != fold) & (outcomes == outcome))) for fold in range(folds) for outcome in (0, 1)
    )


def _fixed(seed: int) -> dict[str, Any]:
    return {
        "objective": "binary",
        "seed": seed,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": _THREADS,
        "verbosity": -1,
    }


def _fit(
    rows: PastRows,
    outcomes: NDArray[np.int8],
    fold_of_row: NDArray[np.int8],
    folds: int,
    parameters: dict[str, Any],
    rounds: int,
) -> RowModel:
    boosters = []
    for fold in range(folds):
        training = (fold_of_row != UNSEEN) & (fold_of_row != fold)
        dataset = lightgbm.Dataset(
            rows.values[training],
            label=outcomes[training],
            feature_name=list(rows.inputs),
            categorical_feature=[i for i, name in enumerate(rows.inputs) if name in rows.categories],
            free_raw_data=True,
        )
        boosters.append(_as_read_back(lightgbm.train(parameters, dataset, num_boost_round=rounds)))
    labelled = fold_of_row != UNSEEN
    model = RowModel(tuple(boosters), rows.inputs, rows.categories, int(labelled.sum()), float("nan"))
    scores = model.scores(rows, fold_of_row)[labelled]
    return RowModel(model.boosters, rows.inputs, rows.categories, model.rows, _auc(scores, outcomes[labelled]))


def _as_read_back(booster: lightgbm.Booster) -> lightgbm.Booster:
    return lightgbm.Booster(model_str=booster.model_to_string(num_iteration=-1))


def _auc(scores: NDArray[np.int64], outcomes: NDArray[np.int8]) -> float:
    """Share of pairs (in default, repaid) that the scores put in the right order; a tie counts half."""
    repaid = np.sort(scores[outcomes == 0])
    defaulted = scores[outcomes == 1]
    below = np.searchsorted(repaid, defaulted, side="left").astype(np.int64)
    up_to = np.searchsorted(repaid, defaulted, side="right").astype(np.int64)
    return float(int((below + up_to).sum()) / (2 * len(repaid) * len(defaulted)))


def _read_model(directory: Path, name: str, item: Mapping[str, Any]) -> RowModel:
    texts = [(directory / _file_name(name, fold)).read_text(encoding="utf-8") for fold in range(item["boosters"])]
    return RowModel(
        tuple(lightgbm.Booster(model_str=text) for text in texts),
        tuple(item["inputs"]),
        {name: tuple(values) for name, values in item["categories"].items()},
        int(item["rows"]),
        float(item["auc"]),
    )


def _file_name(table: str, fold: int) -> str:
    return f"{table}_{fold:02d}.txt"
