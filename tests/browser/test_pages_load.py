"""Every page in a real browser. The fixture fails a test for a message in the console or another host."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.visits import ColorScheme

PATHS = ["", "training"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_in_both_colour_schemes(
    open_page: Callable[..., Page], path: str, color_scheme: ColorScheme
) -> None:
    page = open_page(path, color_scheme=color_scheme)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_test_id("stException").count() == 0
    background = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    channels = [int(channel) for channel in background.removeprefix("rgb(").removesuffix(")").split(",")]
    assert (max(channels) < 128) == (color_scheme == "dark")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_does_not_scroll_sideways_on_a_telephone(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path, viewport={"width": 390, "height": 844})
    too_wide = page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain], [data-testid=stApp]')]
            .map(element => element.scrollWidth - element.clientWidth)"""
    )
    assert len(too_wide) == 3
    assert max(too_wide) <= 0
