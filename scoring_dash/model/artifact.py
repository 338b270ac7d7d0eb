"""A versioned directory on disk, with a sha256 manifest that is checked before anything is loaded.

Layout::

    DIR/current.json                       version in service and the sha256 of its manifest; the same of the one before
    DIR/versions/<version>/manifest.json   sha256 and size of every file of the version
    DIR/versions/<version>/model/…         written and read by :mod:`scoring_dash.model.package`
    DIR/versions/<version>/portfolio/…     written and read by :mod:`scoring_dash.data.store`

The version is the package's version and a digest of the files: the same content has the same name.
A damaged LightGBM text file can crash the process that loads it, or load and score differently without
a word; that is why nothing is loaded before its hash is checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from scoring_dash import __version__
from scoring_dash.core.errors import ArtifactError

_FORMAT = 1
_CURRENT = "current.json"
_MANIFEST = "manifest.json"
_PREVIOUS = "previous"
_VERSION_PATTERN = re.compile(r"[0-9A-Za-z.]+-[0-9a-f]{12}")
_REBUILD = "Train again with `python -m scoring_dash train`, or restore the directory from a backup"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A version whose every file was found to have the expected hash."""

    root: Path
    version: str


def write_artifact(directory: Path, fill: Callable[[Path], None]) -> Artifact:
    """Write a new version and put it in service, all or nothing.

    Parameters
    ----------
    directory : Path
        Created if missing; older versions in it are kept.
    fill : callable
        Writes the files of the version under the directory that it is given.
    """
    versions = directory / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".writing-", dir=directory))
    try:
        fill(temporary)
        manifest = _describe_files(temporary)
        text = _to_json({"format": _FORMAT, "files": manifest})
        version = f"{__version__}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        (temporary / _MANIFEST).write_text(text, encoding="utf-8")
        temporary.chmod(0o755)
        root = versions / version
        if root.exists():
            shutil.rmtree(root)
        temporary.rename(root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    put_in_service(directory, version, digest)
    return Artifact(root, version)


def put_in_service(directory: Path, version: str, manifest_sha256: str) -> None:
    """Point to a version that is complete in ``directory``; the one in service until now is recorded beside it."""
    pointer: dict[str, Any] = {"format": _FORMAT, "version": version, "manifest_sha256": manifest_sha256}
    _replace_text(directory / _CURRENT, _to_json(pointer | _previous_entry(directory, version)))


def open_artifact(directory: Path) -> Artifact:
    """The version in service, after checking the size and sha256 of every file.

    Raises
    ------
    ArtifactError
        If the directory, a file or an entry is missing, damaged, swapped or points outside.
    """
    if not directory.is_dir():
        raise ArtifactError(
            f"{directory}: there is no such directory of artifacts. Name one written by `python -m scoring_dash train` "
            "with --artifacts or SCORING_ARTIFACTS."
        )
    current = _read_json(directory / _CURRENT, {"version": str, "manifest_sha256": str})
    version = current["version"]
    if not _VERSION_PATTERN.fullmatch(version):
        raise ArtifactError(
            f"{directory / _CURRENT}: version is {version!r}; allowed: a name such as 1.0.0-0123456789ab. {_REBUILD}."
        )
    root = directory / "versions" / version
    manifest_path = root / _MANIFEST
    _check_file(manifest_path, current["manifest_sha256"], size=None)
    files = _read_json(manifest_path, {"files": dict})["files"]
    _check_files(root, files)
    return Artifact(root, version)


def open_previous(directory: Path, names: Iterable[str]) -> Artifact | None:
    """The version that was in service before, after checking the hashes of its manifest and of some files.

    Parameters
    ----------
    names : iterable of str
        Files that are needed of it, relative to its root; the others are neither read nor checked.

    Returns
    -------
    Artifact or None
        None where no earlier version is recorded or it is no longer there.

    Raises
    ------
    ArtifactError
        If it is damaged, or too old to hold these files.
    """
    entry = _read_json(directory / _CURRENT, {}).get(_PREVIOUS)
    if entry is None:
        return None
    version, digest = (entry.get("version"), entry.get("manifest_sha256")) if isinstance(entry, dict) else (None, None)
    if not (isinstance(version, str) and isinstance(digest, str) and _VERSION_PATTERN.fullmatch(version)):
        raise ArtifactError(f"{directory / _CURRENT}: {_PREVIOUS} is {entry!r}; expected a version and its hash.")
    root = directory / "versions" / version
    if not root.is_dir():
        return None
    _check_file(root / _MANIFEST, digest, size=None)
    files = _read_json(root / _MANIFEST, {"files": dict})["files"]
    missing = [name for name in names if name not in files]
    if missing:
        raise ArtifactError(f"{root}: holds no {missing[0]}: it was written by an older program.")
    _check_files(root, {name: files[name] for name in names})
    return Artifact(root, version)


def _previous_entry(directory: Path, version: str) -> dict[str, Any]:
    """What the pointer tells of the version in service until now; written again, a version keeps its predecessor."""
    try:
        pointer = _read_json(directory / _CURRENT, {"version": str, "manifest_sha256": str})
    except ArtifactError:
        return {}  # the first version, or a pointer that nobody can follow
    if pointer["version"] == version:
        return {_PREVIOUS: pointer[_PREVIOUS]} if _PREVIOUS in pointer else {}
    return {_PREVIOUS: {name: pointer[name] for name in ("version", "manifest_sha256")}}


def _check_files(root: Path, files: Mapping[str, Any]) -> None:
    def check(name: str) -> None:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ArtifactError(f"{root / _MANIFEST}: entry {name!r} leaves the directory. {_REBUILD}.")
        _check_file(root / name, str(files[name]["sha256"]), size=int(files[name]["bytes"]))

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(check, files))


def _check_file(path: Path, expected: str, *, size: int | None) -> None:
    if path.is_symlink() or not path.is_file():
        raise ArtifactError(f"{path}: is missing or not a regular file. {_REBUILD}.")
    found_size = path.stat().st_size
    if size is not None and found_size != size:
        raise ArtifactError(
            f"{path}: has {found_size} bytes; expected {size}. It is truncated or of another version. {_REBUILD}."
        )
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ArtifactError(f"{path}: cannot be read ({error.strerror}). Check its permissions.") from error
    if found != expected:
        raise ArtifactError(
            f"{path}: sha256 is {found}; expected {expected}. It is damaged or of another version. {_REBUILD}."
        )


def _read_json(path: Path, wanted: Mapping[str, type]) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ArtifactError(f"{path}: is missing, so no version is in service. {_REBUILD}.") from error
    except (OSError, ValueError) as error:
        raise ArtifactError(f"{path}: cannot be read as JSON ({error}). {_REBUILD}.") from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        found = content.get("format") if isinstance(content, dict) else type(content).__name__
        raise ArtifactError(f"{path}: format is {found!r}; this program reads format {_FORMAT}. {_REBUILD}.")
    for key, kind in wanted.items():
        if not isinstance(content.get(key), kind):
            raise ArtifactError(f"{path}: {key} is {content.get(key)!r}; expected a {kind.__name__}. {_REBUILD}.")
    return content


def _describe_files(root: Path) -> dict[str, dict[str, Any]]:
    described = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        described[path.relative_to(root).as_posix()] = {"sha256": digest, "bytes": path.stat().st_size}
    return described


def _to_json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _replace_text(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader sees the old text or the new one, never half."""
    handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
