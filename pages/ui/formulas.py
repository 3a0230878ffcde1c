"""Formulas with their words, set below each other or in two columns."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

Part = tuple[str, ...]
"""Words in Markdown, then one or more formulas in LaTeX."""


def draw(place: DeltaGenerator, parts: Sequence[Part]) -> None:
    """Set each part below the one before."""
    for words, *lines in parts:
        place.markdown(words)
        for line in lines:
            place.latex(line)


def in_columns(place: DeltaGenerator, parts: Sequence[Part]) -> None:
    """Set the first half at the left and the second, whose formulas are longer, at the right."""
    half = -(-len(parts) // 2)
    for column, some in zip(place.columns([4, 5], gap="medium"), (parts[:half], parts[half:]), strict=True):
        draw(column, some)
