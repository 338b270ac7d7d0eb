"""Compare a simulated portfolio with the real sample: ``python -m benchmarks.report_simulation --real DIR``.

Simulates a portfolio in a temporary folder and writes the figures into ``docs/simulation.md``, between its two
markers. Only aggregates of the real tables are written.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.simulation_fit.quality import Distance, auc, deciles, distances, model_inputs
from scoring_dash.data.simulate import simulate

DOCUMENT = Path(__file__).parents[1] / "docs" / "simulation.md"
BEGIN, END = "<!-- report: begin -->", "<!-- report: end -->"
CLIENTS, SEED = 58_000, 2024
MAIN = (
    "EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3", "AMT_INCOME_TOTAL", "AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE",
    "DAYS_BIRTH", "DAYS_EMPLOYED", "DAYS_REGISTRATION", "DAYS_ID_PUBLISH", "DAYS_LAST_PHONE_CHANGE", "OWN_CAR_AGE",
    "REGION_POPULATION_RELATIVE", "CNT_CHILDREN", "CNT_FAM_MEMBERS", "HOUR_APPR_PROCESS_START",
    "OBS_30_CNT_SOCIAL_CIRCLE", "AMT_REQ_CREDIT_BUREAU_MON", "AMT_REQ_CREDIT_BUREAU_QRT", "AMT_REQ_CREDIT_BUREAU_YEAR",
    "APARTMENTS_AVG", "LIVINGAREA_AVG", "FLOORSMAX_AVG", "YEARS_BUILD_AVG", "TOTALAREA_MODE",
)  # fmt: skip
MAIN_CATEGORIES = ("NAME_CONTRACT_TYPE", "NAME_INCOME_TYPE", "NAME_EDUCATION_TYPE", "OCCUPATION_TYPE")
HISTORIES = ("bureau", "bureau_balance", "previous_application", "POS_CASH_balance", "credit_card_balance")


@dataclass(frozen=True)
class Folder:
    """Application tables and histories of one portfolio."""

    train: pd.DataFrame
    test: pd.DataFrame
    histories: dict[str, pd.DataFrame]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, required=True, help="folder of the real sample")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--out", type=Path, default=DOCUMENT)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as workspace:
        simulated = Path(workspace) / "portfolio"
        simulate(arguments.clients, simulated, SEED, progress=print)
        text = report(arguments.real, simulated, arguments.clients)
    before, _, rest = arguments.out.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    arguments.out.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    print(text)


def report(real: Path, simulated: Path, clients: int) -> str:
    """The figures as Markdown."""
    ours = _folder(simulated, simulated)
    theirs = _folder(real / "applications", real / "histories")
    sampled = _folder(real / "histories", real / "histories")
    found = [
        *distances("application_train", theirs.train, ours.train),
        *distances("application_test", theirs.test, ours.test),
    ]
    for name in HISTORIES:
        found += distances(name, theirs.histories[name], _same_mix(ours, sampled, name))
    found += _instalment_distances(real / "instalments", simulated)
    parts = [
        f"Simulated: {clients:,} applications, seed {SEED}. Real: the sample of {len(theirs.train):,} labelled and "
        f"{len(theirs.test):,} other applications, and {len(sampled.train) + len(sampled.test):,} complete histories.",
        _outcome(theirs, ours),
        _main_numbers(theirs.train, ours.train, found),
        _main_categories(theirs.train, ours.train),
        _largest(found),
        _rows_per_client(sampled, ours),
    ]
    return "\n\n".join(parts)


def _folder(applications: Path, histories: Path) -> Folder:
    tables = {name: pd.read_csv(histories / f"{name}.csv") for name in HISTORIES}
    tables["bureau_balance"] = tables["bureau_balance"].merge(tables["bureau"][["SK_ID_BUREAU", "SK_ID_CURR"]])
    train, test = (pd.read_csv(applications / f"application_{book}.csv") for book in ("train", "test"))
    return Folder(train, test, tables)


def _same_mix(ours: Folder, sampled: Folder, name: str) -> pd.DataFrame:
    """Our rows of a table, of as many past clients to each current one as the real sample has."""
    wanted = round(len(ours.test) * len(sampled.train) / len(sampled.test))
    clients = [*ours.test.SK_ID_CURR, *ours.train.SK_ID_CURR.sample(min(wanted, len(ours.train)), random_state=0)]
    table = ours.histories[name]
    return table[table.SK_ID_CURR.isin(clients)]


def _instalment_distances(real: Path, simulated: Path) -> list[Distance]:
    """Of the clients who repaid: the real sample of instalments was chosen by outcome."""
    tables = []
    for folder in (real, simulated):
        clients = pd.read_csv(folder / "application_train.csv", usecols=["SK_ID_CURR", "TARGET"])
        rows = pd.read_csv(folder / "installments_payments.csv")
        tables.append(rows[rows.SK_ID_CURR.isin(clients.SK_ID_CURR[clients.TARGET == 0])])
    return distances("installments_payments", *tables)


def _outcome(theirs: Folder, ours: Folder) -> str:
    simulated, real = model_inputs(ours.train, theirs.train)
    y, real_y = ours.train.TARGET, theirs.train.TARGET
    part, real_part = len(y) * 4 // 5, len(real_y) * 4 // 5
    rows = [
        ("Default rate, real", f"{real_y.mean():.2%} (307,511 applications: 8.07 %)"),
        ("Default rate, simulated", f"{y.mean():.2%}"),
        ("AUC trained on simulated, tested on real", f"{auc((simulated, y), (real, real_y)):.3f}"),
        ("AUC trained on simulated, tested on simulated",
         f"{auc((simulated[:part], y[:part]), (simulated[part:], y[part:])):.3f}"),
        ("AUC trained on real, tested on real",
         f"{auc((real[:real_part], real_y[:real_part]), (real[real_part:], real_y[real_part:])):.3f}"),
        ("AUC trained on real, tested on simulated", f"{auc((real, real_y), (simulated, y)):.3f}"),
    ]  # fmt: skip
    return "**Outcome** (LightGBM of depth 4 on lawful application columns)\n\n" + _table(["figure", "value"], rows)


def _main_numbers(real: pd.DataFrame, simulated: pd.DataFrame, found: list[Distance]) -> str:
    by_column = {item.column: item for item in found if item.table == "application_train"}
    rows = []
    for column in MAIN:
        for name, frame in (("real", real), ("simulated", simulated)):
            missing = by_column[column].missing_real if name == "real" else by_column[column].missing_simulated
            values = " · ".join(f"{value:.4g}" for value in deciles(frame[column]))
            distance = f"{by_column[column].distance:.3f}" if name == "simulated" else ""
            rows.append((column if name == "real" else "", name, f"{missing:.3f}", distance, values))
    heading = "**Main numbers of application_train**: share missing, largest gap of the distribution functions, deciles"
    return f"{heading}\n\n" + _table(["column", "", "missing", "gap", "deciles 1 to 9"], rows)


def _main_categories(real: pd.DataFrame, simulated: pd.DataFrame) -> str:
    rows = []
    for column in MAIN_CATEGORIES:
        shares = [frame[column].fillna("(empty)").value_counts(normalize=True) for frame in (real, simulated)]
        text = ", ".join(
            f"{level} {share:.1%} / {shares[1].get(level, 0.0):.1%}" for level, share in shares[0].head(6).items()
        )
        rows.append((column, text))
    return "**Main categories of application_train**: real / simulated share\n\n" + _table(["column", "levels"], rows)


def _largest(found: list[Distance]) -> str:
    ordered = sorted(found, key=lambda item: -item.worst)
    rows = [
        (item.table, item.column, f"{item.missing_real:.3f}", f"{item.missing_simulated:.3f}", f"{item.distance:.3f}")
        for item in ordered[:25]
    ]
    within = np.mean([item.worst < 0.05 for item in found])
    heading = (
        f"**Largest deviations** among {len(found)} columns of all tables. Deviation: the larger of the gap (numbers: "
        "of the distribution functions; categories: half the summed differences of the shares) and the difference in "
        f"missing share. It is below 0.05 for {within:.0%} of the columns, at the median "
        f"{np.median([item.worst for item in found]):.3f}."
    )
    return f"{heading}\n\n" + _table(["table", "column", "missing real", "missing simulated", "gap"], rows)


def _rows_per_client(real: Folder, simulated: Folder) -> str:
    rows = []
    for name in HISTORIES:
        for book in ("train", "test"):
            cells: list[str] = []
            for folder in (real, simulated):
                clients = getattr(folder, book).SK_ID_CURR
                counts = folder.histories[name].groupby("SK_ID_CURR").size().reindex(clients).dropna()
                cells += [
                    f"{len(counts) / len(clients):.1%}",
                    f"{counts.sum() / len(clients):.1f}",
                    f"{counts.median():.0f}",
                ]
            rows.append((name, book, *cells))
    columns = ["clients with rows", "rows a client", "median of those with rows"]
    heading = ["table", "book", *(f"{column}, real" for column in columns), *(f"{column}, sim." for column in columns)]
    return "**Rows per client** (no real figure for instalments: that sample was chosen by outcome)\n\n" + _table(
        heading, rows
    )


def _table(heading: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(heading) + " |", "|" + "---|" * len(heading)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


if __name__ == "__main__":
    main()
