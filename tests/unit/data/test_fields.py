"""Descriptive fields come back from disk as they were, and what does not fit is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scoring_dash.core.errors import ArtifactError
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Book, ColumnUse, TableName, Theme, Unit
from scoring_dash.data.fields import Fields, read_fields, write_fields

AGE = Feature(
    "age_band", TableName.APPLICATION_TRAIN, ("DAYS_BIRTH",), "application", Unit.LEVEL, Theme.COMPLETENESS, "Âge",
    "Age", use=ColumnUse.FORBIDDEN, levels=("young", "old"),
)  # fmt: skip
KIND = Feature(
    "kind", TableName.APPLICATION_TRAIN, ("NAME_CONTRACT_TYPE",), "application", Unit.CATEGORY, Theme.LOAN_SIZE, "Type",
    "Kind",
)  # fmt: skip


def some_fields() -> Fields:
    values = {
        Book.PAST: np.array([[0, 1, np.nan], [1, 0, np.nan]], dtype=np.float32),
        Book.CURRENT: np.array([[np.inf], [1]], dtype=np.float32),
    }
    bars = np.array([[0, 0, 1], [0, 1, 2], [1, 0, 2]], dtype=np.uint8)
    return Fields((AGE, KIND), {"kind": ("Cash", "Card")}, {"age_band": (0.5,)}, values, bars)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    fields = some_fields()
    write_fields(fields, tmp_path)
    found = read_fields(tmp_path)
    assert (found.features, found.categories, found.bin_edges) == (fields.features, fields.categories, fields.bin_edges)
    assert found.bars.tolist() == fields.bars.tolist()
    for book in Book:
        np.testing.assert_array_equal(found.values[book], fields.values[book])


def test_a_client_is_read_by_name_and_an_infinite_number_is_missing() -> None:
    fields = some_fields()
    assert fields.of(Book.PAST, 0) == {"age_band": 0.0, "kind": "Card"}
    assert fields.of(Book.PAST, 2) == {"age_band": None, "kind": None}
    assert fields.of(Book.CURRENT, 0) == {"age_band": None, "kind": "Card"}


def test_clients_are_taken_by_place() -> None:
    found = some_fields().at({Book.PAST: np.array([1, 1]), Book.CURRENT: np.array([0, 0, 0])})
    assert found.bars.tolist() == [[0, 0], [1, 1], [0, 0]]
    assert found.values[Book.CURRENT].shape == (2, 3)


def test_a_portfolio_of_another_size_is_refused() -> None:
    some_fields().check_shape(1, {Book.PAST: 3, Book.CURRENT: 1})
    with pytest.raises(ArtifactError, match="Train again"):
        some_fields().check_shape(1, {Book.PAST: 4, Book.CURRENT: 1})
    with pytest.raises(ArtifactError, match="Train again"):
        some_fields().check_shape(2, {Book.PAST: 3, Book.CURRENT: 1})


@pytest.mark.parametrize("file", ["fields.json", "bars.npy", "past.npy", "current.npy"])
def test_a_missing_or_damaged_file_is_refused(tmp_path: Path, file: str) -> None:
    write_fields(some_fields(), tmp_path)
    path = tmp_path / "fields" / file
    path.write_bytes(b"{}")
    with pytest.raises(ArtifactError, match="Train again"):
        read_fields(tmp_path)
    path.unlink()
    with pytest.raises(ArtifactError, match="Train again"):
        read_fields(tmp_path)
