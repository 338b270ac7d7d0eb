"""Small valid raw tables, made from the schema: invented clients, consistent keys, no meaning in the values."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import TABLES, Column, ColumnKind

FIRST_CLIENT = 100_001
FIRST_PREVIOUS = 1_000_001
FIRST_BUREAU = 5_000_001

Row = dict[str, str]

_USUAL_RANGES: Mapping[Unit, tuple[float, float]] = {
    Unit.CURRENCY: (1_000.0, 500_000.0),
    Unit.DAYS: (-2_900.0, -1.0),
    Unit.MONTHS: (3.0, 48.0),
    Unit.YEARS: (0.0, 20.0),
    Unit.COUNT: (0.0, 4.0),
    Unit.HOUR: (7.0, 20.0),
    Unit.FLAG: (0.0, 1.0),
}


def write_tiny_tables(directory: Path, *, clients: int = 40, seed: int = 0) -> Path:
    """Write the eight CSV files of a small portfolio.

    Parameters
    ----------
    directory : Path
        Created if need be.
    clients : int
        Number of past files (every fifth in default); a quarter as many current files.
    seed : int
        The same seed gives the same files.

    Returns
    -------
    Path
        The directory.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in tiny_rows(clients=clients, seed=seed).items():
        write_rows(directory / f"{name}.csv", TABLES[name].column_names, rows)
    return directory


def tiny_rows(*, clients: int = 40, seed: int = 0) -> dict[TableName, list[Row]]:
    """Make the rows of the eight tables, as text."""
    random = Random(seed)
    ids = list(range(FIRST_CLIENT, FIRST_CLIENT + clients + max(1, clients // 4)))
    rows: dict[TableName, list[Row]] = {name: [] for name in TableName}
    for number, client in enumerate(ids):
        keys = {"SK_ID_CURR": client}
        if number < clients:
            keys["TARGET"] = int(number % 5 == 0)
        rows[TableName.APPLICATION_TRAIN if number < clients else TableName.APPLICATION_TEST].append(
            _row(TableName.APPLICATION_TRAIN if number < clients else TableName.APPLICATION_TEST, keys, random)
        )
        _add_bureau(rows, client, random)
        _add_previous(rows, client, random)
    return rows


def write_rows(path: Path, names: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as CSV with these columns in this order."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(names), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _add_bureau(rows: dict[TableName, list[Row]], client: int, random: Random) -> None:
    for _ in range(random.randint(0, 3)):
        credit = FIRST_BUREAU + len(rows[TableName.BUREAU])
        keys = {"SK_ID_CURR": client, "SK_ID_BUREAU": credit}
        rows[TableName.BUREAU].append(_row(TableName.BUREAU, keys, random))
        for month in range(random.randint(1, 4)):
            months = {"SK_ID_BUREAU": credit, "MONTHS_BALANCE": -month}
            rows[TableName.BUREAU_BALANCE].append(_row(TableName.BUREAU_BALANCE, months, random))


def _add_previous(rows: dict[TableName, list[Row]], client: int, random: Random) -> None:
    for _ in range(random.randint(0, 3)):
        keys = {"SK_ID_PREV": FIRST_PREVIOUS + len(rows[TableName.PREVIOUS_APPLICATION]), "SK_ID_CURR": client}
        rows[TableName.PREVIOUS_APPLICATION].append(_row(TableName.PREVIOUS_APPLICATION, keys, random))
        for month in range(1, random.randint(2, 5)):
            months = {**keys, "MONTHS_BALANCE": -month}
            for name in (TableName.POS_CASH_BALANCE, TableName.CREDIT_CARD_BALANCE):
                rows[name].append(_row(name, months, random))
            instalment = {**keys, "NUM_INSTALMENT_NUMBER": month, "DAYS_INSTALMENT": -30 * month}
            rows[TableName.INSTALLMENTS_PAYMENTS].append(_row(TableName.INSTALLMENTS_PAYMENTS, instalment, random))


def _row(name: TableName, keys: Mapping[str, int], random: Random) -> Row:
    return {
        column.name: str(keys[column.name]) if column.name in keys else _value(column, random)
        for column in TABLES[name].columns
    }


def _value(column: Column, random: Random) -> str:
    chance = random.random()
    if column.nullable and chance < 0.1:
        return ""
    if column.sentinels and chance < 0.15:
        return _write(random.choice(column.sentinels), column)
    if column.kind is ColumnKind.TEXT:
        return random.choice(column.categories or ("",))
    low, high = _range(column)
    if column.kind is ColumnKind.INTEGER or column.unit in {Unit.DAYS, Unit.COUNT, Unit.FLAG, Unit.MONTHS, Unit.YEARS}:
        return _write(random.randint(int(low), int(high)), column)
    return _write(round(random.uniform(low, high), 4), column)


def _range(column: Column) -> tuple[float, float]:
    """Cut the usual range of a unit to what the column accepts."""
    low, high = _USUAL_RANGES.get(column.unit, (0.0, 1.0))
    if column.name == "DAYS_BIRTH":
        low, high = -25_000.0, -8_000.0
    elif column.minimum is not None and high < column.minimum:
        low, high = 0.0, 30.0  # a number of days late rather than a date
    low = low if column.minimum is None else max(low, column.minimum)
    return low, high if column.maximum is None else min(high, column.maximum)


def _write(value: float | str, column: Column) -> str:
    if isinstance(value, str):
        return value
    return str(int(value)) if column.kind is ColumnKind.INTEGER else str(float(value))
