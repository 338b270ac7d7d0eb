"""Rows out of JSON: one object, or a list of objects, taken one by one so that a long list stays small.

JSON is read strictly: an object that names a key twice is refused. What is no number of JSON (NaN, 1e999) reaches its
cell all the same, so that it is told with its row and column.
"""

from __future__ import annotations

import codecs
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.data.new_application.blocks import RowSink
from scoring_dash.data.new_application.cells import shown
from scoring_dash.data.new_application.faults import FaultList, refusal
from scoring_dash.data.new_application.opening import CountedStream, open_text

APPLICATION_KEY: Final = "application"
"""Under which an object of tables holds the applications; no column has that name."""

_CHUNK: Final = 64 * 1024
_LONGEST_OBJECT: Final = 1024 * 1024  # characters
_SPACE: Final = " \t\r\n"
_SPACES: Final = tuple(_SPACE)


class _Object(dict[str, Any]):
    """An object of JSON that knows which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        is_unique = len(self) == len(pairs)
        times = {} if is_unique else Counter(name for name, _ in pairs)
        self.repeated = tuple(name for name, count in times.items() if count > 1)


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_Object, parse_constant=float, parse_float=float)


def read_json(stream: IO[bytes], sink: RowSink, faults: FaultList) -> None:
    """Bring the objects of a JSON file to a sink, one by one.

    Raises
    ------
    ApplicationFaultsError
        If the file cannot be read any further.
    """
    for row, item in enumerate(_items(_Text(open_text(stream))), start=1):
        take_object(row, item, sink, faults)


def take_object(row: int, item: object, sink: RowSink, faults: FaultList) -> None:
    """Bring one object to a sink."""
    if not isinstance(item, dict):
        faults.add(ApplicationFault(FaultCode.NOT_AN_OBJECT, row, None, shown(item), table=sink.table))
        return
    for name in getattr(item, "repeated", ()):
        faults.add(ApplicationFault(FaultCode.REPEATED_COLUMN, row, shown(name), table=sink.table))
    sink.know(item)
    sink.require(item, row)
    sink.add(row, item)


def read_tables_object(stream: IO[bytes]) -> Mapping[str, object] | None:
    """The one object of a JSON file if it holds tables by name, under ``"application"`` and beside it.

    Parameters
    ----------
    stream : binary file that can be rewound

    Returns
    -------
    mapping or None
        None if the file holds something else; the stream then stands at its start again.
    """
    text = _Text(open_text(stream))
    is_object = text.sign() == "{"
    if is_object:
        text.read_all()
    found = text.item(1) if is_object else None
    if not isinstance(found, dict) or APPLICATION_KEY not in found or text.sign():
        stream.seek(0)
        return None
    return found


class _Text:
    """The text of a stream from a place on; what was used is dropped."""

    def __init__(self, reader: io.BufferedReader[CountedStream]) -> None:
        self._reader = reader
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_over = False
        self.text = ""
        self.place = 0

    def more(self) -> bool:
        """Read on; False at the end."""
        if self._is_over:
            return False
        raw = self._reader.read1(_CHUNK)
        self._is_over = not raw
        try:
            self.text = self.text[self.place :] + self._decoder.decode(raw, final=self._is_over)
        except UnicodeDecodeError as error:
            raise refusal(FaultCode.WRONG_ENCODING) from error
        self.place = 0
        return not self._is_over

    def read_all(self) -> None:
        """Read to the end: one object alone may be as large as its file."""
        parts = [self.text[self.place :]]
        self.text, self.place = "", 0
        while self.more():
            parts.append(self.text)
            self.text = ""
        self.text = "".join([*parts, self.text])

    def sign(self) -> str:
        """The next sign that is no space, empty at the end."""
        while True:
            if self.text.startswith(_SPACES, self.place):
                self.place = len(self.text) - len(self.text[self.place :].lstrip(_SPACE))
            if self.place < len(self.text):
                return self.text[self.place]
            if not self.more():
                return ""

    def item(self, row: int) -> object:
        """The next value."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.place)
            except (ValueError, RecursionError) as error:
                is_hopeless = isinstance(error, RecursionError) or len(self.text) - self.place > _LONGEST_OBJECT
                if is_hopeless or not self.more():
                    raise refusal(FaultCode.DAMAGED, row=row) from error
                continue
            used = end - self.place
            if end == len(self.text) and self.more():  # a number may go on
                continue
            self.place += used
            return value


def _items(text: _Text) -> Iterator[object]:
    if not text.sign():
        raise refusal(FaultCode.EMPTY_FILE)
    if text.sign() != "[":
        text.read_all()
        yield text.item(1)
    else:
        yield from _members(text)
    if text.sign():
        raise refusal(FaultCode.DAMAGED)


def _members(text: _Text) -> Iterator[object]:
    text.place += 1
    if text.sign() == "]":
        text.place += 1
        return
    row = 0
    while True:
        row += 1
        text.sign()
        yield text.item(row)
        sign = text.sign()
        if sign not in (",", "]"):
            raise refusal(FaultCode.DAMAGED, row=row)
        text.place += 1
        if sign == "]":
            return
