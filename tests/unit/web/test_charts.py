"""Every chart stays at home, has a name and a real table with the values drawn."""

from __future__ import annotations

import pytest
from support.components import of_type, text_of, walk
from support.fake_services import FakeServices

from scoring_dash.figures.palette import base_layout
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import CLIENT_SECTIONS, Address, Section
from scoring_dash.web.charts import Chart, Table, chart, graph
from scoring_dash.web.page import render_page

FRENCH = load_texts(Language.FRENCH)
FIGURE = {"data": [], "layout": base_layout(200, annotations=[])}
TABLE = Table("Caption", ("Value", "Files"), (("a", "1"), ("b", "2")), marked=1)


def test_graph_sends_nothing_away() -> None:
    config = graph(FIGURE, "x").config
    assert config["displayModeBar"] is False
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""
    assert config["staticPlot"] is True


def test_chart_is_an_image_with_a_name_and_its_values() -> None:
    drawn = chart(Chart("x", FIGURE, "What it shows.", TABLE), FRENCH)
    image = drawn.children[0]
    assert image.role == "img"
    assert image.to_plotly_json()["props"]["aria-label"] == "What it shows."
    assert text_of(of_type(drawn, "Summary")) == "Voir les données"


def test_table_is_a_real_one() -> None:
    drawn = chart(Chart("x", FIGURE, "What it shows.", TABLE), FRENCH)
    assert text_of(of_type(drawn, "Caption")) == "Caption"
    assert [head.scope for head in of_type(drawn, "Th")] == ["col", "col", "row", "row"]
    assert [row.className for row in of_type(of_type(drawn, "Tbody"), "Tr")] == ["", "marked"]


@pytest.mark.parametrize("section", CLIENT_SECTIONS)
def test_all_graphs_of_the_page_come_from_the_one_factory(section: Section) -> None:
    page = render_page(Address("100009", section), FakeServices(), FRENCH).content
    graphs = of_type(page, "Graph")
    assert graphs
    for item in graphs:
        assert item.config == graph(FIGURE, "x").config
    images = [item for item in walk(page) if getattr(item, "role", None) == "img"]
    assert len(images) == len(graphs)
