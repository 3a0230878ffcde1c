"""Whether the pages are shown in the size for a lecture hall."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.vega import Spec

PRESENT = "present"
"""The key of its switch, and its parameter in the URL."""


def is_presenting() -> bool:
    """Whether the viewer wants the presenter size."""
    return bool(st.session_state.get(PRESENT, False))


def present(wanted: bool) -> None:
    """Go over to the presenter size, or back."""
    st.session_state[PRESENT] = wanted


def sized(specs: Mapping[str, Spec]) -> Mapping[str, Spec]:
    """The specifications as they are drawn in the size of the page: a canvas would be blurred when it is enlarged."""
    if not is_presenting():
        return specs
    return {name: {**spec, "usermeta": {"embedOptions": {"renderer": "svg"}}} for name, spec in specs.items()}
