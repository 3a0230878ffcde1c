"""Presenter size: whether the pages are enlarged for a lecture hall."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.link import PRESENT
from pages.ui.vega import Spec

VECTOR = "vector"
"""The widget key of the switch that draws charts as SVG."""
_KEPT = "presenting"


def recall(page: str) -> None:
    """Set both switches as they were on another page. Call before they are drawn.

    Streamlit loses a value that came from a link, and one whose page was left by a button.
    """
    before, presenting, vector = st.session_state.get(_KEPT, (page, False, False))
    if before != page:
        st.session_state.update({PRESENT: presenting, VECTOR: vector})


def keep(page: str) -> None:
    """Remember both switches. Call after the first is drawn."""
    st.session_state[_KEPT] = page, is_presenting(), bool(st.session_state.get(VECTOR))


def is_presenting() -> bool:
    """Whether presenter size is on."""
    return bool(st.session_state.get(PRESENT, False))


def present(wanted: bool) -> None:
    """Turn presenter size on or off."""
    st.session_state[PRESENT] = wanted


def sized(specs: Mapping[str, Spec]) -> Mapping[str, Spec]:
    """The specifications to draw: as SVG if needed, because an enlarged canvas would be blurred."""
    if not is_presenting() and not st.session_state.get(VECTOR):
        return specs
    return {name: spec.as_svg() for name, spec in specs.items()}
