"""Thousands of runs in a real browser: looked at, changed, stopped, linked, and a run opened from it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Position, expect

from tests.browser.visits import chart, settle

CHARTS = 6
STRIPS = "For each order seed"
"""How the text alternative of the chart of order seeds begins."""
ROWS = f"document.querySelector('[aria-label^=\"{STRIPS}\"] canvas').toDataURL()"
"""The picture of the order seeds."""
HISTOGRAMS = "[...document.querySelectorAll('[aria-label^=Histogram] canvas')].map(canvas => canvas.toDataURL())"


@pytest.fixture
def sweep(open_page: Callable[..., Page]) -> Page:
    page = open_page("sweep?inits=100&orders=3")
    swept(page)
    return page


def swept(page: Page) -> None:
    """Wait until all runs are done and drawn."""
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    expect(page.locator("canvas")).to_have_count(CHARTS)
    settle(page)


def strips(page: Page) -> Locator:
    """The chart of order seeds."""
    return chart(page, STRIPS).locator("canvas")


def first_circle(page: Page) -> Position:
    """Where the chart of order seeds has its upper left circle: the runs that order seed 2019 stops in epoch 149."""
    for y in range(30, 60, 4):
        for x in range(90, 130, 4):
            strips(page).hover(position={"x": x, "y": y})
            if strips(page).evaluate("canvas => canvas.parentElement.style.cursor") == "pointer":
                return {"x": x, "y": y}
    raise AssertionError("there is no circle")


def choose_order(page: Page, seed: str) -> None:
    """Look at the runs of another order seed."""
    entry = page.get_by_role("combobox", name="Order seed")
    entry.scroll_into_view_if_needed()
    # scrolling closes the list, and is heard of with the next picture
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    entry.press("ArrowDown")
    page.get_by_role("option", name=seed, exact=True).click()
    expect(page).to_have_url(re.compile(f"order_seed={seed}"))


def sort_by(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    expect(page).to_have_url(re.compile(f"sort={name}"))


def break_epochs(page: Page) -> list[str]:
    """Where random and same stopped, on the page of problem 2."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Training")
    settle(page)
    row = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name="break epoch", exact=True))
    return row.locator("td").all_inner_texts()


def test_what_is_looked_at_stands_out_and_mounts_no_chart_anew_and_a_click_on_a_circle_opens_its_run(
    sweep: Page,
) -> None:
    sweep.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    before = sweep.evaluate(HISTOGRAMS)
    assert len(before) == 4
    sweep.get_by_role("radio", name="A", exact=True).click()
    expect(sweep.get_by_text("Runs of group A")).to_be_visible()
    sweep.wait_for_function(f"before => {HISTOGRAMS}.every((picture, i) => picture !== before[i])", arg=before)
    choose_order(sweep, "2021")
    expect(sweep.get_by_text("runs stop in epoch 429")).to_be_visible()
    before = sweep.evaluate(ROWS)
    sort_by(sweep, "earlier")
    sweep.wait_for_function(f"before => {ROWS} !== before", arg=before)  # 2019, 2021, 2020
    settle(sweep)
    for i in range(CHARTS):
        expect(sweep.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))
    strips(sweep).scroll_into_view_if_needed()
    strips(sweep).click(position=first_circle(sweep))
    assert break_epochs(sweep) == ["149", "298"]
    assert sweep.get_by_label("Init seed", exact=True).input_value() == "2"
    # charts stay SVG on the page that a run opens
    sweep.get_by_role("link", name="4 · Thousands of runs").click()
    swept(sweep)
    sweep.locator("label").filter(has_text="Charts as SVG").click()
    expect(chart(sweep, STRIPS).locator("svg.marks")).to_be_visible()
    sweep.locator(".st-key-runs button").first.click()
    expect(sweep.get_by_role("heading", name="Training from two starting points")).to_be_visible()
    expect(sweep.get_by_role("switch", name="Charts as SVG")).to_be_checked()
    expect(chart(sweep, "Training error").locator("svg.marks")).to_be_visible()


def redrawn_by_itself(page: Page) -> None:
    """Wait until more runs are drawn without a click: once may still be what the last click asked for."""
    for _ in range(2):
        page.wait_for_function(f"before => {ROWS} !== before", arg=page.evaluate(ROWS))


def test_a_long_sweep_can_be_sorted_stopped_taken_up_again_and_left(sweep: Page) -> None:
    """The log of the server, which must stay empty, also holds what a run complains of that a click has ended."""
    for name, value in (("Order seeds", "50"), ("Init seeds", "9999")):  # minutes on any machine
        cell = sweep.get_by_label(name, exact=True)
        cell.fill(value)
        cell.press("Enter")
    progress, stopped = sweep.get_by_test_id("stProgress"), sweep.get_by_text("Stopped: ")
    expect(progress).to_contain_text("of 500,000 runs")
    redrawn_by_itself(sweep)
    sort_by(sweep, "earlier")
    redrawn_by_itself(sweep)
    sweep.locator(".st-key-sweep_stop").get_by_role("button", name="Stop").click()
    expect(stopped).to_be_visible()
    held = stopped.inner_text()
    assert 101 <= int(held.split()[1].replace(",", "")) < 500_000
    sort_by(sweep, "same")
    settle(sweep)
    assert stopped.inner_text() == held
    sweep.get_by_role("button", name="Resume").click()
    expect(progress).to_be_visible()
    sweep.get_by_role("link", name="2 · Training").click()
    expect(sweep.get_by_role("heading", level=1)).to_contain_text("Training")
