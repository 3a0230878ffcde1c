"""The second document in a real browser: looked at, changed, linked, and stopped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import cut_off, draw_as_svg, on_each_other
from tests.browser.visits import chart, drawn, settle, wait_for_another

CHARTS = 6
UNITS = "One weight of each hidden unit"
"""How the text alternative of the first chart begins."""
MNIST = "why_not_zero?section=3+MNIST"
NOT_ZERO = "why_not_zero?section=4+Symmetry%2C+not+zero"


@pytest.fixture
def lesson(open_page: Callable[..., Page]) -> Page:
    page = open_page("why_not_zero")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    settle(page)
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


def test_what_is_set_after_another_section_was_opened_is_in_the_link(lesson: Page) -> None:
    lesson.get_by_text("4 Symmetry, not zero", exact=True).click()
    settle(lesson)
    lesson.get_by_role("slider", name="Noise ε").press("ArrowRight")
    expect(lesson.get_by_role("slider", name="Noise ε")).to_have_attribute("aria-valuetext", "1e-12")
    lesson.wait_for_function("new URL(location).searchParams.get('noise') === '1e-12'")


def test_it_opens_on_units_that_move_as_one_and_leads_through_its_sections(lesson: Page) -> None:
    expect(statement(lesson)).to_contain_text("Symmetric. The weights move, but all 4 hidden units as one")
    following = lesson.get_by_role("button", name="Next", exact=True)
    following.click()
    expect(lesson.locator("canvas")).to_have_count(3)
    following.click()
    expect(lesson.get_by_role("radio", name="test images")).to_be_visible()
    trained(lesson)
    lesson.get_by_role("radio", name="numbers", exact=True).click()
    expect(table(lesson, "zeros")).to_be_visible()
    assert cells(lesson, "zeros", "accuracy, now")[0] == "11.35%"
    assert cells(lesson, "zeros", "different answers")[0] == "1"
    following.click()
    expect(table(lesson, "measured here")).to_be_visible()
    assert cells(lesson, "right", "zeros")[:2] == ["frozen", "exactly 0"]
    expect(following).to_be_disabled()


@pytest.mark.parametrize(("key", "name"), [("End", "epoch 299"), ("Home", "initial weights")])
def test_player_and_readings_name_an_epoch_alike(lesson: Page, key: str, name: str) -> None:
    draw_as_svg(lesson)
    lesson.keyboard.press(key)
    settle(lesson)
    expect(lesson.locator("[data-part=epoch]", has_text=name)).to_be_visible()
    expect(chart(lesson, "The largest difference").locator("text", has_text=name)).to_be_visible()


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        ("why_not_zero", UNITS),
        ("why_not_zero?section=2+No+hidden+layer", "The loss of linear regression"),
        (MNIST, "Training loss"),
        (NOT_ZERO, "The training error of zeros"),
    ],
)
def test_a_section_fits_two_screens_of_a_laptop(open_page: Callable[..., Page], path: str, beginning: str) -> None:
    page = open_page(path)
    question = page.get_by_role("heading", name="A question to the class")
    expect(chart(page, beginning).locator("canvas")).to_be_visible()
    trained(page)
    top = page.get_by_test_id("stMain").evaluate("(main) => main.scrollTop")
    box = question.bounding_box()
    assert box is not None
    assert top + box["y"] <= 2 * 720


def test_another_start_changes_the_picture_and_the_words(lesson: Page) -> None:
    before = drawn(lesson, UNITS)
    lesson.get_by_role("slider", name="Noise ε").focus()
    lesson.keyboard.press("ArrowRight")
    expect(statement(lesson)).to_contain_text("4 of the 4 hidden units differ")
    parted = wait_for_another(lesson, UNITS, before)
    lesson.get_by_role("radio", name="zeros", exact=True).click()
    expect(statement(lesson)).to_contain_text("Frozen.")
    wait_for_another(lesson, UNITS, parted)


def test_a_change_mounts_no_chart_anew(lesson: Page) -> None:
    lesson.locator("canvas").evaluate_all("charts => charts.forEach((chart, i) => { chart.dataset.mark = `${i}` })")
    lesson.get_by_role("radio", name="hidden zero", exact=True).click()
    expect(statement(lesson)).to_contain_text("Learning.")
    for i in range(CHARTS):
        expect(lesson.locator("canvas").nth(i)).to_have_attribute("data-mark", str(i))


def iterations_done(said: Locator) -> int:
    """How far the run on MNIST is that began from He."""
    (done,) = re.findall(r"He (\d+) of 1000 iterations", said.inner_text())
    return int(done)


def test_a_long_run_stops_when_it_is_told_and_goes_on_from_there(open_page: Callable[..., Page]) -> None:
    """A thousand steps with all 10,000 images and 64 units are more than a machine does before Stop is pressed."""
    page = open_page(f"{MNIST}&digits_init=He&digits_batch=full+batch&digits_units=64&digits_iterations=1")
    stop = page.get_by_role("button", name="Stop", exact=True)
    go_on = page.get_by_role("button", name="Resume", exact=True)
    stopped, progress = page.get_by_text(re.compile("^Stopped: ")), page.get_by_test_id("stProgress")
    iterations = page.get_by_role("spinbutton", name="Iterations")
    iterations.fill("1000")
    iterations.press("Enter")
    expect(progress).to_contain_text(re.compile(r"He ([2-9]\d|\d{3}) of"))
    stop.click()
    expect(go_on).to_be_visible()
    settle(page)
    done = iterations_done(stopped)
    assert 0 < done < 1000
    # the whole page runs again, and trains nothing
    draw_as_svg(page)
    assert iterations_done(stopped) == done
    read = chart(page, "Training loss").locator("text", has_text=re.compile(r"^iteration \d"))
    expect(read).to_have_text(f"iteration {done}")
    go_on.click()
    expect(progress).not_to_contain_text(f"He {done} of")
    assert iterations_done(progress) > done
    stop.click()  # a page that is left is left at rest
    expect(go_on).to_be_visible()
    settle(page)
    assert done < iterations_done(stopped) < 1000


def test_at_the_end_the_starts_are_told_apart_by_names_and_numbers_that_are_seen_whole(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(NOT_ZERO)
    draw_as_svg(page)
    last = "The training error of zeros"
    words = chart(page, last).locator("svg text")
    for name in ("zeros", "hidden zero", "output zero", "random biases"):
        expect(words.get_by_text(name, exact=True)).to_have_count(1)
    assert cut_off(page) == []
    assert on_each_other(page, last) == []
    cases = table(page, "case").locator("..")
    assert cases.evaluate("place => place.scrollWidth <= place.clientWidth")


@pytest.mark.parametrize(
    "query",
    ["start=best&units=x&constant=nan&digits_units=inf", "units=1&noise=2&start_eta=-1&digits_init=x"],
)
def test_a_malformed_link_opens_a_working_page(open_page: Callable[..., Page], query: str) -> None:
    page = open_page(f"why_not_zero?{query}")
    expect(page.locator("canvas")).to_have_count(CHARTS)
    expect(statement(page)).to_contain_text(re.compile("Frozen|Symmetric"))
