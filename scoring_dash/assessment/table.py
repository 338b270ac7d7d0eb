"""Assessments as rows of a table: what the batch writes and what is downloaded after an upload."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final, TypeAlias

from scoring_dash.assessment.new_applications import NO_NUMBER
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Direction
from scoring_dash.data.new_application.cells import FORMULA_SIGNS

_REASONS: Final = 4

COLUMNS: Final = (
    "SK_ID_CURR",
    "probability_of_default",
    "recommendation",
    "threshold",
    "model_version",
    *(f"reason_{number}" for number in range(1, _REASONS + 1)),
)

Cell: TypeAlias = str | int | float | None


def cells(item: Assessment) -> list[Cell]:
    """One assessment in the order of ``COLUMNS``."""
    codes = [reason.code for reason in item.reasons_of(Direction.RAISES)]
    return [
        item.client_id if item.client_id != NO_NUMBER else None,
        item.probability_of_default,
        item.recommendation.value,
        item.threshold,
        item.model_version,
        *codes,
        *[None] * (_REASONS - len(codes)),
    ]


def as_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """Rows as CSV that a spreadsheet may open: numbers read back to the same last bit, and no cell is run."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets do not show."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
