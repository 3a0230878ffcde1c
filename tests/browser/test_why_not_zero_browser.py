"""The second document in a real browser: what a change leaves in its place, and what is seen whole."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import cut_off, draw_as_svg, on_each_other
from tests.browser.visits import settle

CHARTS = 16


def test_a_change_mounts_no_chart_anew_and_the_starts_are_told_apart_by_names_that_are_seen_whole(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("why_not_zero?digits_init=zeros&digits_iterations=1&start=constant")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    page.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    page.get_by_role("radio", name="zeros", exact=True).first.click()
    expect(page.locator(".st-key-statement")).to_contain_text("exactly 0 in all 300 epochs")
    settle(page)
    for i in range(CHARTS):
        expect(page.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))
    draw_as_svg(page)
    last = "The training error of zeros"
    words = page.get_by_label(re.compile(f"^{last}")).locator("svg text")
    for name in ("zeros", "hidden zero", "output zero", "random biases"):
        expect(words.get_by_text(name, exact=True)).to_have_count(1)
    assert cut_off(page) == []
    assert on_each_other(page, last) == []
    heading = page.get_by_role("columnheader", name="case", exact=True)
    cases = page.locator("table.numbers", has=heading).last.locator("..")
    assert cases.evaluate("place => place.scrollWidth <= place.clientWidth")
