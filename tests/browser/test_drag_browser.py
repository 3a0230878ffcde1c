"""A weight dragged in a real browser: what can moves with the hand, and the server learns of it once."""

import base64
import io
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from pages.ui.decision_regions.tables import colours
from pages.ui.live.channel import read
from pages.ui.live.drag import PICTURE
from pages.ui.theme import COLOURINGS, RED
from tests.browser.app_server import AppServer
from tests.browser.test_regions_browser import expect_point, place_in
from tests.browser.visits import Answers, Visits, canvas_pictures, go, new_window, settle
from tinynet.activations import A
from tinynet.network import Weights
from tinynet.regions import CELLS, PRESETS, axis, cells, decide, from_cells

WEIGHT = "weight h₁ · x₁"
OTHER = "weight o · h₂"
PRESET = list(cells(PRESETS["a"]).values())
MOVING = "document.body.hasAttribute('data-moving')"
CHARTS = {
    "picture": ".st-key-picture [data-testid=stVegaLiteChart]",
    "network": "[data-testid=stVegaLiteChart][aria-label^='The 2-2-1 network']",
    "first map": "[data-testid=stVegaLiteChart][aria-label^='The output of hidden unit 1']",
}
# What the large chart shows, frame by frame: the last picture that was drawn since it was cleared, and the texts.
WATCH = """() => {
    const chart = document.querySelector(".st-key-picture canvas"), pen = CanvasRenderingContext2D.prototype;
    const { clearRect, drawImage, fillText } = pen;
    let now = null;
    window.seen = [];
    pen.clearRect = function (...rest) {
        if (this.canvas === chart) now = { picture: null, texts: [] };
        return clearRect.apply(this, rest);
    };
    pen.drawImage = function (image, ...rest) {
        if (this.canvas === chart && this.globalAlpha === 1) now.picture = image.src;
        return drawImage.call(this, image, ...rest);
    };
    pen.fillText = function (text, ...rest) {
        if (this.canvas === chart) now?.texts.push(text);
        return fillText.call(this, text, ...rest);
    };
    const look = () => {
        if (now) window.seen.push({ ...now, moving: document.body.hasAttribute("data-moving") });
        requestAnimationFrame(() => setTimeout(look));
    };
    look();
}"""


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page, for scripts that need none of the app."""
    page = browser.new_page()
    yield page
    page.close()


def slider(page: Page, name: str = WEIGHT) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def cell(page: Page, name: str = WEIGHT) -> Locator:
    return page.get_by_role("spinbutton", name=name, exact=True)


def typed(page: Page, text: str, name: str = WEIGHT) -> None:
    cell(page, name).click()
    cell(page, name).press("Control+A")
    cell(page, name).press("Delete")
    cell(page, name).press_sequentially(text)
    cell(page, name).press("Enter")
    settle(page)


def move_to(page: Page, share: float) -> None:
    """The mouse to this share of the slider's width."""
    box = page.locator(".st-key-drag input[type=range]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def take_hold(page: Page, share: float) -> None:
    page.locator(".st-key-drag input[type=range]").scroll_into_view_if_needed()
    move_to(page, share)
    page.mouse.down()


def shown(page: Page) -> list[float]:
    """The weights that the charts are shown with."""
    weights: list[float] = page.evaluate("document.body.value.decision_regions.weights")
    return weights


def in_cells(page: Page) -> list[float]:
    return [float(page.locator(f".st-key-{name} input").input_value()) for name in CELLS]


def wait_for_hand(page: Page) -> None:
    """Until the charts show the weight under the hand."""
    page.wait_for_function(
        f"value => {MOVING} && document.body.value.decision_regions.weights.includes(value)",
        arg=float(page.locator(".st-key-drag input[type=range]").input_value()),
    )


def wait_for_rest(page: Page) -> None:
    page.wait_for_function(f"!{MOVING}")
    settle(page)


def drawn(page: Page, chart: str) -> bytes:
    (picture,) = canvas_pictures(page, CHARTS[chart])
    return picture


# as text: a list of 30,000 numbers takes Playwright longer than all else
ANSWERS = """weights => {
    const { hidden, output } = window.answers(weights), parts = [];
    for (const values of [...hidden, output])
        for (let start = 0, bytes = new Uint8Array(values.buffer); start < bytes.length; start += 8000)
            parts.push(String.fromCharCode(...bytes.subarray(start, start + 8000)));
    return btoa(parts.join(""));
}"""


def test_the_browser_works_out_the_answers_of_the_core(blank: Page) -> None:
    """The one formula that is written twice: 200 networks, every point, every sign."""
    blank.evaluate(f"() => {{ {PICTURE}\nwindow.answers = answers; }}")
    chance = random.Random(0)
    drawn = [[round(chance.uniform(-2, 2), 1) for _ in CELLS] for _ in range(100)]
    sizes = [[chance.uniform(-1, 1) * 10 ** chance.uniform(-3, 3) for _ in CELLS] for _ in range(100)]
    for flat in (*drawn, *sizes):
        regions = decide(from_cells(dict(zip(CELLS, flat, strict=True))))
        ours = np.frombuffer(base64.b64decode(blank.evaluate(ANSWERS, flat)), "<f8").reshape(3, 100, 100)
        assert np.abs(ours[:2] - regions.hidden).max() <= 1e-12
        assert np.abs(ours[2] - regions.output).max() <= 1e-12
        assert np.array_equal(ours[2] >= 0, regions.output >= 0)


def contour_of(blank: Page, output: np.ndarray) -> np.ndarray:
    """The segments that the browser finds, (segments, 4)."""
    blank.evaluate(f"() => {{ {PICTURE}\n{read('contour.js')}\nwindow.contour = contour; }}")
    return np.array(blank.evaluate("output => window.contour(output)", output.ravel().tolist())).reshape(-1, 4)


def test_the_contour_of_a_plane_is_a_line(blank: Page) -> None:
    values = axis()
    ends = contour_of(blank, values[:, None] + 2 * values[None, :] - 0.03).reshape(-1, 2)
    assert len(ends) > 200
    np.testing.assert_allclose(ends[:, 0] + 2 * ends[:, 1], 0.03, atol=1e-12)


def test_the_segments_of_the_contour_are_connected_and_none_is_where_the_sign_is_one(blank: Page) -> None:
    """Each end of a segment is an end of another, except for the two on the border of the grid."""
    ends = np.round(contour_of(blank, decide(PRESETS["a"]).output).reshape(-1, 2), 9)
    _, times = np.unique(ends, axis=0, return_counts=True)
    assert sorted(times.tolist()) == [1, 1] + [2] * (len(times) - 2)
    for sign in (1.0, 0.0, -1.0):
        assert contour_of(blank, np.full((100, 100), sign)).shape == (0, 4)


def test_a_picture_has_the_colour_of_the_cores_answer_at_every_point(blank: Page) -> None:
    output = decide(PRESETS["a"]).output
    blank.evaluate(
        f"() => {{ {PICTURE}\nwindow.paint = (weights, colours) => picture(answers(weights).output, colours); }}"
    )
    for colouring in COLOURINGS.values():
        palette = colours(colouring)["output"]
        drawn = blank.evaluate("([weights, colours]) => window.paint(weights, colours)", [PRESET, palette])
        levels = np.rint((output / A + 1) / 2 * (len(palette) - 1)) if colouring.continuous else output >= 0
        expected = np.array([tuple(bytes.fromhex(colour[1:])) for colour in palette])[levels.astype(int)]
        assert np.array_equal(pixels(drawn), expected.transpose(1, 0, 2)[::-1])  # x2 upwards
        if colouring is COLOURINGS["Red and blue"]:
            assert np.all(pixels(drawn) == tuple(bytes.fromhex(RED[1:])), axis=2).sum() == 5866


def pixels(url: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB"))


def test_all_moves_with_the_hand_and_the_server_is_told_once_at_its_end(page: Page, visits: Visits) -> None:
    """What cannot follow is dim meanwhile, and then speaks of the whole drag as the last edit."""
    before = {name: drawn(page, name) for name in CHARTS}
    counts, closer = page.locator(".counts"), page.locator(".st-key-closer .numbers")
    positive, row = counts.inner_text(), closer.inner_text()
    take_hold(page, 0.53)
    visits.sent.clear()
    for share in (0.6, 0.7, 0.8, 0.9):
        move_to(page, share)
        wait_for_hand(page)
    assert shown(page) == [PRESET[0], float(slider(page).input_value()), *PRESET[2:]]
    expect(counts).to_have_css("opacity", "0.3")
    expect(closer).to_have_css("opacity", "0.3")
    page.wait_for_timeout(400)  # longer than a hand rests that holds nothing
    for name, picture in before.items():
        assert drawn(page, name) != picture, name
    assert visits.sent == []
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"h11={slider(page).input_value()}"))
    wait_for_rest(page)
    assert len(visits.sent) == 1
    expect(counts).to_have_css("opacity", "1")
    expect(counts).not_to_have_text(positive)
    expect(closer).not_to_have_text(row)
    assert cell(page).input_value() == slider(page).input_value()
    turned = (decide(PRESETS["a"]).output >= 0) != (decide(dragged(h11=float(cell(page).input_value()))).output >= 0)
    expect(page.locator(".effect")).to_contain_text(f"The last edit turned {turned.sum():,} points")


