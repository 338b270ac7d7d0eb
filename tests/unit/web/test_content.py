"""The content of a page as one component: what it holds is what the browser's side of it can draw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder
from support.fake_services import FakeServices

from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import Address, Section
from scoring_dash.web.content import Content
from scoring_dash.web.page import render_page

# assets/content.js draws elements itself; graphs and text boxes it hands to the library of theirs.
DRAWN = {"Graph", "Input"}


def sent(content: Content) -> Any:
    """As it travels to the browser."""
    return json.loads(json.dumps(content, cls=PlotlyJSONEncoder))


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, list):
        for branch in tree:
            yield from parts(branch)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree
        yield from parts(tree["props"].get("children"))


def test_what_is_sent_describes_every_component() -> None:
    content = Content([html.P(["Risque ", html.B("8 %")], className="lead"), html.Ul(html.Li("un"))])
    assert sent(content)["namespace"] == "scoring_dash"
    described = [(part["type"], part["props"].get("className")) for part in parts(sent(content)["props"]["content"])]
    assert described == [("P", "lead"), ("B", None), ("Ul", None), ("Li", None)]


@pytest.mark.parametrize("section", Section)
def test_pages_hold_nothing_else_than_what_is_drawn(section: Section) -> None:
    page = render_page(Address("100009", section), FakeServices(), load_texts(Language.FRENCH))
    found = list(parts(sent(Content(page.content))["props"]["content"]))
    assert len(found) > 20
    components = {part["type"] for part in found if part["namespace"] != "dash_html_components"}
    assert components <= DRAWN


def test_no_element_is_named_by_a_callback() -> None:
    """What stands in the content is no component for Dash: a callback on it would never be called."""
    page = render_page(Address("100009", Section.COMPARE), FakeServices(), load_texts(Language.FRENCH))
    props = {name for part in parts(sent(Content(page.content))["props"]["content"]) for name in part["props"]}
    assert not {name for name in props if name.startswith("n_") or name == "disable_n_clicks"}
