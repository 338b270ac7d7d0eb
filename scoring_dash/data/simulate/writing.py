"""Write the tables of a chunk as CSV, in Kaggle's columns and number formats."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES, ColumnKind
from scoring_dash.data.simulate.draws import Coded, Column


class TableWriter:
    """Appends chunks to the eight CSV files of a folder.

    Decimals are written as ``270000.0`` and missing values as nothing, as in the original files; the
    columns and their kinds are those of the schema.

    Parameters
    ----------
    folder : Path
        Existing and empty.
    """

    def __init__(self, folder: Path) -> None:
        import duckdb  # a server never writes tables

        self._folder = folder
        self._connection = duckdb.connect(config={"threads": 2})
        # A progress bar would write to the user's terminal. In a notebook it is off, and setting it is an error.
        if self._connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
            self._connection.execute("SET enable_progress_bar = false")
        for name, table in TABLES.items():
            self.path(name).write_text(",".join(table.column_names) + "\n", encoding="utf-8")

    def path(self, name: TableName) -> Path:
        """File of a table."""
        return self._folder / f"{name.value}.csv"

    def append(self, name: TableName, columns: Mapping[str, Column]) -> None:
        """Append rows to a table; columns that it does not have are ignored."""
        import pyarrow as pa

        arrays = {
            column.name: _as_arrow(columns[column.name], column.kind is ColumnKind.INTEGER)
            for column in TABLES[name].columns
        }
        part = self._folder / f"{name.value}.part"
        self._connection.register("rows", pa.table(arrays))
        # The path is ours and holds no user input beyond the folder's name, whose quotes are doubled.
        target = str(part).replace("'", "''")
        self._connection.execute(f"COPY rows TO '{target}' (FORMAT csv, HEADER false)")
        self._connection.unregister("rows")
        with self.path(name).open("ab") as whole, part.open("rb") as piece:
            shutil.copyfileobj(piece, whole, 1 << 22)
        part.unlink()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def _as_arrow(column: Column, is_integer: bool) -> Any:
    import pyarrow as pa

    if isinstance(column, Coded):
        codes = pa.array(column.codes.astype(np.int32), mask=column.codes < 0)
        return pa.DictionaryArray.from_arrays(codes, pa.array(column.names, type=pa.string()))
    if is_integer:
        return pa.array(np.asarray(column).astype(np.int64))
    values = np.asarray(column, dtype=np.float64) + 0.0  # no negative zero
    return pa.array(values, mask=np.isnan(values))
