"""Earlier applications at this lender: what was asked, what became of it, and the plan of the loans granted."""

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
    cells_of,
    choose,
    coded_bands,
    coded_flag,
    draw_in,
    nearest,
    quantiles_in,
    rates_of,
    share_table,
    spread_rows,
    to_grid,
)
from scoring_dash.data.simulate.schedule import Loans, Schedule, draw_schedule
from scoring_dash.data.simulate.traits import CARD, Traits

KINDS = ("Cash", "Consumer", "Revolving")
CASH, CONSUMER, REVOLVING = range(3)
_PORTFOLIOS = ("Cash", "POS", "Cards", "XNA")
_NORMALISED_DOWN_PAYMENT = 1.089091
"""RATE_DOWN_PAYMENT of the original is the share of the down payment times this factor."""


@dataclass(frozen=True, slots=True)
class PreviousApplications:
    """The previous_application table of a chunk.

    Attributes
    ----------
    client : ndarray (n_rows,)
        Index of the client in the chunk.
    columns : mapping of str to Column
        Kaggle's columns without the two numbers of client and application.
    kind : ndarray (n_rows,)
        ``CASH``, ``CONSUMER`` or ``REVOLVING``.
    schedule : Schedule
        Plan and course of the loans granted.
    """

    client: Codes
    columns: Mapping[str, Column]
    kind: Codes
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class _Draft:
    section: Mapping[str, Any]
    knots: Floats
    generator: Generator
    client: Codes
    days: Floats
    band: Coded
    is_first: Any
    event: Coded
    product: Coded
    kind: Codes
    size_trait: Floats
    span_edges: list[int]

    @property
    def size(self) -> int:
        return len(self.client)

    @property
    def status(self) -> Any:
        """Status of each row as text."""
        return np.array([name.split(" ", 1)[1] for name in self.event.names])[self.event.codes]

    def draw(self, name: str, *keys: Coded) -> Coded:
        return draw_in(self.section[name], list(keys), self.generator)

    def plain(self, name: str) -> Floats:
        latent = self.generator.standard_normal(self.size)
        return np.interp(latent, self.knots, np.array(self.section[name]))

    def listed(self, name: str) -> Floats:
        """A number that takes but the values of the knots."""
        latent = self.generator.standard_normal(self.size)
        return np.array(self.section[name])[nearest(latent, self.knots)]

    def rate(self, name: str, *keys: Coded) -> Any:
        return bernoulli(self.generator, rates_of(self.section[name], list(keys)), self.size)

    def kinds(self) -> Coded:
        return Coded(self.kind, KINDS)


def draw_previous(
    histories: Mapping[str, Any], knots: Floats, traits: Traits, generator: Generator
) -> PreviousApplications:
    """Draw the earlier applications of all clients of a chunk."""
    section = histories["previous"]
    client, days, is_first = _decisions(histories, knots, traits, generator)
    band = coded_bands(days, histories["past_edges"])
    event = _events(histories, band, is_first, traits, client, generator)
    product = draw_in(section["product"], [event], generator)
    kind = np.array([KINDS.index(name.split(" ", 1)[0]) for name in event.names], dtype=np.int64)[event.codes]
    draft = _Draft(section, knots, generator, client, days, band, is_first, event, product, kind,
                   traits["previous_size"][client], histories["span_edges"])  # fmt: skip
    priced = draft.rate("priced", event)
    yields = draft.draw("yield", product)
    yields = Coded(np.where(priced, yields.codes, yields.names.index("XNA")), yields.names)
    money = _money(draft, priced, yields)
    loans = Loans(draft.kinds(), (draft.status == "Approved") & priced, is_first | (kind == REVOLVING), days,
                  money["CNT_PAYMENT"], traits["card_use"][client])  # fmt: skip
    schedule = draw_schedule(section, knots, loans, generator)
    insured = draft.rate("insured", draft.kinds(), yields)
    columns: dict[str, Column] = {
        **_descriptions(draft, priced, yields),
        **money,
        "DAYS_DECISION": days,
        **schedule.columns(),
        "NFLAG_INSURED_ON_APPROVAL": np.where(schedule.is_dated, insured, np.nan),
    }
    return PreviousApplications(client, columns, kind, schedule)


