"""A document as one HTML file: style and charts inside, no script, nothing fetched; prints on A4."""

from __future__ import annotations

import re
from html import escape
from importlib import resources

from scoring_dash.reports.blocks import Block, Bullets, Chart, Document, Paragraph, Section, Table

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def to_html(document: Document) -> str:
    """The whole page; every text is escaped, charts stand as they are."""
    style = resources.files(__package__).joinpath("document.css").read_text(encoding="utf-8")
    contents = _inline(document.contents)
    links = "".join(f'<li><a href="#{part.name}">{_inline(part.title)}</a></li>' for part in document.sections)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{_inline(document.title)}</h1><p>{_inline(document.subtitle)}</p></header>",
            "<main>",
            f'<p class="important">{_inline(document.notice)}</p>',
            f'<nav aria-labelledby="contents"><h2 id="contents">{contents}</h2><ol>{links}</ol></nav>',
            *(_section(part) for part in document.sections),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(section: Section) -> str:
    blocks = "\n".join(_block(block) for block in section.blocks)
    return f'<section id="{section.name}">\n<h2>{_inline(section.title)}</h2>\n{blocks}\n</section>'


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, important):
            return f'<p class="important">{_inline(text)}</p>' if important else f"<p>{_inline(text)}</p>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
        case Chart(svg, caption):
            return f"<figure>{svg}<figcaption>{_inline(caption)}</figcaption></figure>"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_kind(table, place)}>{_inline(cell)}</th>' for place, cell in enumerate(table.header)
    )
    rows = "\n".join(_row(table, row) for row in table.rows)
    # A wide table scrolls inside its frame; the keyboard must reach it.
    return (
        f'<div class="frame" tabindex="0" role="group" aria-label="{escape(table.caption)}">\n<table>'
        f"<caption>{_inline(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>"
        "</table>\n</div>"
    )


def _row(table: Table, row: tuple[str, ...]) -> str:
    cells = "".join(
        f"<td{_kind(table, place)}{_language(table, place)}>{_inline(cell)}</td>"
        for place, cell in enumerate(row[1:], start=1)
    )
    return f'<tr><th scope="row">{_inline(row[0])}</th>{cells}</tr>'


def _kind(table: Table, place: int) -> str:
    return "" if place == 0 or place in table.texts else ' class="number"'


def _language(table: Table, place: int) -> str:
    return f' lang="{escape(table.languages[place])}"' if place in table.languages else ""


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
