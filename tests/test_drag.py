"""The slider that sends while the hand moves, without a browser: what it is told, and what becomes of what it sends."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.controls import drag as controls
from pages.ui.controls.drag import drag

Mount = Callable[..., dict[str, Any]]
SLIDER = "drag_h11"


def page() -> None:
    """A script with one cell and the slider that moves it."""
    import streamlit as st

    from pages.ui.controls.drag import drag

    def put(value: float) -> None:
        st.session_state["h11"] = value

    cell = st.number_input("h11", value=0.5, key="h11")
    drag("weight h₁ · x₁", "drag_h11", cell, -5.0, 5.0, 0.1, put, lambda: None, "h11")


@pytest.fixture
def mount(monkeypatch: pytest.MonkeyPatch) -> Mount:
    """`mount(message, on_change, on_rest)` draws the slider after it has sent `message`; what it is drawn with."""

    def mount(
        message: object = None,
        on_change: Callable[[float], None] = lambda value: None,
        on_rest: Callable[[], None] = lambda: None,
    ) -> dict[str, Any]:
        drawn: dict[str, Any] = {}
        monkeypatch.setattr(controls, "_slider", drawn.update)
        monkeypatch.setattr(st, "session_state", {} if message is None else {SLIDER: {"moved": message}})
        drag("weight h₁ · x₁", SLIDER, 0.5, -5.0, 5.0, 0.1, on_change, on_rest)
        return drawn

    monkeypatch.setattr(controls, "_slider", None)
    return mount


def test_the_page_tells_the_slider_its_label_bounds_and_value() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    (slider,) = app.get("bidi_component")
    assert json.loads(slider.proto.json) == {
        "label": "weight h₁ · x₁",
        "value": 0.5,
        "low": -5.0,
        "high": 5.0,
        "step": 0.1,
        "parameter": "h11",
        "answered": None,
    }


def test_the_slider_follows_the_cell_and_stays_the_same_element() -> None:
    app = AppTest.from_function(page).run()
    before = app.get("bidi_component")[0].proto
    app.number_input(key="h11").set_value(12.0).run()
    after = app.get("bidi_component")[0].proto
    assert json.loads(after.json)["value"] == 12.0
    assert after.id == before.id


@pytest.mark.parametrize(
    ("sent", "received"), [(1.3, 1.3), (-5, -5.0), (5.0, 5.0), (5.1, 5.0), (-1e300, -5.0), (0, 0.0)]
)
def test_what_is_sent_reaches_the_callback_within_the_bounds(mount: Mount, sent: float, received: float) -> None:
    values: list[float] = []
    mount({"value": sent, "number": 1}, values.append)["on_moved_change"]()
    assert values == [received]
    assert isinstance(values[0], float)


@pytest.mark.parametrize(
    "message",
    [{}, {"value": None}, {"value": "1"}, {"value": math.nan}, {"value": math.inf}, {"value": [1]}, "text", 1],
)
def test_what_is_no_number_changes_nothing(mount: Mount, message: object) -> None:
    values: list[float] = []
    mount(message, values.append)["on_moved_change"]()
    assert values == []


@pytest.mark.parametrize(
    ("sent", "rests"), [({}, 0), ({"resting": False}, 0), ({"resting": True}, 1), ({"resting": 1}, 0)]
)
def test_it_is_told_when_the_hand_lets_go(mount: Mount, sent: dict[str, object], rests: int) -> None:
    calls: list[str] = []
    mount({"value": 1.0, "number": 1, **sent}, on_rest=lambda: calls.append("rest"))["on_moved_change"]()
    assert len(calls) == rests


def test_a_message_is_answered_with_its_number(mount: Mount) -> None:
    assert mount()["data"]["answered"] is None
    assert mount({"value": 1.0, "number": 17})["data"]["answered"] == 17


@pytest.mark.parametrize(("low", "high", "step"), [(1.0, 1.0, 0.1), (2.0, 1.0, 0.1), (0.0, 1.0, 0.0), (0.0, 1.0, -1.0)])
def test_bounds_that_hold_no_value_are_refused(mount: Mount, low: float, high: float, step: float) -> None:
    mount()
    with pytest.raises(ValueError, match=f"received {low}, {high} and {step}"):
        drag("weight", SLIDER, 0.5, low, high, step, print, print)


def test_the_script_in_the_browser_writes_no_markup_and_asks_no_host() -> None:
    script = Path(controls.__file__).with_suffix(".js").read_text(encoding="utf-8")
    assert not [word for word in ("innerHTML", "eval(", "Function(", "fetch(", "import ", "http") if word in script]
