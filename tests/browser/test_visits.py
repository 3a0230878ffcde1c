"""The watch that every browser test stands on: what it must notice, and what it must let pass."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.app_server import AppServer, complaints
from tests.browser.visits import Visits


@pytest.fixture
def visits(browser: Browser, app_server: AppServer) -> Iterator[Visits]:
    """Visits whose faults nobody but the test looks at."""
    visits = Visits(browser, app_server.url)
    yield visits
    visits.close()


def await_faults(page: Page, visits: Visits, expected: set[str]) -> None:
    """Take in what the browser reports until all of this is among it."""
    for _ in range(600):
        if expected <= set(visits.faults):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{expected - set(visits.faults)} was not noticed")


def test_what_no_page_may_do_is_noticed_and_nothing_of_a_visit_remains_for_the_next(visits: Visits) -> None:
    expected = {
        "console.error('broken')": "console error at : broken",
        "console.warn('doubtful')": "console warning at : doubtful",
        "setTimeout(() => { throw new Error('thrown') })": "uncaught in the page: thrown",
        "fetch('http://host.invalid/a').catch(() => 0)": "another host was requested: http://host.invalid/a",
        "new WebSocket('ws://host.invalid/b')": "another host was requested: ws://host.invalid/b",
        "new Image().src = 'https://host.invalid/c'": "another host was requested: https://host.invalid/c",
    }
    page = visits.open_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    # what a page makes itself is no request to a host
    page.evaluate("() => Promise.all([fetch('data:,x'), fetch(URL.createObjectURL(new Blob(['x'])))])")
    page.evaluate("() => console.error('the last')")
    await_faults(page, visits, {"console error at : the last"})
    assert len(visits.faults) == 1
    for script in expected:
        page.evaluate(f"() => {{ {script} }}")
    await_faults(page, visits, set(expected.values()))
    assert page.evaluate("[innerWidth, innerHeight]") == [390, 844]
    page.evaluate("() => { window.kept = localStorage.kept = sessionStorage.kept = 'a'; document.cookie = 'kept=a' }")
    visits.leave()
    assert visits.open_page() is page
    left = page.evaluate("[window.kept, localStorage.kept, sessionStorage.kept, innerWidth, innerHeight]")
    assert left == [None, None, None, 1280, 720]
    assert "kept" not in page.evaluate("document.cookie")
    assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")


@pytest.mark.parametrize(
    "line",
    [
        "WARNING streamlit: slow",
        "ERROR asyncio: lost",
        "Traceback (most recent call last):",
        '  File "page.py", line 3, in results',
        "app.py:3: DeprecationWarning: old",
        "ValueError: none",
    ],
)
def test_a_complaint_in_the_log_of_the_app_is_noticed(line: str) -> None:
    assert complaints(f"INFO streamlit: ready\n{line}\n") == [line]
