"""A slider that sends while the hand moves. Streamlit's own sends when the hand lets go."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from pages.ui.state import drag as state

_HTML = '<div class="drag"><div aria-hidden="true"><span></span><output></output></div><input type="range"></div>'
# as text: Streamlit serves the files of installed packages only
_slider = st.components.v2.component(
    "drag",
    html=_HTML,
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def drag(
    label: str,
    key: str,
    value: float | None,
    low: float,
    high: float,
    step: float,
    on_change: Callable[[float], None],
    on_rest: Callable[[], None],
    parameter: str = "",
) -> None:
    """A slider from `low` to `high` that calls `on_change` with its value again and again while it is moved.

    `on_rest` is called too when the hand lets go. Both are called before the page, or the fragment around the slider,
    runs. The slider holds no value of its own: it shows `value`, and rests at an end for one beyond; None is an empty
    cell. The next value is sent when the run for the last has drawn the slider, so what shall keep pace with the hand
    is drawn before it.

    `parameter` is the query parameter of the address that `on_change` changes in the end, if any: the slider changes
    it first, in place, or Streamlit would add an address to the history of the browser for every step.
    """
    if not low < high or step <= 0:
        raise ValueError(f"a slider needs low < high and a step above 0, received {low}, {high} and {step}")
    _slider(
        key=key,
        data={
            "label": label,
            "value": value,
            "low": low,
            "high": high,
            "step": step,
            "parameter": parameter,
            "answered": state.number(key),
        },
        on_moved_change=partial(_moved, key, low, high, on_change, on_rest),
    )


def _moved(key: str, low: float, high: float, on_change: Callable[[float], None], on_rest: Callable[[], None]) -> None:
    """Pass on what came from the browser, which may be anything, within the bounds."""
    value = state.value(key)
    if value is not None:
        on_change(min(max(value, low), high))
    if state.is_resting(key):
        on_rest()
