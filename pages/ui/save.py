"""What can be taken away from every page, and brought back to it."""

from collections.abc import Callable

import streamlit as st

from pages.ui.live.copy_link import copy_link
from pages.ui.live.vector import vector
from pages.ui.upload import upload


def sharing(page: str) -> None:
    """The address of the page, its charts, and a place for settings that it saved."""
    copy_link()
    vector()
    upload(page)


def mark(fingerprint: str) -> None:
    """The mark by which a class sees that all have got the same."""
    st.markdown(
        f"Fingerprint `{fingerprint}`",
        help="A short mark of these results, the same on every machine. Who reads the same sees the same.",
    )


def downloads(name: str, as_csv: Callable[[], str], as_json: Callable[[], str]) -> None:
    """Buttons that save what is shown. The files are written when they are asked for, and not before.

    Not for a fragment: Streamlit keeps a file by the place of its button, which two fragments in a sidebar would share.
    """
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
