"""What was sent as several tables: files by their names, or one JSON object with the tables by name."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from scoring_dash.core.new_application import ApplicationFault, ApplicationFaultsError, FaultCode
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.blocks import RowSink
from scoring_dash.data.new_application.cells import shown
from scoring_dash.data.new_application.faults import FaultList, refusal
from scoring_dash.data.new_application.histories import (
    HISTORY_TABLES,
    Reading,
    read_with_histories,
    stream_reading,
)
from scoring_dash.data.new_application.json_rows import APPLICATION_KEY, read_tables_object, take_object
from scoring_dash.data.new_application.opening import CountedStream
from scoring_dash.data.new_application.read import READERS, FileForm, read_applications

_HISTORIES: Final[Mapping[str, TableName]] = {str(name).casefold(): name for name in HISTORY_TABLES}

_IN_MEMORY: Final = 1024 * 1024


def read_files(files: Sequence[tuple[str, IO[bytes]]], directory: Path) -> NewApplications:
    """Applications and tables of the past from files that bear the names of their tables.

    Parameters
    ----------
    files : sequence of (name, stream)
        One of them holds the applications: the one whose name is that of no table of the past.

    Raises
    ------
    ApplicationFaultsError
        With every fault of every file.
    """
    histories: dict[TableName, Reading] = {}
    others: list[tuple[str, Reading]] = []
    for name, stream in files:
        form = FileForm.JSON if PurePath(name).suffix.casefold() == ".json" else FileForm.CSV
        reading = stream_reading(stream, READERS[form])
        table = _HISTORIES.get(PurePath(name).stem.casefold())
        if table is not None and table not in histories:
            histories[table] = reading
        else:
            others.append((name, reading))
    if not others:
        raise refusal(FaultCode.NO_ROWS)
    (_, applications), *strangers = sorted(others, key=lambda other: not _is_named_application(other[0]))
    if strangers:
        raise ApplicationFaultsError([_unknown_table(PurePath(name).stem) for name, _ in strangers])
    return read_with_histories(applications, histories, directory)


def read_json_sent(stream: IO[bytes], directory: Path) -> NewApplications:
    """Applications from JSON: alone, or in one object with the tables of the past.

    Raises
    ------
    ApplicationFaultsError
        With every fault of every table.
    """
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(CountedStream(stream), copy)
        copy.seek(0)
        tables = read_tables_object(copy)
        return read_applications(copy, FileForm.JSON) if tables is None else read_object(tables, directory)


def read_object(tables: Mapping[str, Any], directory: Path) -> NewApplications:
    """The same from one JSON object: ``application`` and the tables of the past, each a list of objects.

    Raises
    ------
    ApplicationFaultsError
        With every fault of every table.
    """
    strangers = [name for name in tables if name != APPLICATION_KEY and name.casefold() not in _HISTORIES]
    repeated = getattr(tables, "repeated", ())
    if strangers or repeated:
        raise ApplicationFaultsError([_unknown_table(name) for name in (*strangers, *repeated)])
    histories: dict[TableName, Reading] = {
        _HISTORIES[name.casefold()]: _objects(items) for name, items in tables.items() if name != APPLICATION_KEY
    }
    return read_with_histories(_objects(tables[APPLICATION_KEY]), histories, directory)


def _objects(items: object) -> Reading:
    rows = items if isinstance(items, list) else [items]

    def bring(sink: RowSink, faults: FaultList) -> None:
        for row, item in enumerate(rows, start=1):
            take_object(row, item, sink, faults)

    return bring


def _is_named_application(name: str) -> bool:
    return PurePath(name).stem.casefold().startswith("application")


def _unknown_table(name: str) -> ApplicationFault:
    near = [_HISTORIES[match] for match in get_close_matches(name.casefold()[:60], _HISTORIES, n=3)]
    candidates = tuple(str(table) for table in (near or HISTORY_TABLES))  # none alike: any of them
    return ApplicationFault(FaultCode.UNKNOWN_TABLE, None, None, shown(name), candidates)
