"""The Chromium of this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
# What a page wants from the network fails at once instead of being waited for.
_NOTHING_OUTSIDE: Final = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that SCORING_CHROMIUM names or that stands on the path; it reaches nothing but this machine.

    Raises
    ------
    SystemExit
        If there is none.
    """
    path = os.environ.get("SCORING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("There is no Chromium on the path: install it, or name it in SCORING_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, _NOTHING_OUTSIDE])
        yield browser
        browser.close()