def dragged(**weights: float) -> Weights:
    return from_cells({**cells(PRESETS["a"]), **weights})


def test_no_frame_is_without_a_picture_none_jumps_back_and_what_the_pointer_reads_follows(page: Page) -> None:
    page.evaluate(WATCH)
    numbers = "window.seen.at(-1).texts.filter(text => /^[+−]\\d\\.\\d{4}$/.test(text))"
    # the keyboard moves the weight while the pointer is read
    slider(page).focus()
    box = page.locator(CHARTS["picture"]).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.move(box["x"] + 210, box["y"] + 200)
    page.wait_for_function("window.seen.at(-1).texts.some(text => /tive$/.test(text))")
    before = page.evaluate(numbers)
    page.keyboard.down("End")
    wait_for_hand(page)
    page.wait_for_function("window.seen.at(-1).moving")
    after = page.evaluate(numbers)
    assert len(before) == len(after) == 3
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
    page.keyboard.up("End")
    wait_for_rest(page)

    typed(page, "-4")
    page.mouse.move(5, 5)
    take_hold(page, 0.2)
    page.evaluate("window.seen.length = 0")
    for step in range(30):
        move_to(page, 0.2 + step / 50)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    wait_for_hand(page)
    page.mouse.up()
    wait_for_rest(page)
    frames = page.evaluate("window.seen")
    assert all(frame["picture"] for frame in frames)
    # the signs are those of the weights under the hand
    assert len({frame["texts"].count("+") for frame in frames}) > 5
    pictures = [frame["picture"] for frame in frames]
    changes = [one for before, one in zip(["", *pictures], pictures, strict=False) if one != before]
    assert len(changes) > 10
    assert len(set(changes)) == len(changes)


