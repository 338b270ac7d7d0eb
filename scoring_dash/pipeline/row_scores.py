"""Row scores in a batch: from raw tables to the features that trained row models give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName
from scoring_dash.data.features.past_rows.read import read_rows
from scoring_dash.data.features.past_rows.scores import SOURCES, SUMMARIES, score_features
from scoring_dash.data.features.past_rows.source import PastRows, RowInput, RowSource
from scoring_dash.model.row_scores import RowModel, RowModels
from scoring_dash.model.row_summaries import summarise

_DIRECTORY = "row_scores"

ModelOfRows = Callable[[NDArray[np.int64]], NDArray[np.int8]]
"""From the clients of rows to the fold model that may score each, ``UNSEEN`` where no model has learnt from him."""


@dataclass(frozen=True)
class RowScores:
    """Features that row models give.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    values : (n_features, n) float32
        NaN where missing.
    features : tuple of Feature
        What each row of ``values`` is.
    """

    client_ids: NDArray[np.int64]
    values: NDArray[np.float32]
    features: tuple[Feature, ...]

    def values_of(self, client_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n_features, m) float32: some of the clients."""
        return np.ascontiguousarray(self.values[:, np.searchsorted(self.client_ids, client_ids)])


def compute_row_scores(
    models: RowModels,
    tables: Mapping[TableName, ibis.Table],
    client_ids: NDArray[np.int64],
    model_of_rows: ModelOfRows,
) -> RowScores:
    """Score the rows of clients with trained models, and sum them up by client.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read, with every table that the models read and an application table.
    client_ids : (n,) int64, strictly ascending

    Raises
    ------
    ArtifactError
        If a model reads what this program does not know.
    """
    blocks = []
    for table, model in models.by_table.items():
        source = SOURCES[table]
        rows = read_rows(source, tables, _stored_inputs(source, model), model.categories)
        blocks.append(score_source(rows, model, source, client_ids, model_of_rows))
    return stack(blocks, client_ids)


def score_source(
    rows: PastRows, model: RowModel, source: RowSource, client_ids: NDArray[np.int64], model_of_rows: ModelOfRows
) -> RowScores:
    """Features that one row model gives for its source's rows."""
    scores = model.scores(rows, model_of_rows(rows.client_ids))
    values = summarise(rows, scores, client_ids, SUMMARIES[source.table])
    return RowScores(client_ids, values, score_features(source, _stored_inputs(source, model)))


def stack(blocks: Sequence[RowScores], client_ids: NDArray[np.int64]) -> RowScores:
    """The features of several sources of the same clients as one block."""
    values = [np.empty((0, len(client_ids)), dtype=np.float32), *(block.values for block in blocks)]
    return RowScores(client_ids, np.concatenate(values), tuple(item for block in blocks for item in block.features))


def write_row_models(models: RowModels, model_directory: Path) -> None:
    """Write row models beside the main model."""
    models.write(model_directory / _DIRECTORY)


def read_row_models(model_directory: Path) -> RowModels:
    """Load the row models beside a main model whose files' hashes were checked.

    Raises
    ------
    ArtifactError
        If a file is missing or not what it should be.
    """
    return RowModels.read(model_directory / _DIRECTORY)


def _stored_inputs(source: RowSource, model: RowModel) -> tuple[RowInput, ...]:
    known = {item.name: item for item in source.inputs}
    strange = [name for name in model.inputs if name not in known]
    if strange:
        raise ArtifactError(
            f"The row model of {source.table} reads {', '.join(strange)}, which this program does not know. "
            "Train again with `python -m scoring_dash train --row-scores`."
        )
    return tuple(known[name] for name in model.inputs)
