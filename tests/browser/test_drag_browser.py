"""A weight dragged in a real browser: what can moves with the hand, and the server learns of it once."""

import base64
import io
import json
import random
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from pages.ui.decision_regions.tables import colours, network
from pages.ui.live.drag import PICTURE
from pages.ui.theme import COLOURINGS
from tests.browser.app_server import AppServer
from tests.browser.visits import canvas_pictures, settle
from tinynet.network import Weights
from tinynet.regions import CELLS, PRESETS, cells, decide, from_cells

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
def messages(page: Page, app_server: AppServer) -> list[object]:
    """What the browser sends to the server from now on."""
    sent: list[object] = []

    def note(frame: object) -> None:  # Playwright takes no built-in function
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.goto(f"{app_server.url}/")
    settle(page)
    return sent


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


def shown(page: Page) -> list[float] | None:
    """The weights that the charts are shown with while a hand moves."""
    state = page.evaluate("document.body.value?.decision_regions")
    weights: list[float] | None = state and state["weights"]
    return weights


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
    const { hidden, output } = window.answers(weights);
    const texts = [...hidden, output].map(values =>
        Array.from(new Uint8Array(values.buffer), byte => String.fromCharCode(byte)).join(""));
    return btoa(texts.join(""));
}"""


def test_the_browser_works_out_the_answers_of_the_core(page: Page) -> None:
    """The one formula that is written twice: 200 networks, every point, every sign."""
    page.evaluate(f"() => {{ {PICTURE}\nwindow.answers = answers; }}")
    chance = random.Random(0)
    drawn = [[round(chance.uniform(-2, 2), 1) for _ in CELLS] for _ in range(100)]
    sizes = [[chance.uniform(-1, 1) * 10 ** chance.uniform(-3, 3) for _ in CELLS] for _ in range(100)]
    for flat in (*drawn, *sizes):
        regions = decide(from_cells(dict(zip(CELLS, flat, strict=True))))
        ours = np.frombuffer(base64.b64decode(page.evaluate(ANSWERS, flat)), "<f8").reshape(3, 100, 100)
        np.testing.assert_allclose(ours[:2], regions.hidden, rtol=0, atol=1e-12)
        np.testing.assert_allclose(ours[2], regions.output, rtol=0, atol=1e-12)
        assert np.array_equal(ours[2] >= 0, regions.output >= 0)


def test_a_picture_of_the_browser_has_the_pixels_of_the_servers(page: Page) -> None:
    page.evaluate(
        f"() => {{ {PICTURE}\nwindow.paint = (weights, colours) => picture(answers(weights).output, colours); }}"
    )
    for colouring in COLOURINGS.values():
        drawn = page.evaluate(
            "([weights, colours]) => window.paint(weights, colours)", [PRESET, colours(colouring)["output"]]
        )
        at_rest = network(decide(PRESETS["a"]), colouring)["picture"][0].as_py()
        assert pixels(drawn) == pixels(at_rest)


def pixels(url: str) -> bytes:
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB").tobytes()


def test_everything_moves_with_the_hand_and_the_server_hears_nothing(page: Page, messages: list[object]) -> None:
    before = {name: drawn(page, name) for name in CHARTS}
    take_hold(page, 0.5)
    messages.clear()
    move_to(page, 0.9)
    wait_for_hand(page)
    assert shown(page) == [PRESET[0], float(slider(page).input_value()), *PRESET[2:]]
    page.wait_for_timeout(400)  # longer than a hand rests that holds nothing
    for name, picture in before.items():
        assert drawn(page, name) != picture, name
    assert messages == []
    page.mouse.up()
    wait_for_rest(page)
    assert len(messages) == 1


def test_what_cannot_follow_is_away_or_dim_while_the_hand_moves(page: Page) -> None:
    page.evaluate(WATCH)
    counts = page.locator(".counts")
    take_hold(page, 0.5)
    move_to(page, 0.7)
    wait_for_hand(page)
    page.wait_for_function("window.seen.at(-1).moving && !window.seen.at(-1).texts.includes('+')")
    expect(counts).to_have_css("opacity", "0.3")
    expect(page.locator(".st-key-closer .numbers")).to_have_css("opacity", "0.3")
    page.mouse.up()
    wait_for_rest(page)
    expect(counts).to_have_css("opacity", "1")
    page.wait_for_function("window.seen.at(-1).texts.includes('+')")


def test_the_values_under_the_pointer_follow(page: Page) -> None:
    """The keyboard moves the weight while the pointer is read."""
    page.evaluate(WATCH)
    slider(page).focus()
    box = page.locator(CHARTS["picture"]).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.move(box["x"] + 210, box["y"] + 200)
    page.wait_for_function("window.seen.at(-1).texts.some(text => /tive$/.test(text))")
    before = page.evaluate("window.seen.at(-1).texts.filter(text => /^[+−]\\d\\.\\d{4}$/.test(text))")
    page.keyboard.down("End")
    wait_for_hand(page)
    page.wait_for_function("window.seen.at(-1).moving")
    after = page.evaluate("window.seen.at(-1).texts.filter(text => /^[+−]\\d\\.\\d{4}$/.test(text))")
    assert len(before) == len(after) == 3
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
    page.keyboard.up("End")


def test_no_frame_is_without_a_picture_and_none_jumps_back(page: Page) -> None:
    page.evaluate(WATCH)
    typed(page, "-4")
    page.mouse.move(5, 5)
    take_hold(page, 0.2)
    page.evaluate("window.seen.length = 0; window.thumbs = []")
    for step in range(30):
        move_to(page, 0.2 + step / 50)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    wait_for_hand(page)
    page.mouse.up()
    wait_for_rest(page)
    page.wait_for_function("window.seen.at(-1).texts.includes('+')")
    frames = page.evaluate("window.seen")
    assert all(frame["picture"] for frame in frames)
    pictures = [frame["picture"] for frame in frames]
    changes = [one for before, one in zip(["", *pictures], pictures, strict=False) if one != before]
    assert len(changes) > 10
    assert len(set(changes)) == len(changes)


def test_all_else_follows_when_it_is_released(page: Page) -> None:
    row = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name="h₁", exact=True))
    before, counts = row.inner_text(), page.locator(".counts").inner_text()
    take_hold(page, 0.5)
    move_to(page, 0.2)
    page.mouse.up()
    expect(cell(page)).to_have_value(re.compile("-[23]"))
    expect(row).not_to_have_text(before)
    expect(page.locator(".counts")).not_to_have_text(counts)
    expect(page).to_have_url(re.compile(f"h11={slider(page).input_value()}"))
    assert cell(page).input_value() == slider(page).input_value()


def test_the_whole_drag_is_the_last_edit(page: Page) -> None:
    take_hold(page, 0.53)
    for share in (0.6, 0.7, 0.8, 0.9):
        move_to(page, share)
        wait_for_hand(page)
    page.mouse.up()
    wait_for_rest(page)
    value = float(cell(page).input_value())
    turned = (decide(PRESETS["a"]).output >= 0) != (decide(dragged(h11=value)).output >= 0)
    expect(page.locator(".effect")).to_contain_text(f"The last edit turned {turned.sum():,} points")


def dragged(**weights: float) -> Weights:
    return from_cells({**cells(PRESETS["a"]), **weights})


def test_two_drags_one_after_the_other_end_where_the_hand_left_them(page: Page) -> None:
    """The second begins before the server has answered the first."""
    for share in (0.9, 0.1, 0.75):
        take_hold(page, share)
        move_to(page, share - 0.02)
        page.mouse.up()
    end = slider(page).input_value()
    wait_for_rest(page)
    expect(cell(page)).to_have_value(end)
    expect(slider(page)).to_have_value(end)
    positive = decide(dragged(h11=float(end))).positive
    expect(page.locator(".counts")).to_contain_text(f"{positive:,}")


def test_an_edit_of_a_cell_counts_after_a_drag(page: Page) -> None:
    take_hold(page, 0.9)
    move_to(page, 0.8)
    page.mouse.up()
    wait_for_rest(page)
    assert shown(page) is None
    typed(page, "-3", "weight h₂ · x₂")
    expect(page.locator(".counts")).to_contain_text(
        f"{decide(dragged(h11=float(cell(page).input_value()), h22=-3)).positive:,}"
    )
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    expect(slider(page)).to_have_value("-0.5")
    assert shown(page) is None


def test_a_drag_that_comes_back_to_where_it_began_ends_too(page: Page) -> None:
    slider(page).focus()
    page.keyboard.down("ArrowRight")
    page.keyboard.down("ArrowLeft")
    wait_for_hand(page)
    page.keyboard.up("ArrowLeft")
    wait_for_rest(page)
    expect(slider(page)).to_have_value(cell(page).input_value())


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
    assert shown(page) is None


def test_a_drag_adds_no_address_to_the_history(page: Page, open_page: Callable[..., Page]) -> None:
    """In a second window, for the history of the first may have its 50 places already."""
    other = open_page()
    before = other.evaluate("history.length")
    for share in (0.3, 0.6):
        take_hold(other, share)
        move_to(other, share + 0.1)
        other.mouse.up()
        expect(cell(other)).to_have_value(slider(other).input_value())
        wait_for_rest(other)
    assert other.evaluate("history.length") == before < 50


def test_the_keyboard_moves_it(page: Page) -> None:
    typed(page, "1.5")
    expect(slider(page)).to_have_value("1.5")
    slider(page).focus()
    for key, value in (("ArrowRight", "1.6"), ("ArrowLeft", "1.5"), ("Home", "-5"), ("End", "5")):
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(value)
        expect(cell(page)).to_have_value(value)
        expect(slider(page)).to_be_focused()


def test_keys_one_after_the_other_are_one_message(page: Page, messages: list[object]) -> None:
    typed(page, "0")
    expect(slider(page)).to_have_value("0")
    wait_for_rest(page)
    messages.clear()
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
    assert len(messages) == 1


def test_a_weight_beyond_the_slider_stays_and_the_thumb_rests_at_the_end(page: Page) -> None:
    for typed_in, end in (("12", "5"), ("-40.5", "-5")):
        typed(page, typed_in)
        expect(slider(page)).to_have_value(end)
        expect(slider(page)).to_have_attribute("aria-valuetext", typed_in)
        expect(cell(page)).to_have_value(typed_in)


def test_another_weight_is_chosen_without_the_server(page: Page, messages: list[object]) -> None:
    first = cell(page).input_value()
    messages.clear()
    page.get_by_role("combobox", name="Drag").select_option(label=OTHER)
    expect(slider(page, OTHER)).to_have_value(cell(page, OTHER).input_value())
    assert messages == []
    slider(page, OTHER).focus()
    page.keyboard.press("End")
    expect(cell(page, OTHER)).to_have_value("5")
    expect(cell(page)).to_have_value(first)
    settle(page)
    expect(slider(page, OTHER)).to_have_value("5")


def test_a_copied_link_opens_the_dragged_weight(page: Page, open_page: Callable[..., Page]) -> None:
    page.get_by_role("combobox", name="Drag").select_option(label=OTHER)
    slider(page, OTHER).focus()
    page.keyboard.press("Home")
    expect(cell(page, OTHER)).to_have_value("-5")
    wait_for_rest(page)
    copy = open_page("?" + page.url.partition("?")[2])
    expect(cell(copy, OTHER)).to_have_value("-5")
    expect(slider(copy, OTHER)).to_have_value("-5")


def test_a_finger_moves_it(browser: Browser, app_server: AppServer) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(app_server.url)
    settle(page)
    assert slider(page).evaluate("input => input.getBoundingClientRect().height") >= 44
    slider(page).scroll_into_view_if_needed()
    box = slider(page).bounding_box()
    assert box is not None
    touch: Any = context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.52), ("touchMove", 0.6), ("touchMove", 0.7), ("touchMove", 0.8)):
        point = {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    wait_for_hand(page)
    assert json.dumps(shown(page)) != json.dumps(PRESET)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(cell(page)).to_have_value(slider(page).input_value())
    assert float(cell(page).input_value()) > 2
    context.close()
