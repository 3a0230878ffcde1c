"""Bad input is refused in a sentence at every entrance, and the app goes on: a small part of `tests.load.fuzz`."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some

from pages.ui import link
from pages.ui.decision_regions import state as regions
from pages.ui.files import parse
from pages.ui.live.drag import RESTED
from pages.ui.theme import COLOURINGS
from tests.browser.app_server import running_app
from tests.load.entrances import RESTORED
from tests.load.fuzz import (
    BLOCK,
    FILES,
    SHARES,
    Run,
    entrance_of,
    fault_of_command,
    fault_of_parse,
    fault_of_sentence,
    numbers_of,
    places,
    run,
    visits,
)
from tinynet.regions import CELLS

BLOCKS = (0, 2, 3, 5)
"""One that begins on each page."""
OF_A_BLOCK = {"file": 40, "command": 20, "widget": 6, "link": 1}
TEXTS = some.text(max_size=30)
NUMBERS = some.integers() | some.floats() | some.sampled_from([10**400, -(10**400), 2**53, 1e308])
SCALARS = some.none() | some.booleans() | NUMBERS | some.text(some.characters(), max_size=30)
JSON = some.recursive(
    SCALARS, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(TEXTS, inner, max_size=4)
)
FEW = settings(max_examples=40)


def some_cases() -> Iterator[int]:
    """The first cases of each entrance in each block, and one upload and one process in all."""
    for block in BLOCKS:
        left = OF_A_BLOCK | ({} if block else {"upload": 1, "process": 1})
        for number in range(block * BLOCK, (block + 1) * BLOCK):
            entrance = entrance_of(number)
            if left.get(entrance, 0):
                left[entrance] -= 1
                yield number


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What became of some cases."""
    with running_app(tmp_path_factory.mktemp("fuzz") / "log.txt") as server:
        return run(server, 1, some_cases())


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


@given(some.sampled_from(list(FILES)), JSON, some.integers(0, 100))
@FEW
def test_any_value_at_any_place_of_a_file_is_taken_or_refused_in_a_sentence(page: str, value: Any, place: int) -> None:
    content = json.loads(json.dumps(FILES[page]))
    found = list(places(content))
    holder, key = found[place % len(found)]
    holder[key] = value
    assert fault_of_parse(json.dumps(content).encode(), page) == ""


@given(some.sampled_from(list(FILES)), some.dictionaries(TEXTS, JSON, max_size=3))
@FEW
def test_any_other_setting_in_a_file_is_refused_in_a_sentence(page: str, others: dict[str, Any]) -> None:
    assert fault_of_parse(json.dumps({**FILES[page], **others}).encode(), page) == ""


@given(some.lists(TEXTS, min_size=1, max_size=8))
@FEW
def test_what_is_said_of_any_link_can_be_shown(names: list[str]) -> None:
    words = link.sentence([link.shortened(name) for name in names])
    assert words.isprintable()
    assert len(words) <= 300


@given(JSON | some.fixed_dictionaries({"name": some.sampled_from(CELLS) | JSON, "value": NUMBERS, "number": NUMBERS}))
@FEW
def test_whatever_the_slider_sends_fills_a_cell_with_a_number_or_nothing(message: Any) -> None:
    session: dict[str, Any] = {regions.DRAG: {RESTED: message}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", session)
        patch.setattr(st, "rerun", lambda: None)
        regions.put_dragged()
        number = regions.answered()
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


def test_one_case_is_repeated_after_those_of_its_session() -> None:
    cases = [number for number in range(2 * BLOCK) if entrance_of(number) == "widget"]
    assert numbers_of(0, cases[-1]) == visits(cases)[1]
    assert numbers_of(0, 3) == [3]
