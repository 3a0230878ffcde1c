"""The second document in a real browser: looked at, changed, linked, and stopped."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle

CHARTS = 16


@pytest.fixture
def lesson(open_page: Callable[..., Page]) -> Page:
    page = open_page("why_not_zero")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    trained(page)
    return page


def trained(page: Page) -> None:
    """Wait until the runs on MNIST are finished."""
    expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=60_000)
    settle(page)


def statement(page: Page) -> Locator:
    return page.locator(".st-key-statement")


def table(page: Page, heading: str) -> Locator:
    return page.locator("table.numbers", has=page.get_by_role("columnheader", name=heading, exact=True))


def cells(page: Page, heading: str, row: str) -> list[str]:
    place = table(page, heading).locator("tr", has=page.get_by_role("rowheader", name=row, exact=True))
    return place.locator("td").all_inner_texts()


def unit_chart(page: Page) -> bytes:
    return page.locator(".st-key-unit_lines canvas").screenshot()


def test_it_opens_on_zeros_that_are_frozen_and_always_answer_one(lesson: Page) -> None:
    expect(statement(lesson)).to_contain_text("exactly 0 in all 300 epochs")
    assert cells(lesson, "right", "zeros")[:2] == ["frozen", "0.0"]
    assert "always ‘1’" in cells(lesson, "answers", "zeros")
    assert any("11.35%" in cell for cell in cells(lesson, "answers", "zeros"))


def test_another_start_changes_the_picture_and_the_words(lesson: Page) -> None:
    before = unit_chart(lesson)
    lesson.get_by_role("radio", name="constant", exact=True).click()
    expect(statement(lesson)).to_contain_text("Symmetric.")
    lesson.wait_for_timeout(500)
    symmetric = unit_chart(lesson)
    assert symmetric != before
    lesson.get_by_role("slider", name="Noise ε").focus()
    lesson.keyboard.press("ArrowRight")
    expect(statement(lesson)).to_contain_text("4 of the 4 hidden units are different")
    lesson.wait_for_timeout(500)
    assert unit_chart(lesson) != symmetric


def test_a_change_mounts_no_chart_anew(lesson: Page) -> None:
    lesson.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    lesson.get_by_role("radio", name="hidden zero", exact=True).click()
    expect(statement(lesson)).to_contain_text("Learning.")
    for i in range(CHARTS):
        expect(lesson.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))


def test_a_long_run_can_be_stopped_and_keeps_what_is_done(lesson: Page) -> None:
    stop = lesson.locator(".st-key-digits_stop").get_by_role("button", name="Stop")
    lesson.get_by_role("radio", name="full batch", exact=True).click()
    stop.click()
    expect(lesson.get_by_role("button", name="Go on")).to_be_visible()
    settle(lesson)
    held = cells(lesson, "answers", "He")
    lesson.wait_for_timeout(1500)
    assert cells(lesson, "answers", "He") == held
    lesson.get_by_role("button", name="Go on").click()
    expect(lesson.get_by_test_id("stProgress")).to_be_visible()
    stop.click()  # a page that is left is left at rest
    expect(lesson.get_by_role("button", name="Go on")).to_be_visible()
    settle(lesson)


@pytest.mark.parametrize(
    "query",
    ["start=best&units=x&constant=nan&digits_units=inf", "units=1&noise=2&start_eta=-1&digits_init=x"],
)
def test_a_malformed_link_opens_a_working_page(open_page: Callable[..., Page], query: str) -> None:
    page = open_page(f"why_not_zero?{query}")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    expect(statement(page)).to_contain_text("Frozen.")
