"""Visitors whose pages carry the clock of ``clock.js``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page

_CLOCK: Final = Path(__file__).with_name("clock.js")
_WIDTH, _HEIGHT = 1280, 900
_LONGEST_MS = 120_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first sight of a page costs.

    Attributes
    ----------
    seconds : float
        From the start of the navigation to the last frame painted.
    bytes : int
        Received over the wire, headers and compressed bodies.
    requests : int
        Answered by the server, not by the browser's own store.
    """

    seconds: float
    bytes: int
    requests: int


def new_visitor(browser: Browser) -> BrowserContext:
    """Somebody whose browser has stored nothing yet."""
    visitor = browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT})
    visitor.set_default_timeout(_LONGEST_MS)
    visitor.add_init_script(path=_CLOCK)
    return visitor


def open_page(visitor: BrowserContext, address: str) -> tuple[Page, Opening]:
    """A new tab at an address, once it has come to rest."""
    page = visitor.new_page()
    received = _watch_wire(page)
    page.goto(address)
    # Scripts that a page asks for while it starts are no pending answers of the clock.
    page.wait_for_load_state("networkidle")
    seconds = _settled_ms(page) / 1000
    return page, Opening(seconds, sum(received.values()), sum(size > 0 for size in received.values()))


def choose(page: Page, box: str, client: int) -> float:
    """Type a client number in a box, press Enter, and wait until the page has come to rest.

    Returns
    -------
    float
        Milliseconds from the key to the last frame painted.
    """
    field = page.locator(box)
    field.fill(str(client))
    _settled_ms(page)  # suggestions for what was typed are not part of the choice
    page.evaluate("clickToPaint.arm()")
    field.press("Enter")
    return _settled_ms(page)


def _settled_ms(page: Page) -> float:
    page.wait_for_function("() => clickToPaint.isSettled()", polling=50)
    return float(page.evaluate("clickToPaint.took()"))


def _watch_wire(page: Page) -> dict[str, int]:
    """Bytes received by request, filled in while the page loads; 0 for what the browser had stored."""
    received: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        received[event["requestId"]] = received.get(event["requestId"], 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    return received