def _decisions(
    histories: Mapping[str, Any], knots: Floats, traits: Traits, generator: Generator
) -> tuple[Codes, Floats, Any]:
    """Client, day and whether it is the client's first, in the order of time."""
    client, rank = spread_rows(traits.previous_count)
    habit = generator.standard_normal(len(traits.previous_count))  # some clients came back early, others late
    section, start = histories["previous"], coded_bands(traits.previous_first[client], histories["past_edges"])
    position = quantiles_in(section["position"], knots, [start], blend([(0.4, habit[client])], generator))
    days = np.round(traits.previous_first[client] * np.where(rank == 0, 1.0, position))
    days = np.minimum(days, -2.0)
    order = np.lexsort((days, client))
    days = days[order]
    # Many clients apply several times on one day: such a row takes the day of the one before.
    repeated = (rank > 0) & bernoulli(generator, section["same_day"], len(client))
    source = np.maximum.accumulate(np.where(repeated, 0, np.arange(len(client))))
    return client, days[source], rank == 0


def _events(
    histories: Mapping[str, Any], band: Coded, is_first: Any, traits: Traits, client: Codes, generator: Generator
) -> Coded:
    """Kind and status of each application; refusals lean on the client's traits, cards are the client's one card."""
    table = histories["previous"]["event"]
    turn = Coded((~is_first).astype(np.int64), ("first", "later"))
    shares = share_table(table["cells"], turn.names, band.names)[cells_of([turn, band])]
    refused = np.exp(1.1 * traits["previous_refused"][client] - 1.05)
    names = tuple(table["levels"])
    shares[:, [i for i, name in enumerate(names) if "Refused" in name]] *= refused[:, None]
    shares[:, names.index("Revolving Approved")] = 0.0
    codes = choose(shares, np.arange(len(client)), generator)
    # Nearly every client of the original had a loan: the first application is granted if no other was.
    loan = (codes == names.index("Cash Approved")) | (codes == names.index("Consumer Approved"))
    has_loan = np.bincount(client, weights=loan, minlength=len(traits.previous_count)) > 0
    codes = np.where(is_first & ~has_loan[client], names.index("Consumer Approved"), codes)
    codes[_card_rows(band, is_first, traits, generator)] = names.index("Revolving Approved")
    return Coded(codes, names)


def _card_rows(band: Coded, is_first: Any, traits: Traits, generator: Generator) -> Any:
    """The one application by which each card holder got his card: rarely the first, or one of the last months."""
    client = np.cumsum(is_first) - 1
    is_recent = band.codes == len(band.names) - 1
    key = generator.random(len(is_first)) * np.where(is_recent, 0.5, 1.0) * np.where(is_first, 0.1, 1.0)
    best = np.zeros(int(is_first.sum()))
    np.maximum.at(best, client, key)
    holder = traits.card[traits.previous_count > 0] == CARD
    return (key == best[client]) & holder[client]


def _descriptions(draft: _Draft, priced: Any, yields: Coded) -> dict[str, Column]:
    generator, kinds = draft.generator, draft.kinds()
    consumer = draft.kind == CONSUMER
    channel = draft.draw("channel", draft.product)
    goods, industry = draft.draw("goods", draft.product), draft.draw("industry", draft.product)
    other = draft.draw("industry_other", kinds)
    industries = tuple(dict.fromkeys((*industry.names, *other.names)))
    renamed = [np.array([industries.index(name) for name in part.names])[part.codes] for part in (industry, other)]
    turn = Coded((~draft.is_first).astype(np.int64), ("first", "later"))
    area = quantiles_in(draft.section["area"], draft.knots, [channel], generator.standard_normal(draft.size))
    statuses = ("Approved", "Canceled", "Refused", "Unused offer")
    return {
        "NAME_CONTRACT_TYPE": Coded(draft.kind, ("Cash loans", "Consumer loans", "Revolving loans")),
        "WEEKDAY_APPR_PROCESS_START": draft.draw("weekday", kinds),
        "HOUR_APPR_PROCESS_START": np.round(draft.plain("hour")),
        "FLAG_LAST_APPL_PER_CONTRACT": Coded(bernoulli(generator, 0.996, draft.size).astype(np.int64), ("N", "Y")),
        "NFLAG_LAST_APPL_IN_DAY": bernoulli(generator, 0.997, draft.size).astype(np.int64),
        "NAME_CASH_LOAN_PURPOSE": draft.draw("purpose", draft.product),
        "NAME_CONTRACT_STATUS": Coded(np.array([statuses.index(s.split(" ", 1)[1]) for s in draft.event.names])[
            draft.event.codes], statuses),
        "NAME_PAYMENT_TYPE": draft.draw("payment", draft.event),
        "CODE_REJECT_REASON": draft.draw("reject", draft.event),
        "NAME_TYPE_SUITE": draft.draw("suite", draft.event),
        "NAME_CLIENT_TYPE": draft.draw("client", turn, kinds),
        "NAME_GOODS_CATEGORY": Coded(np.where(consumer, goods.codes, goods.names.index("XNA")), goods.names),
        "NAME_PORTFOLIO": Coded(np.where(priced, draft.kind, len(_PORTFOLIOS) - 1), _PORTFOLIOS),
        "NAME_PRODUCT_TYPE": draft.draw("product_type", draft.product),
        "CHANNEL_TYPE": channel,
        "SELLERPLACE_AREA": np.round(area),
        "NAME_SELLER_INDUSTRY": Coded(np.where(consumer, renamed[0], renamed[1]), industries),
        "NAME_YIELD_GROUP": yields,
        "PRODUCT_COMBINATION": draft.product,
    }  # fmt: skip


