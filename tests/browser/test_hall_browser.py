"""A hall in a real browser: when the process that a viewer was with is killed, the page goes on at another."""

import os
import signal
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from pages.ui.decision_regions.tables import fingerprint_of
from tests.browser.app_server import complaints
from tests.browser.visits import new_window, settle
from tests.load.hall import process_at, running_hall
from tinynet.regions import PRESETS, cells, decide, from_cells

CONNECTED = "() => document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState === 'CONNECTED'"


def place(page: Page) -> str:
    """The number of the process that serves the page."""
    return next(str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"] == "tinynet_process")


def type_weight(page: Page, value: str) -> None:
    cell = page.get_by_role("spinbutton", name="weight o · bias", exact=True)
    cell.fill(value)
    cell.press("Enter")


def expect_shown(page: Page, address: str, **weights: float) -> None:
    """That the page shows what its link means: the cells, and what follows from them."""
    expect(page).to_have_url(address)
    shown = cells(PRESETS["a"]) | weights
    expect(page.get_by_text("Fingerprint")).to_contain_text(fingerprint_of(decide(from_cells(shown))))
    expect(page.get_by_role("spinbutton", name="weight h₁ · bias", exact=True)).to_have_value(f"{shown['h10']:g}")


def test_a_page_goes_on_when_its_process_is_killed(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "log.txt", 2) as hall:
        page = new_window(browser)
        page.goto(f"{hall.url}/?h10=1.5")
        settle(page)
        type_weight(page, "0.25")
        expect_shown(page, f"{hall.url}/?h10=1.5&o0=0.25", h10=1.5, o0=0.25)
        first = place(page)
        os.kill(process_at(hall, int(first)), signal.SIGKILL)
        page.wait_for_function(f"() => !({CONNECTED})()")
        page.wait_for_function(CONNECTED)
        settle(page)
        assert place(page) != first
        expect_shown(page, f"{hall.url}/?h10=1.5&o0=0.25", h10=1.5, o0=0.25)
        type_weight(page, "0.5")
        expect_shown(page, f"{hall.url}/?h10=1.5&o0=0.5", h10=1.5, o0=0.5)
        page.context.close()
        assert [line for line in complaints(hall.read_log()) if "Server processes/process" not in line] == []
