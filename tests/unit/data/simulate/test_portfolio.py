"""The folder as a whole: format, numbers of clients and credits, same bytes, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from scoring_dash.core.errors import InvalidRequestError, ScoringError
from scoring_dash.core.words import TableName
from scoring_dash.data.read import read_tables
from scoring_dash.data.schema import TABLES
from scoring_dash.data.simulate import GENERATOR_VERSION, MARKER, simulate
from scoring_dash.data.simulate.portfolio import draw_chunk, load_parameters

Tables = Mapping[TableName, pd.DataFrame]
HISTORIES = [name for name in TableName if not name.startswith("application")]


@pytest.mark.parametrize("name", list(TableName))
def test_columns_and_their_order_are_those_of_the_original(tables: Tables, name: TableName) -> None:
    assert tuple(tables[name].columns) == TABLES[name].column_names


def test_the_reader_finds_no_fault_and_knows_that_it_is_simulated(portfolio: Path) -> None:
    raw = read_tables(portfolio, ibis.duckdb.connect())

    assert raw.simulated
    assert set(raw.tables) == set(TableName)


def test_numbers_are_written_as_in_the_original(portfolio: Path) -> None:
    first = (portfolio / "application_train.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    header = TABLES[TableName.APPLICATION_TRAIN].column_names
    cell = dict(zip(header, first, strict=False))

    assert cell["AMT_CREDIT"].endswith((".0", ".5"))
    assert cell["DAYS_REGISTRATION"].endswith(".0")
    assert "." not in cell["DAYS_BIRTH"] + cell["SK_ID_CURR"] + cell["TARGET"]


def test_text_with_a_comma_is_quoted_and_nothing_is_written_as_nan(portfolio: Path) -> None:
    text = (portfolio / "application_train.csv").read_text(encoding="utf-8")

    assert '"Stone, brick"' in text
    assert ",nan" not in text.lower()


def test_client_numbers_are_contiguous_sorted_and_shared_between_the_books(tables: Tables) -> None:
    train, test = (tables[name].SK_ID_CURR for name in (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST))

    assert sorted([*train, *test]) == list(range(100_001, 100_001 + 3_000))
    assert train.is_monotonic_increasing and test.is_monotonic_increasing
    assert len(test) == round(3_000 * 48_744 / 356_255)
    assert test.min() < 100_100 and test.max() > 102_900


def test_credit_numbers_are_unique_over_all_chunks(tables: Tables) -> None:
    assert tables[TableName.PREVIOUS_APPLICATION].SK_ID_PREV.is_unique
    assert tables[TableName.BUREAU].SK_ID_BUREAU.is_unique


@pytest.mark.parametrize("name", [name for name in HISTORIES if name is not TableName.BUREAU_BALANCE])
def test_histories_belong_to_known_clients(tables: Tables, applications: pd.DataFrame, name: TableName) -> None:
    assert tables[name].SK_ID_CURR.isin(applications.SK_ID_CURR).all()


@pytest.mark.parametrize("name", HISTORIES)
def test_no_history_row_lies_after_the_application(tables: Tables, name: TableName) -> None:
    planned = {"DAYS_CREDIT_ENDDATE", "DAYS_LAST_DUE_1ST_VERSION"}  # what was agreed may lie ahead
    days = tables[name].filter(regex="^(DAYS|MONTHS)_").drop(columns=planned, errors="ignore")

    assert days.where(days != 365_243).max().max() <= 0


def test_about_eight_in_a_hundred_default(tables: Tables) -> None:
    assert tables[TableName.APPLICATION_TRAIN].TARGET.mean() == pytest.approx(0.0807, abs=0.016)  # three sigma


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        simulate(250, tmp_path / name, seed, chunk_clients=200)

    for table in TableName:
        one, same, other = ((tmp_path / name / f"{table}.csv").read_bytes() for name in ("one", "same", "other"))
        assert one == same
        assert one != other


def test_a_chunk_does_not_depend_on_the_others() -> None:
    """The second chunk comes out the same whether or not the first one was drawn."""
    parameters = load_parameters()
    book = np.arange(300) % 7 == 0

    def second() -> np.random.SeedSequence:
        return np.random.SeedSequence(11).spawn(2)[1]

    draw_chunk(parameters, book, 0, 300, np.random.SeedSequence(11).spawn(2)[0])
    after_first = draw_chunk(parameters, book, 300, 300, second())
    alone = draw_chunk(parameters, book, 300, 300, second())

    for name in (TableName.APPLICATION_TRAIN, TableName.INSTALLMENTS_PAYMENTS):
        for column in ("SK_ID_CURR", "AMT_CREDIT", "AMT_PAYMENT"):
            if column in alone[name]:
                np.testing.assert_array_equal(after_first[name][column], alone[name][column])


def test_the_marker_tells_how_it_was_made(portfolio: Path) -> None:
    marker = json.loads((portfolio / MARKER).read_text(encoding="utf-8"))

    assert marker == {"simulated": True, "seed": 5, "clients": 3_000, "generator_version": GENERATOR_VERSION}


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(200, tmp_path / "portfolio", 1, interrupt)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")

    with pytest.raises(ScoringError, match="is not empty"):
        simulate(200, tmp_path, 1)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ScoringError, match="is a file"):
        simulate(200, tmp_path / "file", 1)


def test_an_empty_folder_is_filled_and_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "new").mkdir()

    simulate(200, tmp_path / "new", 1, told.append, chunk_clients=150)

    assert (tmp_path / "new" / MARKER).exists()
    assert told == ["150 of 200 clients simulated.", "200 of 200 clients simulated."]


@pytest.mark.parametrize("clients", [199, 2_000_001])
def test_numbers_of_clients_out_of_range_are_refused(tmp_path: Path, clients: int) -> None:
    with pytest.raises(InvalidRequestError, match="from 200 to 2000000"):
        simulate(clients, tmp_path / "portfolio", 1)

    assert list(tmp_path.iterdir()) == []


def test_a_negative_seed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequestError, match="seed is -1"):
        simulate(200, tmp_path / "portfolio", -1)
