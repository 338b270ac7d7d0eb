"""The map of offers draws what was scored, cell by cell."""

from __future__ import annotations

import re

from support.fake_services import FakeServices, clients_by_recommendation
from support.fake_simulations import MONTHS

from scoring_dash.core.offers import Offer, OfferMap, Offers
from scoring_dash.core.simulation import Changes
from scoring_dash.core.words import Recommendation
from scoring_dash.figures.offers import amount_edges, offers_figure
from scoring_dash.figures.palette import ALL_COLOURS, CLEAR
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)
A, V, R = Recommendation.ACCEPT, Recommendation.REVIEW, Recommendation.REFUSE


def offers_of(map_: OfferMap) -> Offers:
    asked = Offer(Changes(), (), 300.0, 24, 10.0, 0.2, R)
    nearest = Offer(Changes(amount=100.0), (), 100.0, 12, 10.0, 0.05, A)
    return Offers(1, asked, map_, nearest, nearest, (nearest,), "v")


MAP = OfferMap((100.0, 200.0, 300.0), (12, 24), (12.0, 30.0), ((A, A), (V, A), (R, V)), ((0.0,) * 2,) * 3)


def colour_at(figure: dict, months: int, amount: float) -> str:
    """The last bar over a place, as a reader sees it."""
    found = ""
    for trace in figure["data"]:
        if trace["type"] == "bar":
            for x, base, height in zip(trace["x"], trace["base"], trace["y"], strict=True):
                if abs(x - months) < trace["width"] / 2 and base <= amount < base + height:
                    assert found == ""
                    found = trace["name"]
    return found


def test_every_cell_has_the_colour_of_its_recommendation() -> None:
    figure = offers_figure(offers_of(MAP), MAP, FRENCH)
    for amount, row in zip(MAP.amounts, MAP.recommendations, strict=True):
        for months, recommendation in zip(MAP.months, row, strict=True):
            assert colour_at(figure, months, amount) == recommendation


def test_every_cell_of_a_searched_map_too() -> None:
    services = FakeServices()
    client = clients_by_recommendation(services)[R]
    offers = services.offers(client, Changes())
    assert offers.map is not None and offers.map.months == MONTHS
    figure = offers_figure(offers, offers.map, FRENCH)
    for amount, row in zip(offers.map.amounts, offers.map.recommendations, strict=True):
        for months, recommendation in zip(offers.map.months, row, strict=True):
            assert colour_at(figure, months, amount) == recommendation


def test_the_frontier_runs_along_the_upper_edge_of_what_is_accepted_and_leaves_gaps() -> None:
    (line,) = (trace for trace in offers_figure(offers_of(MAP), MAP, FRENCH)["data"] if trace["name"] == "frontier")
    assert line["y"] == [150.0, 250.0]
    nothing = OfferMap((100.0,), (12, 24), (12.0, 24.0), ((R, A),), ((0.0, 0.0),))
    (line,) = (
        trace for trace in offers_figure(offers_of(nothing), nothing, FRENCH)["data"] if trace["name"] == "frontier"
    )
    assert line["y"] == [None, 105.0]


def test_marks_stand_where_the_offers_are() -> None:
    marks = {trace["name"]: (trace["x"], trace["y"]) for trace in offers_figure(offers_of(MAP), MAP, FRENCH)["data"]}
    assert marks["asked"] == ([24], [300.0])
    assert marks["nearest"] == ([12], [100.0])


def test_only_colours_with_a_counterpart_in_the_dark_and_nothing_that_needs_webgl() -> None:
    figure = offers_figure(offers_of(MAP), MAP, FRENCH)
    assert {trace["type"] for trace in figure["data"]} == {"bar", "scatter"}
    used = str(figure)

    assert set(re.findall(r"rgba?\([^)]*\)", used)) <= {*ALL_COLOURS, CLEAR}


def test_durations_that_the_model_takes_for_others_are_pale() -> None:
    bars = [trace for trace in offers_figure(offers_of(MAP), MAP, FRENCH)["data"] if trace["type"] == "bar"]
    for trace in bars:
        for months, opacity in zip(trace["x"], trace["marker"]["opacity"], strict=True):
            assert (opacity == 1) == (months == 12)


def test_edges_lie_half_way_between_amounts() -> None:
    assert amount_edges((100.0, 200.0, 400.0)) == (50.0, 150.0, 300.0, 500.0)
    assert amount_edges((100.0,)) == (95.0, 105.0)
