"""Every page in a real browser. The fixture fails a test for a message in the console or another host."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import complaints, running_app
from tests.browser.visits import ColorScheme, Visits, settle

PATHS = ["", "training", "why_not_zero", "sweep"]


TITLES = ["1 · Decision regions", "2 · Training", "3 · Why not zero", "4 · Thousands of runs"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_in_both_colour_schemes(
    open_page: Callable[..., Page], path: str, color_scheme: ColorScheme
) -> None:
    page = open_page(path, color_scheme=color_scheme)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_text("Ignored in this link:").count() == 0
    background = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    channels = [int(channel) for channel in background.removeprefix("rgb(").removesuffix(")").split(",")]
    assert (max(channels) < 128) == (color_scheme == "dark")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_and_its_tables_fit_a_telephone_and_show_the_way_to_the_others(
    open_page: Callable[..., Page], path: str
) -> None:
    page = open_page(path, viewport={"width": 390, "height": 844})
    for title in TITLES:
        expect(page.locator(".st-key-pages").get_by_role("link", name=title)).to_be_in_viewport()
    ends = page.evaluate("[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().right)")
    assert max(ends, default=0) <= 390
    too_wide = page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain], [data-testid=stApp]')]
            .map(element => element.scrollWidth - element.clientWidth)"""
    )
    assert len(too_wide) == 3
    assert max(too_wide) <= 0


def test_on_a_new_server_links_straight_to_pages_work_for_all_at_once(browser: Browser, tmp_path: Path) -> None:
    with running_app(tmp_path / "log.txt") as server:
        visits = Visits(browser, server.url)
        pages = [visits.open_window() for _ in range(3)]
        for page, path in zip(pages, ("training", "sweep", "training"), strict=True):
            page.goto(f"{server.url}/{path}", wait_until="commit")
        for page in pages:
            settle(page)
            expect(page).to_have_title("tinynet")
            for title in TITLES:
                expect(page.get_by_role("link", name=title)).to_be_visible()
        visits.close()
        assert visits.faults + complaints(server.read_log()) == []
