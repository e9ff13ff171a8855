"""A real browser for the tests: Playwright drives the Chromium of this machine; it downloads none of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WINDOW = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 900}
_WAIT = 120_000  # milliseconds for whatever is awaited, on a machine that has much else to do


def find_chromium() -> str | None:
    """The browser on this machine: ``KEHOACH_CHROMIUM``, else a known name on the path."""
    return os.environ.get("KEHOACH_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


class Watched:
    """A page, the addresses it asked for, and what went wrong on it: errors, warnings of the console, dialogs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"a dialog: {dialog.message}"), dialog.dismiss()))

    def follow(self, selector: str) -> None:
        """Click on an element and wait for the page it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.click(selector)

    def enter(self) -> None:
        """Press Enter and wait for the page it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def js(self, expression: str) -> object:
        """The value of a JavaScript expression in the page."""
        return self.page.evaluate(expression)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@contextmanager
def browser(path: str) -> Iterator[Watched]:
    """A running browser with an empty profile and one page."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = running.new_page(viewport=WINDOW)
        page.set_default_timeout(_WAIT)
        try:
            yield Watched(page)
        finally:
            running.close()
