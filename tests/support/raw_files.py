"""Raw files of a tiny portfolio, rewritten or spoilt on purpose, and how the reader refuses them."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from support.tiny_tables import tiny_rows, write_rows

from scoring_dash.core.errors import DataError
from scoring_dash.core.words import TableName
from scoring_dash.data.read import RawTables, read_table, read_tables
from scoring_dash.data.reading.loading import Destination
from scoring_dash.data.reading.sources import find_sources
from scoring_dash.data.schema import TABLES


def write_some(directory: Path, *names: TableName, clients: int = 10) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    rows = tiny_rows(clients=clients)
    for name in names:
        write_rows(directory / f"{name}.csv", TABLES[name].column_names, rows[name])
    return directory


def faults(directory: Path, connection: ibis.BaseBackend, *, labelled: bool = True) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_tables(directory, connection, labelled=labelled)
    return [str(fault) for fault in caught.value.faults]


def the_fault(directory: Path, connection: ibis.BaseBackend) -> str:
    (fault,) = faults(directory, connection)
    return fault


def refusal(credits_only: Path, destination: Destination) -> str:
    """Read the one table of a directory by itself; the one fault that it must have."""
    sources, found = find_sources(credits_only)
    if not found:
        (source,) = sources
        with pytest.raises(DataError) as caught:
            read_table(source, destination)
        found = list(caught.value.faults)
    (fault,) = found
    return str(fault)


def read_rows(directory: Path, destination: Destination) -> list[dict[str, object]]:
    """Read the one table of a directory by itself; its rows."""
    (source,), found = find_sources(directory)
    assert found == []
    table, _ = read_table(source, destination)
    rows: list[dict[str, object]] = table.to_pyarrow().to_pylist()
    destination.connection.raw_sql(f"DROP TABLE {destination.database}.{source.table}").fetchall()
    return rows


def content(raw: RawTables) -> dict[str, list[dict[str, object]]]:
    return {str(name): table.to_pyarrow().to_pylist() for name, table in raw.tables.items()}


def edit_cell(directory: Path, name: TableName, column: str, value: str, *, row: int = 0) -> None:
    """Replace one cell; row 0 is line 2 of the file."""
    path = directory / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    rows = [dict(zip(header, cells(line), strict=True)) for line in lines[1:]]
    rows[row][column] = value
    write_rows(path, header, rows)


def cells(line: str) -> list[str]:
    return next(csv.reader([line]))


def edit_text(directory: Path, name: TableName, change: Callable[[str], str]) -> None:
    path = directory / f"{name}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def convert(path: Path, directory: Path, form: str) -> None:
    raw = path.read_bytes()
    if form == "gz":
        (directory / f"{path.name}.gz").write_bytes(gzip.compress(raw))
    elif form == "zip":
        with zipfile.ZipFile(directory / f"{path.name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"some folder/{path.name}", raw)
            archive.writestr(f"__MACOSX/{path.name}", b"junk")
    elif form == "parquet":
        table = TABLES[TableName(path.stem)]
        types = {"integer": pa.int32(), "decimal": pa.float64(), "text": pa.string()}
        kinds = {column.name: types[column.kind] for column in table.columns}
        options = pa.csv.ConvertOptions(column_types=kinds, strings_can_be_null=True)
        pq.write_table(pa.csv.read_csv(path, convert_options=options), directory / f"{path.stem}.parquet")
    elif form == "crlf":
        (directory / path.name).write_bytes(raw.replace(b"\n", b"\r\n"))
    elif form == "bom":
        (directory / path.name).write_bytes(b"\xef\xbb\xbf" + raw)
    elif form == "quoted":
        lines = [",".join(f'"{cell}"' for cell in cells(line)) for line in raw.decode().splitlines()]
        (directory / path.name).write_text("\n".join(lines), encoding="utf-8")
    else:
        (directory / path.name).write_bytes(raw.rstrip(b"\n"))
