"""Fixtures of the tests that read raw files."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import ibis
import pytest
from support.raw_files import write_some

from scoring_dash.core.words import TableName
from scoring_dash.data.reading.loading import Destination


@pytest.fixture(scope="session")
def connection() -> ibis.BaseBackend:
    """An engine in memory."""
    return ibis.duckdb.connect(threads=1)


@pytest.fixture
def destination(connection: ibis.BaseBackend, tmp_path: Path) -> Destination:
    """A schema and a workspace of the test's own."""
    database = f"test_{uuid4().hex}"
    connection.create_database(database)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    return Destination(connection, database, workspace)


@pytest.fixture
def credits_only(tmp_path: Path) -> Path:
    """Directory of a tiny bureau table, alone."""
    return write_some(tmp_path / "credits", TableName.BUREAU)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Directory of the past files of a tiny portfolio and their credits elsewhere."""
    return write_some(tmp_path / "data", TableName.APPLICATION_TRAIN, TableName.BUREAU)
