"""Visits to the app in a browser, and what goes wrong in them without a test having asked."""

import base64
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    WebSocket,
    WebSocketRoute,
)

from tests.install_programs import find_browser

ColorScheme = Literal["light", "dark"]

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
SETTLE_SECONDS = 120.0
"""What takes longer has failed; a busy machine takes as long as it takes."""
SEARCH_FOR_BASE_PATH = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit's client does not know under which path it is served: when a page other than the first one is opened by its
address, it asks there first, and the browser reports that nothing is there (404)."""

EMPTY_AT_FIRST = re.compile(r"^WARN Infinite extent for field ")
"""Streamlit makes a chart before it hands it the data, so a scale that is read from data has nothing to read yet."""

# When a page was last acted on, sent something and got something. A link holds an edit before the server does.
TRAFFIC = """
const traffic = (window.traffic = { acted: null, sent: 0, received: 0 });
for (const kind of ["click", "input", "change", "keydown"])
    addEventListener(kind, () => (traffic.acted = performance.now()), true);
window.WebSocket = class extends WebSocket {
    constructor(...address) {
        super(...address);
        this.addEventListener("message", () => (traffic.received = performance.now()));
    }
    send(content) {
        traffic.sent = performance.now();
        super.send(content);
    }
};
"""
QUIET_MS = 300
"""How long nothing may happen once something was done: a slider waits a little before it sends."""

# The title is looked for because nothing runs yet before the first run either.
AT_REST = f"""() => {{
    const {{ acted, sent, received }} = window.traffic, now = performance.now();
    return sent <= received && (acted === null || now - Math.max(acted, received) > {QUIET_MS})
        && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
        && document.querySelector('h1')
        && window.streamlitGaps?.length === 0
        && !document.querySelector('[data-testid=stSkeleton]')
        && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
            .every(chart => chart.querySelector('canvas, svg.marks'));
}}"""

# What a page stored is gone when the next one opens; the empty page between two visits has no storage.
FIRST_VISIT = "if (location.host) { localStorage.clear(); sessionStorage.clear() }"


def launched(playwright: Playwright) -> Browser:
    """Headless Chromium. Where there is no graphics card, to imitate one takes a third of all time."""
    arguments = ["--disable-gpu"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # it refuses to run as root with its sandbox
    return playwright.chromium.launch(executable_path=find_browser(), args=arguments)


def new_window(browser: Browser, **options: Any) -> Page:
    """An empty window that `settle` can wait for, with these `options` of Playwright's.

    It shares no cookies, storage or cache with the others.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(SETTLE_SECONDS * 1000)
    context.add_init_script(FIRST_VISIT)
    context.add_init_script(TRAFFIC)
    return context.new_page()


@dataclass
class Visits:
    """Opens pages of the app, each in a window of its own, and records what no page may do.

    The first window that was left serves the next visit: it has compiled Streamlit's client already, which takes a new
    one longer than all the rest. Nothing else of a visit remains.
    """

    browser: Browser
    url: str
    faults: list[str] = field(default_factory=list)
    sent: list[object] = field(default_factory=list)
    """What pages have sent to the server."""
    windows: list[Page] = field(default_factory=list)
    left: bool = False

    def open_page(self, path: str = "", viewport: ViewportSize = LAPTOP, color_scheme: ColorScheme = "light") -> Page:
        """Open `path` of the app (with its query string, if any) and wait until it is drawn."""
        page = self.windows[0] if self.left else self.open_window()
        self.left = False
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme)
        page.mouse.move(0, 0)
        page.goto(f"{self.url}/{path.removeprefix('/')}")
        settle(page)
        return page

    def leave(self) -> None:
        """Leave every page that was opened, as if nobody had been there."""
        while len(self.windows) > 1:
            self.windows.pop().context.close()
        for page in self.windows:
            page.goto("about:blank")
            page.context.clear_cookies()
            self.left = True
        self.sent.clear()

    def close(self) -> None:
        """Close every window."""
        while self.windows:
            self.windows.pop().context.close()

    def open_window(self) -> Page:
        """Open an empty window that is watched like all others."""
        page = new_window(self.browser)
        self.windows.append(page)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught in the page: {error}"))
        page.on("request", lambda request: self._note_address(request.url))
        page.on("websocket", self._watch_socket)
        return page

    def _watch_socket(self, socket: WebSocket) -> None:
        self._note_address(socket.url)
        socket.on("framesent", self._note_sent)

    def _note_sent(self, frame: object) -> None:  # Playwright takes no built-in function
        self.sent.append(frame)

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


class Answers:
    """What the server sends to a page, which can be held back for a while. The page is loaded anew."""

    def __init__(self, page: Page) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._are_held = False
        page.route_web_socket("**/_stcore/stream", self._route)
        page.reload()
        settle(page)

    def hold(self) -> None:
        """Send nothing on from here."""
        self._are_held = True

    def release(self) -> None:
        """Send on what was held, and what comes."""
        self._are_held = False
        self._send()

    def _route(self, socket: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            self._waiting.append(lambda: socket.send(message))
            self._send()

        socket.connect_to_server().on_message(answer)

    def _send(self) -> None:
        while self._waiting and not self._are_held:
            self._waiting.pop(0)()


def go(page: Page, path: str) -> None:
    """Open another address of the app in the same window, and wait until it is drawn."""
    page.goto(f"{page.evaluate('location.origin')}/{path}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until all that was done on the page is answered, and everything that was sent is on it."""
    page.wait_for_function(AT_REST, timeout=SETTLE_SECONDS * 1000)


def chart(page: Page, beginning: str) -> Locator:
    """The chart whose text alternative begins so."""
    return page.get_by_test_id("stVegaLiteChart").and_(page.get_by_label(re.compile(f"^{beginning}")))


def drawn(page: Page, beginning: str) -> bytes:
    """What a chart shows once it has come to rest, with the pointer where it is."""
    settle(page)
    last = b""
    for _ in range(50):
        (now,) = canvas_pictures(page, f'[aria-label^="{beginning}"]')
        if now == last:
            return now
        last = now
        page.wait_for_timeout(100)
    raise AssertionError(f"{beginning} does not come to rest")


def wait_for_another(page: Page, beginning: str, before: bytes) -> bytes:
    """What a chart shows once it shows something else."""
    for _ in range(100):
        if (now := drawn(page, beginning)) != before:
            return now
    raise AssertionError(f"{beginning} does not change")


def point_at(page: Page, beginning: str, across: float, down: float) -> None:
    """Move the pointer to a place of a chart step by step, as a hand does: a chart may not read where one leap ends."""
    box = chart(page, beginning).bounding_box()
    assert box is not None
    x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
    page.mouse.move(x - 9, y)
    page.mouse.move(x, y, steps=3)


def canvas_pictures(page: Page, selector: str = "") -> list[bytes]:
    """What is drawn on each canvas below `selector`, as PNG on white, wherever the page is scrolled to."""
    urls = page.evaluate(
        """selector => [...document.querySelectorAll(`${selector} canvas`)].map(canvas => {
            const copy = document.createElement("canvas"), draw = copy.getContext("2d");
            [copy.width, copy.height, draw.fillStyle] = [canvas.width, canvas.height, "white"];
            draw.fillRect(0, 0, copy.width, copy.height);
            draw.drawImage(canvas, 0, 0);
            return copy.toDataURL();
        })""",
        selector,
    )
    return [base64.b64decode(url.partition(",")[2]) for url in urls]
