"""Take the pictures of docs/screens: ``make screens``.

Every section in both languages, on a desktop and on a phone, of the shipped model and one client, always the same: the
first current one whose file is to be examined. The same program and browser give the same pictures.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal

import urllib3
from PIL import Image
from playwright.sync_api import Browser

from benchmarks.chromium import chromium
from benchmarks.serving import our_command, serving
from scoring_dash.core.words import Book, Recommendation
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.web.address import Address, Section
from scoring_dash.web.wording import section_name

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "screens"
_COLOURS: Final = 256
_ALL_IS_DRAWN: Final = """() => document.querySelector("#shell-title") && document.fonts.status === "loaded"
  && [...document.querySelectorAll(".chart")].every(chart => chart.querySelector(".main-svg"))
  && (!document.querySelector("#work-list") || document.querySelector("#work-list .ag-row"))"""


class Device(StrEnum):
    """What the page is looked at on."""

    DESKTOP = "desktop"
    PHONE = "phone"
    PRINT = "print"


_WIDTHS: Final = {Device.DESKTOP: 1280, Device.PHONE: 390, Device.PRINT: 794}
"""In CSS pixels; the last is A4 at 96 a inch."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture.

    Attributes
    ----------
    section : Section or None
        None for the start page, and for that of new applications.
    is_new : bool
        Whether it is the page of new applications.
    """

    section: Section | None
    language: Language
    device: Device
    scheme: Literal["light", "dark"] = "light"
    is_new: bool = False

    @property
    def file_name(self) -> str:
        """Such as ``decision-fr-desktop.png``."""
        parts = (
            self.section or ("new" if self.is_new else "start"),
            self.language,
            self.device,
            *(["dark"] if self.scheme == "dark" else []),
        )
        return "-".join(parts) + ".png"

    @property
    def caption(self) -> str:
        """What the picture shows, in English."""
        start = "New application" if self.is_new else "Start page"
        name = start if self.section is None else section_name(self.section, load_texts(self.language))
        language = "French" if self.language is Language.FRENCH else "English"
        device = "as printed" if self.device is Device.PRINT else f"{self.device}, {_WIDTHS[self.device]} px"
        return f"{name}, {language}, {device}" + (", dark" if self.scheme == "dark" else "")

    def address(self, client: int) -> str:
        """Query of the page, for a client."""
        if self.section is None:
            return Address(language=self.language, is_new=self.is_new).href()
        return Address(str(client), self.section, self.language).href()


def main() -> None:
    """Serve, look, and write the pictures and their list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifacts", type=Path, default=ROOT / "artifacts")
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for old in options.out.glob("*.png"):
        old.unlink()
    with serving(our_command(options.artifacts)) as server, chromium() as browser:
        client = file_to_examine(server.address)
        for screen in all_screens():
            (options.out / screen.file_name).write_bytes(small(take(browser, server.address, screen, client)))
    (options.out / "README.md").write_text(listed(client), encoding="utf-8")
    print(f"{options.out}: {sum(path.stat().st_size for path in options.out.glob('*.png')) / 1e6:.1f} MB")


def all_screens() -> list[Screen]:
    """What is to be seen; a new section comes by itself."""
    pages = [None, *Section]
    usual = [
        Screen(page, language, device)
        for page in pages
        for device in (Device.DESKTOP, Device.PHONE)
        for language in Language
    ]
    usual += [
        Screen(None, language, device, is_new=True)
        for device in (Device.DESKTOP, Device.PHONE)
        for language in Language
    ]
    dark = Screen(Section.DECISION, Language.FRENCH, Device.DESKTOP, "dark")
    return [*usual, dark, Screen(Section.DECISION, Language.FRENCH, Device.PRINT)]


def file_to_examine(server: str) -> int:
    """The first current client whose file the model wants looked at again.

    Raises
    ------
    SystemExit
        If there is none.
    """
    for client in _current_clients(server):
        if _ask(f"{server}/api/v1/clients/{client}/assessment")["recommendation"] == Recommendation.REVIEW:
            return client
    raise SystemExit("No current client of this portfolio is to be examined: take the pictures of another one.")


def take(browser: Browser, server: str, screen: Screen, client: int) -> bytes:
    """PNG of the whole page, once everything is drawn."""
    visitor = browser.new_context(
        viewport={"width": _WIDTHS[screen.device], "height": 900},
        device_scale_factor=2 if screen.device is Device.PHONE else 1,
        is_mobile=screen.device is Device.PHONE,
        color_scheme=screen.scheme,
        reduced_motion="reduce",
    )
    page = visitor.new_page()
    page.emulate_media(media="print" if screen.device is Device.PRINT else "screen")
    page.goto(f"{server}/{screen.address(client)}", wait_until="networkidle")
    page.wait_for_function(_ALL_IS_DRAWN)
    picture = page.screenshot(full_page=True, animations="disabled")
    visitor.close()
    return picture


def small(picture: bytes) -> bytes:
    """The same PNG with a palette: a page has few colours, and a third of the bytes is enough."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def listed(client: int) -> str:
    """The list of the pictures, in Markdown."""
    head = [
        "# Screens",
        "",
        f"Written by `make screens`: the simulated client {client} of the shipped portfolio.",
        "",
    ]
    return "\n".join([*head, *(f"- [{one.caption}]({one.file_name})" for one in all_screens()), ""])


def _current_clients(server: str) -> Iterator[int]:
    cursor = ""
    while cursor is not None:
        page = _ask(f"{server}/api/v1/clients?limit=100" + (f"&cursor={cursor}" if cursor else ""))
        yield from (item["client_id"] for item in page["items"] if item["book"] == Book.CURRENT)
        cursor = page["next_cursor"]


def _ask(address: str) -> Any:
    return json.loads(urllib3.request("GET", address).data)


if __name__ == "__main__":
    main()
