"""Every page on a telephone in dark colours, and pages that are the first to be asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import complaints, running_app
from tests.browser.test_every_page import brightness
from tests.browser.visits import Visits, chart, settle
from tests.browser.walk import PAGES

TITLES = ["1 · Decision regions", "2 · Training", "3 · Why not zero", "4 · Thousands of runs", "5 · In the plane"]
FIRST_PICTURES = {
    "decision_regions": "Decision regions",
    "training": "Training error",
    "why_not_zero": "One weight of each hidden unit",
    "why_not_zero regression": "The loss of linear regression",
    "why_not_zero digits": "Training loss",
    "why_not_zero not_zero": "The training error of zeros",
    "sweep": "For each order seed",
    "in_the_plane": "What network A calls",
}
"""How the text alternative of the first chart of each page begins."""
TOO_WIDE = """() => ["html", "[data-testid=stMain]", "[data-testid=stApp]"].map(part => document.querySelector(part))
    .map(element => element.scrollWidth - element.clientWidth)"""


@pytest.mark.parametrize(("name", "path"), PAGES.items(), ids=list(PAGES))
def test_on_a_telephone_a_page_is_dark_shows_the_way_to_the_others_names_what_it_ignored_and_is_not_too_wide(
    open_page: Callable[..., Page], name: str, path: str
) -> None:
    page = open_page(
        f"{path}{'&' if '?' in path else '?'}nosuch=1", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    expect(page.get_by_test_id("stMain").get_by_text("Ignored in this link:")).to_have_text(
        "Ignored in this link: nosuch."
    )
    assert brightness(page) < 128
    for title in TITLES:
        expect(page.locator(".st-key-pages").get_by_role("link", name=title)).to_be_in_viewport()
    ends = page.evaluate("[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().right)")
    assert max(ends, default=0) <= 390
    too_wide = page.evaluate(TOO_WIDE)
    assert len(too_wide) == 3
    assert max(too_wide) <= 0
    box = chart(page, FIRST_PICTURES[name]).locator("canvas.marks").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    # pictures come before settings, even below a message; on page 3 the choice of a start comes first
    assert box["y"] < 720 or path.startswith("why_not_zero")


def test_on_a_new_server_links_straight_to_pages_work_for_all_at_once(browser: Browser, tmp_path: Path) -> None:
    with running_app(tmp_path / "log.txt") as server:
        visits = Visits(browser, server.url)
        pages = [visits.open_window() for _ in range(2)]
        for page, path in zip(pages, ("training", "sweep"), strict=True):
            page.goto(f"{server.url}/{path}", wait_until="commit")
        for page in pages:
            settle(page)
            expect(page).to_have_title("tinynet")
            for title in TITLES:
                expect(page.get_by_role("link", name=title)).to_be_visible()
        visits.close()
        assert visits.faults + complaints(server.read_log()) == []
