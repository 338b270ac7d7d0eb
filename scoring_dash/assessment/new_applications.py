"""Applications that no portfolio holds, through the same engine as every other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.history_features import history_feature_rows
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Book
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.features import feature_rows
from scoring_dash.data.store import BookData
from scoring_dash.model.package import ModelPackage

NO_NUMBER: Final = 0
"""Client number of an application that has none; no client bears it."""

_CHUNK: Final = 500
"""Applications scored at once: enough to be quick, and few enough to tell how far the work is."""


def new_client_rows(
    applications: NewApplications, package: ModelPackage, past: BookData, artifact: Path
) -> list[ClientRow]:
    """The applications as the engine wants them, in their order.

    Parameters
    ----------
    artifact : Path
        Root of the model's version, for a process that computes what was sent of the clients' past.

    Raises
    ------
    ApplicationFaultsError, ScoringError
        If a past was sent, and its features cannot be computed here.
    """
    description = package.description
    if applications.directory is None:
        values = feature_rows(
            applications, description.features, description.categories, description.typical_incomes or {}
        )
    else:
        values = history_feature_rows(applications, artifact, applications.directory)
    numbers = (NO_NUMBER if number is None else number for number in applications.numbers)
    return [client_row(number, values[place], package, past) for place, number in enumerate(numbers)]


def client_row(client_id: int, values: NDArray[np.float32], package: ModelPackage, past: BookData) -> ClientRow:
    """One client with features from outside the portfolio.

    Whoever is a past client of the portfolio is scored by the fold model that has not seen his outcome.

    Parameters
    ----------
    values : (n_features,) float32
    """
    features = np.ascontiguousarray(values[None, :])
    position = past.position(client_id)
    if position is None:
        return ClientRow(client_id, Book.CURRENT, features, package.scorer.final)
    return ClientRow(client_id, Book.PAST, features, int(past.models[position]), int(past.outcomes[position]))


def assess_in_order(
    engine: Engine, rows: Sequence[ClientRow], *, threads: int, chunk: int = _CHUNK
) -> Iterator[Assessment]:
    """Assess clients in their order; those of one model together."""
    for start in range(0, len(rows), chunk):
        part = rows[start : start + chunk]
        assessed: dict[int, Assessment] = {}
        for model in sorted({row.model for row in part}):
            places = [place for place, row in enumerate(part) if row.model == model]
            found = engine.assess_many([part[place] for place in places], threads=threads)
            assessed |= dict(zip(places, found, strict=True))
        yield from (assessed[place] for place in range(len(part)))
