"""The player in a real browser: it plays without the server, and where it rests everything speaks of that epoch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.looks import differences, read
from tests.browser.visits import settle

CHARTS = {"training": 8, "why_not_zero": 6}
PAGES = {
    "training": ("training?theta=0.02", "epoch", 250),
    "why_not_zero": ("why_not_zero?start=constant&noise=0.001", "start_epoch", 300),
}
"""A link to each page with a player, the parameter of its position, and how many epochs it has at most."""


@pytest.fixture
def training(open_page: Callable[..., Page]) -> Page:
    return opened(open_page, "training")


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


def messages(page: Page) -> list[object]:
    """What the page sends to the server from now on."""
    sent: list[object] = []

    def note(frame: object) -> None:
        # a function of its own: Playwright looks for attributes that a method of a list has no room for
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return sent


@pytest.mark.parametrize("name", PAGES)
def test_where_the_player_rests_the_page_shows_what_its_link_shows(open_page: Callable[..., Page], name: str) -> None:
    """Played to, stepped to, dragged to: the charts are drawn in the browser there, and by the server here."""
    link, parameter, _ = PAGES[name]
    page = opened(open_page, link)
    button(page, "reset").click()
    expect(page).to_have_url(re.compile(f"[?&]{parameter}=0(&|$)"))
    ways: list[Callable[[], None]] = [
        lambda: played(page, 20),
        lambda: page.keyboard.press("ArrowLeft"),
        lambda: dragged(page, 0.6),
        lambda: page.keyboard.press("Home"),
    ]
    for go in ways:
        go()
        rested(page)
        fresh = opened(open_page, re.sub("^https?://[^/]*/", "", page.url))
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


@pytest.mark.parametrize("name", PAGES)
def test_playing_asks_the_server_for_nothing_and_tells_it_once_where_it_rests(
    open_page: Callable[..., Page], name: str
) -> None:
    link, parameter, _ = PAGES[name]
    page = open_page()
    sent = messages(page)
    page.goto(f"{page.url.rstrip('/')}/{link}&{parameter}=0")
    settle(page)
    expect(page.locator("canvas")).to_have_count(CHARTS[name])
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    rested(page)
    before = len(sent)
    page.keyboard.press("Space")
    wait_for_epoch(page, 25)
    assert len(sent) == before
    expect(button(page, "play")).to_contain_text("Pause")
    page.keyboard.press("Space")
    rested(page)
    assert len(sent) == before + 1
    expect(page).to_have_url(re.compile(f"{parameter}={position(page)}(&|$)"))


def test_steps_pressed_fast_each_count_and_are_told_once(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sent = messages(page)
    page.goto(f"{page.url.rstrip('/')}/training?epoch=0")
    settle(page)
    rested(page)
    before = len(sent)
    for key in ["ArrowRight"] * 7 + ["ArrowLeft"] * 2:
        page.keyboard.press(key)
    assert position(page) == 5
    rested(page)
    assert len(sent) == before + 1
    assert row(page, "epoch") == ["4", "4"]


def test_who_goes_back_before_the_server_has_answered_is_believed(training: Page) -> None:
    """It is told of the way there, and then of the way back to what it had shown."""
    for key in ("Home", "End", "Home", "End"):
        training.keyboard.press(key)
    rested(training)
    assert row(training, "epoch") == ["221", "298"]
    training.keyboard.press("Home")
    training.keyboard.press("End")
    training.keyboard.press("Home")
    rested(training)
    assert row(training, "epoch") == ["–", "–"]


def row(page: Page, name: str) -> list[str]:
    """One row of the summary."""
    rows = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name=name, exact=True))
    return rows.locator("td").all_inner_texts()


def test_what_does_not_move_along_is_out_of_reach_until_it_speaks_of_the_epoch_that_is_shown(training: Page) -> None:
    waiting = training.locator("[class*='st-key-at_rest'][inert]")
    expect(waiting).to_have_count(0)
    button(training, "speed").select_option(label="1 epoch/s")
    rested(training)
    training.keyboard.press("Home")
    rested(training)
    training.keyboard.press("Space")
    expect(waiting).to_have_count(3)
    for what in (training.locator("table.numbers").first, training.get_by_role("button", name="Data as CSV")):
        assert what.evaluate("element => element.closest('[inert]') !== null")
    training.keyboard.press("Space")
    rested(training)
    assert row(training, "epoch") == (["–", "–"] if position(training) == 0 else [str(position(training) - 1)] * 2)


def test_the_keys_work_wherever_the_focus_is(training: Page) -> None:
    for focused in (
        training.get_by_role("button", name="same", exact=True),
        training.get_by_role("button", name="Data as CSV"),
        training.locator("summary").first,
        training.get_by_role("switch", name="Charts as SVG").or_(training.get_by_label("Charts as SVG")).first,
        button(training, "speed"),
        button(training, "reset"),
        training.get_by_role("link", name="4 · Thousands of runs"),
        slider(training),
    ):
        focused.focus()
        training.keyboard.press("Home")
        assert position(training) == 0
        training.keyboard.press("ArrowRight")
        training.keyboard.press("ArrowRight")
        training.keyboard.press("ArrowLeft")
        assert position(training) == 1
        training.keyboard.press("End")
        assert position(training) == 299
        training.keyboard.press("Space")
        expect(button(training, "play")).to_contain_text("Pause")
        training.keyboard.press("Space")
        rested(training)
        # nothing that had the focus has heard of it
        assert training.url.partition("?")[2].startswith("epoch=")
        expect(training.get_by_role("heading", level=1)).to_contain_text("Training")


def test_in_a_field_the_keys_are_the_fields_until_its_number_is_entered(training: Page) -> None:
    field = training.get_by_role("spinbutton", name="Init seed")
    field.click()
    training.keyboard.press("Home")
    training.keyboard.press("ArrowRight")
    training.keyboard.type("1")
    expect(field).to_have_value("61875673")
    assert position(training) == 299
    training.keyboard.press("Enter")
    expect(training.locator("table.numbers").first).to_contain_text("random 61875673")
    rested(training)
    training.keyboard.press("Space")
    expect(button(training, "play")).to_contain_text("Pause")
    training.keyboard.press("Space")
    expect(field).to_have_value("61875673")
    training.keyboard.type("5")
    expect(field).to_have_value("615875673")
    held = position(training)
    training.keyboard.press("ArrowLeft")
    assert position(training) == held
    rested(training)


def test_it_plays_to_the_end_and_stops_there_and_then_starts_over(training: Page) -> None:
    button(training, "speed").select_option(label="300 epochs/s")
    rested(training)
    expect(training).to_have_url(re.compile(r"speed=300\+epochs%2Fs"))
    training.keyboard.press("Space")
    expect(slider(training)).not_to_have_value("299")
    expect(slider(training)).to_have_value("299")
    rested(training)
    assert row(training, "epoch") == ["221", "298"]
    assert "epoch=" not in training.url


def test_new_settings_stop_it_and_show_their_end(training: Page) -> None:
    button(training, "speed").select_option(label="10 epochs/s")
    rested(training)
    training.keyboard.press("Home")
    training.keyboard.press("Space")
    field = training.get_by_role("spinbutton", name="Most epochs")
    field.fill("120")
    field.press("Enter")
    expect(slider(training)).to_have_value("120")
    rested(training)
    assert "epoch=" not in training.url
    assert row(training, "epoch") == ["119", "119"]


def test_five_runs_of_5000_epochs_play(open_page: Callable[..., Page]) -> None:
    page = open_page("training?init=random&init=same&init=zeros&init=Xavier&init=He&theta=0&epochs=5000&epoch=0")
    expect(page.locator("canvas")).to_have_count(14)
    rested(page)
    played(page, 30)
    rested(page)
    assert row(page, "epoch") == [str(position(page) - 1)] * 5


def test_playing_moves_nothing_out_of_its_place_and_mounts_no_chart_anew(open_page: Callable[..., Page]) -> None:
    page = opened(open_page, "training?epoch=10&speed=10+epochs/s")
    rested(page)
    page.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")

    def places() -> list[object]:
        return [chart.bounding_box() for chart in page.locator("canvas").all()]

    still = places()
    page.keyboard.press("Space")
    for epoch in (12, 15, 18):
        page.wait_for_function(
            "([part, epoch]) => part.valueAsNumber >= epoch", arg=[slider(page).element_handle(), epoch]
        )
        assert places() == still
    page.keyboard.press("Space")
    rested(page)
    assert places() == still
    marks = page.locator("canvas").evaluate_all("charts => charts.map(chart => chart.dataset.mark)")
    assert marks == [str(i) for i in range(CHARTS["training"])]


def test_the_player_stands_where_it_stood_when_its_page_is_visited_again(training: Page) -> None:
    dragged(training, 0.3)
    rested(training)
    held = position(training)
    training.get_by_role("link", name="4 · Thousands of runs").click()
    expect(training.get_by_role("heading", level=1)).to_contain_text("random win")
    training.keyboard.press("Space")  # there is nobody any more whom it could start
    training.get_by_role("link", name="2 · Training").click()
    expect(slider(training)).to_have_value(str(held))
    expect(training).to_have_url(re.compile(f"epoch={held}"))
    rested(training)
    assert row(training, "epoch")[1] == str(held - 1)


def test_a_finger_moves_the_position(open_page: Callable[..., Page]) -> None:
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
    assert row(page, "epoch")[1] == str(position(page) - 1)


def test_the_hidden_units_are_one_line_and_then_split(open_page: Callable[..., Page]) -> None:
    """Four units from one constant with a little noise: their tips have one name each, and drift apart."""
    page = opened(open_page, "why_not_zero?start=constant&noise=1e-06&start_epoch=0")
    rested(page)
    units = page.locator(".st-key-unit_lines canvas")
    together = units.screenshot()
    played(page, 200)
    rested(page)
    assert units.screenshot() != together


def test_a_picture_that_is_saved_shows_the_state_and_not_what_the_pointer_crossed(training: Page) -> None:
    rested(training)
    chart = training.get_by_test_id("stVegaLiteChart").first
    save = training.get_by_role("button", name=re.compile("Download as PNG: Training error"))
    with training.expect_download() as straight:
        save.dispatch_event("click")
    box = box_of(chart)
    for share in (0.2, 0.4, 0.6, 0.8):
        training.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
    training.mouse.move(box["x"] + 0.85 * box["width"], box["y"] + 30, steps=4)
    with training.expect_download() as crossed:
        save.click()
    assert straight.value.path().read_bytes() == crossed.value.path().read_bytes()
