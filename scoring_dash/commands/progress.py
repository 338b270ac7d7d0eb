"""Progress on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def timed_progress() -> Callable[[str], None]:
    """Give a function that prints a message behind the seconds since now, on the standard error stream."""
    start = time.monotonic()

    def show(message: str) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {message}", file=sys.stderr, flush=True)

    return show
