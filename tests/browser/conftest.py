"""A real server in a process of its own and a real Chromium; each test gets a browser context of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent

# Chromium says this of every page that sends Cross-Origin-Opener-Policy over plain http to a name other than localhost;
# nothing else is tolerated.
_HARMLESS = ("Cross-Origin-Opener-Policy header has been ignored",)


@dataclass
class Visit:
    """A page of one visitor and all that an auditor would have noticed."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def open(self, query: str = "") -> Page:
        """Open an address of the server and wait until the page is complete."""
        self.page.goto(f"{self.server}/{query}")
        self.page.wait_for_selector("#shell[lang=fr], #shell[lang=en]")
        self.page.wait_for_selector("#shell-title")
        self.wait_for_drawings()
        return self.page

    def wait_for_drawings(self) -> None:
        """Wait until every chart has been drawn."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('.main-svg'))"
        )
        if "section=portfolio" in self.page.url:
            self.wait_for_rows()

    def wait_for_rows(self) -> None:
        """Wait until the work list shows its files, or says that it holds none."""
        self.page.wait_for_function(
            "() => document.querySelector('.work-grid .ag-row a') || document.querySelector('.work-grid > p:empty')"
        )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a server over invented clients."""
    with subprocess.Popen(
        [sys.executable, str(TESTS / "support" / "serve_fake.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(TESTS)))},
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), "the server did not start"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; a machine without it skips these tests, a continuous integration fails."""
    path = os.environ.get("SCORING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no Chromium: install it, or name it in SCORING_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """Makes visitors; at the end of the test none of them may have had anything to complain about."""
    visits: list[Visit] = []
    contexts = []

    def make(width: int = 1280, *, at: str = server, **options: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective))"
        )
        contexts.append(context)
        visits.append(_watch(Visit(context.new_page(), at)))
        return visits[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for one in visits for complaint in one.complaints] == []
    assert [address for one in visits for address in one.outside] == []


def _watch(visit: Visit) -> Visit:
    host = urlparse(visit.server).netloc

    def on_request(url: str) -> None:
        visit.requests.append(url)
        if urlparse(url).netloc not in (host, "") and not url.startswith(("data:", "blob:")):
            visit.outside.append(url)

    def on_console(kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(harmless in text for harmless in _HARMLESS):
            visit.complaints.append(f"{kind}: {text}")

    visit.page.on("request", lambda request: on_request(request.url))
    visit.page.on("response", lambda response: visit.answers.append(response.status))
    visit.page.on("console", lambda message: on_console(message.type, message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"exception: {error}"))
    return visit
