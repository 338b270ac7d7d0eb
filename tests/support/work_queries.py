"""Any query of the work list, and any rows that one may be asked of."""

from __future__ import annotations

from hypothesis import strategies as st

from scoring_dash.core.words import Recommendation, Theme
from scoring_dash.population.work_list import Change, WorkRow
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView

THRESHOLD = 0.1
THEMES = (Theme.EXTERNAL_SCORES, Theme.LOAN_SIZE, Theme.CARD_USE)
CONTRACTS = ("Cash loans", "Revolving loans")
_AMOUNTS = st.none() | st.integers(0, 6).map(lambda step: step * 100_000.0)


@st.composite
def _bounds(draw: st.DrawFn) -> tuple[int | None, int | None]:
    low, high = (draw(st.none() | st.integers(0, 700_000)) for _ in range(2))
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def _queries(draw: st.DrawFn) -> WorkListQuery:
    least, greatest = draw(_bounds())
    return WorkListQuery(
        view=draw(st.sampled_from(WorkView)),
        number=draw(st.just("") | st.text("0123456789", min_size=1, max_size=4)),
        least_amount=least,
        greatest_amount=greatest,
        contract=draw(st.sampled_from(["", "cash_loans", "revolving_loans"])),
        sort=draw(st.sampled_from(WorkColumn)),
        direction=draw(st.sampled_from(SortDirection)),
    )


@st.composite
def _row(draw: st.DrawFn, number: int) -> WorkRow:
    # Few values, so that ties, and files exactly at the edge of what is near, come up.
    probability = draw(st.sampled_from([0.0, 0.05, 0.09, 0.095, 0.1, 0.105, 0.11, 0.2, 1.0]))
    change = draw(st.none() | st.just(Change(None)) | st.sampled_from(Recommendation).map(Change))
    return WorkRow(
        client_id=number,
        recommendation=draw(st.sampled_from(Recommendation)),
        probability=probability,
        distance=probability - THRESHOLD,
        amount=draw(_AMOUNTS),
        instalment=draw(_AMOUNTS),
        contract=draw(st.none() | st.sampled_from(CONTRACTS)),
        theme=draw(st.none() | st.sampled_from(THEMES)),
        change=change,
    )


@st.composite
def _rows(draw: st.DrawFn) -> list[WorkRow]:
    numbers = draw(st.sets(st.integers(1, 3000), max_size=40))
    return [draw(_row(number)) for number in sorted(numbers)]


QUERIES = _queries()
ROWS = _rows()
