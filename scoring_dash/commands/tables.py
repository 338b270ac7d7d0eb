"""The tables that a command trains on, read with progress told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring_dash.data.read import RawTables


@contextmanager
def labelled_tables(directory: Path, progress: Callable[[str], None]) -> Iterator[RawTables]:
    """Read and check the tables of a directory, and tell what is odd about them.

    Raises
    ------
    DataError
        With every fault found.
    """
    from scoring_dash.pipeline.training_data import open_tables

    progress("reading and checking the tables")
    with open_tables(directory, labelled=True) as raw:
        for notice in raw.notices:
            progress(f"note: {notice}")
        progress("features")
        yield raw
