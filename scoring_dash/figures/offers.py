"""The map of offers: what would be accepted, reviewed and refused, by duration and amount, and the marks on it."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any, Final

from scoring_dash.core.offers import Offer, OfferMap, Offers
from scoring_dash.core.words import Recommendation
from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LOWER,
    PAPER,
    REVIEW,
    Figure,
    base_layout,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number

_HEIGHT: Final = 400
_COLOURS: Final = {Recommendation.ACCEPT: LOWER, Recommendation.REVIEW: REVIEW, Recommendation.REFUSE: HIGHER}
_TICKS: Final = (6, 12, 24, 36, 48, 60)
_SOFT: Final = {"size": 12, "color": INK_SOFT}
_ROOM: Final = 1.06
_PALE: Final = 0.5
"""Of durations that the model takes for others."""


def offers_figure(offers: Offers, map_: OfferMap, texts: Texts) -> Figure:
    """Columns of durations, coloured by what the engine says of each amount; the frontier as a line in steps."""
    edges = amount_edges(map_.amounts)
    top = max(edges[-1], offers.asked.amount * _ROOM)
    return {
        "data": [*_regions(map_, edges), _frontier(map_, edges), *_marks(offers)],
        "layout": base_layout(
            _HEIGHT,
            margin={"l": 74, "r": 8, "t": 26, "b": 44, "pad": 0},
            barmode="overlay",
            bargap=0,
            xaxis=_axis([map_.months[0] - 1, map_.months[-1] + 1], list(_TICKS), [str(tick) for tick in _TICKS]),
            yaxis=_axis([edges[0], top], *_amount_ticks(edges[0], top, texts)),
            annotations=[
                note(0, 1, texts.say("Amount of the credit"), xref="paper", yref="paper", xanchor="left",
                     yanchor="bottom", yshift=6, xshift=-70, font=_SOFT),
                note(0.5, 0, texts.say("Duration (months)"), xref="paper", yref="paper", yanchor="top", yshift=-24,
                     font=_SOFT),
            ],
        ),
    }  # fmt: skip


def amount_edges(amounts: tuple[float, ...]) -> tuple[float, ...]:
    """Between which amounts the colour of each stands: half way to its neighbours; one more than there are amounts.

    Parameters
    ----------
    amounts : tuple of float
        Ascending, at least one.
    """
    middles = [(low + high) / 2 for low, high in pairwise(amounts)]
    first = amounts[0] - ((middles[0] - amounts[0]) if middles else amounts[0] / 20)
    last = amounts[-1] + ((amounts[-1] - middles[-1]) if middles else amounts[-1] / 20)
    return (first, *middles, last)


def _regions(map_: OfferMap, edges: tuple[float, ...]) -> list[dict[str, Any]]:
    runs: dict[Recommendation, list[tuple[int, float, float]]] = {item: [] for item in Recommendation}
    for column, months in enumerate(map_.months):
        cells = list(enumerate(row[column] for row in map_.recommendations))
        for recommendation, run in groupby(cells, key=lambda cell: cell[1]):
            places = [place for place, _ in run]
            runs[recommendation].append((months, edges[places[0]], edges[places[-1] + 1]))
    as_is = {months for months, read in zip(map_.months, map_.read_as, strict=True) if months == read}
    width = map_.months[1] - map_.months[0] if len(map_.months) > 1 else 1
    return [
        {
            "type": "bar",
            "name": recommendation.value,
            "x": [months for months, _, _ in found],
            "base": [low for _, low, _ in found],
            "y": [high - low for _, low, high in found],
            "width": width,
            "marker": {
                "color": _COLOURS[recommendation],
                "opacity": [1 if months in as_is else _PALE for months, _, _ in found],
                "line": {"width": 0},
            },
        }
        for recommendation, found in runs.items()
        if found
    ]


def _frontier(map_: OfferMap, edges: tuple[float, ...]) -> dict[str, Any]:
    """The upper edge of what is accepted; a duration without any leaves a gap."""
    tops = dict(zip(map_.amounts, edges[1:], strict=True))
    return {
        "type": "scatter",
        "name": "frontier",
        "mode": "lines",
        "x": list(map_.months),
        "y": [None if amount is None else tops[amount] for amount in map_.frontier()],
        "line": {"color": INK, "width": 2.5, "shape": "hvh"},
        "connectgaps": False,
    }


def _marks(offers: Offers) -> list[dict[str, Any]]:
    marks = [("nearest", offers.nearest, "diamond"), ("asked", offers.asked, "circle")]
    return [
        _mark(name, offer, symbol) for name, offer, symbol in marks if offer is not None and offer.months is not None
    ]


def _mark(name: str, offer: Offer, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "mode": "markers",
        "x": [offer.months],
        "y": [offer.amount],
        "marker": {
            "color": PAPER, "size": 15, "symbol": symbol, "opacity": 1, "line": {"color": INK, "width": 3},
        },
        "cliponaxis": False,
    }  # fmt: skip


def _axis(range_: list[float], values: list[float] | list[int], texts: list[str]) -> dict[str, Any]:
    return {
        "range": range_,
        "tickmode": "array",
        "tickvals": values,
        "ticktext": texts,
        "tickfont": _SOFT,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _amount_ticks(low: float, high: float, texts: Texts) -> tuple[list[float], list[str]]:
    """About four round amounts."""
    step = next(
        size * power for power in (1e3, 1e4, 1e5, 1e6) for size in (1, 2, 5) if (high - low) / (size * power) <= 5
    )
    values = [step * k for k in range(int(low // step) + 1, int(high // step) + 1)]
    return values, [number(value, texts) for value in values]
