"""Past files of every difficult kind, as arrays for the engine and as rows for the reference."""

from __future__ import annotations

import math

import numpy as np
from support.group_reference import Asker, Row, Value

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Recommendation, TableName, Theme, Unit
from scoring_dash.data.fields import bars_of
from scoring_dash.model.cost import DecisionRule
from scoring_dash.population.columns import Column, Columns
from scoring_dash.population.distributions import choose_bin_edges
from scoring_dash.population.past_files import PastFiles, Subject

RULE = DecisionRule(threshold=0.5, review_low=0.4, review_high=0.6, cost=0.5)
LEVELS = ("low", "middle", "high")
KINDS = ("Cash", "Card", "Other: x / y", "Rare")
THEMES = (Theme.EXTERNAL_SCORES, Theme.LOAN_SIZE, Theme.INCOME_JOB)

UNITS = {
    "amount": Unit.CURRENCY,
    "share": Unit.SHARE,
    "count": Unit.COUNT,
    "flag": Unit.FLAG,
    "level": Unit.LEVEL,
    "kind": Unit.CATEGORY,
    "nothing": Unit.CURRENCY,  # missing everywhere
    "constant": Unit.SHARE,
    "wild": Unit.RATIO,  # infinite and extreme values
}
NAMES = {"kind": KINDS, "level": LEVELS, "flag": ("no", "yes")}


def feature(name: str) -> Feature:
    """Description of an invented fact."""
    levels = LEVELS if name == "level" else ()
    return Feature(
        name,
        TableName.APPLICATION_TRAIN,
        ("AMT_CREDIT",),
        "all",
        UNITS[name],
        Theme.LOAN_SIZE,
        name,
        name,
        levels=levels,
    )


def invent(files: int, seed: int) -> tuple[PastFiles, list[Row]]:
    """The same files twice."""
    random = np.random.default_rng(seed)
    stored = {name: _values(name, files, random).astype(np.float32) for name in UNITS}
    # Whole weights: distances are exact in any arithmetic, and many are equal.
    themes = random.integers(-2, 3, (files, len(THEMES))).astype(np.float32)
    risks = random.integers(0, 101, files) / 100
    outcomes = (random.random(files) < risks).astype(np.int8)
    past = PastFiles(
        client_ids=np.arange(1, files + 1) * 3,
        outcomes=outcomes,
        probabilities=risks,
        themes=themes,
        columns=Columns.of([_column(name, stored[name]) for name in UNITS]),
        rule=RULE,
    )
    rows = [
        Row(
            {name: _read(name, float(stored[name][place])) for name in UNITS},
            bool(outcomes[place]),
            float(risks[place]),
            tuple(float(weight) for weight in themes[place]),
        )
        for place in range(files)
    ]
    return past, rows


def ask_as(past: PastFiles, rows: list[Row], place: int) -> tuple[Subject, Asker]:
    """One of the past files as the client who is compared."""
    risk = rows[place].risk
    recommendation = (
        Recommendation.ACCEPT if risk < 0.4 else Recommendation.REFUSE if risk > 0.6 else Recommendation.REVIEW
    )
    zones = {
        Recommendation.ACCEPT: (None, math.nextafter(0.4, 0)),
        Recommendation.REVIEW: (0.4, 0.6),
        Recommendation.REFUSE: (math.nextafter(0.6, 1), None),
    }
    values = np.array([column.values[place] for column in past.columns], dtype=np.float32)
    subject = Subject(int(past.client_ids[place]), values, past.themes[place], risk, recommendation, place)
    return subject, Asker(rows[place], place, zones[recommendation])


def _column(name: str, values: np.ndarray) -> Column:
    categories = KINDS if name == "kind" else ()
    edges = () if categories else choose_bin_edges(feature(name), values)
    return Column(feature(name), True, categories, edges, values, bars_of(values, edges=edges, names=len(categories)))


def _values(name: str, files: int, random: np.random.Generator) -> np.ndarray:
    if name in ("nothing", "constant"):
        return np.full(files, np.nan if name == "nothing" else 0.3)
    if name == "kind":
        return _with_gaps(random.choice(4, files, p=[0.6, 0.3, 0.09, 0.01]).astype(float), 0.1, random)
    if name in ("flag", "level"):
        return _with_gaps(random.integers(0, 2 if name == "flag" else 3, files).astype(float), 0.05, random)
    if name == "count":
        return random.poisson(2, files).astype(float)
    if name == "wild":
        wild = random.choice([np.inf, -np.inf, 3e38, -3e38, 1e-38, 0.0, 1.0, 2.5], files)
        return _with_gaps(wild, 0.2, random)
    numbers = random.lognormal(11, 0.8, files) if name == "amount" else random.integers(0, 11, files) / 10
    return _with_gaps(np.round(numbers, 3), 0.15, random)


def _with_gaps(values: np.ndarray, share: float, random: np.random.Generator) -> np.ndarray:
    return np.where(random.random(len(values)) < share, np.nan, values)


def _read(name: str, stored: float) -> Value:
    if not math.isfinite(stored):
        return None
    return KINDS[int(stored)] if name == "kind" else stored
