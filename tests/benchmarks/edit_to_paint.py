"""From a weight's edit to the repainted region chart, in Chromium: `python -m tests.benchmarks.edit_to_paint [edits]`.

It starts the app, presses arrow keys in weight cells and takes the time until the browser has painted the new picture.
"""

import statistics
import sys

from playwright.sync_api import Page

from tests.benchmarks.app_page import app_page

CELLS = ("weight h₁ · bias", "weight h₁ · x₁", "weight h₁ · x₂", "weight h₂ · x₂", "weight o · h₁")
PAUSE_MS = 400
# The chart also draws pictures that are not seen. The edit is painted when it draws one to be seen that is new.
WATCH = """() => {
    const { clearRect, drawImage } = CanvasRenderingContext2D.prototype;
    const chart = document.querySelector('.st-key-picture canvas');
    let now = [], before = [];
    window.painted = null; window.pressed = null;
    CanvasRenderingContext2D.prototype.clearRect = function (...rest) {
        if (this.canvas === chart) now = [];
        return clearRect.apply(this, rest);
    };
    CanvasRenderingContext2D.prototype.drawImage = function (image, ...rest) {
        if (this.canvas === chart && this.globalAlpha > 0) {
            now.push(image.src);
            if (!before.includes(image.src) && window.painted === null)
                requestAnimationFrame(() => setTimeout(() => { window.painted ??= performance.now(); }));
        }
        return drawImage.call(this, image, ...rest);
    };
    document.addEventListener('keydown', () => {
        before = [...now]; window.pressed = performance.now(); window.painted = null;
    }, true);
}"""


def measure(page: Page, edits: int) -> list[float]:
    """The milliseconds from each key press to the painted picture."""
    page.locator(".st-key-picture canvas").first.wait_for()
    page.wait_for_timeout(2000)
    page.evaluate(WATCH)
    times = []
    for number in range(edits):
        cell = page.get_by_role("spinbutton", name=CELLS[number % len(CELLS)], exact=True)
        cell.focus()
        page.wait_for_timeout(PAUSE_MS)
        cell.press("ArrowUp" if number // len(CELLS) % 2 == 0 else "ArrowDown")
        page.wait_for_function("window.painted !== null", polling=20)
        times.append(page.evaluate("window.painted - window.pressed"))
    return times


def main() -> None:
    """Print the median, the 95th percentile and the largest of the times."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with app_page() as (_, page):
        times = measure(page, edits)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"edit to painted picture, {edits} edits: p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {max(times):.0f} ms")


if __name__ == "__main__":
    main()
