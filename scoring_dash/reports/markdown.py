"""A document as Markdown; tables stand for the charts."""

from __future__ import annotations

import re

from scoring_dash.reports.blocks import Block, Bullets, Chart, Document, Paragraph, Section, Table


def to_markdown(document: Document) -> str:
    """The whole text; signs that Markdown would read as its own are escaped."""
    parts = [
        f"# {escaped(document.title)}",
        escaped(document.subtitle),
        f"> {escaped(document.notice)}",
        *(_section(section) for section in document.sections),
    ]
    return "\n\n".join(parts) + "\n"


def table_text(table: Table) -> str:
    """A table with its caption above."""
    marks = [":--" if place == 0 or place in table.texts else "--:" for place in range(len(table.header))]
    lines = [_line(table.header), "| " + " | ".join(marks) + " |", *(_line(row) for row in table.rows)]
    return f"**{escaped(table.caption)}**\n\n" + "\n".join(lines)


def escaped(text: str) -> str:
    """A text on one line whose signs, outside of `code`, mean nothing to Markdown."""
    parts = re.split(r"(`[^`]+`)", " ".join(text.split("\n")))
    return "".join(part if part.startswith("`") else re.sub(r"([\\*_<>\[\]])", r"\\\1", part) for part in parts)


def _section(section: Section) -> str:
    return "\n\n".join([f"## {escaped(section.title)}", *(text for text in map(_block, section.blocks) if text)])


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, important):
            return f"> {escaped(text)}" if important else escaped(text)
        case Bullets(items):
            return "\n".join(f"- {escaped(item)}" for item in items)
        case Chart():
            return ""
        case Table():
            return table_text(block)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell).replace("|", r"\|") for cell in cells) + " |"
