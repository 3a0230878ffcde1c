"""A slider for one of nine weights. The charts follow the hand in the browser; Python is told when the hand rests."""

import json
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.ui.live import channel
from tinynet import activations, regions

RESTED = "rested"
"""The name under which the slider sends: the `name` of a weight, its `value`, and the `number` of the message."""
_GRID = {
    "a": activations.A,
    "b": activations.B,
    "start": regions.START,
    "step": regions.STEP,
    "points": regions.POINTS,
}
PICTURE = f"const GRID = {json.dumps(_GRID)};\n{(channel.FOLDER / 'picture.js').read_text(encoding='utf-8')}"
"""The JavaScript that works out the answers of a network and makes pictures of them."""
_HTML = '<div class="drag"><label>Drag <select></select></label><output></output><input type="range"></div>'
_slider = st.components.v2.component(
    "drag",
    html=_HTML,
    css=channel.style("drag"),
    js=PICTURE + channel.script("drag"),
)


def drag(
    key: str,
    labels: Mapping[str, str],
    chosen: str,
    cells: Mapping[str, float | None],
    faulty: Sequence[str],
    colours: Mapping[str, Sequence[str]],
    bounds: tuple[float, float, float],
    answered: int | None,
    on_rest: Callable[[], None],
) -> None:
    """A slider for one of the nine weights in `cells`, at first for `chosen`; `labels` are their names on the page.

    While it moves, the charts of the page follow what it publishes: the `weights`, and `pictures` in these `colours` of
    the `output` and of both `hidden` units; unless a cell is among the `faulty` that it does not move. When the hand
    rests, the state of the component `key` has the message RESTED, and `on_rest` is called before the page runs again.
    The charts go back to what Python shows when that is drawn with the number of the message as `answered`.

    `bounds` are the lowest and the highest value and the step; a weight beyond stays until it is moved.
    """
    low, high, step = bounds
    _slider(
        key=key,
        data={
            "labels": dict(labels),
            "chosen": chosen,
            "cells": dict(cells),
            "faulty": list(faulty),
            "colours": dict(colours),
            "low": low,
            "high": high,
            "step": step,
            "answered": answered,
        },
        on_rested_change=on_rest,
    )
