"""What is known of a feature: the entry of the registry, without its recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit

TypicalIncomes: TypeAlias = Mapping[str, Mapping[str, float]]
"""Raw column (occupation, employer's sector) → category → median declared income, in the data's currency."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One input of the model, described for people, validators and the law.

    Attributes
    ----------
    name : str
        Identifier in lower_snake_case, unique; never shown to a relationship manager.
    table : TableName or None
        Source table; ``APPLICATION_TRAIN`` stands for both application tables and None for a
        feature that crosses tables.
    columns : tuple of str
        Raw columns that it is computed from, as ``table.COLUMN`` where another table is meant.
    window : str
        Rows looked at, e.g. ``"application"``, ``"all"``, ``"last 365 days"``.
    unit : Unit
        How its value reads.
    theme : Theme
        Group in which its contribution is told.
    label_fr, label_en : str
        Name for a person, in sentence case, at most about 60 characters, no column name, no jargon.
    monotone : int
        +1 if a higher value must never lower the risk, -1 if it must never raise it, 0 if free.
    use : ColumnUse
        The strictest class among its columns.
    zero_when_no_rows : bool
        True for counts: a client without rows in the table has 0, not a missing value.
    levels : tuple of str
        For an ordered category (``Unit.LEVEL``) the raw values that 0, 1, 2 … stand for; else empty.
    """

    name: str
    table: TableName | None
    columns: tuple[str, ...]
    window: str
    unit: Unit
    theme: Theme
    label_fr: str
    label_en: str
    monotone: int = 0
    use: ColumnUse = ColumnUse.ALLOWED
    zero_when_no_rows: bool = False
    levels: tuple[str, ...] = ()

    @property
    def is_categorical(self) -> bool:
        """Whether its values are names rather than numbers."""
        return self.unit is Unit.CATEGORY

    def label(self, language: str) -> str:
        """Label in ``"fr"`` or ``"en"``."""
        return self.label_fr if language == "fr" else self.label_en


def read_feature(entry: Mapping[str, Any]) -> Feature:
    """A feature from what ``dataclasses.asdict`` made of it.

    Raises
    ------
    TypeError, KeyError, ValueError
        If an entry is missing, unknown or of the wrong kind.
    """
    return Feature(
        **{
            **entry,
            "table": None if entry["table"] is None else TableName(entry["table"]),
            "columns": tuple(entry["columns"]),
            "levels": tuple(entry["levels"]),
            "unit": Unit(entry["unit"]),
            "theme": Theme(entry["theme"]),
            "use": ColumnUse(entry["use"]),
        }
    )