def _money(draft: _Draft, priced: Any, yields: Coded) -> dict[str, Any]:
    approved = draft.status == "Approved"
    cash, consumer, revolving = (draft.kind == kind for kind in range(3))
    term = _terms(draft, approved)
    span = Coded(np.searchsorted(draft.span_edges, term), tuple("0123"))
    latent = blend([(0.65, draft.size_trait)], draft.generator)
    asked = quantiles_in(draft.section["asked"], draft.knots, [draft.event, span], latent)
    asked = np.where(consumer, to_grid(asked, 4.5), to_grid(asked, 4500.0))
    asked = np.where(priced, asked, 0.0)
    asked[revolving & draft.rate("asked_zero", draft.event)] = 0.0
    down_share = np.where(draft.rate("paid_down", draft.event), draft.plain("down_share"), 0.0)
    down = np.where(consumer, to_grid(asked * down_share, 4.5), 0.0)
    for_card = blend([(0.3, draft.size_trait)], draft.generator) - 0.15  # who has a card asks for more elsewhere
    limit = to_grid(quantiles_in(draft.section["limit"], draft.knots, [draft.event, draft.band], for_card), 22500.0)
    credit = np.select(
        [cash, consumer], [asked * draft.plain("credit_share"), (asked - down) * draft.plain("fee")], limit
    )
    credit = np.where(priced, np.maximum(to_grid(credit, 4.5), 2250.0), 0.0)
    known = priced & (approved | cash | revolving | bernoulli(draft.generator, 0.83, draft.size))
    known &= draft.status != "Unused offer"
    rate = quantiles_in(draft.section["rate"], draft.knots, [draft.kinds(), yields],
                        draft.generator.standard_normal(draft.size))  # fmt: skip
    annuity = np.where(revolving, credit / 20.0, credit * (1.0 + rate * term / 12.0) / np.maximum(term, 1.0))
    tells_down = (consumer & priced) | (cash & approved & bernoulli(draft.generator, 0.12, draft.size))
    privileged = consumer & approved & bernoulli(draft.generator, 0.012, draft.size)
    return {
        "AMT_ANNUITY": np.where(known, np.round(to_grid(annuity, 0.045), 3), np.nan),
        "AMT_APPLICATION": asked,
        "AMT_CREDIT": credit,
        "AMT_DOWN_PAYMENT": np.where(tells_down, down, np.nan),
        "AMT_GOODS_PRICE": np.where(asked > 0, asked, np.nan),
        "RATE_DOWN_PAYMENT": np.where(
            tells_down, _NORMALISED_DOWN_PAYMENT * down / np.maximum(down + credit, 1.0), np.nan
        ),
        "RATE_INTEREST_PRIMARY": np.where(privileged, draft.listed("primary_rate"), np.nan),
        "RATE_INTEREST_PRIVILEGED": np.where(privileged, draft.listed("privileged_rate"), np.nan),
        "CNT_PAYMENT": np.where(known, np.where(revolving, 0.0, term), np.nan),
    }


def _terms(draft: _Draft, approved: Any) -> Floats:
    term = draft.draw("term", draft.product, coded_flag(approved))
    months = np.array([float(name) if name else np.nan for name in (*term.names, "")])[term.codes]
    return np.where(np.isnan(months) | (approved & (months == 0)), 12.0, months)
