"""Month by month, how the credits elsewhere stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.bureau import STATES, BureauCredits
from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Floats,
    Generator,
    bernoulli,
    choose,
    coded_flag,
    rates_of,
    spread_rows,
)

DAYS_PER_MONTH = 30.4375
_STATUSES = ("0", "1", "2", "3", "4", "5", "C", "X")
_CLOSED, _UNKNOWN = 6, 7


@dataclass(frozen=True, slots=True)
class BureauBalance:
    """The bureau_balance table of a chunk.

    Attributes
    ----------
    credit : ndarray (n_rows,)
        Index of the credit in the chunk's bureau table.
    month : ndarray (n_rows,)
        0 is the month of the application, earlier ones are negative.
    status : Coded (n_rows,)
    """

    credit: Codes
    month: Codes
    status: Coded


def draw_bureau_balance(
    histories: Mapping[str, Any], knots: Floats, credits: BureauCredits, is_test: Any, generator: Generator
) -> BureauBalance:
    """Draw the monthly states of the covered credits.

    Like in the original, all credits of a client are covered or none: about 30 % of the clients of
    application_train, nearly all of application_test.
    """
    section = histories["bureau_balance"]
    covered = bernoulli(generator, np.where(is_test, section["covered"]["True"], section["covered"]["False"]),
                        len(is_test))  # fmt: skip
    chosen = np.flatnonzero(covered[credits.client])
    first = np.ceil(credits.opened[chosen] / DAYS_PER_MONTH).astype(np.int64)
    closed = np.ceil(np.nan_to_num(credits.closed[chosen], nan=1e4) / DAYS_PER_MONTH).astype(np.int64)
    state = Coded(credits.state[chosen], STATES)
    early = bernoulli(
        generator, rates_of(section["stops_early"], [coded_flag(is_test[credits.client[chosen]]), state]), len(chosen)
    )
    somewhere = np.round(first * generator.random(len(chosen))).astype(np.int64)
    last = np.where(early, np.where(closed <= 0, np.maximum(closed, first), somewhere), 0)
    row, rank = spread_rows(last - first + 1)
    month = first[row] + rank
    unknown = np.interp(generator.standard_normal(len(chosen)), knots, np.array(section["unknown"]))
    status = _late_levels(section, credits.was_late[chosen][row], generator)
    status[generator.random(len(row)) < unknown[row]] = _UNKNOWN
    status[month > closed[row]] = _CLOSED
    return BureauBalance(chosen[row], month, Coded(status, _STATUSES))


def _late_levels(section: Mapping[str, Any], was_late: Any, generator: Generator) -> Codes:
    """Months overdue belong to the credits that were late, apart from some short delays."""
    punctual, *late = section["late"]
    rate = 1.0 - punctual
    share = np.array([[1 - 0.3 * rate, 0.3 * rate, 0, 0, 0, 0],
                      [1 - 3.2 * rate, *(3.2 * np.array(late))]])  # fmt: skip
    return choose(share, was_late.astype(np.int64), generator)
