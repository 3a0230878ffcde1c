"""Takes the pictures of README.md anew: `python -m tests.browser.readme_pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.app_server import running_app
from tests.browser.visits import launched, new_window, settle

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = {
    "decision-regions": ("", 900),
    "training": ("training", 1200),
    "microscope": ("training?epoch=7&look_sample=12&microscope=true", 1300),
    "why-not-zero": ("why_not_zero?start=constant&noise=0.001", 1100),
    "sweep": ("sweep", 900),
    "in-the-plane": ("in_the_plane", 900),
}
"""For each file, the page that it shows and its height in pixels."""


def main() -> None:
    """Take each picture from a fresh visit, and overwrite the old one."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "log") as server,
        sync_playwright() as playwright,
        launched(playwright) as browser,
    ):
        for name, (address, height) in PICTURES.items():
            page = new_window(browser, viewport={"width": 1280, "height": height})
            page.goto(f"{server.url}/{address}")
            settle(page)
            if name == "microscope":
                page.get_by_role("tab", name="Backward", exact=True).click()
                page.get_by_role("tablist").scroll_into_view_if_needed()
                settle(page)
            page.screenshot(path=DOCS / f"{name}.png")
            page.context.close()


if __name__ == "__main__":
    main()
