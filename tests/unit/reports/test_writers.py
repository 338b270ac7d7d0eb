"""A document as HTML and as Markdown: nothing of its texts is read as a sign of the format."""

from __future__ import annotations

import re

import pytest

from scoring_dash.reports.blocks import Bullets, Chart, Document, Paragraph, Section, Table
from scoring_dash.reports.charts import bars_figure, inline_svg
from scoring_dash.reports.html import to_html
from scoring_dash.reports.markdown import table_text, to_markdown

HOSTILE = "<script>alert('1')</script> & \"x\" | y * [z]"
TABLE = Table(HOSTILE, (HOSTILE, "n"), ((HOSTILE, "1"), ("`a_b`", "2")))
DOCUMENT = Document(
    "en",
    HOSTILE,
    HOSTILE,
    HOSTILE,
    HOSTILE,
    (
        Section(
            "first",
            HOSTILE,
            (
                Paragraph(HOSTILE),
                Paragraph(HOSTILE, important=True),
                Bullets((HOSTILE,)),
                TABLE,
                Chart("<svg/>", HOSTILE),
            ),
        ),
    ),
)


def test_every_text_is_escaped_in_html() -> None:
    page = to_html(DOCUMENT)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 12
    assert page.count("<svg/>") == 1
    assert "<code>a_b</code>" in page


def test_every_text_is_escaped_in_markdown() -> None:
    text = to_markdown(DOCUMENT)
    assert not re.search(r"(?<!\\)<", text)
    assert r"\<script\>" in text
    # A bar inside a cell would make a column more.
    rows = [line for line in table_text(TABLE).split("\n") if line.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [3, 3, 3, 3]
    assert "`a_b`" in rows[-1]


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    table = Table("t", ("a", "b", "c"), (("x", "1", "y"),), texts=(2,))
    assert "| :-- | --: | :-- |" in table_text(table)


def test_a_cell_in_another_language_says_so() -> None:
    table = Table("t", ("a", "b"), (("x", "art. 225-1"),), texts=(1,), languages={1: "fr"})
    page = to_html(Document("en", "t", "", "", "", (Section("s", "s", (table,)),)))
    assert '<td lang="fr">art. 225-1</td>' in page


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="not as long"):
        Table("t", ("a", "b"), (("x",),))


def test_a_chart_in_a_page_is_named_and_keeps_its_identifiers_to_itself() -> None:
    drawing = bars_figure({"a & b": 1.0, "c": 2.0}, title="t", unit="u")
    first, second = (inline_svg(drawing, name, title="A < B", description="d") for name in ("one", "two"))
    assert first.startswith('<svg role="img" aria-labelledby="one-title one-description"')
    assert '<title id="one-title">A &lt; B</title>' in first
    assert "<style" not in first
    assert "<metadata" not in first
    identifiers = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert identifiers[0].isdisjoint(identifiers[1])
    used = set(re.findall(r'(?:href="#|url\(#)([\w.-]+)', first))
    assert used <= identifiers[0]
