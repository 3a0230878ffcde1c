"""Saving and restoring a page: link, CSV, JSON, charts as SVG."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.ui import session
from pages.ui.fields import Entries
from pages.ui.files import LARGEST, Content, parse
from pages.ui.live.copy_link import copy_link
from pages.ui.live.vector import vector


def sharing(page: str, restored: Callable[[Content], Entries]) -> None:
    """Draw the page's link, the switch for charts as SVG, and the uploader for its saved settings.

    `restored` converts the content of a settings file to widget values.
    """
    copy_link()
    vector()
    st.file_uploader(
        "Settings from JSON",
        "json",
        key=session.file_key(page),
        on_change=session.take_file,
        args=(page, partial(parse, page=page, restored=restored)),
        max_upload_size=-(-LARGEST[page] // 1_000_000),
        help="Restores a file that was saved with “Settings as JSON”.",
    )
    if problem := session.refusal(page):
        st.warning(f"The file was not used: {problem}.")


def fingerprint(mark: str) -> None:
    """Show the fingerprint: matching fingerprints mean matching results."""
    st.markdown(
        f"Fingerprint `{mark}`",
        help="A short mark of these results, the same on every machine. Matching fingerprints mean matching results.",
    )


def downloads(name: str, as_csv: Callable[[], str], as_json: Callable[[], str]) -> None:
    """Draw the buttons that download what is shown. A file is generated only when its button is pressed.

    Not for a fragment that draws into the sidebar: Streamlit identifies a file by the position of its button, and two
    fragments would share one.
    """
    st.download_button(
        "Data as CSV",
        as_csv,
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        help="Saves the results as a table.",
    )
    st.download_button(
        "Settings as JSON",
        as_json,
        f"{name}.json",
        "application/json",
        on_click="ignore",
        help="Saves what is shown, to open it here again.",
    )


def script(name: str, run: str, text: Callable[[], str]) -> None:
    """Draw the button that downloads a run as a script; its file name must not shadow a Python module."""
    st.download_button(
        f"{name} as a script",
        text,
        f"tinynet_{run}.py",
        "text/x-python",
        on_click="ignore",
        key=f"script_{run}",
        help="Saves this run as a short Python script that needs only numpy. Its weights are those of the page up to "
        "rounding, which a run that jumps about makes larger.",
    )
