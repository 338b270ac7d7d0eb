"""One small simulated portfolio for all tests of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from scoring_dash.core.words import TableName
from scoring_dash.data.simulate import simulate

CLIENTS, CHUNK = 3_000, 1_100  # not a multiple: the last chunk is smaller


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a simulated portfolio; not to be changed by a test."""
    folder = tmp_path_factory.mktemp("simulated") / "portfolio"
    simulate(CLIENTS, folder, seed=5, chunk_clients=CHUNK)
    return folder


@pytest.fixture(scope="session")
def tables(portfolio: Path) -> Mapping[TableName, pd.DataFrame]:
    return {name: pd.read_csv(portfolio / f"{name}.csv") for name in TableName}


@pytest.fixture(scope="session")
def applications(tables: Mapping[TableName, pd.DataFrame]) -> pd.DataFrame:
    """Both application tables, past clients first."""
    return pd.concat([tables[TableName.APPLICATION_TRAIN], tables[TableName.APPLICATION_TEST]], ignore_index=True)
