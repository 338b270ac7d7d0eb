"""Markup says what the components say, escapes every text, and refuses what it does not know."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from dash import dcc, html
from support.components import text_of
from support.fake_services import FakeServices

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import Address, Section
from scoring_dash.web.page import render_page
from scoring_dash.web.sections.file_still import Still, UnsafeMarkupError, markup

EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)> & co"


class Reader(HTMLParser):
    """What a browser would make of markup: elements with their attributes, in order, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_elements_and_attributes() -> None:
    content = html.Details(
        [
            html.Summary(["a", html.B("b", className="x y")]),
            html.A("c", href="?client=1&lang=en", **{"aria-current": "true"}),
        ],
        open=True,
    )
    assert markup(content) == (
        '<details open><summary>a<b class="x y">b</b></summary>'
        '<a href="?client=1&amp;lang=en" aria-current="true">c</a></details>'
    )


def test_what_is_empty_is_left_out() -> None:
    assert (
        markup([None, "", html.Tr([html.Td(), html.Td(className="")], className=None), 3])
        == "<tr><td></td><td></td></tr>3"
    )
    assert markup(html.Details([], open=False)) == "<details></details>"


def test_texts_and_values_are_escaped() -> None:
    read = Reader(markup(html.P([EVIL, html.Span(EVIL, title=EVIL)])))
    assert read.elements == [("p", {}), ("span", {"title": EVIL})]
    assert "".join(read.text) == EVIL + EVIL


@pytest.mark.parametrize(
    "component",
    [
        dcc.Input(id="x"),
        html.Script("alert(1)"),
        html.Iframe(src="?"),
        html.P("x", style={"color": "red"}),
        html.A("x", href="javascript:alert(1)"),
        html.A("x", href="//elsewhere.example"),
        html.Img(src="https://elsewhere.example/x.png"),
        html.P("x", n_clicks=1),
        html.P("x", **{"data-x onclick=alert(1) y": "1"}),
    ],
    ids=lambda component: str(component)[:40],
)
def test_what_is_not_on_the_list_is_refused(component: Any) -> None:
    with pytest.raises(UnsafeMarkupError, match="cannot be part of a Still; allowed: "):
        Still([component])


def test_only_the_markup_is_sent_and_the_components_stay_readable() -> None:
    still = Still([html.P("a"), html.P("b")])
    assert still.to_plotly_json() == {
        "props": {"html": "<p>a</p><p>b</p>"},
        "type": "Still",
        "namespace": "scoring_dash",
    }
    assert text_of(still) == "a b"


@pytest.mark.parametrize("search", ["", "retard", EVIL[:60]])
@pytest.mark.parametrize("client", [100_007, 100_009, 100_010])
def test_markup_of_a_file_reads_as_its_components(client: int, search: str) -> None:
    address = Address(str(client), Section.FILE, search=search)
    page = render_page(address, FakeServices(), load_texts(Language.FRENCH)).content
    stills = [item for item in _all(page) if isinstance(item, Still)]
    assert stills
    for still in stills:
        read = Reader(still.html)
        assert "".join("".join(read.text).split()) == "".join(text_of(still).split())
        assert not {"script", "img"} & {name for name, _ in read.elements}
        assert not any(name.startswith("on") for _, attributes in read.elements for name in attributes)


def _all(content: Any) -> list[Any]:
    if isinstance(content, list | tuple):
        return [item for part in content for item in _all(part)]
    return [content, *_all(getattr(content, "children", None))] if hasattr(content, "to_plotly_json") else []
