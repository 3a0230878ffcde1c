"""The colours of the pages. Two carry meaning, always together with a second cue (dash, marker, sign)."""

from dataclasses import dataclass

import streamlit as st

RED = "#E0454B"
"""Positive points; the random run."""
BLUE = "#3A7DE0"
"""Negative points; the run with equal initial weights throughout each layer."""


@dataclass(frozen=True)
class Colouring:
    """How an image shows a value: the colours for positive, zero and negative.

    `continuous` says whether the value itself is shown or only its sign; `boundary` is the colour of the contour o = 0.
    """

    positive: str
    zero: str
    negative: str
    continuous: bool = False
    boundary: str = "#000000"


COLOURINGS = {
    "Red and blue": Colouring(RED, "#F4F4F4", BLUE),
    "Black and white": Colouring("#111111", "#8A8A8A", "#FFFFFF", boundary="#8A8A8A"),
    "Orange and blue": Colouring("#E69F00", "#F4F4F4", "#0072B2"),
    "The output o itself": Colouring(RED, "#F4F4F4", BLUE, continuous=True),
}
"""The document's colours, the exercise's, a colour-blind-safe pair by Okabe and Ito, and the value itself."""

RUN_NAMES = {"random": "random", "same": "same", "zeros": "zeros", "xavier": "Xavier", "he": "He"}
"""The name of a run by its initialisation."""

START_NAMES = {
    "zeros": "zeros",
    "constant": "constant",
    "random_biases": "random biases",
    "zero_hidden": "hidden zero",
    "zero_output": "output zero",
    "random": "random",
    "uniform": "uniform",
    "xavier": "Xavier",
    "he": "He",
}
"""The names of the initialisations in the second document."""
WEIGHT_NAMES = {"b": "bias", "x1": "from x₁", "x2": "from x₂", "x3": "from x₃", "o": "to o"}
"""The names of a hidden unit's weights by what they connect it to."""


def is_dark() -> bool:
    """Whether this viewer uses the dark theme."""
    return st.context.theme.type == "dark"


def ink(dark: bool) -> str:
    """The colour of lines and text on the page background."""
    return "#F2F2F2" if dark else "#1F2328"


def paper(dark: bool) -> str:
    """The colour of the page background, for marks that cover a line."""
    return "#171614" if dark else "#FFFFFF"


def muted(dark: bool) -> str:
    """The colour of secondary marks: grids, reference lines, notes in a chart."""
    return "#9AA4B2" if dark else "#5F6B7A"
