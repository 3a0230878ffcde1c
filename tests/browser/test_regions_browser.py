"""The decision regions in a real browser: what the user sees, types and presses."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.visits import SETTLE_SECONDS, chart, settle
from tinynet.arrays import Array
from tinynet.network import Weights, forward
from tinynet.regions import CELLS, PRESETS, axis, cells

LINE = ["unit", "first", "share", "bias", "weight1", "weight2"]
PICTURE = ".st-key-picture :is(canvas, svg.marks)"
WATCH = """(canvas, late) => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
    window.loading = window.frames_seen = window.frames_empty = 0;
    const load = function (url) {
        window.loading++;
        this.addEventListener("load", () => window.loading--);
        if (late) setTimeout(() => set.call(this, url), late);
        else set.call(this, url);
    };
    Object.defineProperty(HTMLImageElement.prototype, "src", { get, set: load });
    const small = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const isEmpty = () => {
        small.drawImage(canvas, 0, 0, 10, 10);
        const pixel = ([x, y]) => [...small.getImageData(x, y, 1, 1).data];
        return [[3, 6], [4, 5], [6, 3], [7, 2]].map(pixel).flat().every((channel) => channel === 255);
    };
    const look = () => {
        window.frames_seen++;
        if (isEmpty()) window.frames_empty++;
        requestAnimationFrame(look);
    };
    look();
}"""
"""Lets every image load so many milliseconds late, and counts the frames in which the picture is empty."""
KEEP_PUBLISHED = """() => {
    window.published = [];
    document.body.addEventListener("live", () => {
        const state = document.body.value.decision_regions;
        window.published.push([state, JSON.stringify(state)]);
    });
}"""


def box_of(page: Page, selector: str = PICTURE) -> FloatRect:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box


def place_in(page: Page, across: float, down: float, selector: str = PICTURE) -> tuple[float, float]:
    box = box_of(page, selector)
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def expect_point(page: Page, x1: str, x2: str) -> None:
    """The point that is worked out has coordinates that begin so."""
    for name, beginning in (("x₁", x1), ("x₂", x2)):
        cell = page.get_by_role("spinbutton", name=f"Point {name}", exact=True)
        expect(cell).to_have_value(re.compile(f"^{beginning}"))


def canvas(page: Page) -> bytes:
    return page.locator(".st-key-picture canvas").screenshot()


def typed(page: Page, label: str, text: str) -> None:
    """Type into a cell as a user does, and leave it."""
    cell = page.get_by_role("spinbutton", name=label, exact=True)
    cell.click()
    cell.press("Control+A")
    cell.press("Delete")
    cell.press_sequentially(text)
    cell.press("Tab")
    settle(page)


def entries(page: Page) -> list[str]:
    return [cell.input_value() for cell in page.locator("[class*=st-key-matrix_] input").all()]


def as_entries(weights: Weights) -> list[str]:
    return [f"{weight:g}" for weight in cells(weights).values()]


def counts(page: Page) -> str:
    return page.locator(".counts").inner_text()


def test_the_picture_lies_whole_in_the_window_beside_what_moves_it(open_page: Callable[..., Page]) -> None:
    """At every size, in presenter size too, and when it fills the window; below each other where it is narrow."""
    page = open_page(viewport={"width": 1920, "height": 1080}, color_scheme="dark")
    assert entries(page) == as_entries(PRESETS["a"])
    lies_whole(page)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    lies_whole(page)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    for width in (1440, 1280, 768, 390):
        resize(page, width, 900)
        picture = box_of(page)
        matrix = page.get_by_label("weight h₁ · bias", exact=True).bounding_box()
        assert matrix is not None
        # the axes take 44 pixels on the left and half a label on the right, the axis and the values 90 below
        assert 34 < picture["height"] - picture["width"] < 46, width
        assert matrix["x"] >= picture["x"] + picture["width"] or matrix["y"] >= picture["y"] + picture["height"], width
    resize(page, 1280, 720)
    page.locator(PICTURE).hover()
    page.get_by_role("button", name=re.compile("Fullscreen: Decision regions")).click()
    page.wait_for_function("selector => document.querySelector(selector).getBoundingClientRect().y < 100", arg=PICTURE)
    page.wait_for_function(
        "selector => document.querySelector(selector).getBoundingClientRect().bottom <= innerHeight", arg=PICTURE
    )
    assert box_of(page)["height"] > 500


SAME = """() => new Promise(done => {
    const places = () => JSON.stringify([...document.querySelectorAll("canvas, svg.marks, input")]
        .map(element => element.getBoundingClientRect()));
    let before = "", equal = 0;
    const look = () => {
        const now = places();
        equal = now === before ? equal + 1 : 0;
        before = now;
        if (equal === 10) done();
        else requestAnimationFrame(look);
    };
    look();
})"""
"""Waits until nothing has moved in ten frames."""


def resize(page: Page, width: int, height: int) -> None:
    """Change the size of the window, and wait until the page is laid out for it."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    page.evaluate(SAME)


