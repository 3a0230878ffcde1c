"""How a page is reached."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx


def through_the_navigation() -> None:
    """Start again through streamlit_app.py if Streamlit has opened the file of a page by itself.

    Until the navigation has run once, a new server takes every file of pages/ for a page, and streamlit_app.py for
    another; a link straight to a page would then show it without navigation and configuration. Several viewers may come
    at once, so each session looks at its own pages.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    pages = context.pages_manager
    if pages.main_script_path in [page["script_path"] for page in pages.get_pages().values()]:
        PagesManager.uses_pages_directory = False
        st.rerun()
