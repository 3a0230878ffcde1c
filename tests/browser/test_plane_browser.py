"""Page 5 in a browser: points set by hand, pictures that are the core's, and a player that moves both networks."""

import base64
import io
import random
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from pages.ui.live.regions import PICTURE
from pages.ui.plane.charts import COLOURS
from pages.ui.plane.points import decode, encode
from tests.browser.looks import differences, read
from tests.browser.visits import settle
from tinynet.network import Weights, forward
from tinynet.points import LIMIT

PICTURES = "[class*='st-key-in_the_plane_picture'] canvas:not([data-below])"
TEN = [(2, 2), (3, 1), (1.5, 3), (-2, -2), (-3, -1), (-2, 2), (-3, 1), (2, -2), (3, -1), (1.5, -3)]
"""Ten points, the first five positive: no line parts them."""
# as text: a list of 10,000 numbers takes Playwright longer than all else
OUTPUTS = """weights => btoa(Array.from(new Uint8Array(window.answers(weights).output.buffer),
    byte => String.fromCharCode(byte)).join(""))"""
SHOWN = "document.body.value?.in_the_plane_regions"


def place(page: Page, x1: float, x2: float, picture: int = 0) -> tuple[float, float]:
    """Where a point of the plane is in a picture."""
    box = page.locator(PICTURES).nth(picture).bounding_box()
    assert box
    assert box["width"] == pytest.approx(box["height"])
    x, y = (x1 + LIMIT) / (2 * LIMIT), (LIMIT - x2) / (2 * LIMIT)
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def points(page: Page) -> list[tuple[float, float, int]]:
    """The points in the address."""
    return list(decode(parse_qs(urlsplit(page.url).query).get("points", [""])[0]))


def wait_for_points(page: Page, count: int) -> None:
    page.wait_for_function(
        "count => (new URL(location).searchParams.get('points') ?? '').length === 6 * count", arg=count
    )
    settle(page)


def test_ten_points_set_by_hand_are_learnt_and_their_link_opens_them(open_page: Callable[..., Page]) -> None:
    page = open_page("in_the_plane?data=own+points")
    for number, (x1, x2) in enumerate(TEN):
        if number == 5:
            wait_for_points(page, 5)
            expect(page.get_by_text("Click in a picture to add a point")).to_be_visible()
            page.get_by_role("radio", name="negative").click()
            settle(page)
        page.mouse.click(*place(page, x1, x2, number % 2))
    wait_for_points(page, 10)
    found = points(page)
    np.testing.assert_allclose([row[:2] for row in found], TEN, atol=0.03)
    assert [label for *_, label in found] == [1] * 5 + [-1] * 5
    expect(page.get_by_text("Right: 10 of 10.")).to_be_visible()
    expect(page.get_by_text("they act as one")).to_be_visible()

    fresh = open_page(page.url.rpartition("/")[2])
    assert points(fresh) == found
    for text in ("Right: 10 of 10.", "they act as one"):
        expect(fresh.get_by_text(text)).to_be_visible()

    fresh.mouse.click(*place(fresh, 2, 2))
    wait_for_points(fresh, 9)
    fresh.mouse.move(*place(fresh, -3, -1, 1))
    fresh.mouse.down()
    fresh.mouse.move(*place(fresh, -4, -4, 1), steps=3)
    moved = fresh.evaluate("document.documentElement.value.in_the_plane")
    assert [moved["x1"][3], moved["x2"][3]] == pytest.approx([-4, -4], abs=0.05)
    fresh.mouse.up()
    fresh.wait_for_function("document.documentElement.value.in_the_plane === null")
    assert points(fresh)[3] == pytest.approx((-4, -4, 1), abs=0.05)
    fresh.get_by_role("button", name="Clear").click()
    wait_for_points(fresh, 0)
    assert fresh.evaluate(SHOWN) is None
    cleared = read(fresh)
    assert differences(cleared, read(open_page(fresh.url.rpartition("/")[2]))) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
