"""Row models on the way to training: learnt with the folds of the main model, they add features to its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis
import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.read import read_rows
from scoring_dash.data.features.past_rows.scores import SOURCES, computable_sources
from scoring_dash.model.row_scores import LabelledClients, RowModel, RowModels, RowScorePlan, fit_row_models
from scoring_dash.model.train import TrainingPlan, split_folds
from scoring_dash.pipeline.row_scores import RowScores, score_source, stack
from scoring_dash.pipeline.training_data import Files, TrainingData


def add_row_scores(
    data: TrainingData,
    tables: Mapping[TableName, ibis.Table],
    *,
    seed: int,
    plan: TrainingPlan | None = None,
    row_plan: RowScorePlan | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> TrainingData:
    """Training data with the features that row models give, and the folds that they were cross-fitted with.

    Parameters
    ----------
    data : TrainingData
        Without row scores.
    tables : mapping of TableName to ibis.Table
        Raw tables as read, of the same directory.
    seed : int
    plan : TrainingPlan, optional
        Those of the training to come.
    row_plan : RowScorePlan, optional
        Of the row models.

    Raises
    ------
    ConfigurationError
        If no table has rows to learn from, or one outcome has fewer files than there are folds.
    """
    past = data.past
    fold_of = split_folds(past.outcomes, (plan or TrainingPlan()).folds, seed)
    everybody = np.union1d(past.client_ids, data.current.client_ids)
    labelled = LabelledClients(past.client_ids, past.outcomes, fold_of)
    models, scored = train_row_scores(tables, everybody, labelled, seed=seed, plan=row_plan, progress=progress)
    if not models.by_table:
        raise ConfigurationError(
            f"--row-scores: no rows to learn from; allowed: tables with rows of past clients in {', '.join(SOURCES)}. "
            "Bring such a table, or train without --row-scores."
        )
    return replace(
        data,
        past=_with_values(past, scored),
        current=_with_values(data.current, scored),
        features=(*data.features, *scored.features),
        row_models=models,
        fold_of=fold_of,
    )


def train_row_scores(
    tables: Mapping[TableName, ibis.Table],
    client_ids: NDArray[np.int64],
    past: LabelledClients,
    *,
    seed: int,
    plan: RowScorePlan | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[RowModels, RowScores]:
    """Train row models on the past clients and score everybody, one source after the other to spare memory.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read; sources whose table is absent are left out.
    client_ids : (n,) int64, strictly ascending
        Past and current clients.
    """
    plan = plan or RowScorePlan()
    models: dict[TableName, RowModel] = {}
    blocks = []
    for source in computable_sources(tables):
        rows = read_rows(source, tables, source.available_inputs(tables))
        fitted = fit_row_models({source.table: rows}, past, seed=seed, plan=plan, progress=progress).by_table
        if source.table in fitted:
            models |= fitted
            blocks.append(score_source(rows, fitted[source.table], source, client_ids, past.fold_of_rows))
    return RowModels(models, plan), stack(blocks, client_ids)


def _with_values(files: Files, scored: RowScores) -> Files:
    return replace(files, values=np.concatenate([files.values, scored.values_of(files.client_ids)]))
