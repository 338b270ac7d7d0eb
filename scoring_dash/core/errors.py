"""One tree of errors that callers can act on, and the faults found in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ScoringError(Exception):
    """Base of every error that this program raises on purpose.

    Its text is a complete sentence for a person: what is wrong, the value, what is allowed and what to do.
    """

    exit_code = 1


class ConfigurationError(ScoringError):
    """A setting or a command-line argument cannot be used."""

    exit_code = 78  # EX_CONFIG of sysexits.h: a supervisor should not restart on it.


class ArtifactError(ScoringError):
    """A model or portfolio on disk is missing, damaged, swapped or of another version."""

    exit_code = 78


class UnknownClientError(ScoringError):
    """The portfolio holds no client with this number."""

    def __init__(self, client_id: str) -> None:
        self.client_id = client_id
        super().__init__(
            f"No client {client_id!r} in this portfolio. Client numbers are whole numbers such as 100002; "
            "search for one with GET /api/v1/clients?query=."
        )


class InvalidRequestError(ScoringError):
    """A value sent by a caller is outside what is allowed."""

    def __init__(self, parameter: str, value: object, allowed: str) -> None:
        self.parameter = parameter
        self.value = value
        self.allowed = allowed
        shown = repr(value)
        shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
        super().__init__(f"{parameter} is {shown}; allowed: {allowed}.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file.

    Attributes
    ----------
    file : str
        Name of the file as the user gave it.
    problem : str
        What is wrong, without the file name, e.g. ``"is missing"``.
    column : str or None
        The column concerned, if the fault lies in one.
    value : str or None
        An offending value, as written in the file.
    allowed : str or None
        What would have been accepted.
    remedy : str or None
        What the user can do about it.
    """

    file: str
    problem: str
    column: str | None = None
    value: str | None = None
    allowed: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}, column {self.column}" if self.column else self.file
        parts = [f"{where}: {self.problem}"]
        if self.value is not None:
            parts.append(f"found {self.value!r}")
        if self.allowed is not None:
            parts.append(f"allowed: {self.allowed}")
        if self.remedy is not None:
            parts.append(self.remedy)
        return "; ".join(parts) + "."


class DataError(ScoringError):
    """Raw tables cannot be used; every fault found is reported, not only the first.

    Parameters
    ----------
    faults : sequence of Fault
        At least one fault.
    """

    exit_code = 65  # EX_DATAERR of sysexits.h.

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
