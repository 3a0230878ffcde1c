"""A sample of the walk: after an edit, a page shows what a fresh visit of its own link shows."""

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser

from tests.browser.app_server import AppServer
from tests.browser.hands import Control
from tests.browser.visits import Visits
from tests.browser.walk import Walker, report, walk

SEED = 1
SHARE = 0.005
"""Of the controls that are not named."""
ALWAYS = {
    "decision_regions": ["weight h₂ · x₁"],
    "training": ["Threshold θ"],
    "why_not_zero": ["Start"],
    "sweep": ["Threshold θ"],
    "in_the_plane": ["Start B"],
}


@pytest.fixture(scope="module")
def walker(browser: Browser, app_server: AppServer) -> Iterator[Walker]:
    """Two windows for all pages."""
    visits = Visits(browser, app_server.url)
    yield Walker(visits, app_server)
    visits.close()


@pytest.mark.parametrize("page", ALWAYS)
def test_after_an_edit_a_page_shows_what_its_link_shows(walker: Walker, page: str) -> None:
    def is_in_the_sample(control: Control) -> bool:
        return control.name in ALWAYS[page] or Random(f"{SEED} {control.key}").random() < SHARE

    cases = list(walk(walker, page, SEED, lambda _: None, is_in_the_sample))
    assert {case.edits[-1].control.name for case in cases} >= set(ALWAYS[page])
    bad = [case for case in cases if not case.is_good]
    folder = Path(tempfile.mkdtemp(prefix="walk-")) if bad else Path()
    numbers = count(1)
    assert not bad, f"seed {SEED}\n" + "\n".join(report(case, folder, numbers) for case in bad)
