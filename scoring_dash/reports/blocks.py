"""What a document is made of, whatever it is written as: sections of paragraphs, lists, tables and charts.

Texts are plain, but for `code` between backticks; a writer escapes everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; an important one is set apart."""

    text: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first cell of a row names it.

    Attributes
    ----------
    caption : str
    header : tuple of str
    rows : tuple of tuple of str
        As long as the header each.
    texts : tuple of int
        Places of the columns, beside the first, that hold words rather than numbers.
    languages : mapping of int to str
        Columns whose words are in another language than the document's, by place.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = ()
    languages: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"{self.caption!r}: a row is not as long as the header, {len(self.header)} cells.")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture; the table after it holds its numbers.

    Attributes
    ----------
    svg : str
        Complete element with title and description.
    caption : str
        What to see, in one sentence.
    """

    svg: str
    caption: str


Block: TypeAlias = Paragraph | Bullets | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document.

    Attributes
    ----------
    name : str
        Of the section in an address: letters, digits, hyphens; unique.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A complete document.

    Attributes
    ----------
    language : str
        ``"fr"`` or ``"en"``.
    notice : str
        What a reader must know before anything else.
    contents : str
        Title of the list of sections.
    """

    language: str
    title: str
    subtitle: str
    notice: str
    contents: str
    sections: tuple[Section, ...]
