"""A second answer while components still take up the first: none forgets its viewer or stops listening."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.ui.plane.points import encode
from tests.browser.looks import differences
from tests.browser.test_drag_browser import cell, move_to, slider, take_hold, wait_for_hand, wait_for_rest
from tests.browser.test_plane_browser import place, wait_for_points
from tests.browser.test_player_browser import position, rested
from tests.browser.visits import LAPTOP, Visits, settle
from tests.browser.walk import Window

SLOWLY = 1500
"""For how many milliseconds a component takes up an answer."""
SLOW = f"""
const start = /^export default function/m, end = `\\nexport default async given => {{
    const leave = component(given);
    await new Promise(done => setTimeout(done, {SLOWLY}));
    return leave;
}}`;
window.Blob = class extends Blob {{
    constructor([content, ...rest], options) {{
        const isComponent = options?.type === "text/javascript" && start.test(content);
        super(isComponent ? [content.replace(start, "const component = function") + end] : [content, ...rest], options);
    }}
}};"""


@pytest.fixture
def slow_page(open_page: Callable[..., Page], visits: Visits) -> Callable[[str], Page]:
    """Opens a page whose components are slow, in a window of its own, because the script would stay with the first."""

    def opened(path: str) -> Page:
        open_page()
        page = visits.open_window()
        page.add_init_script(SLOW)
        page.set_viewport_size(LAPTOP)
        page.goto(f"{visits.url}/{path}")
        settle(page)
        page.wait_for_timeout(SLOWLY)
        return page

    return opened


def equals_its_link(page: Page, open_page: Callable[..., Page]) -> None:
    fresh = open_page(page.url.rpartition("/")[2])
    assert differences(Window(page).settled(), Window(fresh).settled()) == []


@pytest.mark.parametrize("name", ["training", "why_not_zero"])
def test_a_player_stays_where_it_is_and_hears_every_key(
    slow_page: Callable[[str], Page], open_page: Callable[..., Page], visits: Visits, name: str
) -> None:
    page = slow_page(name)
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
        rested(page)
    end = position(page)
    page.wait_for_timeout(SLOWLY)
    page.keyboard.press("ArrowLeft")
    rested(page)
    page.keyboard.press("ArrowLeft")
    assert position(page) == end - 2
    rested(page)
    visits.sent.clear()
    page.keyboard.press("ArrowLeft")
    rested(page)
    assert position(page) == end - 3
    assert len(visits.sent) == 1
    equals_its_link(page, open_page)


def test_a_slider_tells_the_server_once_where_it_rests(
    slow_page: Callable[[str], Page], open_page: Callable[..., Page], visits: Visits
) -> None:
    page = slow_page("")
    for name in ("Preset b", "Preset a"):
        page.get_by_role("button", name=name).click()
        settle(page)
    page.wait_for_timeout(SLOWLY)
    page.get_by_role("button", name="Preset b").click()
    settle(page)
    visits.sent.clear()
    take_hold(page, 0.6)
    move_to(page, 0.8)
    wait_for_hand(page)
    page.mouse.up()
    wait_for_rest(page)
    slider(page).blur()
    settle(page)
    assert len(visits.sent) == 1
    expect(cell(page)).to_have_value(slider(page).input_value())
    equals_its_link(page, open_page)


def test_a_hand_sets_points_and_the_regions_follow(
    slow_page: Callable[[str], Page], open_page: Callable[..., Page]
) -> None:
    page = slow_page(f"in_the_plane?data=own+points&points={encode([(1, 1, 1), (-1, -1, -1)])}")
    for count, at in ((3, (2, 1)), (4, (2, 2))):
        page.mouse.click(*place(page, *at))
        wait_for_points(page, count)
    page.wait_for_timeout(SLOWLY)
    page.keyboard.press("ArrowLeft")
    rested(page)
    equals_its_link(page, open_page)
    page.mouse.click(*place(page, 3, -3))
    wait_for_points(page, 5)
    rested(page)
    equals_its_link(page, open_page)
