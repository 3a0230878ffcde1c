"""A slider for one of nine weights. The charts follow it in the browser; Python is told when the drag ends."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.ui.live import channel, picture

RESTED = "rested"
"""The key of the slider's message: the `name` of a weight, its `value`, and the `number` of the message."""
PICTURE = picture.script()
"""The JavaScript of the images that follow the slider."""
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
    first: str,
    cells: Mapping[str, float | None],
    faulty: Sequence[str],
    colours: Mapping[str, Sequence[str]],
    bounds: tuple[float, float, float],
    answered: int | None,
    on_rest: Callable[[], None],
) -> None:
    """Draw a slider for one of the nine weights in `cells`, at first `chosen`; `labels` are their names on the page.

    The address names the weight that is chosen in the browser unless it is `first`.

    While it moves, it publishes the `weights`, and images of the `output` and of both `hidden` units in these
    `colours`, unless a cell other than the dragged one is `faulty`. When the drag ends, the component state `key` holds
    the message RESTED, and `on_rest` is called before the page reruns. The charts return to the data from Python once
    it has been drawn with the message's number as `answered`.

    `bounds` are the lowest value, the highest value and the step; a weight outside keeps its value until it is moved.
    """
    low, high, step = bounds
    _slider(
        key=key,
        data={
            "labels": dict(labels),
            "chosen": chosen,
            "first": first,
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
