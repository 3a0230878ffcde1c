"""Fixtures of the browser tests: the running app, the browser, and pages that are watched for faults."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.app_server import AppServer, complaints, running_app
from tests.browser.visits import SETTLE_SECONDS, Visits, launched

# a busy machine takes longer than the five seconds that Playwright would wait
expect.set_options(timeout=SETTLE_SECONDS * 1000)


@pytest.fixture(scope="package")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The app, started once for all browser tests. Nothing in its log may be a warning or an error."""
    with running_app(tmp_path_factory.mktemp("app") / "log.txt") as server:
        yield server
    assert complaints(server.read_log()) == []


# Not for the whole session: while Playwright runs, no other test of this process may start an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def visits(browser: Browser, app_server: AppServer) -> Iterator[Visits]:
    """The visits of all tests: none outlasts its test."""
    visits = Visits(browser, app_server.url)
    yield visits
    visits.close()


@pytest.fixture
def open_page(visits: Visits, app_server: AppServer) -> Iterator[Callable[..., Page]]:
    """`open_page(path="", viewport=…, color_scheme=…)` opens a page of the app; faults fail the test at its end."""
    yield visits.open_page
    visits.leave()
    faults = visits.faults + complaints(app_server.read_log())
    visits.faults.clear()
    assert faults == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The first page of the app at 1280×720 in light colours."""
    return open_page()