def lies_whole(page: Page) -> None:
    for width, height in ((1920, 1080), (1440, 900), (1280, 720)):
        resize(page, width, height)
        picture, slider = box_of(page), box_of(page, ".st-key-drag input[type=range]")
        assert picture["y"] + picture["height"] <= height
        assert picture["height"] > 0.7 * height
        # what moves it is in sight with it
        assert slider["y"] + slider["height"] <= height
        assert slider["x"] >= picture["x"] + picture["width"]


def test_no_edit_is_lost_to_the_next_and_none_makes_the_chart_anew(page: Page) -> None:
    """The chart is given new data; it is not taken away and made again, which would flicker."""
    page.locator(".st-key-picture canvas").evaluate("canvas => { canvas.dataset.mark = 'first' }")
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    page.get_by_text("The output o itself").click()
    settle(page)
    begin_to_type(page, "Seed", "42")
    page.get_by_role("button", name="Draw").click()  # without leaving the cell first
    expect(page.get_by_label("weight h₁ · bias", exact=True)).to_have_value("0.6")
    begin_to_type(page, "weight h₁ · x₂", "0.7")
    with page.expect_download() as download:
        page.get_by_role("button", name="Settings as JSON").click()
    settings = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert settings["hidden"][0] == [0.6, -1.9, 0.7]
    begin_to_type(page, "weight h₁ · bias", "0.9")
    page.get_by_text("Signs + and −").click()
    expect(page).to_have_url(re.compile("signs=false"))
    settle(page)
    assert entries(page)[0] == "0.9"
    assert "h10=0.9" in page.url
    expect(page.locator(".st-key-picture canvas")).to_have_attribute("data-mark", "first")
    with page.expect_download() as download:
        page.get_by_role("button", name="Data as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "x1,x2,h1,h2,o,class"
    assert len(lines) == 10_001


def test_the_picture_is_never_empty_while_the_next_one_is_loaded(page: Page) -> None:
    page.locator(PICTURE).evaluate(WATCH, 200)
    for name in ("Preset b", "Preset a", "Preset b", "Undo", "Undo", "Redo"):
        page.get_by_role("button", name=name).click()
        settle(page)
        page.wait_for_function("window.loading === 0")
    assert page.evaluate("window.frames_seen") > 0
    assert page.evaluate("window.frames_empty") == 0


def test_the_picture_is_never_empty_while_a_key_is_held(page: Page) -> None:
    """Edits come more quickly than answers; charts may read what is published at any moment, so it never changes."""
    page.locator(PICTURE).evaluate(WATCH, 0)
    page.evaluate(KEEP_PUBLISHED)
    cell = page.get_by_role("spinbutton", name="weight h₁ · bias", exact=True)
    cell.focus()
    for key, published in (("ArrowUp", 5), ("ArrowDown", 10)):
        for _ in range(30):
            page.keyboard.down(key)
            page.wait_for_timeout(30)
        # a slow machine publishes less often
        while page.evaluate("window.published.length") <= published:
            page.keyboard.down(key)
            page.wait_for_timeout(30)
        page.keyboard.up(key)
        settle(page)
    assert page.evaluate("window.frames_empty") == 0
    kept = page.evaluate("window.published.map(([state, text]) => [JSON.stringify(state), text])")
    assert len(kept) > 10
    assert all(now == then for now, then in kept)


def test_the_data_of_a_chart_are_numbers_and_no_images(page: Page) -> None:
    for name, columns in (("Decision regions", list(CELLS)), ("The output of hidden unit 1", LINE)):
        page.get_by_role("button", name=f"Show data: {name}").press("Enter")
        table = page.get_by_test_id("stDataFrame").locator("canvas table")
        expect(table).to_have_attribute("aria-rowcount", "2")  # with the heading
        heads = table.locator("[role=columnheader]").all_text_contents()  # of the columns that have room
        assert heads[:5] == columns[:5]
        page.get_by_role("button", name=f"Show chart: {name}").press("Enter")


def begin_to_type(page: Page, label: str, text: str) -> None:
    """Type into a cell, and do not leave it."""
    cell = page.get_by_label(label, exact=True)
    cell.click()
    cell.press("Control+A")
    cell.press_sequentially(text)


def test_the_browser_reads_the_values_of_the_core_and_a_click_picks_its_point_wherever_it_is(page: Page) -> None:
    """The text that the chart writes below the picture is taken as it is drawn."""
    page.evaluate(
        """() => {
            const write = CanvasRenderingContext2D.prototype.fillText;
            window.written = [];
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
                window.written.push(text);
                return write.call(this, text, ...rest);
            };
        }"""
    )
    box = box_of(page)
    for right, down in ((0.2, 0.3), (0.5, 0.5), (0.85, 0.6)):
        page.mouse.move(box["x"] + 100, box["y"] + 100)
        page.evaluate("() => { window.written = [] }")
        page.mouse.move(box["x"] + right * box["width"], box["y"] + down * box["height"])
        page.wait_for_function("window.written.some(text => text === 'positive' || text === 'negative')")
        read = page.evaluate("window.written")
        at = max(i for i, text in enumerate(read) if text in ("positive", "negative"))
        assert read[at - 5 : at + 1] == values_at(*(float(text.replace("−", "-")) for text in read[at - 5 : at - 3]))
    for in_usual_size in (False, True):
        page.keyboard.press("p")
        expect(page.get_by_test_id("stSidebar")).to_be_visible(visible=in_usual_size)
        settle(page)
        # a press that moves a little before it is released
        x, y = place_in(page, 0.3, 0.3)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 3, y + 3)
        page.mouse.up()
        expect_point(page, "-[23]", "1")
        settle(page)
        # far from where the pointer was before
        page.mouse.click(*place_in(page, 0.78, 0.7))
        expect_point(page, "2", "-[34]")
        settle(page)


