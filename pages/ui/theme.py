"""The colours of the pages. Two of them carry meaning; each is always joined by a second cue (dash, marker, sign)."""

from dataclasses import dataclass

import streamlit as st

RED = "#E0454B"
"""Positive points; the random run."""
BLUE = "#3A7DE0"
"""Negative points; the run that starts the same throughout each level."""


@dataclass(frozen=True)
class Colouring:
    """How a picture shows a value: the colours of a positive one, of zero and of a negative one.

    `continuous` says whether the value itself is shown, or only its sign; `boundary` is the colour of the line between.
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
"""The document's colours, the exercise's, a pair of Okabe and Ito that the colour-blind tell apart, and the value."""

RUN_NAMES = {"random": "random", "same": "same", "zeros": "zeros", "xavier": "Xavier", "he": "He"}
"""What a run of each initialisation is called."""

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
"""What a start of the second document is called."""
WEIGHT_NAMES = {"b": "bias", "x1": "from x₁", "x2": "from x₂", "x3": "from x₃", "o": "to o"}
"""The weights of a hidden unit by what is on their other end."""


def is_dark() -> bool:
    """Whether this viewer sees the dark theme."""
    return st.context.theme.type == "dark"


def ink(dark: bool) -> str:
    """The colour of lines and words that stand on the page itself."""
    return "#F2F2F2" if dark else "#1F2328"


def paper(dark: bool) -> str:
    """The colour of the page, for what covers a line."""
    return "#171614" if dark else "#FFFFFF"


def muted(dark: bool) -> str:
    """The colour of what matters less: grids, references, notes in a chart."""
    return "#9AA4B2" if dark else "#5F6B7A"
