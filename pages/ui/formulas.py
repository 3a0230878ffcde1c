"""Formulas with text, stacked or in two columns."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

Part = tuple[str, ...]
"""Text in Markdown, then one or more formulas in LaTeX."""


def draw(place: DeltaGenerator, parts: Sequence[Part]) -> None:
    """Draw the parts below each other."""
    for words, *lines in parts:
        place.markdown(words)
        for line in lines:
            place.latex(line)


def in_columns(place: DeltaGenerator, parts: Sequence[Part]) -> None:
    """Draw the first half in the left column and the second, with its longer formulas, in the wider right one."""
    half = -(-len(parts) // 2)
    for column, some in zip(place.columns([4, 5], gap="medium"), (parts[:half], parts[half:]), strict=True):
        draw(column, some)
