"""The catalogue beside the same features in plain pandas (``benchmarks.pandas_features``), value by value."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from support.feature_tables import Values, raw_rows, tiny_raw
from support.hand_made_portfolio import ANNA, ANNAS_FEATURES, BORIS, HAND_MADE

from benchmarks.pandas_features.build import ZERO_WITHOUT_ROWS, build
from benchmarks.pandas_features.frames import COLUMNS, read, typed
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.assemble import (
    ALL_DEFINITIONS,
    FeatureMatrix,
    available_definitions,
    build_features,
    to_matrix,
)
from scoring_dash.data.features.typical_income import learn_typical_incomes
from scoring_dash.data.read import clean, read_tables
from scoring_dash.data.schema import TABLES, ColumnKind
from scoring_dash.data.simulate import simulate

PAST = TableName.APPLICATION_TRAIN
Frames = dict[TableName, pd.DataFrame]

FLOAT32_ROUNDING = 1e-5
SMALLEST_PART = {Unit.CURRENCY: 1e-3}
"""The product counts amounts in thousandths and ratios in millionths: what is smaller than these is rounding."""


def product(tables: Mapping[TableName, ibis.Table]) -> FeatureMatrix:
    incomes = learn_typical_incomes(clean(tables[PAST], PAST))
    return to_matrix(
        build_features(tables, typical_incomes=incomes), [item.feature for item in available_definitions(tables)]
    )


def product_of(frames: Mapping[TableName, pd.DataFrame]) -> FeatureMatrix:
    return product({name: ibis.memtable(as_arrow(frame, name)) for name, frame in frames.items()})


def as_arrow(frame: pd.DataFrame, name: TableName) -> pa.Table:
    return pa.Table.from_pandas(frame, raw_rows(name, []).schema, preserve_index=False)


def reference_of(frames: Mapping[TableName, pd.DataFrame]) -> pd.DataFrame:
    return build({name: typed(frames[TableName(name)], name) for name in COLUMNS})


def disagreements(found: FeatureMatrix, expected: pd.DataFrame) -> dict[str, str]:
    """The features of which some client has another value, each with the first such client."""
    assert found.client_ids.tolist() == expected.index.tolist()
    differences = {}
    for feature, values in zip(found.features, found.values, strict=True):
        ours, theirs = values.astype(np.float64), expected[feature.name]
        if feature.is_categorical:
            known = {name: code for code, name in enumerate(found.categories[feature.name])}
            theirs = theirs.astype("object").map(known)
        wanted = theirs.to_numpy(dtype=np.float64)
        smallest = SMALLEST_PART.get(feature.unit, 1e-6)
        wrong = ~np.isclose(ours, wanted, rtol=FLOAT32_ROUNDING, atol=smallest, equal_nan=True)
        if wrong.any():
            first = int(np.argmax(wrong))
            client = found.client_ids[first]
            differences[feature.name] = f"{wrong.sum()} clients; {client}: {ours[first]!r}, pandas {wanted[first]!r}"
    return differences


def test_every_feature_has_a_reference_and_every_reference_a_feature() -> None:
    rows = tiny_raw(clients=4)
    assert set(reference_of(as_frames(rows)).columns) == {item.name for item in ALL_DEFINITIONS}


@pytest.mark.parametrize("side", ["product", "pandas"])
def test_the_answers_of_the_hand_made_client(side: str) -> None:
    found = product_values(HAND_MADE, ANNA) if side == "product" else reference_values(HAND_MADE, ANNA)
    wrong = {
        name: (found[name], answer)
        for name, answer in ANNAS_FEATURES.items()
        if found[name] != (answer if answer is None or isinstance(answer, str) else pytest.approx(answer, 1e-6))
    }
    assert wrong == {}
    assert set(ANNAS_FEATURES) == {item.name for item in ALL_DEFINITIONS}


def test_the_reference_has_zero_or_nothing_for_a_client_without_history() -> None:
    assert set(ZERO_WITHOUT_ROWS) == {item.name for item in ALL_DEFINITIONS if item.feature.zero_when_no_rows}
    found = reference_values(HAND_MADE, BORIS)
    for item in ALL_DEFINITIONS:
        if item.feature.table not in (TableName.APPLICATION_TRAIN, None):
            assert found[item.name] == (0 if item.feature.zero_when_no_rows else None), item.name


def product_values(rows: Mapping[TableName, list[dict[str, object]]], client: int) -> Values:
    found = product_of(as_frames(rows))
    column = found.values[:, found.client_ids.tolist().index(client)].tolist()
    known = {feature.name: value for feature, value in zip(found.features, column, strict=True) if not isnan(value)}
    names = {name: texts[int(known[name])] for name, texts in found.categories.items() if name in known}
    return {feature.name: names.get(feature.name, known.get(feature.name)) for feature in found.features}


def reference_values(rows: Mapping[TableName, list[dict[str, object]]], client: int) -> Values:
    values = reference_of(as_frames(rows)).loc[client].to_dict()
    return {name: None if pd.isna(value) else value for name, value in values.items()}


def as_frames(rows: Mapping[TableName, list[dict[str, object]]]) -> Frames:
    return {name: raw_rows(name, table).to_pandas() for name, table in rows.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_random_rows_with_codes_and_gaps_give_the_same_features(seed: int) -> None:
    frames = as_frames(tiny_raw(clients=60, seed=seed))
    assert disagreements(product_of(frames), reference_of(frames)) == {}


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated") / "portfolio"
    simulate(1_000, folder, seed=3)
    return folder


def test_a_simulated_portfolio_gives_the_same_features(simulated: Path) -> None:
    raw = read_tables(simulated, ibis.duckdb.connect(threads=2))
    assert disagreements(product(raw.tables), build(read(simulated))) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_spoilt_portfolio_gives_the_same_features(simulated: Path, seed: int) -> None:
    frames = spoilt(simulated, np.random.default_rng(seed))
    assert disagreements(product_of(frames), reference_of(frames)) == {}


@pytest.mark.quality
@pytest.mark.parametrize("folder", ["histories", "instalments"])
def test_real_histories_give_the_same_features(real_data: Path, folder: str) -> None:
    raw = read_tables(real_data / folder, ibis.duckdb.connect(threads=2))
    assert disagreements(product(raw.tables), build(read(real_data / folder))) == {}


DATES = {
    TableName.BUREAU: "DAYS_CREDIT",
    TableName.BUREAU_BALANCE: "MONTHS_BALANCE",
    TableName.PREVIOUS_APPLICATION: "DAYS_DECISION",
    TableName.POS_CASH_BALANCE: "MONTHS_BALANCE",
    TableName.INSTALLMENTS_PAYMENTS: "DAYS_INSTALMENT",
    TableName.CREDIT_CARD_BALANCE: "MONTHS_BALANCE",
}
"""What puts a row of each history before or after the application."""


def spoilt(folder: Path, rng: np.random.Generator) -> Frames:
    """The portfolio as a careless lender might hand it over; each kind of fault in a few rows of every table."""
    frames = {name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""]) for name in TableName}
    for name, date in DATES.items():
        frame = _without_some_clients(frames[name], rng)
        _tie(frame, date, rng)
        _move_into_the_future(frame, date, rng)
        frames[name] = frame
    for name, frame in frames.items():
        _empty_and_encode(frame, name, rng)
    frames[TableName.INSTALLMENTS_PAYMENTS] = _with_repeated_rows(frames[TableName.INSTALLMENTS_PAYMENTS], rng)
    frames[TableName.POS_CASH_BALANCE] = _with_repeated_rows(frames[TableName.POS_CASH_BALANCE], rng)
    return frames


def _some(length: int, share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    return rng.random(length) < share


def _without_some_clients(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    owner = frame.columns[0] if "SK_ID_CURR" not in frame else "SK_ID_CURR"
    owners = frame[owner].unique()
    return frame[~frame[owner].isin(owners[_some(len(owners), 0.1, rng)])].reset_index(drop=True)


def _tie(frame: pd.DataFrame, date: str, rng: np.random.Generator) -> None:
    """Put half of the rows on few days; a month of a loan stays the only one of its kind."""
    if date.startswith("DAYS"):
        frame[date] = frame[date].where(_some(len(frame), 0.5, rng), frame[date] // 365 * 365)


def _move_into_the_future(frame: pd.DataFrame, date: str, rng: np.random.Generator) -> None:
    frame[date] = frame[date].mask(_some(len(frame), 0.03, rng), -frame[date])


def _empty_and_encode(frame: pd.DataFrame, name: TableName, rng: np.random.Generator) -> None:
    for column in TABLES[name].columns:
        values = frame[column.name].astype("float64" if column.kind is not ColumnKind.TEXT else "object")
        if column.nullable:
            values = values.mask(_some(len(frame), 0.03, rng))
        if column.unit in (Unit.CURRENCY, Unit.COUNT):
            values = values.mask(_some(len(frame), 0.03, rng), 0.0)
        for code in column.sentinels:
            values = values.mask(_some(len(frame), 0.03, rng), code)
        if column.implausible_below is not None:
            values = values.mask(_some(len(frame), 0.03, rng), column.implausible_below - 1)
        frame[column.name] = values


def _with_repeated_rows(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Part payments of an instalment; two statements of a loan for one month."""
    again = frame[_some(len(frame), 0.05, rng)]
    amounts = [column for column in ("AMT_PAYMENT", "CNT_INSTALMENT_FUTURE") if column in frame]
    return pd.concat([frame, again.assign(**{column: again[column] // 2 for column in amounts})], ignore_index=True)
