"""How a playback keeps up, in Chromium: `python -m tests.benchmarks.playback [seconds]`.

On every page with a player it counts how often each chart that moves is drawn anew in a second, at 30 and at 100 epochs
a second, the processor time that the server takes meanwhile, the messages that it is sent, and the time from pressing
Pause to the last drawing.
"""

import sys
import time

from playwright.sync_api import Page

from tests.benchmarks.app_page import app_page
from tests.load.server import processor_seconds

PAUSES = 10
SPEEDS = ("30 epochs/s", "100 epochs/s")
PAGES = {
    "training": "epoch=0&theta=0&epochs=3000",
    "why_not_zero": "start=constant&noise=1e-06&start_epoch=0&start_epochs=1000",
    "in_the_plane": "plane_units=8&plane_epoch=0&plane_epochs=1000",
}
# The renderer of a chart clears what it draws anew; several times in one frame are one drawing.
WATCH = """() => {
    window.drawn = new Map();
    window.lastDrawn = 0;
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...corners) {
        if (this.canvas.closest('[data-testid=stVegaLiteChart]')) {
            const now = document.timeline.currentTime, [times, last] = window.drawn.get(this.canvas) ?? [0, 0];
            window.drawn.set(this.canvas, [times + (now > last), now]);
            window.lastDrawn = performance.now();
        }
        return clear.apply(this, corners);
    };
    window.counts = () => [...window.drawn.values()].map(([times]) => times);
    document.addEventListener('pointerdown', () => { window.pressed = performance.now(); }, true);
}"""


def play(page: Page, pid: int, seconds: float) -> tuple[list[float], float]:
    """Drawings a second of each chart that moves, and the share of one core that the server takes, while it plays."""
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1000)
    before, used, start = page.evaluate("window.counts()"), processor_seconds(pid), time.perf_counter()
    page.wait_for_timeout(seconds * 1000)
    after, elapsed = page.evaluate("window.counts()"), time.perf_counter() - start
    rates = [(now - then) / elapsed for now, then in zip(after, before, strict=True)]
    return rates, (processor_seconds(pid) - used) / elapsed


def pause(page: Page) -> float:
    """The milliseconds from pressing Pause to the last drawing of a chart."""
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(600)
    late: float = page.evaluate("window.lastDrawn - window.pressed")
    return max(late, 0.0)


def measure(path: str, query: str, speed: str, seconds: float) -> None:
    """Print the figures of one page at one speed."""
    sent = 0

    def count(_: object) -> None:
        nonlocal sent
        sent += 1

    with app_page() as (server, page):
        page.on("websocket", lambda socket: socket.on("framesent", count))
        page.goto(f"{server.url}/{path}?{query}&speed={speed.replace(' ', '+')}")
        page.get_by_role("button", name="Play").wait_for()
        page.wait_for_timeout(8000)
        page.evaluate(WATCH)
        before = sent
        rates, share = play(page, server.pid, seconds)
        messages = sent - before
        pauses = [pause(page)]
        for _ in range(PAUSES - 1):
            page.keyboard.press("Home")  # or it might end by itself before it is paused
            page.get_by_role("button", name="Play").click()
            page.wait_for_timeout(500)
            pauses.append(pause(page))
    print(
        f"{path}, {speed}: {len(rates)} charts, {min(rates):.0f} to {max(rates):.0f} drawings a second of each, "
        f"{share:.1%} of a core and {messages} messages for the server, last drawing {max(pauses):.0f} ms after Pause"
    )


def main() -> None:
    """Print the figures of all pages at both speeds."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    for path, query in PAGES.items():
        for speed in SPEEDS:
            measure(path, query, speed, seconds)


if __name__ == "__main__":
    main()
