"""A page of the app in a browser, for the benchmarks."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.app_server import AppServer, running_app
from tests.install_programs import find_browser


@contextmanager
def app_page(path: str = "") -> Iterator[tuple[AppServer, Page]]:
    """Start the app and open `path` of it at 1280×720; both end with the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{server.url}/{path}")
        yield server, page
        browser.close()
