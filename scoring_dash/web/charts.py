"""Every chart of the screen: a name, a sentence, a picture that stays at home, and the table of its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from scoring_dash.figures.palette import Figure
from scoring_dash.i18n.catalogue import Texts


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to read; the first cell of each names the row.

    Attributes
    ----------
    numeric_from : int
        First column that holds figures, set to the right.
    marked : int or None
        Row that concerns the client.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric_from: int = 1
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and the words that say the same.

    Attributes
    ----------
    summary : str
        What the picture shows, as its accessible name.
    """

    id: str
    figure: Figure
    summary: str
    table: Table | None


def graph(figure: Figure, id: str) -> dcc.Graph:
    """A still picture: no tool bar, no upload to any cloud, no locale to fetch.

    Every default graph has a "Share chart" button that sends the figure to a server of the library's maker.
    """
    height = figure["layout"]["height"]
    return dcc.Graph(
        id=id,
        figure=figure,
        config={
            "staticPlot": True,
            "displayModeBar": False,
            "showSendToCloud": False,
            "plotlyServerURL": "",
            "responsive": True,
        },
        style={"height": f"{height}px"},
    )


def chart(picture: Chart, texts: Texts, *, extra: Sequence[Component] = ()) -> html.Div:
    """A chart as it stands in a card: picture, whatever explains it, and its values on demand."""
    # The place of the drawing is kept from the start: the library that draws it arrives later, and nothing may jump.
    image = html.Div(
        graph(picture.figure, f"{picture.id}-graph"),
        role="img",
        className="chart",
        style={"minHeight": f"{picture.figure['layout']['height']}px"},
        **_label(picture.summary),
    )
    values = [] if picture.table is None else [_details(picture.table, texts)]
    return html.Div([image, *extra, *values], id=picture.id)


def table(content: Table, *, class_name: str = "values", is_caption_hidden: bool = True) -> html.Div:
    """A real table, in a box of its own that scrolls sideways when it must."""
    head = html.Thead(
        html.Tr([html.Th(text, scope="col", className=_side(i, content)) for i, text in enumerate(content.head)])
    )
    body = html.Tbody([_row(cells, content, number == content.marked) for number, cells in enumerate(content.rows)])
    caption = html.Caption(content.caption, className="visually-hidden" if is_caption_hidden else "")
    # Without a tab stop a box that scrolls cannot be scrolled from the keyboard.
    box = {"role": "region", "tabIndex": "0", **_label(content.caption)}
    return html.Div(html.Table([caption, head, body], className=class_name), className="table-box", **box)


def _details(content: Table, texts: Texts) -> html.Details:
    return html.Details([html.Summary(texts.say("See the figures")), table(content)], className="figures")


def _row(cells: Sequence[str], content: Table, is_marked: bool) -> html.Tr:
    first, *rest = cells
    return html.Tr(
        [html.Th(first, scope="row"), *(html.Td(text, className=_side(i, content)) for i, text in enumerate(rest, 1))],
        className="marked" if is_marked else "",
    )


def _side(column: int, content: Table) -> str:
    return "number" if column >= content.numeric_from else ""


def _label(text: str) -> dict[str, Any]:
    return {"aria-label": text}
