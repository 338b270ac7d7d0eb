"""What is drawn is the history: every bar, mark and column, in years, days and shares."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
from support.fake_history import ALL_TABLES, invent_history
from support.fake_services import CLIENTS, FIRST_CLIENT

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.figures import palette
from scoring_dash.figures.timeline import (
    MOST_ROWS,
    Span,
    more_than_drawn,
    spans_elsewhere,
    spans_here,
    timeline_figure,
)
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)
YEAR = 365.25
SOME_CLIENTS = range(FIRST_CLIENT, FIRST_CLIENT + CLIENTS)


def credit(opened: float, ended: float | None, **more: Any) -> CreditElsewhere:
    usual = {"planned_end_day": None, "state": "Closed" if ended is not None else "Active", "kind": None}
    amounts = {"amount": None, "debt": None, "overdue": None, "days_overdue": None, "late_months": None}
    return CreditElsewhere(**{"opened_day": opened, "ended_day": ended, **usual, **amounts, **more})


def history(**parts: Any) -> ClientHistory:
    empty = {"credits_elsewhere": (), "past_applications": (), "payments": (), "card_months": ()}
    return ClientHistory(1, ALL_TABLES, **{**empty, **parts})


def trace(figure: Any, name: str) -> Any:
    return next((item for item in figure["data"] if item["name"] == name), None)


def drawn(figure: Any, name: str) -> list[tuple[float, float]]:
    found = trace(figure, name)
    return [] if found is None else list(zip(found["x"], found["y"], strict=True))


def words(figure: Any) -> list[str]:
    return [note["text"].replace("\u00a0", " ") for note in figure["layout"]["annotations"]]


def test_bars_go_from_start_to_end_and_running_ones_reach_the_application() -> None:
    figure = timeline_figure(history(credits_elsewhere=(credit(-4 * YEAR, -3 * YEAR), credit(-YEAR, None))), FRENCH)
    bars = trace(figure, "elsewhere")
    assert bars["base"] == [-4, -1]
    assert bars["x"] == [1, 1]
    assert bars["y"] == [0, 0]
    assert bars["marker"]["color"] == [palette.NEUTRAL, palette.INK_SOFT]


def test_a_closed_credit_whose_end_is_not_known_ends_as_planned() -> None:
    closed = credit(-4 * YEAR, None, state="Closed", planned_end_day=-3 * YEAR)
    sold = credit(-2 * YEAR, None, state="Sold", planned_end_day=5 * YEAR)
    assert spans_elsewhere(history(credits_elsewhere=(closed, sold))) == (
        Span(-4, -3, 0, is_running=False),
        Span(-2, 0, 0, is_running=False),
    )


def test_bars_that_overlap_stand_in_rows_of_their_own() -> None:
    credits = (credit(-1000, -100), credit(-900, -800), credit(-700, -600), credit(-650, None))
    assert [span.row for span in spans_elsewhere(history(credits_elsewhere=credits))] == [0, 1, 1, 2]


@pytest.mark.parametrize("seed", range(30))
def test_packing_is_tight_and_without_collision(seed: int) -> None:
    chance = random.Random(seed)
    starts = [-chance.uniform(10, 2900) for _ in range(40)]
    spans = spans_elsewhere(
        history(credits_elsewhere=tuple(credit(start, start * chance.random()) for start in starts))
    )
    for row in {span.row for span in spans}:
        bars = sorted((span.start, span.end) for span in spans if span.row == row)
        assert all(one[1] < other[0] for one, other in pairwise(bars))
    gap = 0.04
    overlaps = max(sum(other.start <= span.start < other.end + gap for other in spans) for span in spans)
    assert max(span.row for span in spans) + 1 == overlaps


def test_what_finds_no_row_is_counted_not_dropped() -> None:
    many = history(credits_elsewhere=tuple(credit(-YEAR, None) for _ in range(MOST_ROWS + 3)))
    figure = timeline_figure(many, FRENCH)
    assert more_than_drawn(spans_elsewhere(many)) == 3
    assert len(trace(figure, "elsewhere")["base"]) == MOST_ROWS
    assert f"<b>Crédits ailleurs</b> : {MOST_ROWS + 3}, tous en cours" in words(figure)


def test_applications_are_told_by_what_became_of_them() -> None:
    def application(day: float, status: str | None, ended: float | None = None) -> PastApplication:
        return PastApplication(day * YEAR, None, status, None, None, None, None, ended)

    applications = (
        application(-3, "Approved", -2 * YEAR),
        application(-2.5, "Refused"),
        application(-2.5, "Refused"),
        application(-1, "Canceled"),
        application(-0.5, None),
    )
    figure = timeline_figure(history(past_applications=applications), FRENCH)
    assert (trace(figure, "here")["base"], trace(figure, "here")["x"]) == ([-3], [1])
    assert drawn(figure, "refused") == [(-2.5, 0), (-2.5, 1)]
    assert drawn(figure, "without-result") == [(-1, 0), (-0.5, 0)]
    assert trace(figure, "refused")["marker"]["symbol"] != trace(figure, "without-result")["marker"]["symbol"]


def test_delays_are_drawn_in_days_in_their_month() -> None:
    payments = (
        PaymentMonth(-12, 2, 1, 7.0, 0, 0),
        PaymentMonth(-1, 1, 0, 0.0, 0, 0),
        PaymentMonth(0, 1, 1, 0.0, 100, 50),
    )
    figure = timeline_figure(history(payments=payments), FRENCH)
    last, year_ago = -15 / YEAR, -375 / YEAR
    assert drawn(figure, "late") == [(year_ago, 7), (last, 0)]
    assert drawn(figure, "in-part") == [(last, 0)]
    assert drawn(figure, "instalments") == [(year_ago, 0), (-45 / YEAR, 0), (last, 0)]
    assert "<b>Échéances en retard</b> : jusqu’à 7 jours" in words(figure)


def test_card_use_is_drawn_as_a_share_of_the_limit() -> None:
    months = (
        CardMonth(-12, 50, 100, 0),
        CardMonth(-6, 50, 0, 0),
        CardMonth(-2, None, 100, 3),
        CardMonth(-1, 120, 100, 9),
    )
    figure = timeline_figure(history(card_months=months), FRENCH)
    assert drawn(figure, "card") == [(-11.5 / 12, 0.5), (-0.5 / 12, 1.2)]
    assert drawn(figure, "card-late") == [(-0.5 / 12, 1.2)]
    axis = figure["layout"][trace(figure, "card")["yaxis"].replace("y", "yaxis")]
    assert axis["range"][0] == 0
    assert axis["range"][1] > 1.2


@pytest.mark.parametrize("client", SOME_CLIENTS)
def test_every_value_drawn_is_one_of_the_history(client: int) -> None:
    past = invent_history(client)
    figure = timeline_figure(past, FRENCH)
    if figure is None:
        assert not (past.credits_elsewhere or past.past_applications or past.payments or past.card_months)
        return
    for name, spans, days in (
        ("elsewhere", spans_elsewhere(past), [(item.opened_day, item.ended_day) for item in past.credits_elsewhere]),
        (
            "here",
            spans_here(past),
            [(item.decided_day, item.ended_day) for item in past.past_applications if item.status == "Approved"],
        ),
    ):
        for span, (first, last) in zip(spans, days, strict=True):
            assert (span.start * YEAR, span.end * YEAR) == pytest.approx((first, last or 0))
        bars = trace(figure, name) or {"base": [], "x": [], "y": []}
        shown = [(span.start, span.end - span.start, span.row) for span in spans if span.row < MOST_ROWS]
        assert list(zip(bars["base"], bars["x"], bars["y"], strict=True)) == shown
    late = [month for month in past.payments if month.late]
    assert [days for _, days in drawn(figure, "late")] == [month.most_days_late for month in late]
    cards = [month for month in past.card_months if month.limit]
    assert [use for _, use in drawn(figure, "card")] == [month.balance / month.limit for month in cards]
    refused = [item.decided_day for item in past.past_applications if item.status == "Refused"]
    assert [year * YEAR for year, _ in drawn(figure, "refused")] == pytest.approx(refused)


@pytest.mark.parametrize("client", SOME_CLIENTS[:40])
def test_lanes_stand_apart_and_everything_is_on_the_picture(client: int) -> None:
    figure = timeline_figure(invent_history(client), FRENCH)
    if figure is None:
        return
    layout = figure["layout"]
    domains = sorted(axis["domain"] for name, axis in layout.items() if name.startswith("yaxis"))
    assert all(one[1] < other[0] for one, other in pairwise(domains))
    assert domains[0][0] >= -1e-12
    assert domains[-1][1] <= 1
    for item in figure["data"]:
        low, high = sorted(layout[item["yaxis"].replace("y", "yaxis")]["range"])
        assert all(low <= y <= high for y in item["y"])
        assert all(layout["xaxis"]["range"][0] <= x <= 0 for x in item.get("base", item["x"]))


def test_nothing_known_draws_nothing() -> None:
    assert timeline_figure(history(), FRENCH) is None


def test_colours_are_of_the_palette_and_nothing_needs_webgl() -> None:
    figure = timeline_figure(invent_history(100_007), FRENCH)
    assert figure is not None
    assert {item["type"] for item in figure["data"]} == {"bar", "scatter"}
    colours = {
        colour
        for item in figure["data"]
        for colour in (
            [item["marker"]["color"]] if isinstance(item["marker"]["color"], str) else item["marker"]["color"]
        )
    }
    assert colours <= set(palette.ALL_COLOURS)