def test_drags_and_edits_one_after_the_other_end_where_the_last_one_left_them(page: Page) -> None:
    """The second drag begins before the server has answered the first."""
    for share in (0.9, 0.1, 0.75):
        take_hold(page, share)
        move_to(page, share - 0.02)
        page.mouse.up()
    end = slider(page).input_value()
    wait_for_rest(page)
    expect(cell(page)).to_have_value(end)
    expect(slider(page)).to_have_value(end)
    expect(page.locator(".counts")).to_contain_text(f"{decide(dragged(h11=float(end))).positive:,}")
    assert shown(page) == in_cells(page)
    typed(page, "-3", "weight h₂ · x₂")
    expect(page.locator(".counts")).to_contain_text(f"{decide(dragged(h11=float(end), h22=-3)).positive:,}")
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    expect(slider(page)).to_have_value("-0.5")
    assert shown(page) == in_cells(page)
    # a drag that comes back to where it began ends too
    slider(page).focus()
    page.keyboard.down("ArrowRight")
    wait_for_hand(page)
    page.keyboard.down("ArrowLeft")
    page.keyboard.up("ArrowLeft")
    wait_for_rest(page)
    expect(slider(page)).to_have_value(cell(page).input_value())
    # a weight beyond the slider stays, and the thumb rests at the end
    for typed_in, at in (("12", "5"), ("-40.5", "-5")):
        typed(page, typed_in)
        expect(slider(page)).to_have_value(at)
        expect(slider(page)).to_have_attribute("aria-valuetext", typed_in)
        expect(cell(page)).to_have_value(typed_in)


def test_an_edit_is_shown_before_the_server_answers_and_stays_when_it_does(page: Page) -> None:
    answers = Answers(page)
    answers.hold()
    before, counts = drawn(page, "picture"), page.locator(".counts").inner_text()
    for key, value in (("ArrowUp", 0.4), ("ArrowUp", 0.5), ("ArrowDown", 0.4)):
        cell(page).press(key)
        page.wait_for_function("value => document.body.value.decision_regions.weights[1] === value", arg=value)
    expect(slider(page)).to_have_value("0.4")
    for text, value in (("0,9", 0.9), ("abc", 0.9), ("", 0.9), ("1/3", 0.9), ("5000", 0.9), ("-2", -2)):
        cell(page).fill(text)
        cell(page).press("Enter")
        page.wait_for_function("value => document.body.value.decision_regions.weights[1] === value", arg=value)
    assert drawn(page, "picture") != before
    expect(page.locator(".counts")).to_have_text(counts, use_inner_text=True)
    expect(page.locator(".counts")).to_have_css("opacity", "0.3")
    answers.release()
    wait_for_rest(page)
    expect(page.locator(".counts")).to_have_css("opacity", "1")
    expect(page.locator(".counts")).to_contain_text(f"{decide(dragged(h11=-2)).positive:,}")
    assert shown(page) == in_cells(page) == [PRESET[0], -2, *PRESET[2:]]
    go(page, "?present=true")  # cells with buttons
    answers.hold()
    page.locator(".st-key-h11").get_by_test_id("stNumberInputStepUp").click()
    page.wait_for_function("document.body.value.decision_regions.weights[1] === 0.4")
    answers.release()
    wait_for_rest(page)
    assert shown(page)[1] == 0.4


