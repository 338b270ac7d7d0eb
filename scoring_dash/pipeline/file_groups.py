"""By what the past files are divided for an evaluation: criteria of the file, and attributes for the audit alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName
from scoring_dash.data.age_bands import age_band
from scoring_dash.data.clean import clean

Groups = Mapping[str, NDArray[np.str_]]

_KEY = "SK_ID_CURR"
_UNKNOWN = "unknown"
_SCORES = ("EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3")
_HISTORIES = {"bureau": TableName.BUREAU, "previous_applications": TableName.PREVIOUS_APPLICATION}


@dataclass(frozen=True)
class FileGroups:
    """Groups of the past files, in the order of their numbers.

    Attributes
    ----------
    segments : mapping of str to (n,) text
        ``contract_type`` and ``known_external_scores``.
    audit : mapping of str to (n,) text
        ``sex``, ``age``, ``family_situation``, ``region_rating``: forbidden in a decision, kept in memory for the
        figures of the audit, and written nowhere client by client.
    """

    segments: Groups = field(default_factory=dict)
    audit: Groups = field(default_factory=dict)


def read_file_groups(applications: ir.Table) -> FileGroups:
    """Groups of every file of the raw ``application_train``.

    Parameters
    ----------
    applications : ibis.Table
        As read; cleaned here.
    """
    cleaned = clean(applications, TableName.APPLICATION_TRAIN)
    known_scores = sum((cleaned[name].notnull().cast("int64") for name in _SCORES), ibis.literal(0))
    rows = cleaned.select(
        _KEY,
        contract_type=cleaned.NAME_CONTRACT_TYPE,
        known_external_scores=known_scores.cast("string"),
        sex=cleaned.CODE_GENDER,
        age=age_band(cleaned.DAYS_BIRTH),
        family_situation=cleaned.NAME_FAMILY_STATUS,
        region_rating=cleaned.REGION_RATING_CLIENT.cast("int64").cast("string"),
    )
    table = rows.order_by(_KEY).to_pyarrow()
    return FileGroups(
        segments={name: _texts(table[name]) for name in ("contract_type", "known_external_scores")},
        audit={name: _texts(table[name]) for name in ("sex", "age", "family_situation", "region_rating")},
    )


def history_segments(values: NDArray[np.float32], features: Sequence[Feature]) -> dict[str, NDArray[np.str_]]:
    """With or without rows in the tables of credits elsewhere and of past applications, where the model reads them.

    Parameters
    ----------
    values : (n_features, n) float32, NaN where missing
    features : sequence of Feature
        A client without rows has 0 in the counts over the table and nothing in its other features.
    """
    segments = {}
    for name, table in _HISTORIES.items():
        members = [i for i, feature in enumerate(features) if feature.table is table]
        if members:
            empty = [values[i] == 0 if features[i].zero_when_no_rows else np.isnan(values[i]) for i in members]
            segments[name] = np.where(np.all(empty, axis=0), "without rows", "with rows")
    return segments


def _texts(column: pa.ChunkedArray) -> NDArray[np.str_]:
    return np.array([_UNKNOWN if value is None else value for value in column.to_pylist()], dtype=np.str_)
