"""Visits to the app in a browser, and what goes wrong in them without a test having asked."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

ColorScheme = Literal["light", "dark"]

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
SETTLE_SECONDS = 30.0
SEARCH_FOR_BASE_PATH = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit's client does not know under which path it is served: when a page other than the first one is opened by its
address, it asks there first, and the browser reports that nothing is there (404)."""

EMPTY_AT_FIRST = re.compile(r"^WARN Infinite extent for field ")
"""Streamlit makes a chart before it hands it the data, so a scale that is read from data has nothing to read yet."""


@dataclass
class Visits:
    """Opens pages of the app, each in a context of its own, and records what no page may do."""

    browser: Browser
    url: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open_page(self, path: str = "", viewport: ViewportSize = LAPTOP, color_scheme: ColorScheme = "light") -> Page:
        """Open `path` of the app (with its query string, if any) and wait until it is drawn."""
        context = self.browser.new_context(viewport=viewport, color_scheme=color_scheme, accept_downloads=True)
        context.set_default_timeout(SETTLE_SECONDS * 1000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught in the page: {error}"))
        page.on("request", lambda request: self._note_address(request.url))
        page.on("websocket", lambda websocket: self._note_address(websocket.url))
        page.goto(f"{self.url}/{path.removeprefix('/')}")
        settle(page)
        return page

    def close(self) -> None:
        """Close every page that was opened."""
        while self.contexts:
            self.contexts.pop().close()

    def _note_message(self, message: ConsoleMessage) -> None:
        address = message.location["url"]
        expected = SEARCH_FOR_BASE_PATH.search(address) or EMPTY_AT_FIRST.search(message.text)
        if message.type in ("error", "warning") and not expected:
            self.faults.append(f"console {message.type} at {address}: {message.text}")

    def _note_address(self, address: str) -> None:
        parts = urlsplit(address)
        # data: and blob: addresses have no host, they never leave the page
        if parts.netloc and parts.netloc != urlsplit(self.url).netloc:
            self.faults.append(f"another host was requested: {address}")


def settle(page: Page) -> None:
    """Wait until the script has run and everything it sent is on the page."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SETTLE_SECONDS * 1000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SETTLE_SECONDS * 1000)
