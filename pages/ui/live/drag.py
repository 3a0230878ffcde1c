"""The pictures of nine weights, drawn in the browser, and a slider for one of them.

They follow the slider while it moves, and what is entered in a cell, before Python has answered.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.ui.live import channel, picture

RESTED = "rested"
"""The key of the slider's message: the `name` of a weight, its `value`, and the `number` of the message."""
PICTURE = picture.script()
"""The JavaScript of the images."""
_HTML = '<div class="drag"><label>Drag <select></select></label><output></output><input type="range"></div>'
_slider = st.components.v2.component(
    "drag",
    html=_HTML,
    css=channel.style("drag"),
    js=PICTURE + channel.script("contour", "drag"),
)


def drag(
    key: str,
    labels: Mapping[str, str],
    chosen: str,
    first: str,
    cells: Mapping[str, float | None],
    weights: Sequence[float],
    faulty: Sequence[str],
    colours: Mapping[str, Sequence[str]],
    bounds: tuple[float, float, float],
    answered: int | None,
    on_rest: Callable[[], None],
) -> None:
    """Draw the pictures of nine `weights`, and a slider for one of them, at first `chosen`.

    `cells` holds what is in the number field of each, None if it is empty; `labels` are their names on the page.

    The address names the weight that is chosen in the browser unless it is `first`.

    Published are the `weights`, images of the `output` and of both `hidden` units in these `colours`, the `contour`
    o = 0, and the `signs` of every tenth point. They are those of the slider while it moves, unless a cell other than
    the dragged one is `faulty`, and those of the cells when one has been filled. When a drag ends, the component state
    `key` holds the message RESTED, and `on_rest` is called before the page reruns. The pictures are those of Python
    again once it has drawn this with the message's number as `answered`.

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
            "weights": list(weights),
            "faulty": list(faulty),
            "colours": dict(colours),
            "low": low,
            "high": high,
            "step": step,
            "answered": answered,
        },
        on_rested_change=on_rest,
    )
