"""Whether the pages are shown in the size for a lecture hall."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.vega import Spec

PRESENT = "present"
"""The key of its switch, and its parameter in the URL."""

VECTOR = "vector"
"""The key of the switch that draws the charts as SVG."""


_KEPT = "presenting"


def recall(page: str) -> None:
    """Set the switch as it stood on another page; called before it is drawn.

    Streamlit carries over what was clicked, and not what a link set.
    """
    before, wanted = st.session_state.get(_KEPT, (page, False))
    if before != page:
        present(wanted)


def keep(page: str) -> None:
    """Remember how the switch stands; called when it is drawn."""
    st.session_state[_KEPT] = page, is_presenting()


def is_presenting() -> bool:
    """Whether the viewer wants the presenter size."""
    return bool(st.session_state.get(PRESENT, False))


def present(wanted: bool) -> None:
    """Go over to the presenter size, or back."""
    st.session_state[PRESENT] = wanted


def sized(specs: Mapping[str, Spec]) -> Mapping[str, Spec]:
    """The specifications as they are drawn: as SVG if that is asked for, or a canvas would be enlarged and blurred."""
    if not is_presenting() and not st.session_state.get(VECTOR):
        return specs
    return {name: spec.as_svg() for name, spec in specs.items()}
