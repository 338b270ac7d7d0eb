"""What a manager should know before trusting a score: missing tables or scores, values never seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.results import AssessmentWarning, WarningCode
from scoring_dash.core.words import Book, TableName, Theme
from scoring_dash.model.description import ModelDescription

_HISTORIES = (
    (TableName.BUREAU, WarningCode.NO_BUREAU_HISTORY),
    (TableName.PREVIOUS_APPLICATION, WarningCode.NO_PREVIOUS_APPLICATION),
)


def find_warnings(
    description: ModelDescription, book: Book, row: NDArray[np.float32], *, is_unlike_past_files: bool
) -> tuple[AssessmentWarning, ...]:
    """Warnings of one client, the general ones first.

    Parameters
    ----------
    row : (n_features,) float32, NaN where missing
    is_unlike_past_files : bool
        Whether the file as a whole lies further from every past file than these lie from each other.
    """
    found = [AssessmentWarning(WarningCode.OUT_OF_FOLD)] if book is Book.PAST else []
    found += [AssessmentWarning(WarningCode.UNLIKE_PAST_FILES)] if is_unlike_past_files else []
    found += [AssessmentWarning(code) for table, code in _HISTORIES if has_no_rows(description, table, row)]
    found += _missing_scores(description, row)
    found += _out_of_range(description, row)
    return tuple(found)


def has_no_rows(description: ModelDescription, table: TableName, row: NDArray[np.float32]) -> bool:
    """Whether all counts over a table are 0 and all its other features missing.

    Parameters
    ----------
    row : (n_features,) float32, NaN where missing

    Returns
    -------
    bool
        False where the model reads nothing of the table.
    """
    members = members_of(description, table)
    return bool(members) and all(
        row[i] == 0 if description.features[i].zero_when_no_rows else np.isnan(row[i]) for i in members
    )


def members_of(description: ModelDescription, table: TableName) -> list[int]:
    """Places of the features that read one table alone."""
    return [i for i, feature in enumerate(description.features) if feature.table is table]


def _missing_scores(description: ModelDescription, row: NDArray[np.float32]) -> list[AssessmentWarning]:
    """The external scores themselves (not what is derived from several of them) that are missing."""
    return [
        AssessmentWarning(WarningCode.MISSING_EXTERNAL_SCORES, feature.name)
        for i, feature in enumerate(description.features)
        if feature.theme is Theme.EXTERNAL_SCORES and len(feature.columns) == 1 and np.isnan(row[i])
    ]


def _out_of_range(description: ModelDescription, row: NDArray[np.float32]) -> list[AssessmentWarning]:
    found = []
    for i, feature in enumerate(description.features):
        bounds = description.ranges.get(feature.name)
        if bounds is not None and (row[i] < bounds[0] or row[i] > bounds[1]):
            found.append(AssessmentWarning(WarningCode.OUT_OF_RANGE, feature.name, float(row[i])))
    return found
