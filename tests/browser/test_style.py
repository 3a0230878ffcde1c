"""Every rule of the stylesheet is for something: each of its selectors is found on some page."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from pages.ui import page as frame
from tests.browser.visits import SETTLE_SECONDS, go, settle

STYLESHEET = Path(frame.__file__).with_name("style.css").read_text(encoding="utf-8")
# All selectors of the stylesheet, also those within media queries, each part of a list by itself.
SELECTORS = r"""text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const rules = list => [...list].flatMap(rule => rule.selectorText ? [rule.selectorText] : rules(rule.cssRules));
    const parts = selector => selector.split(/,(?![^(]*\))/);
    return rules(sheet.cssRules).flatMap(parts).map(part => part.trim());
}"""
# Without what a hand or a player does just then.
FOUND = r"""selectors => selectors.filter(selector => document.querySelector(
    selector.replace(/:(hover|focus-visible|focus|enabled)\b|::[\w-]+|\[inert\]|\[data-moving\] /g, "")))"""
VISITS = (
    *(
        "?h11=&colouring=The+output+o+itself&present=true",
        "training?microscope=true&derivation=true&f=true&algorithm=true&comparisons=true",
        "why_not_zero?present=true",
    ),
    *(
        f"why_not_zero?section=3+MNIST&digits_iterations=1&digits_detail={detail}"
        for detail in ("test+images", "weights")
    ),
    *("why_not_zero?section=4+Symmetry%2C+not+zero", "sweep", "in_the_plane?present=true"),
)


def test_each_selector_is_found_somewhere(open_page: Callable[..., Page]) -> None:
    page = open_page("sweep")
    page.locator(".st-key-opening summary").click()
    settle(page)
    wanted = page.evaluate(SELECTORS, STYLESHEET)
    assert len(wanted) > 50
    for path in VISITS:
        wanted = not_found(page, wanted)
        go(page, path)
    page.keyboard.press("Home")  # the regions of a network that moves are painted below its drawing
    page.set_viewport_size({"width": 390, "height": 844})
    wanted = not_found(page, wanted)
    # a sweep that still works shows what is there only meanwhile
    page.goto(f"{page.evaluate('location.origin')}/sweep?inits=300&orders=9", wait_until="commit")
    end = time.monotonic() + SETTLE_SECONDS
    while (wanted := not_found(page, wanted)) and time.monotonic() < end:
        page.wait_for_timeout(50)
    settle(page)
    assert wanted == []


def not_found(page: Page, wanted: list[str]) -> list[str]:
    found = set(page.evaluate(FOUND, wanted))
    return [selector for selector in wanted if selector not in found]


def test_streamlit_is_held_by_its_test_ids_and_our_keys() -> None:
    """The names of its classes change with its versions."""
    without_comments = re.sub(r"/\*.*?\*/", "", STYLESHEET, flags=re.DOTALL)
    assert not re.findall(r"\.st(?!-key-)[A-Za-z]\w*", without_comments)
