"""The address of a page, which holds all that its widgets hold, for the clipboard."""

import streamlit as st

from pages.ui.live.channel import read

HTML = '<button type="button"><span aria-live="polite">Copy link</span></button>'

_button = st.components.v2.component("copy_link", html=HTML, css=read("button.css"), js=read("copy_link.js"))


def copy_link() -> None:
    """A button that puts the address of the page on the clipboard, and says so for two seconds."""
    _button(key="copy_link", width="content")
