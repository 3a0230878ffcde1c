"""What holds for every page, looked at in one visit of each that leaves it as it was."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer, complaints
from tests.browser.visits import Visits, settle
from tests.browser.walk import PAGES

WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll("[data-testid=stVegaLiteChart]")]
    .filter(chart => chart.getBoundingClientRect().right > innerWidth).length"""


@pytest.fixture(scope="module", params=PAGES.values(), ids=list(PAGES))
def page(visits: Visits, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in its default state, at 1280×720 in light colours."""
    yield visits.open_page(request.param)
    visits.leave()


@pytest.fixture(autouse=True)
def without_faults(page: Page, visits: Visits, app_server: AppServer) -> Iterator[None]:
    """Each test leaves the page and its link as they were, without a message in the console or in the server's log."""
    link = page.url
    yield
    faults = visits.faults + complaints(app_server.read_log())
    visits.faults.clear()
    assert faults == []
    assert page.url == link


def test_it_opens_in_light_colours_with_one_title_and_nothing_to_complain_of(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Ignored in this link:")).to_have_count(0)
    assert brightness(page) > 128


def brightness(page: Page) -> int:
    """The largest channel of the background, of 255."""
    background = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    return max(int(channel) for channel in background.removeprefix("rgb(").removesuffix(")").split(","))


def test_its_link_is_copied_by_the_keyboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link", exact=True).focus()
    page.keyboard.press("Enter")  # the space bar plays
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()


def test_every_field_refuses_a_fraction_and_an_excess(page: Page) -> None:
    fields, note = page.get_by_test_id("stNumberInputField").filter(visible=True), page.locator("#note-at-field")
    assert fields.count() > 2 or "section=" in page.url  # the regressions have nothing to set
    for one in [one for one in fields.all() if one.is_enabled()]:
        before = one.input_value()
        for text, sentence in (
            ("1/3", "is not a number: write 0.333"),
            ("9e99", "must be between .* received 9e\\+99"),
        ):
            one.click()
            one.press("Control+A")
            one.press_sequentially(text)
            one.press("Enter")
            expect(note).to_have_text(re.compile(sentence))
            expect(one).to_have_value(before)


def test_one_key_leads_to_the_presenter_size_and_back(page: Page) -> None:
    page.evaluate("document.activeElement?.blur()")
    before = height_of_the_title(page)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page).to_have_url(re.compile("present=true"))
    settle(page)
    assert height_of_the_title(page) > 1.2 * before
    assert page.get_by_test_id("stMain").evaluate("place => place.scrollWidth <= place.clientWidth")
    assert page.evaluate(WIDER_THAN_THE_WINDOW) == 0
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    settle(page)
    assert height_of_the_title(page) == before


def height_of_the_title(page: Page) -> float:
    box = page.get_by_role("heading", level=1).bounding_box()
    assert box is not None
    return box["height"]
