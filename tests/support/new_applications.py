"""New applications written in a test: rows, CSV and JSON of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from scoring_dash.core.new_application import ApplicationFaultsError
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.read import FileForm, read_applications

Row = Mapping[str, object]

GOOD: Row = {
    "SK_ID_CURR": 900_001,
    "NAME_CONTRACT_TYPE": "Cash loans",
    "AMT_INCOME_TOTAL": 180_000,
    "AMT_CREDIT": 450_000,
    "AMT_ANNUITY": 22_500,
    "EXT_SOURCE_2": 0.55,
}


def good_rows(count: int) -> list[Row]:
    """Applications without a fault, each with its own number and amount."""
    return [
        {**GOOD, "SK_ID_CURR": 900_001 + place, "AMT_CREDIT": 450_000 + 100 * (place % 997)} for place in range(count)
    ]


def as_csv(rows: Sequence[Row], *, delimiter: str = ",", names: Sequence[str] | None = None) -> bytes:
    """Rows as CSV in UTF-8; missing cells are empty."""
    text = io.StringIO(newline="")
    found = names or list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, found, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json(content: object) -> bytes:
    return json.dumps(content).encode()


def read(content: bytes, form: FileForm = FileForm.CSV) -> NewApplications:
    return read_applications(io.BytesIO(content), form)


def faults_of(content: bytes, form: FileForm = FileForm.CSV) -> ApplicationFaultsError:
    """What is wrong with a file that has a fault."""
    try:
        read(content, form)
    except ApplicationFaultsError as error:
        return error
    raise AssertionError("the file was accepted")
