"""Identifiers that the page of new applications, its script and its tests share."""

from __future__ import annotations

from enum import StrEnum


class NewId(StrEnum):
    """Elements of the page."""

    FORM = "new-form"
    SUBMIT = "new-submit"
    WAITING = "new-waiting"
    RESULT = "new-result"
    FILE_FORM = "new-file-form"
    FILE = "new-file"
    FILE_SUBMIT = "new-file-submit"
    PROGRESS = "new-progress"
    PROGRESS_TEXT = "new-progress-text"
    FAULTS = "new-faults"
    FILE_RESULT = "new-file-result"
    DOWNLOAD = "new-download"


def answer_id(name: str) -> str:
    """Identifier of the field of a question."""
    return f"new-answer-{name}"
