"""Formulas with text, stacked or in two columns."""

from collections.abc import Sequence

import streamlit as st

Part = tuple[str, ...]
"""Text in Markdown, then one or more formulas in LaTeX."""


def draw(parts: Sequence[Part]) -> None:
    """Draw the parts below each other."""
    for words, *lines in parts:
        st.markdown(words)
        for line in lines:
            st.latex(line)


def in_columns(parts: Sequence[Part]) -> None:
    """Draw the first half in the left column and the second, with its longer formulas, in the wider right one."""
    half = -(-len(parts) // 2)
    for column, some in zip(st.columns([4, 5], gap="medium"), (parts[:half], parts[half:]), strict=True):
        with column:
            draw(some)
