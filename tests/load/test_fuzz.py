"""Bad input is refused in a sentence at every entrance, and the app goes on: a small part of `tests.load.fuzz`."""

import json
import math
from typing import Any

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some

from pages.ui import link
from pages.ui.decision_regions import state as regions
from pages.ui.files import parse
from pages.ui.live.drag import RESTED
from pages.ui.live.state import answered
from pages.ui.theme import COLOURINGS
from tests.browser.app_server import running_app
from tests.load.bad_input import FILES, LARGE_WHOLE, NUMBERS, json_values
from tests.load.entrances import RESTORED
from tests.load.fuzz import SHARES, Run, fault_of_command, fault_of_sentence, run
from tinynet.regions import CELLS

SOME_CASES = {"widget": 24, "link": 4, "upload": 1, "file": 100, "command": 60, "process": 1}
TEXTS = some.text(max_size=30)
SENT_NUMBERS = some.integers() | some.floats() | some.sampled_from((*NUMBERS, *LARGE_WHOLE))
FEW = settings(max_examples=40)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What became of some cases."""
    with running_app(tmp_path_factory.mktemp("fuzz") / "log.txt") as server:
        return run(server, 1, SOME_CASES)


@pytest.mark.parametrize("entrance", SHARES)
def test_bad_input_is_refused_or_put_right(found: Run, entrance: str) -> None:
    outcomes = [outcome for outcome in found.outcomes if outcome.entrance == entrance]
    assert outcomes
    assert [outcome for outcome in outcomes if outcome.fault] == []


def test_a_new_viewer_gets_every_page_afterwards(found: Run) -> None:
    assert found.after == ""


@pytest.mark.parametrize("page", FILES)
def test_the_files_that_are_spoilt_are_good(page: str) -> None:
    assert parse(json.dumps(FILES[page]).encode(), page, RESTORED[page])


@given(some.lists(TEXTS, min_size=1, max_size=8))
@FEW
def test_what_is_said_of_any_link_can_be_shown(names: list[str]) -> None:
    words = link.sentence([link.shortened(name) for name in names])
    assert words.isprintable()
    assert len(words) <= 300


@given(
    json_values
    | some.fixed_dictionaries({"name": some.sampled_from(CELLS), "value": SENT_NUMBERS, "number": SENT_NUMBERS})
)
@FEW
def test_whatever_the_slider_sends_fills_a_cell_with_a_number_or_nothing(message: Any) -> None:
    session: dict[str, Any] = {regions.DRAG: {RESTED: message}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", session)
        patch.setattr(st, "rerun", lambda: None)
        regions.put_dragged()
        number = answered(regions.DRAG, RESTED)
    assert set(session) <= {regions.DRAG, regions.DRAGGED, *CELLS}
    assert all(math.isfinite(session[name]) for name in CELLS if name in session)
    assert number is None or isinstance(number, int)


@given(TEXTS, some.floats(), some.floats())
@FEW
def test_what_no_widget_has_checked_yet_can_be_drawn(colouring: str, x1: float, x2: float) -> None:
    held = dict.fromkeys(("lines", "boundary", "signs", "changed"), True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", {**held, "colouring": colouring, "point_x1": x1, "point_x2": x2})
        assert regions.view().colouring in COLOURINGS
        assert all(abs(coordinate) <= regions.POINT_LIMIT for coordinate in regions.point())


@pytest.mark.parametrize(
    "sentence",
    ["", "wrong", "'hidden'", "two\nlines of it", "KeyError: a setting", "the value <class 'int'>", "x " * 200],
)
def test_what_is_no_sentence_is_a_fault(sentence: str) -> None:
    assert fault_of_sentence(sentence)


@pytest.mark.parametrize(
    ("status", "complained"),
    [(1, "Traceback (most recent call last):"), (1, ""), (0, "RuntimeWarning: overflow"), (2, "usage:"), (-11, "")],
)
def test_a_command_that_breaks_is_a_fault(status: int, complained: str) -> None:
    assert fault_of_command(status, complained)
