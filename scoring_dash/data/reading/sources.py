"""Which file holds which table, and how it is unpacked without trusting it."""

from __future__ import annotations

import errno
import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.core.words import TableName
from scoring_dash.data.reading.values import counted

MAXIMUM_BYTES: Final = 16 * 2**30
"""Largest unpacked table, in bytes: over twenty times the largest original (0.7 GB)."""

MAXIMUM_RATIO: Final = 200
"""How many times larger than its packed form a table may be; the originals reach 10."""

_RATIO_MATTERS_ABOVE: Final = 2**30
_BLOCK: Final = 2**20
_DAMAGED_ARCHIVE: Final = (
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a compression method that the library lacks
    RuntimeError,  # an encrypted member
    ValueError,
    struct.error,
)


class FileForm(StrEnum):
    """The accepted forms of a table's file, by extension."""

    CSV = ".csv"
    GZIP = ".csv.gz"
    ZIP = ".csv.zip"
    PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """The file of a table.

    Attributes
    ----------
    shown : str
        The file as the user would name it, for messages.
    """

    table: TableName
    path: Path
    form: FileForm

    @property
    def shown(self) -> str:
        """The file as the user named it."""
        return str(self.path)


def find_sources(directory: Path) -> tuple[list[Source], list[Fault]]:
    """Find the file of each table; absent tables are simply not among the answer.

    Returns
    -------
    sources : list of Source
        At most one for each table, each a readable, non-empty regular file.
    faults : list of Fault
        Files that are there but cannot be used.

    Raises
    ------
    DataError
        If the directory does not exist or cannot be looked into.
    """
    _check_directory(directory)
    sources: list[Source] = []
    faults: list[Fault] = []
    for table in TableName:
        found = [
            Source(table, path, form)
            for form in FileForm
            if (path := directory / f"{table}{form}").exists() or path.is_symlink()
        ]
        if len(found) > 1:
            faults.append(_several_files(found))
        elif found and (fault := _unusable(found[0])):
            faults.append(fault)
        else:
            sources.extend(found)
    return sources, faults


def missing_file(directory: Path, tables: Sequence[TableName]) -> Fault:
    """Say that none of these tables has a file in the directory, and which similar files there are."""
    names = {str(table).casefold() for table in tables}
    similar = sorted(path.name for path in directory.iterdir() if path.name.split(".")[0].casefold() in names)
    hint = f"found there: {', '.join(similar[:5])} (names are case-sensitive)" if similar else "put the file there"
    return Fault(
        str(directory / f"{tables[0]}{FileForm.CSV}"),
        "is missing",
        allowed=" or ".join(f"{table}{{{','.join(FileForm)}}}" for table in tables),
        remedy=hint,
    )


@contextmanager
def unpacked(source: Source, workspace: Path, *, maximum_bytes: int = MAXIMUM_BYTES) -> Iterator[Path]:
    """Give a plain file with the content of the source, for as long as the context lasts.

    Parameters
    ----------
    source : Source
        What to unpack; a plain file is not copied.
    workspace : Path
        Existing directory for it.
    maximum_bytes : int
        Largest unpacked size accepted.

    Raises
    ------
    DataError
        If the archive is damaged, holds another number of CSV files than one, unpacks to an absurd
        size, or if the disk is full.
    """
    target = workspace / f"{source.table}{FileForm.PARQUET if source.form is FileForm.PARQUET else FileForm.CSV}"
    try:
        _unpack(source, target, maximum_bytes)
        yield target
    finally:
        target.unlink(missing_ok=True)


def _unpack(source: Source, target: Path, maximum_bytes: int) -> None:
    try:
        if source.form is FileForm.GZIP:
            with gzip.open(source.path) as packed:
                _copy(packed, target, source, maximum_bytes)
        elif source.form is FileForm.ZIP:
            with zipfile.ZipFile(source.path) as archive, archive.open(_only_member(archive, source)) as packed:
                _copy(packed, target, source, maximum_bytes)
        else:
            # A link of our own: the user's path may hold characters that the engine takes for a pattern.
            target.symlink_to(source.path.resolve())
    except _DAMAGED_ARCHIVE as error:
        raise _refused(source, f"is a damaged or truncated archive ({error})") from error
    except OSError as error:
        is_full = error.errno == errno.ENOSPC
        remedy = "Free some room in the temporary directory" if is_full else "Copy or download the file again"
        raise _refused(source, f"could not be unpacked ({error.strerror or error})", remedy) from error


def _check_directory(directory: Path) -> None:
    try:
        if directory.is_dir():
            next(directory.iterdir(), None)
            return
        problem = "is not a directory" if directory.exists() else "does not exist"
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
    raise DataError(
        [
            Fault(
                str(directory),
                problem,
                remedy="Give the directory that holds application_train.csv and the other tables",
            )
        ]
    )


def _several_files(found: Sequence[Source]) -> Fault:
    return Fault(
        found[0].shown,
        f"is one of {len(found)} files for the table {found[0].table}",
        value=", ".join(source.path.name for source in found),
        allowed="one file for each table",
        remedy="Keep one of them",
    )


def _unusable(source: Source) -> Fault | None:
    if not source.path.is_file():
        return Fault(
            source.shown, "is not a regular file", remedy="Put the table itself there, not a directory or a pipe"
        )
    try:
        with source.path.open("rb") as handle:
            empty = not handle.read(1)
    except OSError as error:
        return Fault(source.shown, f"cannot be read ({error.strerror or error})", remedy="Check the permissions")
    if empty:
        return Fault(source.shown, "is empty", remedy="Copy or download the file again")
    return None


def _only_member(archive: zipfile.ZipFile, source: Source) -> zipfile.ZipInfo:
    members = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(".csv") and not member.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        names = ", ".join(member.filename for member in members[:5])
        raise DataError(
            [
                Fault(
                    source.shown,
                    f"holds {counted(len(members), 'CSV file')}",
                    value=names or None,
                    allowed="exactly one",
                    remedy=f"Pack {source.table}.csv alone",
                )
            ]
        )
    return members[0]


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, source: Source, maximum_bytes: int) -> None:
    packed_bytes = source.path.stat().st_size
    written = 0
    with target.open("wb") as plain:
        while block := packed.read(_BLOCK):
            written += len(block)
            if written > maximum_bytes or (written > _RATIO_MATTERS_ABOVE and written > MAXIMUM_RATIO * packed_bytes):
                raise _refused(
                    source,
                    f"unpacks to more than {written:,} bytes from {packed_bytes:,}, which no table of this kind needs",
                    f"At most {maximum_bytes:,} bytes are accepted; check where the file comes from",
                )
            plain.write(block)


def _refused(source: Source, problem: str, remedy: str = "Copy or download the file again") -> DataError:
    return DataError([Fault(source.shown, problem, remedy=remedy)])
