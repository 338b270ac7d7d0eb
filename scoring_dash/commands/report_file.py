"""The JSON file that a command may write besides what it prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring_dash.core.errors import ConfigurationError


def checked_report_file(path: Path | None) -> Path | None:
    """Give the path back if a report can be written there: checked before the work, not after it.

    Raises
    ------
    ConfigurationError
        If it does not end with .json, is a directory, or lies in no directory.
    """
    if path is None:
        return None
    if path.suffix != ".json" or path.is_dir():
        raise ConfigurationError(f"--out is {str(path)!r}; allowed: a file whose name ends with .json.")
    if not path.absolute().parent.is_dir():
        raise ConfigurationError(f"--out is {str(path)!r}; its directory does not exist. Create it first.")
    return path


def write_report(content: Mapping[str, Any], path: Path | None) -> None:
    """Write as JSON, if a path was given."""
    if path is not None:
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
