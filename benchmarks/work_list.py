"""A page of the work list at growing sizes, beside the same question to a pandas frame: filter, sort, cut, write.

Invented files; the queries are drawn once and are the same for both and at every size.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pandas as pd

from scoring_dash.core.words import Theme
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.population.work_list import NEAR_SHARE, UNKNOWN, WorkFiles, WorkList
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkListQuery, WorkView
from scoring_dash.web.portfolio.rows import grid_row

SIZES = (10_000, 100_000, 356_255, 1_000_000)
ROWS = 100
_QUERIES = 40
_THRESHOLD = 0.09
_CONTRACTS = ("Cash loans", "Revolving loans")
_FRAME_COLUMNS = {
    WorkColumn.CLIENT: "client_ids",
    WorkColumn.RECOMMENDATION: "recommendations",
    WorkColumn.RISK: "probabilities",
    WorkColumn.DISTANCE: "distances",
    WorkColumn.AMOUNT: "amounts",
    WorkColumn.INSTALMENT: "instalments",
    WorkColumn.CONTRACT: "contracts",
    WorkColumn.THEME: "themes",
    WorkColumn.CHANGE: "changes",
}
_RECOMMENDED = {WorkView.ACCEPTED: 0, WorkView.TO_REVIEW: 1, WorkView.REFUSED: 2}


def main() -> None:
    """Print the lines of the report."""
    for line in lines():
        print(" | ".join(line))


def lines() -> list[tuple[str, str, str, str]]:
    """What, ours, peer, ratio: one line a size; the milliseconds are CPU time, the 95th percentile."""
    found, least = [], None
    for size in SIZES:
        files = invented(size)
        start = time.perf_counter()
        work = WorkList(files)
        built = time.perf_counter() - start
        mine = _p95_ms(_asking_ours(work))
        peer = _p95_ms(_asking_pandas(files))
        least = least or mine
        found.append(
            (
                f"page of the work list, {size:,} current files: any view, filter and order, {ROWS} rows written (CPU)",
                f"p95 {mine:.1f} ms ({mine / least:.1f} × that of {SIZES[0]:,}); sorted once in {built:.2f} s",
                f"pandas, filter and sort: p95 {peer:.1f} ms",
                f"{peer / mine:.1f} ×",
            )
        )
    return found


def _asking_ours(work: WorkList) -> Callable[[WorkListQuery, int], None]:
    texts = load_texts(Language.FRENCH)

    def ask(query: WorkListQuery, offset: int) -> None:
        for row in work.page(query, offset=offset, limit=ROWS).rows:
            grid_row(row, query, texts)

    return ask


def invented(size: int) -> WorkFiles:
    """Files with ties and gaps as there are in real ones."""
    chance = np.random.default_rng(0)
    amounts = np.round(chance.lognormal(13, 0.6, size), -2)
    return WorkFiles(
        client_ids=100_001 + np.sort(chance.choice(4 * size, size, replace=False)).astype(np.int64),
        probabilities=chance.beta(1.2, 12, size),
        recommendations=chance.integers(0, 3, size).astype(np.int8),
        amounts=amounts,
        instalments=np.where(chance.random(size) < 0.01, np.nan, np.round(amounts / 20)),
        contracts=chance.integers(0, 2, size).astype(np.int16),
        themes=chance.integers(UNKNOWN, 12, size).astype(np.int8),
        changes=chance.integers(UNKNOWN, 4, size).astype(np.int8),
        contract_names=_CONTRACTS,
        theme_names=tuple(Theme)[:12],
        threshold=_THRESHOLD,
        has_earlier=True,
    )


def _queries() -> list[WorkListQuery]:
    chance = random.Random(0)
    orders = list(product(WorkColumn, SortDirection))
    return [
        WorkListQuery(
            chance.choice(list(WorkView)),
            chance.choice(["", "", "1", "23"]),
            chance.choice([None, 200_000]),
            chance.choice([None, 900_000]),
            chance.choice(["", "cash_loans"]),
            *chance.choice(orders),
        )
        for _ in range(_QUERIES)
    ]


def _p95_ms(ask: Callable[[WorkListQuery, int], None]) -> float:
    """Over the first two pages of every query."""
    durations: list[float] = []
    for query, offset in product(_queries(), (0, ROWS)):
        start = time.process_time()
        ask(query, offset)
        durations.append(time.process_time() - start)
    return float(np.percentile(durations, 95) * 1000)


def _asking_pandas(files: WorkFiles) -> Callable[[WorkListQuery, int], None]:
    names: Sequence[str] = [name for name in _FRAME_COLUMNS.values() if name != "distances"]
    frame = pd.DataFrame({name: getattr(files, name) for name in names})
    frame["distances"] = (frame["probabilities"] - files.threshold).abs()
    codes = frame.assign(**{name: frame[name].where(frame[name] != UNKNOWN) for name in ("themes", "changes")})

    def ask(query: WorkListQuery, offset: int) -> None:
        kept = codes
        if query.view is WorkView.NEAR_THRESHOLD:
            kept = kept[kept["distances"] <= NEAR_SHARE * files.threshold]
        elif query.view is WorkView.CHANGED:
            kept = kept[kept["changes"].notna()]
        elif query.view in _RECOMMENDED:
            kept = kept[kept["recommendations"] == _RECOMMENDED[query.view]]
        if query.number:
            kept = kept[kept["client_ids"].astype(str).str.startswith(query.number)]
        if query.least_amount is not None:
            kept = kept[kept["amounts"] >= query.least_amount]
        if query.greatest_amount is not None:
            kept = kept[kept["amounts"] <= query.greatest_amount]
        if query.contract:
            kept = kept[kept["contracts"] == 0]
        is_ascending = query.direction is SortDirection.ASCENDING
        order = kept.sort_values(_FRAME_COLUMNS[query.sort], ascending=is_ascending, kind="stable")
        order.iloc[offset : offset + ROWS].to_dict("records")

    return ask


if __name__ == "__main__":
    main()
