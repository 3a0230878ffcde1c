"""The slider that a hand moves in the browser: what it is told, and what becomes of what it sends."""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.decision_regions import state
from pages.ui.live import drag
from pages.ui.live.state import answered
from tinynet.regions import CELLS, PRESETS, cells

Send = Callable[[object], dict[str, Any]]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file("../../streamlit_app.py", default_timeout=30).run()


def told(app: AppTest) -> dict[str, Any]:
    """What the page tells the slider."""
    assert not app.exception
    (slider,) = (one for one in app.get("bidi_component") if "faulty" in one.proto.json)
    data: dict[str, Any] = json.loads(slider.proto.json)
    return data


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Send:
    """`send(message)` gives what the session holds when the slider has sent `message`."""

    def send(message: object) -> dict[str, Any]:
        session: dict[str, Any] = {state.DRAG: {drag.RESTED: message}}
        monkeypatch.setattr(st, "session_state", session)
        monkeypatch.setattr(st, "rerun", lambda: None)
        state.put_dragged()
        return session

    return send


def test_the_page_tells_the_slider_its_weights_bounds_and_colours(app: AppTest) -> None:
    data = told(app)
    assert data["cells"] == cells(PRESETS["a"])
    assert list(data["labels"]) == list(data["cells"]) == list(CELLS)
    assert (data["chosen"], data["low"], data["high"], data["step"]) == ("h11", -5.0, 5.0, 0.1)
    assert data["faulty"] == []
    assert data["answered"] is None
    assert all(re.fullmatch("#[0-9a-fA-F]{6}", colour) for colours in data["colours"].values() for colour in colours)


def test_the_slider_follows_the_cells_and_the_colouring(app: AppTest) -> None:
    before = told(app)
    app.number_input(key="h11").set_value(12.0).run()
    assert told(app)["cells"]["h11"] == 12.0
    app.run()  # an edit alone draws only what follows from it
    app.radio(key="colouring").set_value("Black and white").run()
    assert told(app)["colours"]["output"] != before["colours"]["output"]


def test_the_slider_knows_which_cells_cannot_be_used(app: AppTest) -> None:
    app.number_input(key="h12").set_value(None)
    app.number_input(key="o1").set_value(5000.0).run()
    assert told(app)["faulty"] == ["h12", "o1"]


@pytest.mark.parametrize(("query", "chosen"), [("weight o · h₂", "o2"), ("h22", "h11"), ("<b>", "h11")])
def test_a_link_chooses_the_weight_by_its_name(query: str, chosen: str) -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    app.query_params["dragged"] = query
    assert told(app.run())["chosen"] == chosen
    words = " ".join(text.value for text in app.text)
    assert (f"Ignored in this link: dragged={query}" in words) == (chosen == "h11")


@pytest.mark.parametrize(("value", "held"), [(1.3, 1.3), (-5, -5.0), (0, 0.0), (1e300, 1e300)])
def test_what_is_sent_fills_the_cell(send: Send, value: float, held: float) -> None:
    session = send({"name": "o2", "value": value, "number": 17})
    assert session["o2"] == held
    assert isinstance(session["o2"], float)
    assert session[state.DRAGGED] == "o2"
    assert answered(state.DRAG, drag.RESTED) == 17


@pytest.mark.parametrize("name", ["h13", "colouring", None, ["h11"], {}])
@pytest.mark.parametrize("value", [1.0])
def test_what_is_no_weight_fills_nothing(send: Send, name: object, value: float) -> None:
    message = {"name": name, "value": value}
    assert send(message) == {state.DRAG: {drag.RESTED: message}}


@pytest.mark.parametrize("value", [None, "1", math.nan, math.inf, [1], 10**400])
def test_what_is_no_number_fills_nothing(send: Send, value: object) -> None:
    message = {"name": "h11", "value": value}
    assert send(message) == {state.DRAG: {drag.RESTED: message}}


@pytest.mark.parametrize("message", [None, "text", 1, [], {}])
def test_what_is_no_message_changes_nothing(send: Send, message: object) -> None:
    assert send(message) == {state.DRAG: {drag.RESTED: message}}
    assert answered(state.DRAG, drag.RESTED) is None


def test_the_scripts_in_the_browser_write_no_markup_and_ask_no_host() -> None:
    for script in Path(drag.__file__).parent.glob("*.js"):
        text = script.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")  # a name and no address
        assert not [word for word in ("innerHTML", "eval(", "Function(", "fetch(", "import ", "://") if word in text]
