"""New applications from a file, whatever its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import IO, Final

from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.blocks import RowSink
from scoring_dash.data.new_application.collect import Collector
from scoring_dash.data.new_application.csv_rows import read_csv
from scoring_dash.data.new_application.faults import FaultList
from scoring_dash.data.new_application.json_rows import read_json


class FileForm(StrEnum):
    """How applications may be written."""

    CSV = "csv"
    JSON = "json"


def read_applications(stream: IO[bytes], form: FileForm) -> NewApplications:
    """Read and check new applications; nothing is kept of a file that has a fault.

    Parameters
    ----------
    stream : binary file
        Read once, from where it stands; no further than the first row or byte too many.

    Raises
    ------
    ApplicationFaultsError
        With every fault found.
    """
    faults = FaultList()
    collector = Collector(faults)
    READERS[form](stream, collector, faults)
    return collector.finish()


READERS: Final[Mapping[FileForm, Callable[[IO[bytes], RowSink, FaultList], None]]] = MappingProxyType(
    {FileForm.CSV: read_csv, FileForm.JSON: read_json}
)
