"""How a page is reached."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def through_the_navigation() -> None:
    """Start again through streamlit_app.py if Streamlit has opened the file of a page by itself.

    Until the navigation has run once, a new server takes every file of pages/ for a page; a link straight to a page
    would then show it without navigation and configuration.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
