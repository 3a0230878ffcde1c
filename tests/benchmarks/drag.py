"""What a hand that drags a weight sees in Chromium: `python -m tests.benchmarks.drag [seconds]`.

A simulated hand moves the slider of the decision regions 30 and then 60 times a second. Counted are the different
pictures that were drawn, how often the network was drawn, and the messages to the server while the hand moved.
"""

import sys

from playwright.sync_api import Page

from tests.benchmarks.app_page import app_page

# Counts for each canvas what it is cleared for, and the pictures of the large chart that were seen.
WATCH = """() => {
    const charts = { picture: ".st-key-picture canvas", network: "[aria-label^='The 2-2-1 network'] canvas" };
    const named = new Map(Object.entries(charts).map(([name, at]) => [document.querySelector(at), name]));
    const pen = CanvasRenderingContext2D.prototype, { clearRect, drawImage } = pen;
    window.drawn = { picture: 0, network: 0 };
    window.pictures = new Set();
    pen.clearRect = function (...rest) {
        if (named.has(this.canvas)) window.drawn[named.get(this.canvas)] += 1;
        return clearRect.apply(this, rest);
    };
    pen.drawImage = function (image, ...rest) {
        if (named.get(this.canvas) === "picture" && this.globalAlpha === 1) window.pictures.add(image.src);
        return drawImage.call(this, image, ...rest);
    };
}"""
# A hand of that many moves a second; no two of its weights within 101 moves are the same.
HAND = """(input, [rate, seconds]) => new Promise(done => {
    window.pictures.clear();
    window.drawn = { picture: 0, network: 0 };
    input.dispatchEvent(new PointerEvent("pointerdown"));
    let moves = 0;
    const start = performance.now();
    const timer = setInterval(() => {
        const elapsed = performance.now() - start;
        if (elapsed < 1000 * seconds) {
            moves += 1;
            input.value = (moves * 0.1) % 10 - 5;
            input.dispatchEvent(new Event("input"));
            return;
        }
        clearInterval(timer);
        const each = count => count / elapsed * 1000;
        done([moves, window.pictures.size, window.drawn.picture, window.drawn.network].map(each));
        setTimeout(() => window.dispatchEvent(new PointerEvent("pointerup")), 500);
    }, 1000 / rate);
})"""


def measure(page: Page, rate: int, seconds: float) -> list[float]:
    """A second's moves, different pictures, redraws of the large chart and of the network."""
    counts: list[float] = page.locator(".st-key-drag input[type=range]").evaluate(HAND, [rate, seconds])
    return counts


def main() -> None:
    """Print the counts of both hands, and the messages."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    messages = 0

    def note(frame: object) -> None:
        nonlocal messages
        messages += 1

    with app_page() as (server, page):
        page.on("websocket", lambda socket: socket.on("framesent", note))
        page.goto(server.url)
        page.locator(".st-key-picture canvas").wait_for()
        page.wait_for_timeout(3000)
        page.evaluate(WATCH)
        for rate in (30, 60):
            before = messages
            moves, pictures, redraws, network = measure(page, rate, seconds)
            sent = messages - before
            page.wait_for_timeout(3000)
            print(
                f"{rate} moves a second wanted, {moves:.0f} made: {pictures:.0f} pictures, {redraws:.0f} redraws of "
                f"the regions and {network:.0f} of the network a second; {sent} messages while it moved, "
                f"{messages - before} when it rested"
            )


if __name__ == "__main__":
    main()
