"""A weight dragged in a real browser: the picture moves while the hand does."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle

WEIGHT = "weight h₁ · x₁"
OTHER = "weight o · h₂"


def slider(page: Page, name: str = WEIGHT) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def cell(page: Page, name: str = WEIGHT) -> Locator:
    return page.get_by_role("spinbutton", name=name, exact=True)


def canvas(page: Page) -> bytes:
    return page.locator(".st-key-picture canvas").first.screenshot()


def typed(page: Page, text: str) -> None:
    cell(page).click()
    cell(page).press("Control+A")
    cell(page).press_sequentially(text)
    cell(page).press("Enter")
    settle(page)


def move_to(page: Page, share: float) -> None:
    """The mouse to this share of the slider's width."""
    box = slider(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def take_hold(page: Page, share: float) -> None:
    slider(page).scroll_into_view_if_needed()
    move_to(page, share)
    page.mouse.down()


def thumb(page: Page) -> float:
    return float(slider(page).input_value())


def test_the_slider_shows_the_weight_and_can_be_touched(page: Page) -> None:
    expect(slider(page)).to_have_value(cell(page).input_value())
    expect(slider(page)).to_have_attribute("aria-valuetext", cell(page).input_value())
    box = slider(page).bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_the_picture_its_numbers_and_the_link_move_before_the_button_is_released(page: Page) -> None:
    before, counts = canvas(page), page.locator(".counts").inner_text()
    take_hold(page, 0.5)
    move_to(page, 0.8)
    assert thumb(page) > 2
    expect(page).to_have_url(re.compile(f"h11={slider(page).input_value()}"))
    expect(page.locator(".counts")).not_to_have_text(counts)
    settle(page)
    assert canvas(page) != before
    page.mouse.up()


def test_all_else_follows_when_it_is_released(page: Page) -> None:
    row = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name="h₁", exact=True))
    before = row.inner_text()
    take_hold(page, 0.5)
    move_to(page, 0.2)
    page.mouse.up()
    expect(cell(page)).to_have_value(re.compile("-[23]"))
    expect(row).not_to_have_text(before)
    assert cell(page).input_value() == slider(page).input_value()


def test_nothing_jumps_back(page: Page) -> None:
    """Every value that the thumb shows is read: the mouse goes up only, and so must the thumb."""
    slider(page).evaluate(
        """input => {
            window.shown = [];
            const look = () => { window.shown.push(input.valueAsNumber); requestAnimationFrame(look); };
            look();
        }"""
    )
    take_hold(page, 0.2)
    page.evaluate("window.shown.length = 0")
    for step in range(40):
        move_to(page, 0.2 + step / 80)
        page.wait_for_timeout(25)
    end = slider(page).input_value()
    page.mouse.up()
    page.wait_for_timeout(1000)
    settle(page)
    shown = page.evaluate("window.shown")
    assert len(set(shown)) > 10
    assert shown == sorted(shown)
    assert slider(page).input_value() == end == cell(page).input_value()


def test_a_drag_adds_no_address_to_the_history(page: Page) -> None:
    """The additions are counted, for the history of a window has no more than 50 places."""
    page.evaluate(
        """() => {
            const push = history.pushState;
            window.added = 0;
            history.pushState = function (...address) { window.added += 1; return push.apply(this, address); };
        }"""
    )
    take_hold(page, 0.3)
    for step in range(20):
        move_to(page, 0.3 + step / 50)
        page.wait_for_timeout(50)
    page.mouse.up()
    expect(cell(page)).to_have_value(slider(page).input_value())
    settle(page)
    assert page.evaluate("window.added") == 0


@pytest.mark.parametrize(("key", "value"), [("ArrowRight", "1.6"), ("ArrowLeft", "1.4"), ("Home", "-5"), ("End", "5")])
def test_the_keyboard_moves_it(page: Page, key: str, value: str) -> None:
    typed(page, "1.5")
    expect(slider(page)).to_have_value("1.5")
    slider(page).focus()
    page.keyboard.press(key)
    expect(slider(page)).to_have_value(value)
    expect(cell(page)).to_have_value(value)
    expect(slider(page)).to_be_focused()


def test_a_key_that_is_held_loses_no_step(page: Page) -> None:
    typed(page, "0")
    expect(slider(page)).to_have_value("0")
    slider(page).focus()
    for _ in range(15):
        page.keyboard.press("ArrowRight")
    expect(cell(page)).to_have_value("1.5")
    page.wait_for_timeout(600)
    expect(slider(page)).to_have_value("1.5")


def test_a_preset_moves_the_thumb(page: Page) -> None:
    typed(page, "4.5")
    expect(slider(page)).to_have_value("4.5")
    page.get_by_role("button", name="Preset b").click()
    settle(page)
    expect(cell(page)).not_to_have_value("4.5")
    expect(slider(page)).to_have_value(cell(page).input_value())


def test_a_preset_counts_after_a_drag_too(page: Page) -> None:
    take_hold(page, 0.9)
    page.mouse.up()
    expect(cell(page)).to_have_value(slider(page).input_value())
    settle(page)
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    expect(cell(page)).to_have_value("-0.5")
    expect(slider(page)).to_have_value("-0.5")


@pytest.mark.parametrize(("typed_in", "end"), [("12", "5"), ("-40.5", "-5")])
def test_a_weight_beyond_the_slider_stays_and_the_thumb_rests_at_the_end(page: Page, typed_in: str, end: str) -> None:
    typed(page, typed_in)
    expect(slider(page)).to_have_value(end)
    expect(slider(page)).to_have_attribute("aria-valuetext", typed_in)
    page.wait_for_timeout(600)
    expect(cell(page)).to_have_value(typed_in)


def test_another_weight_can_be_chosen(page: Page) -> None:
    first = cell(page).input_value()
    page.get_by_role("combobox", name="Drag").click()
    page.get_by_role("option", name=OTHER, exact=True).click()
    expect(slider(page, OTHER)).to_have_value(cell(page, OTHER).input_value())
    expect(slider(page)).to_have_count(0)
    slider(page, OTHER).focus()
    page.keyboard.press("End")
    expect(cell(page, OTHER)).to_have_value("5")
    expect(cell(page)).to_have_value(first)


def test_a_copied_link_opens_the_dragged_weight(page: Page, open_page: Callable[..., Page]) -> None:
    take_hold(page, 0.75)
    page.mouse.up()
    value = slider(page).input_value()
    expect(page).to_have_url(re.compile(f"h11={value}"))
    settle(page)
    copy = open_page("?" + page.url.partition("?")[2])
    expect(cell(copy)).to_have_value(value)
    expect(slider(copy)).to_have_value(value)
