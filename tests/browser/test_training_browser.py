"""Problem 2 in a real browser: played, paused, stepped, linked, and typed at."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.looks import cut_off, draw_as_svg, on_each_other
from tests.browser.visits import chart, drawn, point_at, settle, wait_for_another
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import forward
from tinynet.training import train

FIVE_RUNS = "training?init=random&init=same&init=zeros&init=Xavier&init=He"
CHARTS = 8
"""Three quantities, the samples, and of both runs the network and the plane."""


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Epoch")


def cells(page: Page, name: str) -> Locator:
    """One row of the summary."""
    return page.locator("table.numbers tr", has=page.get_by_role("rowheader", name=name, exact=True)).locator("td")


def row(page: Page, name: str) -> list[str]:
    return cells(page, name).all_inner_texts()


def test_it_opens_trained_is_read_by_the_pointer_and_mounts_no_chart_anew(open_page: Callable[..., Page]) -> None:
    page = open_page("training")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    assert row(page, "break epoch") == row(page, "published") == ["221", "298"]
    expect(slider(page)).to_have_value("299")
    error = chart(page, "Training error")
    box = error.locator("canvas").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 720
    unread = drawn(page, "Training error")
    point_at(page, "Training error", 0.4, 0.6)
    there = wait_for_another(page, "Training error", unread)
    point_at(page, "Training error", 0.7, 0.6)
    assert wait_for_another(page, "Training error", there) != unread
    assert_a_sample_is_read(page)
    page.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    field = page.get_by_role("spinbutton", name="Most epochs")
    field.fill("120")
    field.press("Enter")
    expect(page.get_by_text("Not stopped by θ = 0.005 within 120 epochs: random, same.")).to_be_visible()
    expect(slider(page)).to_have_value("120")
    for i in range(CHARTS):
        expect(page.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))
    # the data that a chart shows are its own: the heading, and a row for each epoch
    error.hover()
    page.get_by_role("button", name=re.compile("Show data: Training error")).click()
    table = page.get_by_test_id("stDataFrame").locator("canvas table")
    expect(table).to_have_attribute("aria-rowcount", "121")
    assert table.locator("[role=columnheader]").all_text_contents() == ["epoch", "random", "same"]


def assert_a_sample_is_read(page: Page) -> None:
    """Of random at its stop, whose samples 5, 6, 8 and 9 lie together and are wrong."""
    weights = train(Config()).weights(0, 299)
    answers = forward(weights, list(TWENTY.inputs.T))
    plane = chart(page, "The 20 samples as random")
    plane.scroll_into_view_if_needed()
    box = plane.locator("canvas").bounding_box()
    assert box is not None
    tooltip = page.locator("#vg-tooltip-element")
    for across in np.linspace(0.08, 0.95, 60):
        for down in (0.15, 0.25, 0.35, 0.45, 0.6):
            page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
            if tooltip.is_visible() and "sample" in tooltip.inner_text():
                cells = dict(zip(*[iter(re.split(r"\s+", tooltip.inner_text().strip()))] * 2, strict=True))
                sample = int(cells["sample"]) - 1
                assert float(cells["h"].replace("−", "-")) == pytest.approx(answers.hidden[0][sample], abs=5e-5)
                assert float(cells["o"].replace("−", "-")) == pytest.approx(answers.output[0][sample], abs=5e-5)
                assert cells["label"] == ("positive" if TWENTY.labels[sample] > 0 else "negative")
                return
    raise AssertionError("no sample says anything")


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
