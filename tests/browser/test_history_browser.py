"""Back and Forward in a real browser: an entry for each page that was visited, which holds how it was left."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import AppServer
from tests.browser.looks import differences
from tests.browser.visits import LAPTOP, Visits, settle
from tests.browser.walk import Window

TITLES = {
    "1 · Decision regions": "Decision regions",
    "2 · Training": "Training from two starting points",
    "3 · Why not zero": "Why not zero",
    "4 · Thousands of runs": "Does random win?",
}


@dataclass
class Reader:
    """Somebody who goes from page to page, and a second window for the links."""

    window: Window
    fresh: Window
    faults: list[str]

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.window.page

    @property
    def entries(self) -> int:
        """How many entries the history has."""
        return int(self.page.evaluate("history.length"))

    def go(self, name: str) -> None:
        """To another page by the navigation."""
        self.page.get_by_role("link", name=name).click()
        self.arrive(name)

    def back(self, name: str) -> None:
        """Back, where that page is expected, as its link shows it."""
        self.page.go_back(wait_until="commit")
        self.arrive(name)
        self.expect_what_the_link_shows()

    def forward(self, name: str) -> None:
        """Forward, where that page is expected."""
        self.page.go_forward(wait_until="commit")
        self.arrive(name)

    def arrive(self, name: str) -> None:
        """Wait until that page is drawn."""
        expect(self.page.locator("h1")).to_have_text(TITLES[name])
        self.page.mouse.move(0, 0)
        settle(self.page)

    def enter(self, label: str, text: str) -> None:
        """Type a number."""
        cell = self.page.get_by_label(label, exact=True)
        cell.fill(text)
        cell.press("Enter")
        settle(self.page)
        self.page.wait_for_function("text => location.search.includes(`=${text}`)", arg=text)

    def expect_what_the_link_shows(self) -> None:
        """The page that was reached equals a fresh visit of its address."""
        seen = self.window.settled()
        assert [one.words for one in differences(seen, self.fresh.visit(self.page.url))] == []


@pytest.fixture
def reader(browser: Browser, app_server: AppServer) -> Iterator[Reader]:
    visits = Visits(browser, app_server.url)
    windows = []
    for _ in range(2):
        page = visits.open_window()
        page.set_viewport_size(LAPTOP)
        windows.append(Window(page))
    windows[0].visit(app_server.url)
    yield Reader(windows[0], windows[1], visits.faults)
    visits.close()
    assert visits.faults == []


def values(page: Page, label: str) -> str:
    return page.get_by_label(label, exact=True).input_value()


def test_an_edit_adds_no_entry_a_page_adds_one_and_back_and_forward_find_them_as_they_were_left(
    reader: Reader,
) -> None:
    page, first = reader.page, reader.entries
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_label("weight h₁ · x₂", exact=True)).not_to_have_value("1.5")
    page.get_by_text("Signs + and −").click()
    settle(page)
    reader.enter("weight h₁ · x₂", "2.5")
    page.locator(".st-key-drag select").select_option(label="weight h₂ · x₁")
    page.locator(".st-key-drag input[type=range]").press("ArrowRight")
    page.mouse.click(500, 400)
    settle(page)
    page.wait_for_function("location.search.includes('point_x1') && location.search.includes('h12=2.5')")
    assert reader.entries == first
    reader.go("2 · Training")
    page.get_by_role("button", name="1500", exact=True).click()
    page.wait_for_function("location.search.includes('seed=1500')")
    reader.enter("Learning rate η", "0.3")
    page.locator("[data-part=slider]").fill("12")
    page.wait_for_function("location.search.includes('epoch=12')")
    page.get_by_label("Speed", exact=True).select_option("1 epoch/s")  # so that it does not end before the pause
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    settle(page)
    assert reader.entries == first + 1
    reader.go("4 · Thousands of runs")
    reader.enter("Init seeds", "150")
    assert reader.entries == first + 2
    # a run opens in problem 2, and that is an entry too
    page.locator(".st-key-runs button").first.click()
    reader.arrive("2 · Training")
    assert reader.entries == first + 3
    reader.expect_what_the_link_shows()
    reader.back("4 · Thousands of runs")
    assert values(page, "Init seeds") == "150"
    reader.back("2 · Training")
    assert values(page, "Learning rate η") == "0.3"
    assert "eta=0.3" in page.url
    reader.back("1 · Decision regions")
    assert values(page, "weight h₁ · x₂") == "2.5"
    reader.forward("2 · Training")
    assert values(page, "Learning rate η") == "0.3"
    assert reader.entries == first + 3


def test_a_page_that_was_visited_twice_is_found_both_ways(reader: Reader) -> None:
    """The session knows how the page was left last; the address knows how it was left then."""
    page = reader.page
    page.locator(".st-key-drag select").select_option(label="weight h₂ · x₁")
    reader.go("2 · Training")
    page.locator("[data-part=slider]").fill("12")
    page.get_by_role("button", name="Present").first.click()
    page.wait_for_function("location.search.includes('present=true') && location.search.includes('epoch=12')")
    reader.go("1 · Decision regions")
    # the presenter size is kept on the next page
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.get_by_role("button", name="Preset b").click()
    expect(page.locator(".counts")).to_contain_text("6,615")
    page.locator(".st-key-drag select").select_option(label="weight o · bias")
    settle(page)
    page.get_by_role("button", name="Leave presenter size").click()
    page.wait_for_function("!location.search.includes('present')")
    settle(page)  # Streamlit takes an answer that comes after Back for one of the page it leads to
    reader.back("2 · Training")
    assert "epoch=12&present=true" in page.url
    reader.back("1 · Decision regions")
    assert values(page, "weight h₁ · x₂") == "-0.1"
    reader.forward("2 · Training")
    reader.forward("1 · Decision regions")
    assert values(page, "weight h₁ · x₂") == "1.5"
