"""The charts of a page as SVG, each a file of its own."""

import streamlit as st

from pages.ui.live.channel import read
from pages.ui.presenter import VECTOR

HTML = """<label>Chart<select aria-label="Chart to save"></select></label>
<button type="button"><span>Save as SVG</span></button>"""

_saver = st.components.v2.component(
    "charts_as_svg", html=HTML, css=read("button.css", "vector.css"), js=read("vector.js")
)


def vector() -> None:
    """A switch that draws the charts as SVG, and with it a button that saves one of them."""
    if st.toggle(
        "Charts as SVG",
        key=VECTOR,
        persist_state="session",
        help="Draws the charts as SVG, sharp at any size, and saves them. The menu above each chart saves it as PNG.",
    ):
        _saver(key="charts_as_svg")
