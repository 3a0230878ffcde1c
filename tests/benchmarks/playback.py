"""How the playback of two runs keeps up, in Chromium: `python -m tests.benchmarks.playback [seconds]`.

It plays two runs of 3000 epochs, 30 a second, counts the pictures that arrive and the processor
time that the server takes for them, and the time from pressing Pause to the position standing still.
"""

import statistics
import sys
import time

from playwright.sync_api import Page

from tests.benchmarks.app_page import app_page
from tests.load.server import processor_seconds

PAUSES = 10
# Every picture comes with the number of epochs that are done; the slider comes back when the playback has stopped.
WATCH = """() => {
    window.pictures = 0;
    new MutationObserver(changes => {
        if (changes.some(change => /^Epochs done/.test(change.target.textContent))) window.pictures += 1;
        if (window.pressed && !window.held && document.querySelector('.stSlider')) window.held = performance.now();
    }).observe(document.querySelector('.stApp'), { subtree: true, childList: true, characterData: true });
    document.addEventListener('pointerdown', () => { window.pressed = performance.now(); window.held = null; }, true);
}"""


def play(page: Page, pid: int, seconds: float) -> tuple[float, float]:
    """Pictures a second, and the share of one core that the server takes, while it plays."""
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(2000)
    pictures, used, start = page.evaluate("window.pictures"), processor_seconds(pid), time.perf_counter()
    page.wait_for_timeout(seconds * 1000)
    elapsed = time.perf_counter() - start
    return (page.evaluate("window.pictures") - pictures) / elapsed, (processor_seconds(pid) - used) / elapsed


def pause(page: Page) -> float:
    """The milliseconds from pressing Pause to the position standing still."""
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("window.held", polling=20)
    held: float = page.evaluate("window.held - window.pressed")
    return held


def main() -> None:
    """Print the pictures a second, the server's share of a core, and the time to pause."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    with app_page("training?epoch=0&theta=0&epochs=3000") as (server, page):
        page.locator("canvas").nth(3).wait_for()
        page.wait_for_timeout(3000)
        page.evaluate(WATCH)
        pictures, share = play(page, server.pid, seconds)
        pauses = []
        for _ in range(PAUSES):
            pauses.append(pause(page))
            page.get_by_role("button", name="Play").click()
            page.wait_for_timeout(700)
    print(f"{pictures:.1f} pictures a second at {share:.0%} of a core")
    print(f"pause: p50 {statistics.median(pauses):.0f} ms, max {max(pauses):.0f} ms")


if __name__ == "__main__":
    main()
