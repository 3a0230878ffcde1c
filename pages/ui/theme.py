"""The colours of the pages. Two of them carry meaning; each is always joined by a second cue (dash, marker, sign)."""

import streamlit as st

RED = "#E0454B"
"""Positive points; the random run."""
BLUE = "#3A7DE0"
"""Negative points; the run that starts the same throughout each level."""


def is_dark() -> bool:
    """Whether this viewer sees the dark theme."""
    return st.context.theme.type == "dark"


def ink(dark: bool) -> str:
    """The colour of lines and words that stand on the page itself."""
    return "#F2F2F2" if dark else "#1F2328"


def muted(dark: bool) -> str:
    """The colour of what matters less: grids, references, notes in a chart."""
    return "#9AA4B2" if dark else "#5F6B7A"
