"""What a column and a table are: the vocabulary in which the eight tables are described."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scoring_dash.core.words import ColumnUse, TableName, Unit


class ColumnKind(StrEnum):
    """As what a column is read.

    A column is an integer where the original files always write a whole number (identifiers, flags),
    and a decimal elsewhere, even if its values happen to be whole (``-3648.0`` days).
    """

    INTEGER = "integer"  # int64
    DECIMAL = "decimal"  # float64
    TEXT = "text"  # string


@dataclass(frozen=True, slots=True)
class CategoryLabel:
    """A category as the files write it, and its names for people."""

    value: str
    label_fr: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a raw table, described once for the reader, the policy and the dictionary.

    Attributes
    ----------
    name : str
        As in the header of the file.
    kind : ColumnKind
        As what it is read.
    unit : Unit
        How its value reads.
    meaning_fr, meaning_en : str
        What it tells, for a bank employee.
    use : ColumnUse
        May it take part in a credit decision?
    use_reason_fr, use_reason_en : str
        Why it is not simply allowed; empty when it is.
    minimum, maximum : float or None
        A number outside, sentinels apart, is a fault of the file; None leaves that side open.
        The bounds tell possible from impossible, not usual from unusual.
    sentinels : tuple of (float or str)
        Codes that stand for "unknown" or "not applicable"; cleaning makes them null.
    nullable : bool
        Whether the cell may be empty.
    labels : tuple of CategoryLabel
        The known categories of a text column, in the order in which a person would list them;
        sentinels are not among them. An unknown one is no fault: it gives a notice.
    implausible_below : float or None
        Values below are left in the raw table and made null by cleaning.
    """

    name: str
    kind: ColumnKind
    unit: Unit
    meaning_fr: str
    meaning_en: str
    use: ColumnUse = ColumnUse.ALLOWED
    use_reason_fr: str = ""
    use_reason_en: str = ""
    minimum: float | None = None
    maximum: float | None = None
    sentinels: tuple[float | str, ...] = ()
    nullable: bool = True
    labels: tuple[CategoryLabel, ...] = ()
    implausible_below: float | None = None

    @property
    def categories(self) -> tuple[str, ...] | None:
        """The known categories as the files write them; None for a numeric column."""
        return tuple(label.value for label in self.labels) if self.kind is ColumnKind.TEXT else None

    def meaning(self, language: str) -> str:
        """Meaning in ``"fr"`` or ``"en"``."""
        return self.meaning_fr if language == "fr" else self.meaning_en

    def use_reason(self, language: str) -> str:
        """Reason of the class of use in ``"fr"`` or ``"en"``; empty when the column is allowed."""
        return self.use_reason_fr if language == "fr" else self.use_reason_en

    def category_label(self, value: str, language: str) -> str:
        """Name of a category in ``"fr"`` or ``"en"``; the value itself if it is not known."""
        for label in self.labels:
            if label.value == value:
                return label.label_fr if language == "fr" else label.label_en
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """One raw table.

    Attributes
    ----------
    name : TableName
        Also the name of its file, without extension.
    columns : tuple of Column
        In the order of the original file.
    key : tuple of str
        Columns whose values identify a row; empty if nothing does.
    parent : TableName or None
        The table that its rows belong to; ``APPLICATION_TRAIN`` stands for both application tables.
    parent_key : str or None
        The column that they share.
    meaning_fr, meaning_en : str
        What one row is.
    """

    name: TableName
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parent: TableName | None
    parent_key: str | None
    meaning_fr: str
    meaning_en: str

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column with this name.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}; it has {', '.join(self.column_names)}")

    def __contains__(self, name: object) -> bool:
        return name in self.column_names
