"""Problem 2 in a real browser: played, paused, stepped, linked, and typed at."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import canvas_pictures, settle

CHARTS = 8
"""Three quantities, the samples, and of both runs the network and the plane."""


@pytest.fixture
def training(open_page: Callable[..., Page]) -> Page:
    page = open_page("training")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    return page


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Epochs done")


def playing(page: Page) -> Locator:
    """What shows the position while it moves."""
    return page.get_by_test_id("stProgress")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=False).click()


def cells(page: Page, name: str) -> Locator:
    """One row of the summary."""
    return page.locator("table.numbers tr", has=page.get_by_role("rowheader", name=name, exact=True)).locator("td")


def row(page: Page, name: str) -> list[str]:
    return cells(page, name).all_inner_texts()


def pictures(page: Page) -> list[bytes]:
    """What the charts show, once they have come to rest."""
    page.mouse.move(5, 5)  # away from buttons, whose help would lie on a chart
    settle(page)
    page.wait_for_timeout(300)
    last: list[bytes] = []
    for _ in range(50):
        now = canvas_pictures(page)
        if now == last:
            return now
        last = now
        page.wait_for_timeout(100)
    raise AssertionError("the charts do not come to rest")


def difference(first: bytes, second: bytes) -> int:
    """The largest difference of a colour between two pictures of equal size; an edge drawn anew may differ by a few.

    One pixel in two thousand is left out: where words are drawn again on top of each other, their edges grow bolder.
    """
    one, other = (np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), int) for picture in (first, second))
    return int(np.quantile(np.abs(one - other).max(axis=2), 0.9995))


def alike(first: list[bytes], second: list[bytes]) -> bool:
    return all(difference(*pair) <= 8 for pair in zip(first, second, strict=True))


def typed(page: Page, label: str, text: str) -> None:
    cell = page.get_by_role("spinbutton", name=label)
    cell.click()
    cell.press("Control+A")
    cell.press("Delete")
    cell.press_sequentially(text)
    cell.press("Enter")
    settle(page)


def test_it_opens_trained_with_the_published_numbers_beside_ours(training: Page) -> None:
    assert row(training, "break epoch") == row(training, "published") == ["221", "298"]
    expect(slider(training)).to_have_value("299")
    box = training.locator("canvas").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 720


def test_play_moves_the_charts_and_pause_holds_them(training: Page) -> None:
    press(training, "Reset")
    expect(slider(training)).to_have_value("0")
    start = pictures(training)
    press(training, "Play")
    expect(playing(training)).to_contain_text("Epochs done")
    expect(training.get_by_text("Epochs done 0")).to_have_count(0)
    press(training, "Pause")
    expect(slider(training)).to_be_visible()
    held, value = pictures(training), slider(training).input_value()
    assert 0 < int(value) < 299
    # the three curves; the wrong samples may be the same ones again
    assert all(difference(*pair) > 8 for pair in zip(start[:3], held[:3], strict=True))
    training.wait_for_timeout(1000)
    assert slider(training).input_value() == value
    assert alike(pictures(training), held)


def test_while_it_plays_nothing_lies_on_the_button_in_the_bar(training: Page) -> None:
    press(training, "Reset")
    press(training, "Play")
    status = training.get_by_test_id("stStatusWidget")
    expect(status).to_have_count(1)
    expect(status).to_be_hidden()
    training.get_by_role("button", name="Present").click(trial=True)


def test_reset_returns_to_the_same_picture_always(training: Page) -> None:
    press(training, "Reset")
    expect(slider(training)).to_have_value("0")
    settle(training)
    first = pictures(training)
    for done in range(1, 4):
        press(training, "Step")
        expect(slider(training)).to_have_value(f"{done}")
    press(training, "Reset")
    expect(slider(training)).to_have_value("0")
    settle(training)
    assert alike(pictures(training), first)


def test_playing_mounts_no_chart_anew(training: Page) -> None:
    training.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    press(training, "Play")
    training.wait_for_timeout(2000)
    press(training, "Pause")
    expect(slider(training)).to_be_visible()
    for i in range(4):
        expect(training.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))


def test_playing_moves_nothing_out_of_its_place(open_page: Callable[..., Page]) -> None:
    training = open_page("training?epoch=10&speed=10+epochs/s")
    expect(training.locator("canvas")).to_have_count(CHARTS)
    pictures(training)

    def places() -> list[object]:
        return [chart.bounding_box() for chart in training.locator("canvas").all()]

    still = places()
    press(training, "Play")
    for _ in range(5):
        training.wait_for_timeout(150)
        assert places() == still
    press(training, "Pause")
    expect(slider(training)).to_be_visible()
    assert places() == still


def test_the_keyboard_plays_pauses_steps_and_resets(training: Page) -> None:
    training.keyboard.press("Home")
    expect(slider(training)).to_have_value("0")
    training.keyboard.press("ArrowRight")
    expect(slider(training)).to_have_value("1")
    training.keyboard.press("Space")
    expect(playing(training)).to_be_visible()
    training.keyboard.press("Space")
    expect(slider(training)).to_be_visible()


def test_it_plays_to_the_end_and_stops_there(training: Page) -> None:
    training.get_by_role("combobox", name="Speed").click()
    training.get_by_role("option", name="300 epochs/s").click()
    press(training, "Play")
    expect(training.get_by_role("button", name="Pause")).to_be_visible()
    expect(slider(training)).to_have_value("299")
    assert row(training, "epoch") == ["221", "298"]


def test_the_position_can_be_moved_and_everything_follows(training: Page) -> None:
    slider(training).focus()
    for _ in range(3):
        training.keyboard.press("ArrowLeft")
    expect(slider(training)).to_have_value("296")
    expect(cells(training, "epoch")).to_have_text(["221", "295"])


def test_the_pointer_reads_another_epoch(training: Page) -> None:
    chart = training.locator("canvas").first
    box = chart.bounding_box()
    assert box is not None
    training.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    training.wait_for_timeout(300)
    there = chart.screenshot()
    training.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6)
    training.wait_for_timeout(300)
    assert chart.screenshot() != there


def test_a_copied_link_opens_the_same_state(training: Page, open_page: Callable[..., Page]) -> None:
    typed(training, "Init seed", "1500")
    typed(training, "Learning rate η", "0.05")
    training.get_by_role("button", name="He", exact=True).click()
    expect(training.locator("table.numbers").first).to_contain_text("He 1500", timeout=20_000)
    settle(training)
    end = int(slider(training).input_value())
    slider(training).focus()
    training.keyboard.press("ArrowLeft")
    expect(slider(training)).to_have_value(str(end - 1))
    expect(training).to_have_url(re.compile(f"epoch={end - 1}"))
    settle(training)
    settings = row(training, "break epoch"), slider(training).input_value()
    table = training.locator("table.numbers").all_inner_texts()
    copy = open_page("training?" + training.url.partition("?")[2])
    expect(copy.locator("canvas")).to_have_count(CHARTS + 2)
    assert (row(copy, "break epoch"), slider(copy).input_value()) == settings
    assert copy.locator("table.numbers").all_inner_texts() == table
    assert alike(pictures(copy), pictures(training))


def test_a_published_comparison_is_one_click_away(training: Page) -> None:
    typed(training, "Learning rate η", "0.3")
    training.get_by_role("button", name="1500", exact=True).click()
    expect(cells(training, "published")).to_have_text(["149", "298"])
    assert row(training, "break epoch") == ["149", "298"]


def test_new_settings_mount_no_chart_anew(training: Page) -> None:
    training.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    typed(training, "Most epochs", "120")
    expect(training.get_by_text("Not stopped by θ = 0.005 within 120 epochs: random, same.")).to_be_visible()
    expect(slider(training)).to_have_value("120")
    for i in range(4):
        expect(training.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))


@pytest.mark.parametrize("text", ["0", "-1", "1e13"])
def test_a_rate_out_of_range_is_said_and_the_picture_stays(training: Page, text: str) -> None:
    before = pictures(training)
    typed(training, "Learning rate η", text)
    expect(training.get_by_text("Number is outside the allowed range.")).to_be_visible()
    assert alike(pictures(training), before)


@pytest.mark.parametrize("text", ["", "abc", "1e400", "nan"])
def test_what_is_no_number_leaves_the_last_one(training: Page, text: str) -> None:
    typed(training, "Learning rate η", text)
    expect(training.get_by_role("spinbutton", name="Learning rate η")).to_have_value("0.1")
    assert row(training, "break epoch") == ["221", "298"]


@pytest.mark.parametrize(
    "query",
    [
        "eta=abc&seed=x&epochs=1e999&init=best&epoch=inf",
        "eta=nan&seed=inf&order=-inf&epoch=99999&speed=9",
        "eta=-1&seed=1.5&theta=inf&epoch=1.5",
        "eta=1e400",
    ],
)
def test_a_malformed_link_opens_a_working_page(open_page: Callable[..., Page], query: str) -> None:
    page = open_page(f"training?{query}")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    assert row(page, "break epoch") == ["221", "298"]


def test_the_settings_survive_a_visit_to_the_other_page(training: Page) -> None:
    typed(training, "Order seed", "7")
    expect(training.locator("table.numbers").first).not_to_contain_text("221")
    expected = row(training, "break epoch")
    training.get_by_role("link", name="1 · Decision regions").click()
    expect(training.get_by_role("heading", level=1)).to_contain_text("Decision regions")
    training.get_by_role("link", name="2 · Training").click()
    expect(training.locator("canvas")).to_have_count(CHARTS)
    settle(training)
    expect(training.get_by_role("spinbutton", name="Order seed")).to_have_value("7")
    assert row(training, "break epoch") == expected


def test_the_data_and_the_settings_can_be_saved(training: Page, tmp_path: Path) -> None:
    saved = {}
    for name in ("Data as CSV", "Settings as JSON"):
        with training.expect_download() as download:
            press(training, name)
        saved[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[name])
    assert len(list(csv.reader(saved["Data as CSV"].read_text().splitlines()))) == 1 + 222 + 299
    assert json.loads(saved["Settings as JSON"].read_text())["order_seed"] == 2019


def test_on_a_telephone_the_charts_come_before_the_settings(open_page: Callable[..., Page]) -> None:
    page = open_page("training", viewport={"width": 390, "height": 844})
    expect(page.locator("canvas")).to_have_count(CHARTS)
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    assert box["y"] < 500
    assert box["x"] + box["width"] <= 390
