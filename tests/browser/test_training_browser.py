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
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.looks import cut_off, draw_as_svg, on_each_other
from tests.browser.visits import canvas_pictures, settle
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import forward
from tinynet.training import train

FIVE_RUNS = "training?init=random&init=same&init=zeros&init=Xavier&init=He"
OUT_OF_PLACE = """places => places.filter(place => {
    const outer = place.getBoundingClientRect();
    const parts = [...place.querySelectorAll(".katex-html *")].map(part => part.getBoundingClientRect());
    return place.scrollWidth > place.clientWidth || parts.some(part => part.right > outer.right + 1
        || part.left < outer.left - 1 || part.bottom > outer.bottom + 1);
}).map(place => place.textContent)"""
"""The formulas that reach over their place."""
CHARTS = 8
"""Three quantities, the samples, and of both runs the network and the plane."""


@pytest.fixture
def training(open_page: Callable[..., Page]) -> Page:
    page = open_page("training")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    return page


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Epoch")


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


def test_a_published_comparison_is_one_click_away(training: Page) -> None:
    typed(training, "Learning rate η", "0.3")
    training.get_by_role("button", name="1500", exact=True).click()
    expect(cells(training, "published")).to_have_text(["149", "298"])
    assert row(training, "break epoch") == ["149", "298"]


def test_a_sample_is_named_and_read_where_the_pointer_is(training: Page) -> None:
    """Of random at its stop, whose samples 5, 6, 8 and 9 lie together and are wrong."""
    weights = train(Config()).weights(0, 299)
    answers = forward(weights, list(TWENTY.inputs.T))
    chart = training.get_by_test_id("stVegaLiteChart").and_(
        training.get_by_label(re.compile("^The 20 samples as random"))
    )
    chart.scroll_into_view_if_needed()
    box = chart.locator("canvas").bounding_box()
    assert box is not None
    tooltip = training.locator("#vg-tooltip-element")
    for across in np.linspace(0.08, 0.95, 60):
        for down in (0.15, 0.25, 0.35, 0.45, 0.6):
            training.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
            if tooltip.is_visible() and "sample" in tooltip.inner_text():
                cells = dict(zip(*[iter(re.split(r"\s+", tooltip.inner_text().strip()))] * 2, strict=True))
                sample = int(cells["sample"]) - 1
                assert float(cells["h"].replace("−", "-")) == pytest.approx(answers.hidden[0][sample], abs=5e-5)
                assert float(cells["o"].replace("−", "-")) == pytest.approx(answers.output[0][sample], abs=5e-5)
                assert cells["label"] == ("positive" if TWENTY.labels[sample] > 0 else "negative")
                return
    raise AssertionError("no sample says anything")


def test_the_data_that_a_chart_shows_are_its_own(training: Page) -> None:
    chart = training.get_by_test_id("stVegaLiteChart").first
    chart.hover()
    training.get_by_role("button", name=re.compile("Show data")).first.click()
    table = training.get_by_test_id("stDataFrame").locator("canvas table")
    # the heading, and a row for each of the 299 epochs
    expect(table).to_have_attribute("aria-rowcount", "300")
    assert table.locator("[role=columnheader]").all_text_contents() == ["epoch", "random", "same"]


def test_new_settings_mount_no_chart_anew(training: Page) -> None:
    training.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    typed(training, "Most epochs", "120")
    expect(training.get_by_text("Not stopped by θ = 0.005 within 120 epochs: random, same.")).to_be_visible()
    expect(slider(training)).to_have_value("120")
    for i in range(4):
        expect(training.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))


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


def chart(page: Page, beginning: str) -> Locator:
    """The chart whose text alternative begins so."""
    return page.get_by_test_id("stVegaLiteChart").and_(page.get_by_label(re.compile(f"^{beginning}")))


def test_of_five_runs_each_stop_and_each_number_of_a_sample_can_be_read(open_page: Callable[..., Page]) -> None:
    """At both ends of the training: samples 11 to 20 are wrong at one of them, and where the output answers 0."""
    page = open_page(FIVE_RUNS)
    expect(page.locator("canvas")).to_have_count(14)
    draw_as_svg(page)
    stops = chart(page, "Mean gradient").locator("text", has_text="stops")
    expect(stops).to_have_count(5)
    lines = chart(page, "Mean gradient").locator(".mark-line.role-mark path")
    assert max(box["y"] + box["height"] for box in boxes(stops)) < min(box["y"] for box in boxes(lines))
    assert on_each_other(page, "Mean gradient") == []
    assert cut_off(page) == []
    numbers = chart(page, "Which of the 20 samples").locator(".role-axis-label text")
    assert numbers.all_text_contents()[:20] == [str(sample) for sample in range(1, 21)]
    zeros = chart(page, "The 20 samples as zeros")
    ten = ["11, 12, 13, 14, 15", "16, 17, 18, 19, 20"]
    assert [line for line in zeros.locator("tspan").all_text_contents() if line] == ten
    widths = plot_widths(page)
    page.keyboard.press("Home")
    expect(zeros.locator("tspan")).to_have_text(["1, 2, 3, 4, 5", "6, 7, 8, 9, 10", *ten])
    expect(page.locator("[class*='st-key-at_rest'][inert]")).to_have_count(0)
    settle(page)
    assert cut_off(page) == []
    # no number takes its room from the plot
    assert plot_widths(page) == widths
    assert len(set(widths)) == 1


def plot_widths(page: Page) -> list[float]:
    """How wide the plots of the samples are, one for each run."""
    plots = chart(page, "The 20 samples as").locator(".mark-group.root > g > path.background")
    return [round(box["width"]) for box in boxes(plots)]


def boxes(parts: Locator) -> list[FloatRect]:
    return [box for part in parts.all() if (box := part.bounding_box())]


def test_the_formulas_of_a_step_are_seen_whole(open_page: Callable[..., Page]) -> None:
    page = open_page("training?microscope=true")
    formulas = page.locator(".st-key-steps [data-testid=stMarkdown]:has(.katex-display):visible")
    for tab, count in (("Forward", 5), ("Backward", 6), ("Step", 4)):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(formulas).to_have_count(count)
        assert formulas.evaluate_all(OUT_OF_PLACE) == []