def test_a_page_that_is_left_while_the_hand_moves_opens_as_the_server_knows_it(page: Page) -> None:
    slider(page).focus()
    page.keyboard.down("End")
    wait_for_hand(page)
    page.evaluate("[...document.querySelectorAll('a')].find(link => link.textContent.includes('2 · ')).click()")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Training")
    page.keyboard.up("End")
    page.wait_for_function(f"!{MOVING} && !document.body.value.decision_regions")
    page.get_by_role("link", name="1 · Decision regions").click()
    expect(page.locator(".counts")).to_be_visible()
    settle(page)
    expect(slider(page)).to_have_value(cell(page).input_value())
    assert shown(page) == in_cells(page)


def test_the_keyboard_moves_any_weight_and_keys_one_after_the_other_are_one_message(page: Page, visits: Visits) -> None:
    slider(page).focus()
    for key, value in (("Home", "-5"), ("End", "5"), ("ArrowLeft", "4.9"), ("ArrowRight", "5")):
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(value)
        expect(cell(page)).to_have_value(value)
        expect(slider(page)).to_be_focused()
    typed(page, "0")
    expect(slider(page)).to_have_value("0")
    wait_for_rest(page)
    visits.sent.clear()
    slider(page).evaluate(
        """input => {
            for (let press = 0; press < 15; press += 1) {
                input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
                input.stepUp();
                input.dispatchEvent(new Event("input"));
                input.dispatchEvent(new KeyboardEvent("keyup", { key: "ArrowRight" }));
            }
        }"""
    )
    expect(cell(page)).to_have_value("1.5")
    wait_for_rest(page)
    assert len(visits.sent) == 1
    # another weight is chosen without the server
    visits.sent.clear()
    page.get_by_role("combobox", name="Drag").select_option(label=OTHER)
    expect(slider(page, OTHER)).to_have_value(cell(page, OTHER).input_value())
    assert visits.sent == []
    slider(page, OTHER).focus()
    page.keyboard.press("Home")
    expect(cell(page, OTHER)).to_have_value("-5")
    expect(cell(page)).to_have_value("1.5")
    wait_for_rest(page)
    expect(page).to_have_url(re.compile("dragged="))
    go(page, "?" + page.url.partition("?")[2])
    expect(cell(page, OTHER)).to_have_value("-5")
    expect(slider(page, OTHER)).to_have_value("-5")


@pytest.fixture
def phone(browser: Browser, app_server: AppServer) -> Iterator[Page]:
    """The page on a phone that is touched."""
    page = new_window(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(app_server.url)
    settle(page)
    yield page
    page.context.close()


def touch(page: Page, *places: tuple[float, float]) -> Callable[[], None]:
    """Move a finger over these places. Gives what lifts it."""
    client: Any = page.context.new_cdp_session(page)
    for kind, (x, y) in zip(("touchStart", *["touchMove"] * len(places)), places, strict=False):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    return lambda: client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_picks_points_scrolls_and_moves_the_slider(phone: Page) -> None:
    for across, down, x1, x2 in ((0.3, 0.3, "-[23]", "1"), (0.5, 0.2, "-0", "2"), (0.8, 0.6, "2", "-[23]")):
        phone.touchscreen.tap(*place_in(phone, across, down))
        expect_point(phone, x1, x2)
        settle(phone)
    # on the picture it scrolls the page, and picks nothing
    x, y = place_in(phone, 0.5, 0.6)
    touch(phone, *((x, y - 10 * step) for step in range(12)))()
    phone.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 50")
    phone.wait_for_timeout(300)  # as long as a pick takes to be told
    settle(phone)
    expect_point(phone, "2", "-[23]")
    assert slider(phone).evaluate("input => input.getBoundingClientRect().height") >= 44
    slider(phone).scroll_into_view_if_needed()
    range_ = ".st-key-drag input[type=range]"
    lift = touch(phone, *(place_in(phone, share, 0.5, range_) for share in (0.52, 0.6, 0.7, 0.8)))
    wait_for_hand(phone)
    assert shown(phone) != PRESET
    lift()
    expect(cell(phone)).to_have_value(slider(phone).input_value())
    assert float(cell(phone).input_value()) > 2
