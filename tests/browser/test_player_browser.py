"""The player in a real browser: it plays without the server, and where it rests everything speaks of that epoch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.looks import differences, read
from tests.browser.visits import LAPTOP, Visits, drawn, settle

CHARTS = {"training": 8, "why_not_zero": 6}
PAGES = {
    "training": ("training?theta=0.02&speed=10+epochs/s", "epoch"),
    "why_not_zero": (
        "why_not_zero?start=constant&noise=0.001&speed=10+epochs/s",
        "start_epoch",
    ),
}
"""A link to each page with a player, and the parameter of its position."""
PICTURES = {"training": "Training error", "why_not_zero": "One weight of each hidden unit"}
"""How the text alternative of a chart on each page begins that follows the player."""
# One after the other in a moment, however slow the machine is.
PRESS_FAST = """keys => keys.forEach(
    key => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, composed: true})))"""


def opened(open_page: Callable[..., Page], link: str) -> Page:
    page = open_page(link)
    expect(page.locator("canvas")).to_have_count(CHARTS[link.partition("?")[0]])
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    return page


def button(page: Page, part: str) -> Locator:
    return page.locator(f"[data-part={part}]")


def position(page: Page) -> int:
    return int(slider(page).input_value())


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Epoch", exact=True)


def rested(page: Page) -> None:
    """Wait until the server speaks of the epoch that is shown, and all charts are drawn."""
    expect(button(page, "play")).to_contain_text("Play")
    expect(page.locator("[class*='st-key-at_rest'][inert]")).to_have_count(0)
    page.mouse.move(0, 0)
    settle(page)
    pictures: object = None
    while pictures != (pictures := read(page)):
        page.wait_for_timeout(100)


@pytest.mark.parametrize("name", PAGES)
def test_playing_asks_the_server_for_nothing_and_where_it_rests_the_page_shows_what_its_link_shows(
    open_page: Callable[..., Page], visits: Visits, name: str
) -> None:
    """The charts are drawn in the browser there, and by the server here; the server is told once."""
    link, parameter = PAGES[name]
    page = opened(open_page, f"{link}&{parameter}=0")
    rested(page)
    at_first = drawn(page, PICTURES[name])
    visits.sent.clear()
    page.keyboard.press("Space")
    wait_for_epoch(page, 12)
    assert visits.sent == []
    expect(button(page, "play")).to_contain_text("Pause")
    page.keyboard.press("Space")
    rested(page)
    assert len(visits.sent) == 1
    assert drawn(page, PICTURES[name]) != at_first
    fresh = visits.open_window()
    shows_what_its_link_shows(page, fresh, parameter)
    dragged(page, 0.6)
    rested(page)
    page.keyboard.press("ArrowLeft")
    rested(page)
    shows_what_its_link_shows(page, fresh, parameter)


def shows_what_its_link_shows(page: Page, fresh: Page, parameter: str) -> None:
    """Whether a page at rest equals a fresh visit of its address."""
    expect(page).to_have_url(re.compile(f"{parameter}={position(page)}(&|$)"))
    fresh.set_viewport_size(LAPTOP)
    fresh.goto(page.url)
    settle(fresh)
    expect(fresh.get_by_test_id("stProgress")).to_have_count(0)
    rested(fresh)
    assert position(fresh) == position(page)
    assert differences(read(page), read(fresh)) == []


def played(page: Page, epochs: int) -> None:
    """Play on from here until so many epochs have passed at least, and pause."""
    wanted = position(page) + epochs
    page.keyboard.press("Space")
    page.wait_for_function(
        "([part, wanted]) => part.valueAsNumber >= wanted", arg=[slider(page).element_handle(), wanted]
    )
    page.keyboard.press("Space")


def wait_for_epoch(page: Page, epoch: int) -> None:
    part = slider(page).element_handle()
    page.wait_for_function("([part, epoch]) => part.valueAsNumber >= epoch", arg=[part, epoch])


def dragged(page: Page, share: float) -> None:
    """Drag the handle there."""
    box = box_of(slider(page))
    middle = box["y"] + box["height"] / 2
    now = position(page) / int(slider(page).get_attribute("max") or 1)
    page.mouse.move(box["x"] + 12 + now * (box["width"] - 24), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + share * box["width"], middle, steps=8)
    page.mouse.up()


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box is not None
    return box


def row(page: Page, name: str) -> list[str]:
    """One row of the summary."""
    rows = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name=name, exact=True))
    return rows.locator("td").all_inner_texts()


def test_the_keys_work_wherever_the_focus_is_and_keys_pressed_fast_are_told_once(
    open_page: Callable[..., Page], visits: Visits
) -> None:
    page = opened(open_page, "training")
    for focused in (
        page.get_by_role("button", name="same", exact=True),
        page.get_by_role("button", name="Data as CSV"),
        page.locator("summary").first,
        page.get_by_role("switch", name="Charts as SVG").or_(page.get_by_label("Charts as SVG")).first,
        button(page, "speed"),
        button(page, "reset"),
        page.get_by_role("link", name="4 · Thousands of runs"),
        slider(page),
    ):
        focused.focus()
        page.keyboard.press("Home")
        assert position(page) == 0
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        assert position(page) == 1
        page.keyboard.press("End")
        assert position(page) == 299
        page.keyboard.press("Space")
        expect(button(page, "play")).to_contain_text("Pause")
        page.keyboard.press("Space")
        expect(button(page, "play")).to_contain_text("Play")
    rested(page)
    # nothing that had the focus has heard of it
    assert page.url.partition("?")[2].startswith("epoch=")
    page.keyboard.press("Home")
    rested(page)
    visits.sent.clear()
    page.evaluate(PRESS_FAST, ["ArrowRight"] * 7 + ["ArrowLeft"] * 2)
    assert position(page) == 5
    rested(page)
    assert len(visits.sent) == 1
    assert row(page, "epoch") == ["4", "4"]
    # who goes back before the server has answered is believed
    for key in ("End", "Home", "End"):
        page.keyboard.press(key)
    rested(page)
    assert row(page, "epoch") == ["221", "298"]
    for key in ("Home", "End", "Home"):
        page.keyboard.press(key)
    rested(page)
    assert row(page, "epoch") == ["–", "–"]


def test_in_a_field_the_keys_are_the_fields_until_its_number_is_entered(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, "training")
    field = page.get_by_role("spinbutton", name="Init seed")
    field.click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1")
    expect(field).to_have_value("61875673")
    assert position(page) == 299
    page.keyboard.press("Enter")
    expect(page.locator("table.numbers").first).to_contain_text("random 61875673")
    rested(page)
    page.keyboard.press("Space")
    expect(button(page, "play")).to_contain_text("Pause")
    page.keyboard.press("Space")
    expect(field).to_have_value("61875673")
    page.keyboard.type("5")
    expect(field).to_have_value("615875673")
    held = position(page)
    page.keyboard.press("ArrowLeft")
    assert position(page) == held
    rested(page)


def test_while_it_plays_nothing_moves_out_of_its_place_and_what_does_not_move_along_is_out_of_reach(
    open_page: Callable[..., Page],
) -> None:
    page = opened(open_page, "training?epoch=10&speed=10+epochs/s")
    rested(page)
    page.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")

    def places() -> list[object]:
        return [chart.bounding_box() for chart in page.locator("canvas").all()]

    still, waiting = places(), page.locator("[class*='st-key-at_rest'][inert]")
    expect(waiting).to_have_count(0)
    page.keyboard.press("Space")
    expect(waiting).to_have_count(3)
    for what in (page.locator("table.numbers").first, page.get_by_role("button", name="Data as CSV")):
        assert what.evaluate("element => element.closest('[inert]') !== null")
    wait_for_epoch(page, 15)
    assert places() == still
    page.keyboard.press("Space")
    rested(page)
    assert places() == still
    assert row(page, "epoch") == [str(position(page) - 1)] * 2
    marks = page.locator("canvas").evaluate_all("charts => charts.map(chart => chart.dataset.mark)")
    assert marks == [str(i) for i in range(CHARTS["training"])]


def test_it_plays_to_the_end_and_goes_on_with_new_settings_from_their_start(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, "training")
    button(page, "speed").select_option(label="300 epochs/s")
    rested(page)
    expect(page).to_have_url(re.compile(r"speed=300\+epochs%2Fs"))
    # at the end it starts over
    assert slider(page).evaluate(f"slider => {{ ({PRESS_FAST})([' ']); return slider.value }}") == "0"
    expect(slider(page)).to_have_value("299")
    rested(page)
    assert row(page, "epoch") == ["221", "298"]
    assert "epoch=" not in page.url
    button(page, "speed").select_option(label="1 epoch/s")
    rested(page)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    field = page.get_by_role("spinbutton", name="Most epochs")
    field.fill("120")
    field.press("Enter")
    expect(slider(page)).to_have_attribute("max", "120")
    wait_for_epoch(page, 1)
    expect(button(page, "play")).to_contain_text("Pause")
    slider(page).press("End")
    rested(page)
    assert "epoch=" not in page.url
    assert row(page, "epoch") == ["119", "119"]
    # Play is not lost when it is quicker than the answer to a change
    field.fill("110")
    field.press("Enter")
    page.keyboard.press("Space")
    expect(slider(page)).to_have_attribute("max", "110")
    expect(button(page, "play")).to_contain_text("Pause")
    wait_for_epoch(page, 1)
    page.keyboard.press("Space")
    rested(page)
    assert f"epoch={position(page)}" in page.url


def test_five_runs_of_5000_epochs_play(open_page: Callable[..., Page]) -> None:
    page = open_page("training?init=random&init=same&init=zeros&init=Xavier&init=He&theta=0&epochs=5000&epoch=0")
    expect(page.locator("canvas")).to_have_count(14)
    rested(page)
    played(page, 30)
    rested(page)
    assert row(page, "epoch") == [str(position(page) - 1)] * 5


def test_a_finger_moves_the_position_and_it_is_held_when_the_page_is_visited_again(
    open_page: Callable[..., Page],
) -> None:
    page = opened(open_page, "training")
    client = page.context.new_cdp_session(page)
    box = box_of(slider(page))
    y = box["y"] + box["height"] / 2
    for kind, share in (("touchStart", 0.98), ("touchMove", 0.8), ("touchMove", 0.4), ("touchMove", 0.2)):
        client.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": box["x"] + share * box["width"], "y": y}]}
        )
    assert 0 < position(page) < 150
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    rested(page)
    held = position(page)
    assert row(page, "epoch")[1] == str(held - 1)
    page.get_by_role("link", name="1 · Decision regions").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decision regions")
    settle(page)
    page.keyboard.press("Space")  # there is nobody any more whom it could start
    page.get_by_role("link", name="2 · Training").click()
    expect(slider(page)).to_have_value(str(held))
    expect(page).to_have_url(re.compile(f"epoch={held}"))
    rested(page)
    assert row(page, "epoch")[1] == str(held - 1)