@pytest.mark.parametrize("size", ["", "&present=true"])
def test_the_pictures_stay_where_they_are_when_the_networks_begin_to_learn(
    open_page: Callable[..., Page], width: int, height: int, size: str
) -> None:
    """A hand that sets one point after the other meets each where it aimed."""
    link, window = f"in_the_plane?data=own+points{size}&points=", {"width": width, "height": height}
    tops = []
    for points in ([], [(1, 1, 1), (-1, -1, -1)]):
        page = open_page(link + encode(points), viewport=window)
        expect(page.get_by_role("button", name="Play")).to_have_count(len(points) // 2)
        box = page.locator("[class*='st-key-in_the_plane_picture']").first.bounding_box()
        assert box
        tops.append(box["y"])
    assert tops[0] == tops[1]


def test_a_picture_hides_nothing_under_a_tooltip(open_page: Callable[..., Page]) -> None:
    page = open_page("in_the_plane")
    for x1, x2 in ((0.3, 0.4), (1, 2), (-3, -3)):
        page.mouse.move(*place(page, x1, x2), steps=3)
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        expect(page.locator("#vg-tooltip-element.visible")).to_have_count(0)


def test_the_pictures_are_those_of_the_core(open_page: Callable[..., Page]) -> None:
    """For networks of one to sixteen units, and for what the page shows of its own two."""
    page = open_page("in_the_plane?plane_units=8&plane_epoch=50")
    page.evaluate(f"() => {{ {PICTURE}\nwindow.answers = answers; }}")
    chance = random.Random(0)
    for units in (1, 2, 5, 16):
        flat = [chance.uniform(-1, 1) * 10 ** chance.uniform(-3, 3) for _ in range(4 * units + 1)]
        found = np.frombuffer(base64.b64decode(page.evaluate(OUTPUTS, flat)), "<f8").reshape(100, 100)
        np.testing.assert_allclose(found, outputs(flat), rtol=0, atol=1e-12)
    for run in range(2):
        page.wait_for_function(f"{SHOWN}?.picture_{run}[{SHOWN}.top]")
        url = page.evaluate(f"{SHOWN}.picture_{run}[{SHOWN}.top]")
        image = np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB"))
        red = image[..., 0].astype(int) > image[..., 2]
        flat = page.evaluate(f"document.body.value.in_the_plane.weights_{run}")
        assert len(COLOURS) == 4
        assert np.array_equal(red, (outputs(flat) >= 0).T[::-1])


def outputs(flat: list[float]) -> np.ndarray:
    """The outputs of the core on the grid of the pictures, (100, 100)."""
    units = (len(flat) - 1) // 4
    weights = Weights(np.reshape(flat[: 3 * units], (units, 3)), np.reshape(flat[3 * units :], (1, 1 + units)))
    axis = np.asarray(-LIMIT + 0.05 + 0.1 * np.arange(100), dtype=np.float64)
    output: np.ndarray = forward(weights, [axis[:, None], axis[None, :]]).output[0]
    return output


def test_the_player_moves_both_networks_and_the_server_hears_where_it_rests(open_page: Callable[..., Page]) -> None:
    page = open_page("in_the_plane?plane_epoch=0&speed=10+epochs%2Fs")
    page.wait_for_function(f"{SHOWN}?.picture_1[{SHOWN}.top]")
    before = [page.evaluate(f"{SHOWN}.picture_{run}[{SHOWN}.top]") for run in range(2)]
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.body.value.in_the_plane.epoch[0] > 20")
    page.get_by_role("button", name="Pause").click()
    settle(page)
    assert int(parse_qs(urlsplit(page.url).query)["plane_epoch"][0]) > 20
    for run in range(2):
        page.wait_for_function(f"before => {SHOWN} && {SHOWN}.picture_{run}[{SHOWN}.top] !== before", arg=before[run])
        # what moved was painted below the drawing, and is what stays
        below = f"document.querySelector('.st-key-in_the_plane_picture_{run} [data-below]')"
        assert page.evaluate(f"{below}.toDataURL() === {SHOWN}.picture_{run}[{SHOWN}.top]")
        assert page.evaluate(f"getComputedStyle({below}).zIndex") == "-1"
    page.keyboard.press("End")
    expect(page.get_by_text("Right: 40 of 40.")).to_be_visible()
