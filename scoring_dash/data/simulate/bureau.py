"""Credits elsewhere, as a credit bureau reports them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Column,
    Floats,
    Generator,
    bernoulli,
    blend,
    coded_bands,
    coded_flag,
    draw_in,
    happens,
    quantiles_in,
    rates_of,
    spread_rows,
    to_grid,
)
from scoring_dash.data.simulate.traits import Traits

CLOSED, ACTIVE, SOLD = range(3)
STATES = ("Closed", "Active", "Sold")
_ROWS_LEAN = 0.75
"""Clients with many credits are late more often; by this factor the share of late credits, not clients, is right."""
_USUAL_LOG_AMOUNT = 11.7  # of 123,000, the median


@dataclass(frozen=True, slots=True)
class BureauCredits:
    """The bureau table of a chunk.

    Attributes
    ----------
    client : ndarray (n_credits,)
        Index of the client in the chunk.
    columns : mapping of str to Column
        Kaggle's columns without the two numbers of client and credit.
    opened, closed : ndarray (n_credits,)
        Days; NaN in ``closed`` for a credit that is not closed.
    state : ndarray (n_credits,)
        ``CLOSED``, ``ACTIVE`` or ``SOLD``.
    was_late : ndarray of bool (n_credits,)
        Whether the credit was ever overdue, told by the table or not.
    """

    client: Codes
    columns: Mapping[str, Column]
    opened: Floats
    closed: Floats
    state: Codes
    was_late: Any


@dataclass(frozen=True, slots=True)
class _Draft:
    section: Mapping[str, Any]
    knots: Floats
    generator: Generator
    client: Codes
    kind: Coded
    opened: Floats
    planned: Floats  # duration in days, NaN if not known

    @property
    def size(self) -> int:
        return len(self.client)

    def noise(self) -> Floats:
        return self.generator.standard_normal(self.size)

    def quantile(self, name: str, keys: list[Coded], latent: Floats) -> Floats:
        return quantiles_in(self.section[name], self.knots, keys, latent)

    def plain(self, name: str) -> Floats:
        """A number that depends on nothing."""
        return np.interp(self.noise(), self.knots, np.array(self.section[name]))

    def rate(self, name: str, keys: list[Coded]) -> Any:
        return bernoulli(self.generator, rates_of(self.section[name], keys), self.size)


def draw_bureau(
    histories: Mapping[str, Any], knots: Floats, traits: Traits, is_test: Any, generator: Generator
) -> BureauCredits:
    """Draw the credits of all clients of a chunk that a bureau knows.

    Parameters
    ----------
    histories : mapping
        ``histories`` of the parameters.
    """
    section = histories["bureau"]
    client, rank = spread_rows(traits.bureau_count)
    position = np.interp(generator.standard_normal(len(client)), knots, np.array(section["position"]))
    opened = np.minimum(np.round(traits.bureau_oldest[client] * np.where(rank == 0, 1.0, position)), -1.0)
    band = coded_bands(opened, histories["past_edges"])
    kind = draw_in(section["kind"], [band], generator)
    planned = np.round(quantiles_in(section["planned"], knots, [kind], generator.standard_normal(len(client))))
    planned = np.maximum(planned, 1.0)
    planned[bernoulli(generator, rates_of(section["planned_missing"], [kind]), len(client))] = np.nan
    draft = _Draft(section, knots, generator, client, kind, opened, planned)
    state, closed = _state(draft, band, traits["bureau_active"][client])
    was_late = happens(rates_of(section["overdue"], [coded_flag(state == ACTIVE)]) * _ROWS_LEAN,
                       traits["bureau_overdue"][client], 0.6, generator)  # fmt: skip
    columns = {
        "CREDIT_ACTIVE": Coded(state, STATES),
        "CREDIT_CURRENCY": draw_in(section["currency"], [Coded(np.zeros_like(client), ("all",))], generator),
        "DAYS_CREDIT": opened,
        "DAYS_CREDIT_ENDDATE": opened + planned,
        "DAYS_ENDDATE_FACT": np.where(state == CLOSED, closed, np.nan),
        "CNT_CREDIT_PROLONG": bernoulli(generator, section["prolonged"], len(client)).astype(np.int64),
        "CREDIT_TYPE": _named_kind(draft),
        "DAYS_CREDIT_UPDATE": _update(draft, state, closed),
        **_money(draft, state, traits),
        **_overdue(draft, state, was_late),
    }
    columns["AMT_ANNUITY"] = _annuity(draft, state, columns["AMT_CREDIT_SUM"], is_test[client])
    return BureauCredits(client, columns, opened, np.where(state == CLOSED, closed, np.nan), state, was_late)


def _state(draft: _Draft, band: Coded, trait: Floats) -> tuple[Codes, Floats]:
    end = draft.opened + draft.planned
    term = Coded(np.select([np.isnan(end), end > 0], [0, 1], 2), ("none", "future", "past"))
    active = happens(rates_of(draft.section["active"], [draft.kind, term, band]), trait, 0.75, draft.generator)
    state = np.where(active, ACTIVE, CLOSED)
    state[bernoulli(draft.generator, draft.section["sold"], draft.size)] = SOLD
    life = draft.quantile("life", [draft.kind], draft.noise())
    closed = np.round(draft.opened + life * np.where(np.isnan(draft.planned), -draft.opened, draft.planned))
    somewhere = np.round(draft.opened * draft.generator.random(draft.size))
    closed = np.where((closed > -1) | (closed < draft.opened), somewhere, closed)
    closed = np.minimum(np.maximum(closed, draft.opened), -1.0)
    return state, np.where(state == ACTIVE, np.nan, closed)


def _named_kind(draft: _Draft) -> Coded:
    """The rare kinds of credit take the place of a few consumer credits."""
    rare = draft.section["rare_kinds"]
    names = (*draft.kind.names, *rare)
    drawn = draft.generator.random(draft.size)
    bounds = np.cumsum(list(rare.values()))
    index = np.searchsorted(bounds, drawn, side="right")
    replaced = draft.kind.equals("Consumer credit") & (index < len(rare))
    return Coded(np.where(replaced, len(draft.kind.names) + index, draft.kind.codes), names)


def _update(draft: _Draft, state: Codes, closed: Floats) -> Floats:
    lag = draft.plain("update_lag")
    active = draft.plain("update")
    update: Floats = np.where(state == ACTIVE, active, np.minimum(np.nan_to_num(closed) + lag, -1.0))
    return np.asarray(np.round(np.maximum(update, draft.opened)), dtype=np.float64)


def _money(draft: _Draft, state: Codes, traits: Traits) -> dict[str, Column]:
    is_active = state == ACTIVE
    status = Coded(state, STATES)
    latent = blend([(0.75, traits["bureau_size"][draft.client])], draft.generator)
    amount = to_grid(draft.quantile("amount", [draft.kind, coded_flag(is_active)], latent), 4.5)
    amount[draft.rate("amount_zero", [draft.kind])] = 0.0
    remaining = np.nan_to_num(np.clip((draft.opened + draft.planned) / draft.planned, 0.0, 1.0), nan=0.5)
    debt_latent = blend([(0.85, traits["bureau_debt"][draft.client]), (0.35, (remaining - 0.5) * 3.0)], draft.generator)
    share = draft.quantile("debt_share", [draft.kind], debt_latent)
    debt = np.where(is_active, np.round(amount * share, 2), 0.0)
    limited = draft.rate("limit_positive", [draft.kind, coded_flag(is_active)])
    limit = np.where(limited, np.round(np.maximum(amount - debt, 0.0), 2), 0.0)
    missing = draft.section["missing"]
    debt[bernoulli(draft.generator, rates_of(missing["AMT_CREDIT_SUM_DEBT"], [status]), draft.size)] = np.nan
    limit[bernoulli(draft.generator, rates_of(missing["AMT_CREDIT_SUM_LIMIT"], [status]), draft.size)] = np.nan
    return {"AMT_CREDIT_SUM": amount, "AMT_CREDIT_SUM_DEBT": debt, "AMT_CREDIT_SUM_LIMIT": limit}


def _overdue(draft: _Draft, state: Codes, was_late: Any) -> dict[str, Column]:
    status, is_active = Coded(state, STATES), state == ACTIVE
    amount = np.where(was_late, np.round(draft.plain("overdue_amount"), 2), 0.0)
    rate = rates_of(draft.section["missing"]["AMT_CREDIT_MAX_OVERDUE"], [status])
    now = was_late & is_active & bernoulli(draft.generator, 0.03, draft.size)
    days = np.where(now, np.minimum(np.maximum(np.round(draft.plain("overdue_days")), 1.0), -draft.opened), 0.0)
    return {
        "AMT_CREDIT_MAX_OVERDUE": np.where(bernoulli(draft.generator, rate, draft.size), np.nan, amount),
        "CREDIT_DAY_OVERDUE": days,
        "AMT_CREDIT_SUM_OVERDUE": np.where(now, np.round(amount * draft.generator.random(draft.size), 2), 0.0),
    }


def _annuity(draft: _Draft, state: Codes, amount: Any, is_test: Any) -> Floats:
    cell = [coded_flag(is_test), coded_flag(state == ACTIVE)]
    known, positive = draft.rate("annuity_known", cell), draft.rate("annuity_positive", cell)
    # Large credits run longer than their kind, and so are paid in smaller parts.
    size = np.clip((np.log1p(amount) - _USUAL_LOG_AMOUNT) / 1.3, -2.0, 2.0)
    factor = draft.quantile("annuity_factor", [draft.kind], blend([(-0.5, size)], draft.generator))
    months = np.clip(np.nan_to_num(draft.planned, nan=1000.0), 30.0, 6000.0) / 30.4
    return np.where(known, np.where(positive, to_grid(amount * factor / months, 4.5), 0.0), np.nan)