def values_at(x1: float, x2: float) -> list[str]:
    """What is read at the point of the grid nearest to (x1, x2)."""
    x1, x2 = (float(axis()[abs(axis() - x).argmin()]) for x in (x1, x2))
    result = forward(PRESETS["a"], [x1, x2])
    values = [x1, x2, *result.hidden, *result.output]
    numbers = [f"{value:+.{digits}f}".replace("-", "−") for value, digits in zip(values, (1, 1, 4, 4, 4), strict=True)]
    return [*numbers, "positive" if result.output[0] >= 0 else "negative"]


def test_on_a_phone_everything_can_be_read(open_page: Callable[..., Page]) -> None:
    long = (
        "?h10=-999.125&h11=-999.125&h12=-999.125&h20=-999.125&o0=-999.125&o1=-999.125&point_x1=-4.125&point_x2=-4.125"
    )
    page = open_page(long, viewport={"width": 390, "height": 844})
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    table = page.locator(".st-key-closer .numbers")
    assert table.evaluate("table => table.getBoundingClientRect().right <= innerWidth")
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    # the slider comes right after the picture that it moves
    slider = page.locator(".st-key-drag input[type=range]").bounding_box()
    picture = box_of(page)
    assert slider is not None
    assert slider["y"] + slider["height"] - picture["y"] < 844


ZEROS: dict[tuple[int, ...], list[tuple[float, float]] | None] = {
    (0, 1, 0): [(0, -5.05), (0, 4.95)],
    (0, 1, -1): [(-5.05, -5.05), (4.95, 4.95)],
    (8, 1, 1): [(-5.05, -2.95), (-2.95, -5.05)],
    (20, 1, 1): None,
    (20, 0, 0): None,
}
"""The ends of the line on which a unit of these weights is zero, None if it does not cross the picture."""


def test_where_a_unit_is_zero(page: Page) -> None:
    """The line of the first unit, read from what is drawn on the map of that unit."""
    page.get_by_text("Charts as SVG").click()
    first = chart(page, "The output of hidden unit 1")
    lines, frame = first.locator("svg .mark-rule line"), first.locator("svg .mark-rect path")
    expect(frame).to_have_count(1)
    before: tuple[int, ...] = ()
    for row, ends in ZEROS.items():
        for name, value, held in zip(("bias", "x₁", "x₂"), row, before or (None,) * 3, strict=True):
            if value != held:
                typed(page, f"weight h₁ · {name}", str(value))
        before = row
        settle(page)
        expect(lines).to_have_count(2 if ends else 0)
        if ends is not None:
            wait_for_ends(page, frame, lines, np.array(ends))


GEOMETRY = """frame => {
    const { x, y, width, height } = frame.getBBox(), place = frame.getScreenCTM();
    const [start, end] = [[x, y], [x + width, y + height]].map(at => new DOMPoint(...at).matrixTransform(place));
    return [start.x, start.y, end.x - start.x, end.y - start.y];
}"""
"""Left, top, width and height of a frame in pixels of the page, without the stroke around it."""


def wait_for_ends(page: Page, frame: Locator, lines: Locator, ends: Array) -> None:
    """A chart paints a moment after its data have come."""
    end = time.monotonic() + SETTLE_SECONDS
    while not np.allclose(places(frame, lines), ends, rtol=0, atol=0.1):
        assert time.monotonic() < end, f"{places(frame, lines)} instead of {ends}"
        page.wait_for_timeout(50)


def places(frame: Locator, lines: Locator) -> Array:
    """Both ends of the last line in the units of the picture, (2, 2)."""
    left, top, width, height = frame.evaluate(GEOMETRY)
    across, down = np.array(ends_of(lines)).T
    return np.stack([-5.05 + 10 * (across - left) / width, 4.95 - 10 * (down - top) / height], axis=1)


def ends_of(lines: Locator) -> list[list[float]]:
    """Both ends of the last line, in pixels of the page."""
    ends: list[list[float]] = lines.last.evaluate(
        """line => [["x1", "y1"], ["x2", "y2"]]
            .map(([x, y]) => new DOMPoint(line[x].baseVal.value, line[y].baseVal.value))
            .map(point => point.matrixTransform(line.getScreenCTM()))
            .map(point => [point.x, point.y])"""
    )
    return ends
