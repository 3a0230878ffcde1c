"""What can be taken away from every page."""

from collections.abc import Callable

import streamlit as st


def downloads(name: str, as_csv: Callable[[], str], as_json: Callable[[], str]) -> None:
    """Buttons that save what is shown. The files are written when they are asked for, and not before."""
    st.download_button(
        "Data as CSV",
        as_csv,
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        help="Saves every number that the pictures are drawn from.",
    )
    st.download_button(
        "Settings as JSON",
        as_json,
        f"{name}.json",
        "application/json",
        on_click="ignore",
        help="Saves the settings that the pictures follow from, and the weights.",
    )
