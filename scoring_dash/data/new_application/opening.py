"""The first bytes of a file: is it text at all, in which encoding, and how much of it there is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Final

from scoring_dash.core.new_application import MOST_BYTES, FaultCode
from scoring_dash.data.new_application.faults import refusal

_KINDS: Final = {
    b"PK\x03\x04": "XLSX, ZIP",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x1f\x8b": "GZIP",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"PAR1": "PARQUET",
}
_OTHER_ENCODINGS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_LINE: Final = 1024 * 1024
_PART: Final = 64 * 1024


class CountedStream(io.RawIOBase):
    """A stream of bytes that is given up once it is larger than a file may be."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._seen = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read on.

        Raises
        ------
        ApplicationFaultsError
            If the file is too large.
        """
        view = memoryview(buffer)  # type: ignore[arg-type]
        found = self._stream.read(len(view)) or b""
        self._seen += len(found)
        if self._seen > MOST_BYTES:
            raise refusal(FaultCode.TOO_LARGE)
        view[: len(found)] = found
        return len(found)


def open_text(stream: IO[bytes]) -> io.BufferedReader[CountedStream]:
    """The same bytes from the first that is text on.

    Raises
    ------
    ApplicationFaultsError
        If the file is empty, no text, or in another encoding.
    """
    reader = io.BufferedReader(CountedStream(stream), buffer_size=_PART)
    start = reader.peek(8)[:8]
    if not start:
        raise refusal(FaultCode.EMPTY_FILE)
    for signature, kind in _KINDS.items():
        if start.startswith(signature):
            raise refusal(FaultCode.WRONG_FORMAT, kind)
    for signature, encoding in _OTHER_ENCODINGS.items():
        if start.startswith(signature):
            raise refusal(FaultCode.WRONG_ENCODING, encoding)
    if start.startswith(_BOM):
        reader.read(len(_BOM))
    return reader


def drain(stream: IO[bytes]) -> None:
    """Read what is left of a body and forget it, up to the size that a file may have.

    A browser that is still sending when the answer comes takes the closed connection for a failure and shows no answer.
    """
    left = MOST_BYTES
    while left > 0 and (found := stream.read(_PART)):
        left -= len(found)


def text_lines(reader: io.BufferedReader[CountedStream]) -> Iterator[str]:
    """Lines of a text in UTF-8, with their ends.

    Raises
    ------
    ApplicationFaultsError
        At a line that is not UTF-8, holds bytes of no text, or never ends.
    """
    number = 0
    while raw := reader.readline(_LONGEST_LINE):
        number += 1
        if len(raw) >= _LONGEST_LINE or b"\0" in raw:
            raise refusal(FaultCode.DAMAGED, row=number)
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise refusal(FaultCode.WRONG_ENCODING, row=number) from error
