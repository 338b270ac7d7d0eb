"""The timeline: credits elsewhere and here, refusals, late payments and card use, in years before the application."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from scoring_dash.core.history import ClientHistory, CreditElsewhere
from scoring_dash.figures.palette import (
    HIGHER,
    INK,
    INK_SOFT,
    LINE,
    NEUTRAL,
    PAPER,
    Figure,
    base_layout,
    hidden_axis,
    note,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.history import GRANTED, REFUSED, card_use, credits_text, has_arrears, is_running
from scoring_dash.i18n.numbers import duration_of_days, number, percent

MOST_ROWS: Final = 10
"""Credits that would need more rows are counted in words."""

_DAYS_PER_YEAR: Final = 365.25
_DAYS_PER_MONTH: Final = 30  # as the instalments are counted
_TOP, _BOTTOM = 4, 42
_LABEL, _BAR_ROW, _MARK_ROW, _STRIP, _GAP = 22, 13, 18, 46, 12
_SHORTEST_SPAN_YEARS: Final = 2
_MOST_TICKS: Final = 5
_LEAST_GAP_YEARS: Final = 0.04
_LEAST_GAP_OF_MARKS_YEARS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Span:
    """A credit as a bar.

    Attributes
    ----------
    start, end : float
        Years before the application, negative; ``end`` is 0 while the credit runs.
    row : int
        0 for the uppermost row; bars of one row do not touch.
    is_running, has_arrears : bool
    """

    start: float
    end: float
    row: int
    is_running: bool
    has_arrears: bool = False


@dataclass(frozen=True, slots=True)
class _Bar:
    """What becomes a span, in days relative to the application."""

    first_day: float
    last_day: float
    is_running: bool = False
    has_arrears: bool = False


@dataclass(frozen=True, slots=True)
class _Lane:
    """One band of the figure: what stands above it, and what is drawn in it.

    Attributes
    ----------
    height : int
        In pixels, without the label.
    low, high : float
        Range of its axis, the value at the bottom first.
    """

    label: str
    height: int
    low: float
    high: float
    traces: tuple[dict[str, Any], ...]


def timeline_figure(history: ClientHistory, texts: Texts) -> Figure | None:
    """The figure; None where nothing is known that could be drawn.

    Each lane has an axis of its own, so that what is drawn are the figures themselves: years for the bars, days for
    the delays, shares of the limit for the card.
    """
    lanes = [lane for lane in _lanes(history, texts) if lane is not None]
    if not lanes:
        return None
    years = _years_shown(lanes)
    inner = sum(_LABEL + lane.height for lane in lanes) + _GAP * (len(lanes) - 1)
    layout = base_layout(
        inner + _TOP + _BOTTOM,
        margin={"l": 2, "r": 2, "t": _TOP, "b": _BOTTOM, "pad": 0},
        xaxis=hidden_axis(-years, 0.0),
        shapes=_grid(years),
        annotations=_ticks(years, texts),
        bargap=0,
        barmode="overlay",
    )
    data: list[dict[str, Any]] = []
    top = 0
    for place, lane in enumerate(lanes):
        axis = "y" if place == 0 else f"y{place + 1}"
        bottom = top + _LABEL + lane.height
        layout[axis.replace("y", "yaxis")] = hidden_axis(
            lane.low, lane.high, domain=[1 - bottom / inner, 1 - (top + _LABEL) / inner]
        )
        layout["annotations"].append(_label(lane.label, years, 1 - (top + _LABEL) / inner))
        data += [{**trace, "xaxis": "x", "yaxis": axis} for trace in lane.traces]
        top = bottom + _GAP
    return {"data": data, "layout": layout}


def spans_elsewhere(history: ClientHistory) -> tuple[Span, ...]:
    """Every credit elsewhere as a bar, in the order of the history; an end that is not known is the planned one."""
    bars = [
        _Bar(item.opened_day, 0.0 if is_running(item) else _known_end(item), is_running(item), has_arrears(item))
        for item in history.credits_elsewhere
    ]
    return _packed(bars)


def spans_here(history: ClientHistory) -> tuple[Span, ...]:
    """Every credit granted here as a bar, in the order of the history."""
    return _packed(
        [
            _Bar(item.decided_day, item.ended_day or 0.0, is_running(item))
            for item in history.past_applications
            if item.status == GRANTED
        ]
    )


def more_than_drawn(spans: Sequence[Span]) -> int:
    """How many credits find no row in the figure: the table holds them all."""
    return sum(span.row >= MOST_ROWS for span in spans)


def _known_end(credit: CreditElsewhere) -> float:
    return next((day for day in (credit.ended_day, credit.planned_end_day) if day is not None), 0.0)


def _packed(bars: Sequence[_Bar], *, gap: float = _LEAST_GAP_YEARS) -> tuple[Span, ...]:
    """Bars in as few rows as can be: each goes to the first row that is free where it starts.

    Taken by their start, this is the classic partition of intervals, which needs no more rows than bars (with the gap
    behind them) overlap anywhere.
    """
    spans: dict[int, Span] = {}
    free: list[float] = []  # from where each row is free again
    for place in sorted(range(len(bars)), key=lambda place: bars[place].first_day):
        bar = bars[place]
        start = bar.first_day / _DAYS_PER_YEAR
        end = max(start, min(0.0, bar.last_day / _DAYS_PER_YEAR))
        row = next((row for row, last in enumerate(free) if last <= start), len(free))
        free[row : row + 1] = [end + gap]
        spans[place] = Span(start, end, row, bar.is_running, bar.has_arrears)
    return tuple(spans[place] for place in range(len(bars)))


def _lanes(history: ClientHistory, texts: Texts) -> list[_Lane | None]:
    refused = [item.decided_day for item in history.past_applications if item.status == REFUSED]
    others = [item.decided_day for item in history.past_applications if item.status not in (GRANTED, REFUSED)]
    return [
        _credits("elsewhere", texts.say("Credits elsewhere"), spans_elsewhere(history), texts),
        _credits("here", texts.say("Credits here"), spans_here(history), texts),
        _marks("refused", _counted(texts.say("Refused applications"), len(refused), texts), refused, ("x", HIGHER)),
        _marks(
            "without-result",
            _counted(texts.say("Applications without result"), len(others), texts),
            others,
            ("circle-open", INK_SOFT),
        ),
        _late_payments(history, texts),
        _card(history, texts),
    ]


def _credits(name: str, title: str, spans: Sequence[Span], texts: Texts) -> _Lane | None:
    if not spans:
        return None
    shown = [span for span in spans if span.row < MOST_ROWS]
    rows = max(span.row for span in shown) + 1
    count = credits_text(number(len(spans), texts), sum(span.is_running for span in spans), len(spans), texts)
    label = _titled(title, count, texts)
    late = [span for span in shown if span.has_arrears]
    traces = [_bars(name, shown)]
    if late:
        traces.append(
            _points(f"{name}-late", [span.start for span in late], [span.row for span in late], ("diamond", HIGHER))
        )
    return _Lane(label, rows * _BAR_ROW, rows - 0.5, -0.5, tuple(traces))


def _bars(name: str, spans: Sequence[Span]) -> dict[str, Any]:
    colours = [INK_SOFT if span.is_running else NEUTRAL for span in spans]
    return {
        "type": "bar",
        "name": name,
        "orientation": "h",
        "base": [span.start for span in spans],
        "x": [span.end - span.start for span in spans],
        "y": [span.row for span in spans],
        "width": 0.62,
        # The edge keeps a credit of a few days visible.
        "marker": {"color": colours, "line": {"width": 1.5, "color": colours}},
    }


def _marks(name: str, label: str, days: Sequence[float], look: tuple[str, str]) -> _Lane | None:
    if not days:
        return None
    # Marks that would hide each other stand one below the other.
    spans = _packed([_Bar(day, day) for day in days], gap=_LEAST_GAP_OF_MARKS_YEARS)
    rows = max(span.row for span in spans) + 1
    points = _points(name, [span.start for span in spans], [span.row for span in spans], look)
    return _Lane(label, rows * _MARK_ROW, rows - 0.5, -0.5, (points,))


def _points(name: str, x: Sequence[float], y: Sequence[float], look: tuple[str, str]) -> dict[str, Any]:
    symbol, colour = look
    return {
        "type": "scatter",
        "name": name,
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": 9, "color": colour, "line": {"width": 1.5, "color": colour}},
    }


def _counted(title: str, count: int, texts: Texts) -> str:
    return _titled(title, number(count, texts), texts)


def _titled(title: str, told: str, texts: Texts) -> str:
    return texts.say("{title}: {told}", title=f"<b>{title}</b>", told=told)


def _late_payments(history: ClientHistory, texts: Texts) -> _Lane | None:
    """Every month with an instalment on the base line, and the longest delay of each late one as a bar."""
    months = [month for month in history.payments if month.due]
    if not months:
        return None
    late = [month for month in months if month.late]
    most = max((month.most_days_late for month in late), default=0.0)
    x = [_payment_place(month.month) for month in late]
    days = [month.most_days_late for month in late]
    traces = [_strip("instalments", [_payment_place(month.month) for month in months], [0.0] * len(months), LINE)]
    if not late:
        label = _titled(texts.say("Instalments paid here"), texts.say("none late"), texts)
        return _Lane(label, _MARK_ROW, -1.0, 1.0, tuple(traces))
    traces.append(_strip("late", x, days, HIGHER))
    label = _titled(texts.say("Late instalments"), texts.say("up to {peak}", peak=duration_of_days(most, texts)), texts)
    in_part = [_payment_place(month.month) for month in late if not month.most_days_late]
    if in_part:
        # Nothing of them can be seen as a bar: they were paid on their day, but not in full.
        traces.append(_points("in-part", in_part, [0.0] * len(in_part), ("circle-open", HIGHER)))
    top = max(most, 1.0)
    return _Lane(label, _STRIP, -0.08 * top, 1.12 * top, tuple(traces))


def _card(history: ClientHistory, texts: Texts) -> _Lane | None:
    months = [(month, use) for month in history.card_months if (use := card_use(month)) is not None]
    if not months:
        return None
    most = max(use for _, use in months)
    title = texts.say("Card limit in use")
    label = _titled(title, texts.say("up to {peak}", peak=percent(most, texts, 0)), texts)
    traces = [_strip("card", [_card_place(month.month) for month, _ in months], [use for _, use in months], NEUTRAL)]
    late = [(month, use) for month, use in months if month.days_late]
    if late:
        places, heights = [_card_place(month.month) for month, _ in late], [use for _, use in late]
        traces.append(_points("card-late", places, heights, ("diamond", HIGHER)))
    return _Lane(label, _STRIP, min(0.0, *(use for _, use in months)), 1.12 * max(1.0, most), tuple(traces))


def _strip(name: str, x: Sequence[float], y: Sequence[float], colour: str) -> dict[str, Any]:
    """Bars a month wide."""
    return {
        "type": "bar",
        "name": name,
        "x": list(x),
        "y": list(y),
        "width": 0.8 / 12,
        "marker": {"color": colour, "line": {"width": 1, "color": colour}},
    }


def _payment_place(month: int) -> float:
    """Middle of a month of instalments: 0 covers the last 30 days."""
    return (month - 0.5) * _DAYS_PER_MONTH / _DAYS_PER_YEAR


def _card_place(month: int) -> float:
    """Middle of a month of a card: -1 covers the last one."""
    return (month + 0.5) / 12


def _years_shown(lanes: Sequence[_Lane]) -> float:
    """From the oldest thing drawn, and some room, to the application."""
    oldest = min(min(trace.get("base", trace["x"])) for lane in lanes for trace in lane.traces)
    return max(float(_SHORTEST_SPAN_YEARS), -oldest * 1.02)


def _tick_years(years: float) -> list[int]:
    step = max(1, math.ceil(years / _MOST_TICKS))
    return list(range(step, math.floor(years) + 1, step))


def _grid(years: float) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "x0": -year,
            "x1": -year,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "line": {"color": INK if year == 0 else LINE, "width": 1.5 if year == 0 else 1},
        }
        for year in (0, *_tick_years(years))
    ]


def _ticks(years: float, texts: Texts) -> list[dict[str, Any]]:
    """Years below the lanes; one too near the left edge would be cut, one too near the right would touch the end."""
    style = {"yref": "paper", "yanchor": "top", "yshift": -6, "font": {"size": 12, "color": INK_SOFT}}
    marks = [
        note(
            -year,
            0,
            texts.say_count("{number} year", "{number} years", year, number=number(year, texts)),
            xanchor="center" if year < 0.94 * years else "left",
            **style,
        )
        for year in _tick_years(years)
    ]
    end = texts.say("application")
    # A line below the years: on a telephone the last of them comes close.
    return [*marks, note(0, 0, f"<b>{end}</b>", xanchor="right", **{**style, "yshift": -22})]


def _label(text: str, years: float, place: float) -> dict[str, Any]:
    return note(
        -years,
        place,
        text,
        xanchor="left",
        yanchor="bottom",
        align="left",
        yref="paper",
        yshift=3,
        bgcolor=PAPER,
        font={"size": 13, "color": INK},
    )
